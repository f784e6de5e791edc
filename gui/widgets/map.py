"""The map: sites as groups, devices in them, links between; the table says the same to a screen reader.

All of it is drawn as at 100 % text; the view is as much larger as the text is, so boxes and words grow as one.
"""

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from core.model.links import LinkState
from core.services.views import DeviceRow, Health, LinkRow, Picture
from gui.look import colour, grown
from gui.widgets import marks
from gui.widgets.marks import Mark

WIDTH, HEIGHT, GAP, PAD, TITLE = 170.0, 52.0, 12.0, 14.0, 26.0
_SMALLEST = 0.6
_RADIUS = 340.0
_BESIDE = 150.0  # from the outer end: a word stands just outside its frame, clear of the rings its line passes
_DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


def _life() -> float:
    """How large life is: 1 at 100 % text."""
    return grown(100) / 100


class _Node(QGraphicsItem):
    """A device with its state."""

    def __init__(self, row: DeviceRow) -> None:
        super().__init__()
        self.name, self._mark = row.device.name, marks.health(row.health)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setZValue(2)

    def boundingRect(self) -> QRectF:
        return QRectF(-3, -3, WIDTH + 6, HEIGHT + 6)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        chosen = self.isSelected()
        painter.setPen(QPen(colour("accent" if chosen else "ctl"), 3 if chosen else 1))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(QRectF(0, 0, WIDTH, HEIGHT), 6, 6)
        self._mark.icon.paint(painter, QRectF(8, HEIGHT / 2 - 10, 20, 20).toRect())
        painter.setPen(colour("text"))
        _write(painter, QRectF(36, 5, WIDTH - 42, 20), self.name, bold=True)
        painter.setPen(colour("text2"))
        _write(painter, QRectF(36, 27, WIDTH - 42, 20), self._mark.word)


class _Site(QGraphicsItem):
    """The frame of one site."""

    def __init__(self, name: str, count: int) -> None:
        super().__init__()
        self._name = name
        self.size = QRectF(0, 0, WIDTH + 2 * PAD, TITLE + count * (HEIGHT + GAP) + PAD)
        self.setZValue(1)

    def boundingRect(self) -> QRectF:
        return self.size

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        painter.setPen(QPen(colour("border"), 1))
        painter.setBrush(colour("raised"))
        painter.drawRoundedRect(self.size, 8, 8)
        painter.setPen(colour("text2"))
        _write(painter, QRectF(PAD, 4, WIDTH, 20), self._name)


class _Line(QGraphicsItem):
    """A link, with its word where it is not simply verified."""

    def __init__(self, row: LinkRow, start: QPointF, end: QPointF) -> None:
        super().__init__()
        self._mark, self._start, self._end = marks.health(row.health), start, end
        self._solid = row.health in (Health.VERIFIED, Health.ROLLING)
        self.setZValue(0)

    def boundingRect(self) -> QRectF:
        return QRectF(self._start, self._end).normalized().adjusted(-90, -16, 90, 16)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        pen = QPen(colour(self._mark.tone), 2)
        if not self._solid:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(self._start, self._end)


class _Word(QGraphicsItem):
    """The word of a line, above the frames so that nothing hides it."""

    def __init__(self, mark: Mark, middle: QPointF) -> None:
        super().__init__()
        self._mark = mark
        self.setPos(middle)
        self.setZValue(3)

    def boundingRect(self) -> QRectF:
        return QRectF(-70, -13, 140, 26)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        painter.setFont(_font(painter))
        width = painter.fontMetrics().horizontalAdvance(self._mark.word) + 34.0
        box = QRectF(-width / 2, -12, width, 24)
        painter.setPen(QPen(colour(self._mark.tone), 1))
        painter.setBrush(colour("bg"))
        painter.drawRoundedRect(box, 12, 12)
        self._mark.icon.paint(painter, QRectF(box.left() + 7, -8, 16, 16).toRect())
        painter.setPen(colour("text"))
        _write(painter, box.adjusted(27, 0, -4, 0), self._mark.word)


def _font(painter: QPainter, *, bold: bool = False) -> QFont:
    """The window's font as it is at 100 %, which the view makes larger."""
    font, window = QFont(painter.font()), QApplication.font()
    font.setPointSizeF(window.pointSizeF() / _life())
    font.setBold(bold)
    return font


def _write(painter: QPainter, box: QRectF, text: str, *, bold: bool = False) -> None:
    painter.setFont(_font(painter, bold=bold))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, int(box.width()))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


