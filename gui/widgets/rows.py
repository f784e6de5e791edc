"""The model behind a table: texts are made once per fill; sorting and searching are our own (no proxy model)."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from core.late import dataclass
from gui.widgets.marks import Mark

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """A column's title, how a row's text in it is made, and the word by which `word:value` searches it."""

    title: str
    field: str
    text: Callable[[Any], str]
    width: int = 150
    mark: Callable[[Any], Mark] | None = None


def marked(title: str, field: str, mark: Callable[[Any], Mark], width: int = 160) -> Column:
    """A column of states: icon and word."""
    return Column(title, field, lambda row: mark(row).word, width, mark)


def matches(needle: str, fields: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether a row has every word of `needle` in some column, or in the named one for `field:value`."""
    for word in needle.casefold().split():
        field, mark, value = word.partition(":")
        if mark and field in fields:
            if value not in texts[fields.index(field)].casefold():
                return False
        elif not any(word in text.casefold() for text in texts):
            return False
    return True


class RowsModel(QAbstractTableModel):
    """`key` names a row, so that a selection survives a reload."""

    def __init__(self, columns: Sequence[Column], key: Callable[[Any], Hashable]) -> None:
        super().__init__()
        self.columns, self.key = tuple(columns), key
        self._fields = [column.field for column in columns]
        self._all: list[tuple[tuple[str, ...], tuple[Mark | None, ...], Any]] = []
        self._shown: list[tuple[tuple[str, ...], tuple[Mark | None, ...], Any]] = []
        self._needle = ""
        self._order = (-1, Qt.SortOrder.AscendingOrder)
        self.drags = False  # rows can be dragged out

    def fill(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self._all = [
            (
                tuple(column.text(row) for column in self.columns),
                tuple(column.mark(row) if column.mark else None for column in self.columns),
                row,
            )
            for row in rows
        ]
        self._arrange()

    def find(self, needle: str) -> None:
        """Show only rows that `needle` finds."""
        self._needle = needle
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by one column's text, the choice kept; -1 is the order in which the rows came."""
        self._order = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(self._shown[each.row()], each.column()) for each in before]
        self._order_shown()
        places = {id(row): place for place, row in enumerate(self._shown)}
        self.changePersistentIndexList(before, [self.index(places[id(row)], at) for row, at in kept])
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._all if matches(self._needle, self._fields, row[0])]
        self._order_shown()
        self.endResetModel()

    def _order_shown(self) -> None:
        column, order = self._order
        if 0 <= column < len(self.columns):
            descending = order == Qt.SortOrder.DescendingOrder
            self._shown = sorted(self._shown, key=lambda row: row[0][column].casefold(), reverse=descending)

    def row(self, place: int) -> Any:
        """The row object shown at `place`."""
        return self._shown[place][2]

    def place(self, key: Hashable) -> int:
        """Where the row of that key is shown, -1 where it is not."""
        return next((place for place, row in enumerate(self._shown) if self.key(row[2]) == key), -1)

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown[index.row()][0][index.column()]
        if role == Qt.ItemDataRole.DecorationRole:
            mark = self._shown[index.row()][1][index.column()]
            return mark.icon if mark else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A view starts a drag only from a cell that says so."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsDragEnabled if self.drags and index.isValid() else found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None
