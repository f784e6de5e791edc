"""Who holds which key: rows are devices that hold, columns devices whose key is held; each cell a word and an icon."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView

from core.services.views import Cell, Health, Picture, matrix
from gui.look import grown
from gui.widgets.marks import Mark, standing
from gui.widgets.rows import Index
from gui.widgets.table import calm


class MatrixModel(QAbstractTableModel):
    """Only devices that an end of a living link is; empty cells are pairs that no link joins."""

    def __init__(self) -> None:
        super().__init__()
        self.names: tuple[str, ...] = ()
        self._cells: dict[tuple[str, str], tuple[Cell, Mark]] = {}

    def fill(self, seen: Picture) -> None:
        """Show who holds what."""
        self.beginResetModel()
        self._cells = {(each.holder, each.peer): (each, standing(each.standing)) for each in matrix(seen)}
        living = {row.device.name for row in seen.devices if row.health is not Health.RETIRED}
        joined = {end.device.name for row in seen.links for end in (row.left, row.right)}
        self.names = tuple(sorted(living & joined, key=str.casefold))
        self.endResetModel()

    def cell(self, row: int, column: int) -> tuple[Cell, Mark] | None:
        """The cell at that place, None where no key is held."""
        return self._cells.get((self.names[row], self.names[column]))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return found[1].word if found else "\u2014" if index.row() == index.column() else ""
        if found is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return found[1].icon
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.tr("{holder} holds the key of {peer}: {word}")
            return said.format(holder=found[0].holder, peer=found[0].peer, word=found[1].word)
        if role == Qt.ItemDataRole.ToolTipRole:
            since = f", {found[0].since:%Y-%m-%d %H:%M} UTC" if found[0].since else ""
            return f"{', '.join(found[0].links)}{since}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.names[section]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.tr("holds") if orientation == Qt.Orientation.Vertical else self.tr("key of")
            return f"{self.names[section]} {said}"
        return None


class MatrixTable(QTableView):
    """`chosen` and `opened` carry the name of the device that holds."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.cells = MatrixModel()
        self.setModel(self.cells)
        calm(self)
        self.setShowGrid(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setCornerButtonEnabled(False)
        self._sizes()
        self.activated.connect(lambda index: self.opened.emit(self.cells.names[index.row()]))
        self.selectionModel().currentChanged.connect(self._tell)

    def _sizes(self) -> None:
        self.setIconSize(QSize(grown(18), grown(18)))
        self.horizontalHeader().setDefaultSectionSize(grown(150))
        self.verticalHeader().setDefaultSectionSize(grown(30))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "cells"):
            self._sizes()

    def fill(self, seen: Picture) -> None:
        """Show who holds what, the chosen cell kept."""
        index = self.currentIndex()
        kept = (self.cells.names[index.row()], self.cells.names[index.column()]) if index.isValid() else ("", "")
        self.cells.fill(seen)
        names = self.cells.names
        if kept[0] in names and kept[1] in names:
            self.setCurrentIndex(self.cells.index(names.index(kept[0]), names.index(kept[1])))

    def _tell(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.cells.names[current.row()])

    @property
    def current(self) -> str:
        """The device of the chosen row, "" where none is."""
        index = self.currentIndex()
        return self.cells.names[index.row()] if index.isValid() else ""
