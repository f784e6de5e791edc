"""A fingerprint in four lines of four groups of four: always left to right, never cut, never wrapped inside a group."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QSizePolicy, QWidget

from gui.widgets.label import PlainLabel

_GROUP, _ACROSS = 4, 4


def grouped(value: str) -> list[list[str]]:
    """Hex as lines of groups: 64 digits make four lines of four groups of four."""
    groups = [value[at : at + _GROUP].upper() for at in range(0, len(value), _GROUP)]
    return [groups[at : at + _ACROSS] for at in range(0, len(groups), _ACROSS)]


class Fingerprint(QFrame):
    """`label` says what it is of, and goes to the clipboard with it."""

    def __init__(self, label: str, value: str, name: str = "fingerprint", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("inset", "true")
        self._label, self._value = label, value
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        lines = [" ".join(groups) for groups in grouped(value)]
        self.setAccessibleName(f"{label}: " + "; ".join(lines))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 6, 10, 6)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for row, groups in enumerate(grouped(value)):
            number = PlainLabel(str(row + 1), f"{name}Line{row + 1}").quiet().one_line()
            grid.addWidget(number, row, 0)
            for column, group in enumerate(groups):
                grid.addWidget(PlainLabel(group, f"{name}Group{row}{column}").mono(), row, column + 1)
        grid.setColumnStretch(_ACROSS + 1, 1)

    @property
    def text(self) -> str:
        """The fingerprint with its label, as it goes to the clipboard."""
        return f"{self._label}: {' '.join(' '.join(groups) for groups in grouped(self._value))}"

    def copy(self) -> None:
        """Copy it with its label."""
        QGuiApplication.clipboard().setText(self.text)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy fingerprint"), self.copy)
        menu.popup(self.mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy by keyboard, like any text."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
