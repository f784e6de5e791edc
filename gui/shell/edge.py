"""What stands around the pages: in a root workspace a violet edge and the words, since colour alone says nothing."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.label import PlainLabel


class Edged(QWidget):
    """`edge` is shown while a root workspace is open."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.edge = PlainLabel(self.tr("OFFLINE ROOT SESSION"), "rootEdge").one_line()
        self.edge.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.edge)
        column.addWidget(inside, 1)
