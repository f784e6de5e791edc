"""A sentence across the page: information, warning, refusal or success, told by a word as well as by its colour."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from gui.widgets.label import PlainLabel


class Banner(QFrame):
    """Hidden until `tell` is called. `kind` is one of "info", "ok", "warn", "bad"."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._text = PlainLabel("", f"{name}Text", selectable=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self._text)
        self.hide()

    def tell(self, kind: str, text: str) -> None:
        """Show `text`; an empty one hides the banner."""
        words = {"ok": self.tr("Done:"), "warn": self.tr("Attention:"), "bad": self.tr("Not done:")}
        self._text.setText(" ".join(part for part in (words.get(kind, ""), text) if part))
        self._text.setAccessibleName(self._text.text())
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(text))

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()
