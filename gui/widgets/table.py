"""A flat table: whole rows, no grid, Tab leaves it; Enter or a double click opens a row, Shift+F10 its menu."""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gui.look import grown
from gui.widgets.rows import Column, Index, RowsModel

if TYPE_CHECKING:  # most tables never let a row go
    from PySide6.QtCore import QMimeData


def calm(view: QTableView) -> None:
    """What every table of the program has in common."""
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setIconSize(QSize(18, 18))
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    # QHeaderView asks the selection model of every row at each repaint (9 s at a million rows): give each header an
    # empty one of its own, and keep a reference, since Qt does not take it.
    for header in (view.horizontalHeader(), view.verticalHeader()):
        header.setSelectionModel(QItemSelectionModel(view.model(), view))
        header.setHighlightSections(False)


class _Rows(QStyledItemDelegate):
    """The whole row shows where the keyboard is; a frame around one cell would only dim its text.

    Among several marked rows the current one is bold: its details are shown, and it is what is worked on.
    """

    def __init__(self, table: "DataTable") -> None:
        super().__init__(table)
        self._table = table

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.font.setBold(option.font.bold() or self._table.stands_out(index.row()))
        if option.direction == Qt.LayoutDirection.RightToLeft and option.text[:1].isdigit():
            option.text = f"\u2066{option.text}\u2069"  # or "2026-11-24 18:13" is shown as "18:13 2026-11-24"


class DataTable(QTableView):
    """`key` names a row; `opened` and `menu` carry the row, `chosen` the row or None."""

    opened = Signal(object)
    chosen = Signal(object)
    menu = Signal(object, QPoint)

    def __init__(self, name: str, title: str, columns: Sequence[Column], key: Callable[[Any], Hashable]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.rows = RowsModel(columns, key)
        self.setModel(self.rows)
        calm(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setItemDelegate(_Rows(self))
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._sizes()
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.activated.connect(lambda index: self.opened.emit(self.rows.row(index.row())))
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self._quiet = False
        self._take: Callable[[Sequence[Any]], QMimeData | None] | None = None

    def hand_out(self, take: Callable[[Sequence[Any]], "QMimeData | None"]) -> None:
        """Rows can be dragged out, several with Ctrl or Shift; `take` makes what goes, None where nothing may.

        What is done in the window is done to one row, the current one, whose details stand beside the table.
        """
        self._take, self.rows.drags = take, True
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)

    def selected(self) -> list[Any]:
        """The rows that are marked, as they stand."""
        return [self.rows.row(place) for place in sorted(each.row() for each in self.selectionModel().selectedRows())]

    def stands_out(self, place: int) -> bool:
        """Whether the row is the current one and not the only one marked."""
        if place != self.currentIndex().row() or self.selectionMode() == self.SelectionMode.SingleSelection:
            return False
        marked = self.selectionModel().selection()
        return marked.count() > 1 or (marked.count() == 1 and marked.first().height() > 1)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Which row stands out hangs on all that are marked."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Of the marked rows; the press has marked the one under the mouse."""
        from PySide6.QtGui import QDrag

        rows = self.selected()
        data = self._take(rows) if self._take is not None and rows else None
        if data is not None:
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)

    def _sizes(self) -> None:
        """Rows, icons and columns grow with the text."""
        self.setIconSize(QSize(grown(18), grown(18)))
        self.verticalHeader().setDefaultSectionSize(grown(30))
        for place, column in enumerate(self.rows.columns):
            self.setColumnWidth(place, grown(column.width))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._sizes()

    def fill(self, rows: Sequence[Any]) -> None:
        """Show these rows and keep the chosen one."""
        self._keeping(lambda: self.rows.fill(rows))

    def seek(self, needle: str) -> None:
        """Show what `needle` finds and keep the chosen row where it is among them."""
        self._keeping(lambda: self.rows.find(needle))

    def _keeping(self, change: Callable[[], None]) -> None:
        row, marked = self.current, {self.rows.key(each) for each in self.selected()}
        scrolled = self.verticalScrollBar().value()
        self._quiet = True
        change()
        place = self.rows.place(self.rows.key(row)) if row is not None else -1
        if place >= 0:
            self._alone(self.rows.index(place, 0))
            self._mark(marked)
        self.verticalScrollBar().setValue(scrolled)
        self._quiet = False
        self.chosen.emit(self.current)

    def _mark(self, keys: set[Hashable]) -> None:
        """Mark these rows again beside the current one."""
        kept = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        marked = QItemSelection()
        for place in range(self.rows.rowCount()) if len(keys) > 1 else ():
            if self.rows.key(self.rows.row(place)) in keys:
                index = self.rows.index(place, 0)
                marked.select(index, index)
        self.selectionModel().select(marked, kept)

    def choose(self, key: Hashable) -> bool:
        """Choose the row of that key; whether it is shown."""
        place = self.rows.place(key)
        if place >= 0:
            self._alone(self.rows.index(place, 0))
            self.scrollTo(self.rows.index(place, 0))
        return place >= 0

    def _alone(self, index: QModelIndex) -> None:
        """Make it the current and only row, whatever keys are held: `setCurrentIndex` would add it under Ctrl."""
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, how)

    def _tell(self, current: QModelIndex, _: QModelIndex) -> None:
        if not self._quiet:
            self.chosen.emit(self.rows.row(current.row()) if current.isValid() else None)

    def _menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():
            index = self.currentIndex()
            at = self.visualRect(index).center()
        if index.isValid():
            self._alone(index)
            self.menu.emit(self.rows.row(index.row()), self.viewport().mapToGlobal(at))

    @property
    def current(self) -> Any:
        """The chosen row, or None."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None