class SiteMap(QGraphicsView):
    """Arrows go from device to device, + and - zoom, 0 is full size, F fits; drag moves, Enter opens."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("linksMap")
        self.setAccessibleName(title)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._nodes: dict[str, _Node] = {}
        self._fits = True  # until somebody zooms, a larger window shows more of it
        self._scene.selectionChanged.connect(self._tell)

    def fill(self, seen: Picture) -> None:
        """Draw what stands now; the chosen device is kept."""
        kept = self.current
        kept_quiet = QSignalBlocker(self._scene)
        self._scene.clear()
        self._nodes.clear()
        self._place(_sites(seen))
        for row in seen.links:
            ends = [self._nodes.get(each.device.name) for each in (row.left, row.right)]
            if row.link.state is not LinkState.RETIRED and ends[0] and ends[1]:
                self._join(row, ends[0], ends[1])
        self._scene.setSceneRect(self._scene.itemsBoundingRect().adjusted(-40, -40, 40, 40))
        if kept in self._nodes:
            self._nodes[kept].setSelected(True)
        kept_quiet.unblock()
        if self._fits:
            self.fit()

    def _join(self, row: LinkRow, left: _Node, right: _Node) -> None:
        middle = QPointF(WIDTH / 2, HEIGHT / 2)
        start, end = left.pos() + middle, right.pos() + middle
        self._scene.addItem(_Line(row, start, end))
        if row.health not in (Health.VERIFIED, Health.ROLLING):
            inner, outer = sorted((start, end), key=lambda at: math.hypot(at.x(), at.y()))
            way = inner - outer
            length = math.hypot(way.x(), way.y()) or 1.0
            self._scene.addItem(_Word(marks.health(row.health), outer + way * min(0.5, _BESIDE / length)))

    def _place(self, sites: list[tuple[str, list[DeviceRow]]]) -> None:
        """The busiest site in the middle, the others in rings around it."""
        for (name, rows), centre in zip(
            sites, _rings(len(sites), max((len(r) for _, r in sites), default=1)), strict=True
        ):
            frame = _Site(name, len(rows))
            frame.setPos(centre - QPointF(frame.size.width() / 2, frame.size.height() / 2))
            self._scene.addItem(frame)
            for place, row in enumerate(rows):
                node = _Node(row)
                node.setPos(frame.pos() + QPointF(PAD, TITLE + 2 + place * (HEIGHT + GAP)))
                self._scene.addItem(node)
                self._nodes[row.device.name] = node

    @property
    def current(self) -> str:
        """The chosen device, "" where none is."""
        return next((name for name, node in self._nodes.items() if node.isSelected()), "")

    def choose(self, name: str) -> None:
        """Choose a device and show it."""
        for other, node in self._nodes.items():
            node.setSelected(other == name)
        self.ensureVisible(self._nodes[name])

    def _tell(self) -> None:
        if self.current:
            self.chosen.emit(self.current)

    def fit(self) -> None:
        """All of it in the window, never larger than life and never too small to read."""
        self._fits = True
        self.fitInView(self._scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        life, now = _life(), self.transform().m11()
        if not _SMALLEST * life <= now <= life:
            self._scale_to(life if now > life else _SMALLEST * life)

    def _scale_to(self, factor: float) -> None:
        self.resetTransform()
        self.scale(factor, factor)

    def step(self, across: int, down: int) -> None:
        """To the nearest device in that direction."""
        here = self._nodes.get(self.current)
        if here is None:
            if self._nodes:
                self.choose(next(iter(self._nodes)))
            return
        best, nearest = "", math.inf
        for name, node in self._nodes.items():
            way = node.pos() - here.pos()
            along, aside = way.x() * across + way.y() * down, abs(way.x() * down) + abs(way.y() * across)
            if along > 1 and along + 2 * aside < nearest:
                best, nearest = name, along + 2 * aside
        if best:
            self.choose(best)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _DIRECTIONS:
            self.step(*_DIRECTIONS[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom(1.25)
        elif key == Qt.Key.Key_Minus:
            self._zoom(0.8)
        elif key == Qt.Key.Key_0:
            self._fits = False
            self._scale_to(_life())
        elif key == Qt.Key.Key_F and not event.modifiers():
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom where the pointer is."""
        factor = 1.15 if event.angleDelta().y() > 0 else 1 / 1.15
        self._zoom(factor)

    def _zoom(self, factor: float) -> None:
        self._fits = False
        self.scale(factor, factor)

    def changeEvent(self, event: QEvent) -> None:
        """Other text size, other size of life."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and not self._fits:
            self._scale_to(_life())
        elif event.type() == QEvent.Type.FontChange:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()


def _sites(seen: Picture) -> list[tuple[str, list[DeviceRow]]]:
    """Living devices by site, the site with the most ends first."""
    groups: dict[str, list[DeviceRow]] = {}
    for row in seen.devices:
        if row.health is not Health.RETIRED:
            groups.setdefault(row.device.site or row.device.name, []).append(row)
    ends: dict[str, int] = {}
    for link in seen.links:
        for end in (link.left, link.right):
            site = end.device.site or end.device.name
            ends[site] = ends.get(site, 0) + 1
    return sorted(groups.items(), key=lambda group: (-ends.get(group[0], 0), group[0]))


def _rings(count: int, tallest: int) -> list[QPointF]:
    """Centres: one in the middle, then rings that hold as many as fit."""
    places = [QPointF(0, 0)]
    ring = 1
    tall = max(0.62, min(1.0, tallest * 0.35))
    while len(places) < count:
        fits = min(count - len(places), 6 * ring)
        for place in range(fits):
            angle = 2 * math.pi * place / fits - math.pi / 2 + (math.pi / fits if ring % 2 == 0 else 0)
            places.append(QPointF(_RADIUS * ring * math.cos(angle), _RADIUS * tall * ring * math.sin(angle)))
        ring += 1
    return places[:count]
