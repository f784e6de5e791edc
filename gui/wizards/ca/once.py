"""Words that are shown to one person, once: nothing keeps them, and a lock or any other hiding is their end."""

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from gui.widgets.label import PlainLabel


class ShownOnce(QDialog):
    """`full` is whose they are; `lines` is the sentence and the words."""

    def __init__(self, parent: QWidget, full: str, lines: list[str]) -> None:
        super().__init__(parent)
        self.setObjectName("shownOnce")
        self.setWindowTitle(self.tr("For {name} alone").format(name=full))
        column = QVBoxLayout(self)
        self.words = PlainLabel("\n".join(lines), "shownWords")  # not selectable: a clipboard would keep it
        column.addWidget(self.words)
        close = QPushButton(self.tr("&Written down"))
        close.setObjectName("shownClose")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column.addWidget(close)

    def hideEvent(self, event: QHideEvent) -> None:
        """Gone from the screen is gone from here."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.words.clear()
            self.words.setAccessibleName("")
            self.done(0)


def show_once(parent: QWidget, full: str, lines: list[str]) -> None:
    """Show them over `parent`."""
    shown = ShownOnce(parent, full, lines)
    shown.finished.connect(shown.deleteLater)
    shown.open()
