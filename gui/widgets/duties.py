"""The table person by duty: what is held, what may not be held beside it, hatched and said in words."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from core.model.people import Duty
from core.policy.access import Cell, Row, Table
from core.words.duties import WORDS, place
from core.words.people import DUTIES
from gui.look import colour, grown
from gui.widgets.icons import icon
from gui.widgets.rows import Index
from gui.widgets.table import calm

_COLUMNS = tuple(Duty)


class DutiesModel(QAbstractTableModel):
    """A row for each person who works here; the last column is their last day."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def fill(self, table: Table) -> None:
        """Show who holds what."""
        self.beginResetModel()
        self.rows = table.rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS) + 1

    def said(self, index: Index) -> str:
        """The sentence of a cell."""
        row = self.rows[index.row()]
        if index.column() < len(_COLUMNS):
            return place(row.person.full_name, row.places[index.column()])
        until = self.tr("{name} works here until {until}.").format(name=row.person.full_name, until=row.person.until)
        return until if row.person.until else self.tr("{name} has no last day.").format(name=row.person.full_name)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if index.column() == len(_COLUMNS):
            text = row.person.until or "\u2014"
            return text if role == Qt.ItemDataRole.DisplayRole else self._more(index, role)
        cell = row.places[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return WORDS[cell.cell]
        if role == Qt.ItemDataRole.DecorationRole and cell.cell is Cell.HELD:
            return icon("alert-triangle", "warn") if cell.pair else icon("circle-check", "ok")
        if role == Qt.ItemDataRole.BackgroundRole and cell.cell is Cell.FORBIDDEN:
            return QBrush(colour("border"), Qt.BrushStyle.BDiagPattern)
        return self._more(index, role)

    def _more(self, index: Index, role: int) -> Any:
        told = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        return self.said(index) if role in told else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.rows[section].person.full_name
        return DUTIES[_COLUMNS[section]] if section < len(_COLUMNS) else self.tr("Last day")


class DutiesTable(QTableView):
    """`chosen` carries the sign-in name of the row, "" where there is none, and the sentence of the cell."""

    chosen = Signal(str, str)

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.cells = DutiesModel()
        self.setModel(self.cells)
        calm(self)
        self.setShowGrid(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._sizes()
        self.selectionModel().currentChanged.connect(lambda index, _: self._tell(index))

    def _sizes(self) -> None:
        self.verticalHeader().setDefaultSectionSize(grown(30))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "cells"):
            self._sizes()

    def fill(self, table: Table) -> None:
        """Show who holds what, the chosen cell kept."""
        index, kept = self.currentIndex(), self.current
        self.cells.fill(table)
        names = [row.person.name for row in self.cells.rows]
        if kept in names:
            self.setCurrentIndex(self.cells.index(names.index(kept), index.column()))
        else:
            self._tell(QModelIndex())
        head = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 4
        self.setFixedHeight(head + sum(self.rowHeight(at) for at in range(len(names))) + grown(18))

    def _tell(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(self.cells.rows[index.row()].person.name, self.cells.said(index))
        else:
            self.chosen.emit("", "")

    @property
    def current(self) -> str:
        """The sign-in name of the chosen row."""
        index = self.currentIndex()
        return self.cells.rows[index.row()].person.name if index.isValid() and self.cells.rows else ""
