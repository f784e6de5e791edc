"""A sentence across the page: information, warning, refusal or success, told by an icon and a word as well as colour."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton

from gui.widgets.announce import announce
from gui.widgets.icons import IconView, icon
from gui.widgets.label import PlainLabel
from gui.widgets.marks import KINDS


class Banner(QFrame):
    """Hidden until `tell` is called. `kind` is one of "info", "ok", "warn", "bad"."""

    def __init__(self, name: str, *, closes: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._icon = IconView()
        self._text = PlainLabel("", f"{name}Text")
        self._button = QPushButton()
        self._button.setObjectName(f"{name}Button")
        self._button.hide()
        self._press: Callable[[], None] | None = None
        self._button.clicked.connect(self._pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        if closes:
            row.addWidget(self._closer(name))
        self.hide()

    def _closer(self, name: str) -> QToolButton:
        close = QToolButton()
        close.setObjectName(f"{name}Close")
        close.setAccessibleName(self.tr("Close this message"))
        close.setToolTip(self.tr("Close this message"))
        close.setIcon(icon("x"))
        close.setIconSize(QSize(18, 18))
        close.setMinimumSize(28, 28)
        close.setAutoRaise(True)
        close.clicked.connect(self.hide)
        return close

    def tell(self, kind: str, text: str, button: str = "", press: Callable[[], None] | None = None) -> None:
        """Show `text`, with a button where there is one way on; an empty text hides the banner."""
        words = {"ok": self.tr("Done:"), "warn": self.tr("Attention:"), "bad": self.tr("Refused:")}
        if text:
            self._text.selectable()
        self._text.setText(text)
        self._text.setAccessibleName(" ".join(part for part in (words.get(kind, ""), text) if part))
        self._icon.show_icon(*KINDS[kind])
        self._press = press
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setVisible(bool(button))
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(text))
        announce(self, self._text.accessibleName() if text else "")

    def _pressed(self) -> None:
        if self._press is not None:
            self._press()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()
