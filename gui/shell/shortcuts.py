"""The keyboard sheet under Help, made from the actions themselves, so that it cannot say what is not so."""

from collections.abc import Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from gui.widgets.rows import Column
from gui.widgets.table import DataTable

Row = tuple[str, str]


def keys_of(action: QAction) -> str:
    """An action's shortcuts as people write them."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(each.toString(form) for each in action.shortcuts())


class Shortcuts(QDialog):
    """Two columns: what, and the keys."""

    def __init__(self, parent: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(560, 560)
        columns = [
            Column(self.tr("What"), "what", lambda row: str(row[0]), 320),
            Column(self.tr("Keys"), "keys", lambda row: str(row[1]), 160),
        ]
        self.table = DataTable("shortcutsTable", self.windowTitle(), columns, lambda row: str(row[0]))
        rows = [(action.text().replace("&", "").rstrip("\u2026"), keys_of(action)) for action in actions]
        self.table.fill([row for row in rows if row[1]] + self._more())
        column = QVBoxLayout(self)
        column.addWidget(self.table)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("shortcutsClose")
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def _more(self) -> list[Row]:
        """What is no action of the window."""
        return [
            (self.tr("Open details in a window of their own"), "Enter"),
            (self.tr("Menu of a row"), "Shift+F10"),
            (self.tr("Map: from device to device"), self.tr("Arrow keys")),
            (self.tr("Map: larger, smaller, full size, fit"), "+  \u2013  0  F"),
        ]
