"""A table over frozen rows: texts are made once, sorting and filtering are our own (no proxy model)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """A column's title and how a row's text in it is made."""

    title: str
    text: Callable[[Any], str]
    width: int = 150


class RowsModel(QAbstractTableModel):
    """`texts` of every row are made at `fill`, so that `data` only looks up."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._all: list[tuple[tuple[str, ...], Any]] = []
        self._shown: list[tuple[tuple[str, ...], Any]] = []
        self._needle = ""
        self._order = (0, Qt.SortOrder.AscendingOrder)

    def fill(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self._all = [(tuple(column.text(row) for column in self.columns), row) for row in rows]
        self._arrange()

    def find(self, needle: str) -> None:
        """Show only rows that hold `needle` in any column."""
        self._needle = needle.casefold()
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by one column's text."""
        self._order = (column, order)
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        found = [row for row in self._all if self._needle in " ".join(row[0]).casefold()]
        column, order = self._order
        descending = order == Qt.SortOrder.DescendingOrder
        self._shown = sorted(found, key=lambda row: row[0][column].casefold(), reverse=descending)
        self.endResetModel()

    def row(self, place: int) -> Any:
        """The row object shown at `place`."""
        return self._shown[place][1]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown[index.row()][0][index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None


class DataTable(QTableView):
    """Whole rows, no grid, Tab leaves it; Enter or a double click opens a row."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, name: str, title: str, columns: Sequence[Column]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.rows = RowsModel(columns)
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(30, self.fontMetrics().height() + 12))
        # QHeaderView asks the selection of every row at each repaint: give it an empty one of its own.
        self._none = QItemSelectionModel(self.rows, self)
        self.horizontalHeader().setSelectionModel(self._none)
        self.horizontalHeader().setStretchLastSection(True)
        for place, column in enumerate(columns):
            self.setColumnWidth(place, column.width)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.activated.connect(lambda index: self.opened.emit(self.rows.row(index.row())))
        self.selectionModel().currentRowChanged.connect(self._tell)

    def _tell(self, current: QModelIndex, _: QModelIndex) -> None:
        self.chosen.emit(self.rows.row(current.row()) if current.isValid() else None)

    @property
    def current(self) -> Any:
        """The chosen row, or None."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None
