"""The one question a wizard asks when it is left: only where something was typed."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.widgets.label import PlainLabel


class Discard(QDialog):
    """Accepted where what was typed is to go. Keeping it is the default, and what Escape does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("discardQuestion")
        self.setWindowTitle(self.tr("Not finished"))
        column = QVBoxLayout(self)
        column.addWidget(PlainLabel(self.tr("Nothing was done yet. What you typed would be lost."), "discardWords"))
        row = QHBoxLayout()
        row.addStretch(1)
        for name, text, slot in (
            ("discard", self.tr("&Discard"), self.accept),
            ("keepTyping", self.tr("&Keep typing"), self.reject),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.clicked.connect(slot)
            row.addWidget(button)
        button.setDefault(True)
        button.setFocus()
        column.addLayout(row)
