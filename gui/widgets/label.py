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
            self.selectable()

    def selectable(self) -> None:
        """Let people copy from it; costs a text control each (0.3 ms), so not every label is."""
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)

    def quiet(self) -> "PlainLabel":
        """In the colour of what stands beside the point."""
        self.setProperty("quiet", "true")
        return self

    def one_line(self) -> "PlainLabel":
        """Not wrapped: it keeps the width of its words."""
        self.setWordWrap(False)
        return self

    def mono(self) -> "PlainLabel":
        """Fixed font, always left to right, never wrapped or cut."""
        self.setProperty("mono", "true")
        self.setWordWrap(False)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        return self


class Heading(PlainLabel):
    """`level` is "page" (six points larger, bold), "number" (a card's) or "part" (bold)."""

    def __init__(self, text: str, name: str, level: str = "page") -> None:
        super().__init__(text, name)
        self.setProperty("heading", level)
