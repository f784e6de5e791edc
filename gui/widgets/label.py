"""The one label of the program: certificate and key text is an attacker's, so it is never guessed to be rich text."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


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


class ShortLabel(PlainLabel):
    """One line that gives way: where it does not fit it ends in an ellipsis, and its tool tip has all of it."""

    def __init__(self, text: str = "", name: str = "") -> None:
        super().__init__(text, name)
        self.one_line()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def shown(self) -> str:
        """What there is room for."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(
            painter, self.contentsRect(), place, self.palette(), self.isEnabled(), self.shown(), self.foregroundRole()
        )
        painter.end()


class Heading(PlainLabel):
    """`level` is "page" (six points larger, bold), "number" (a card's) or "part" (bold)."""

    def __init__(self, text: str, name: str, level: str = "page") -> None:
        super().__init__(text, name)
        self.setProperty("heading", level)
