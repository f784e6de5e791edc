"""The one label of the program: certificate and key text is an attacker's, so it is never guessed to be rich text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """Plain text, wrapped, selectable by mouse and keyboard where `selectable`."""

    def __init__(
        self, text: str = "", name: str = "", parent: QWidget | None = None, *, selectable: bool = False
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)
        if name:
            self.setObjectName(name)
        if selectable:
            flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            self.setTextInteractionFlags(flags)


class Heading(PlainLabel):
    """A page's title, six points larger and bold."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text, name)
        font = self.font()
        font.setPointSize(font.pointSize() + 6)
        font.setBold(True)
        self.setFont(font)
