"""The authorities as a map: roots above, the sub CAs they signed below. The table beside it says the same in words."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.model.authorities import AuthorityState
from core.services.hierarchy import AuthorityRow
from core.words.hierarchy import AUTHORITIES, LAYERS, SERVICES
from core.words.tongue import told
from gui.look import colour, grown

_TONES = {AuthorityState.ACTIVE: "ok", AuthorityState.PINNED: "accent", AuthorityState.REQUESTED: "warn"}


class AuthorityMap(QWidget):
    """`pressed` carries the name of an authority. The keyboard goes by the table, so this takes no focus."""

    pressed = Signal(str)

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._rows: tuple[AuthorityRow, ...] = ()

    def tell(self, rows: Sequence[AuthorityRow]) -> None:
        """Show these."""
        self._rows = tuple(rows)
        self.setMinimumHeight(grown(70) * (2 if any(row.issuer for row in self._rows) else 1) + grown(40))
        self.setAccessibleDescription(". ".join(", ".join(self._words(row)) for row in self._rows))
        self.update()

    @property
    def count(self) -> int:
        """How many there are; one alone the table shows as well."""
        return len(self._rows)

    def _boxes(self) -> dict[str, QRectF]:
        """Where each stands: a root over the middle of its own."""
        above = [row for row in self._rows if not row.issuer]
        below = [row for row in self._rows if row.issuer]
        wide = self.width() / max(1, len(above), len(below))
        high = grown(54)
        found: dict[str, QRectF] = {}
        for layer, top in ((above, 8.0), (below, 8.0 + high + grown(34))):
            start = (self.width() - wide * len(layer)) / 2
            for at, row in enumerate(layer):
                place = len(layer) - 1 - at if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else at
                box = QRectF(start + place * wide, top, wide, high)
                width = min(box.width() - 16, grown(300))
                found[row.authority.name] = QRectF(box.center().x() - width / 2, top, width, high)
        return found

    def _words(self, row: AuthorityRow) -> tuple[str, str]:
        authority = row.authority
        kind = told(SERVICES[authority.service] if authority.service else LAYERS[authority.layer], {})
        return authority.name, f"{kind}, {told(AUTHORITIES[authority.state], {})}, {row.facts.until}".rstrip(", ")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self._boxes()
        painter.setPen(colour("ctl"))
        for row in self._rows:
            if row.issuer in boxes:
                upper, lower = boxes[row.issuer], boxes[row.authority.name]
                start, end = QPointF(upper.center().x(), upper.bottom()), QPointF(lower.center().x(), lower.top())
                middle = (start.y() + end.y()) / 2
                bend = [start, QPointF(start.x(), middle), QPointF(end.x(), middle), end]
                painter.drawPolyline(bend)
        for row in self._rows:
            self._paint(painter, row, boxes[row.authority.name])

    def _paint(self, painter: QPainter, row: AuthorityRow, box: QRectF) -> None:
        painter.setPen(colour(_TONES.get(row.authority.state, "ctl")))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(box, 8, 8)
        name, said = self._words(row)
        inner = box.adjusted(10, 4, -10, -4)
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        metrics, cut = self.fontMetrics(), Qt.TextElideMode.ElideMiddle
        painter.setPen(colour("text"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, metrics.elidedText(name, cut, int(inner.width())))
        painter.setPen(colour("text2"))
        lower = upper.translated(0, inner.height() / 2)
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, metrics.elidedText(said, cut, int(inner.width())))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        name = next((name for name, box in self._boxes().items() if box.contains(event.position())), "")
        if name:
            self.pressed.emit(name)
