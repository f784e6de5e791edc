"""Several of a few, with ticks: who will be a custodian."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gui.wizards.page import Page


class Ticks(QListWidget):
    """The state's field `name` is a tuple of the ticked values; `options` are (value, words)."""

    def __init__(self, page: Page, name: str, label: str, options: list[tuple[str, str]]) -> None:
        super().__init__()
        self._page, self._name = page, name
        chosen = page.host.flow.value(name)
        for value, words in options:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setCheckState(Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setCurrentRow(0)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * min(8, len(options) + 1) + 24)
        self.itemChanged.connect(self._ticked)
        page.row(name, label, self, bound=False)

    def _ticked(self, _item: QListWidgetItem) -> None:
        items = [self.item(at) for at in range(self.count())]
        chosen = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        self._page.changed(self._name, tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen))
