"""The list of sections: icon, name and a count; icons alone where the window is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from gui.look import colour, grown
from gui.pages.base import Page
from gui.widgets.icons import icon

_COUNT = Qt.ItemDataRole.UserRole
_ICON = 20
_EDGE = 6


class _Row(QStyledItemDelegate):
    """Draws one section; the count stands at the end, on an amber ground where something waits there."""

    def __init__(self, nav: "Nav") -> None:
        super().__init__(nav)
        self._nav = nav

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self._nav.row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, item = option.rect, self._nav.item(index.row())
        chosen = item.isSelected()  # not of `option.state`: the enums of QStyle are 5 ms
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(6, 1, -6, -1)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawRoundedRect(box, 6, 6)
        if self._nav.hasFocus() and item is self._nav.currentItem() and not chosen:
            painter.setPen(colour("accent"))
            painter.drawRoundedRect(box, 6, 6)
        self._contents(painter, box, index, chosen=chosen)
        painter.restore()

    def _contents(
        self, painter: QPainter, box: QRectF, index: QModelIndex | QPersistentModelIndex, *, chosen: bool
    ) -> None:
        rtl = self._nav.layoutDirection() == Qt.LayoutDirection.RightToLeft
        size = grown(_ICON)
        count, narrow = int(index.data(_COUNT) or 0), self._nav.narrow
        left = box.center().x() - size / 2 if narrow else box.right() - 10 - size if rtl else box.left() + 10
        mode = QIcon.Mode.Selected if chosen else QIcon.Mode.Normal
        picture = QRectF(left, box.center().y() - size / 2, size, size).toRect()
        found: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
        found.paint(painter, picture, Qt.AlignmentFlag.AlignCenter, mode)
        painter.setPen(colour("on" if chosen else "text"))
        room = box.adjusted(10, 0, -22 - size, 0) if rtl else box.adjusted(22 + size, 0, -10, 0)
        if not narrow:
            painter.drawText(
                room,
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                str(index.data(Qt.ItemDataRole.DisplayRole)),
            )
        if count:
            self._count(painter, box, count, bool(index.data(_COUNT + 1)), chosen=chosen, rtl=rtl)

    def _count(self, painter: QPainter, box: QRectF, count: int, waits: bool, *, chosen: bool, rtl: bool) -> None:
        text = str(count) if count < 1000 or not self._nav.narrow else "+"
        if self._nav.narrow:
            if waits:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour("on" if chosen else "warn"))
                painter.drawEllipse(QRectF(box.right() - 12, box.top() + 4, 8, 8))
            return
        width = max(22.0, painter.fontMetrics().horizontalAdvance(text) + 14.0)
        left = box.left() + 8 if rtl else box.right() - 8 - width
        high = min(float(grown(22)), box.height())
        pill = QRectF(left, box.center().y() - high / 2, width, high)
        if waits and not chosen:
            painter.setPen(colour("warn"))
            painter.setBrush(colour("warnbg"))
            painter.drawRoundedRect(pill, 11, 11)
            painter.setPen(colour("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class Nav(QListWidget):
    """One row per page; `narrow` shows icons alone, with the name as tool tip."""

    def __init__(self, pages: Sequence[Page]) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setAccessibleName(self.tr("Sections"))
        self.setItemDelegate(_Row(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.narrow = False
        self.setViewportMargins(0, _EDGE, 0, _EDGE)
        self.show_pages(pages)

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Other sections: those of another kind of workspace. Tells nobody; the caller chooses one."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.clear()
        for page in pages:
            item = QListWidgetItem(icon(page.icon), page.title, self)
            item.setToolTip(page.title)
        self.setCurrentRow(-1)
        self.blockSignals(False)  # noqa: FBT003
        self._sizes()

    def tell(self, place: int, number: int, *, waits: bool) -> None:
        """The number beside a section; `waits` where people are needed there."""
        item = self.item(place)
        item.setData(_COUNT, number)
        item.setData(_COUNT + 1, waits)
        name = item.text()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {number}" if number else name)

    def narrows(self, narrow: bool) -> None:
        """Icons alone, or icons and words."""
        if narrow != self.narrow:
            self.narrow = narrow
            self._sizes()
            self.viewport().update()

    def _sizes(self) -> None:
        room = self.fontMetrics()
        longest = max((room.horizontalAdvance(self.item(at).text()) for at in range(self.count())), default=0)
        self._laid = self.row_height()  # a list with other rows or another font is laid out anew by Qt
        self.setFixedWidth(grown(38) + 20 if self.narrow else max(200, longest + 120))

    def row_height(self) -> int:
        """Pixels, lower where there are many sections, so that all of them show; where even the lowest are too many,
        they scroll."""
        text, among = self.fontMetrics().height(), max(1, self.count())
        usual, least = max(36, text + 16), max(text, grown(_ICON)) + 4
        return max(least, min(usual, (self.height() - 2 * _EDGE - 2 * self.frameWidth()) // among))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._laid != self.row_height():
            self._laid = self.row_height()
            self.doItemsLayout()
            self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "narrow"):
            self._sizes()
