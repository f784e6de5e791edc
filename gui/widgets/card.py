"""A number and what it counts; pressing it opens the page that lists them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.widgets.icons import IconView
from gui.widgets.label import Heading, PlainLabel


class Card(QPushButton):
    """A button that looks like a card, so that the keyboard and a screen reader find it."""

    def __init__(self, name: str, words: str, icon: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("card", "true")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._name, self._words = icon, words
        self._icon = IconView(icon, "text2", 28)
        self._number = Heading("0", f"{name}Number", "number").one_line()
        self._label = PlainLabel(words, f"{name}Words")
        self._row, column = QHBoxLayout(self), QVBoxLayout()
        row = self._row
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)
        column.setSpacing(0)
        column.addWidget(self._number)
        column.addWidget(self._label)
        for part in (self._icon, self._number, self._label):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.tell("0", "text2")

    def tell(self, number: str, tone: str) -> None:
        """Show `number`; the icon's colour is beside the words, never instead of them."""
        self._number.setText(number)
        self._icon.show_icon(self._name, tone)
        self.setAccessibleName(f"{number} {self._words}")

    def say(self, words: str) -> None:
        """Other words beneath the number; `tell` comes after."""
        self._words = words
        self._label.setText(words)

    def sizeHint(self) -> QSize:
        """As high as its words need at its width."""
        width = max(self.width(), 160)
        return QSize(180, max(self._row.heightForWidth(width), self._row.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for four beside each other."""
        return QSize(150, self.sizeHint().height())


def clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    """Take every widget out of a layout, and stretch and space with them."""
    while (item := layout.takeAt(0)) is not None:
        widget: QWidget | None = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
