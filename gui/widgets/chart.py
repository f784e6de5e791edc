"""Bars by week: how many certificates end when. Hatching beside the colour; arrows move, Enter opens a week."""

from datetime import date

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.services.hierarchy import Week
from core.words.hierarchy import week as worded
from gui.look import colour, grown
from gui.widgets.announce import announce

_SOON = 30  # days
_LABELS = 4  # weeks from one date below the bars to the next, at the least


class ExpiryChart(QWidget):
    """`opened` carries the week."""

    opened = Signal(object)

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = title
        self._weeks: tuple[Week, ...] = ()
        self._today = date.min
        self._at = 0
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(grown(130))

    def tell(self, weeks: tuple[Week, ...], today: date) -> None:
        """Show these weeks."""
        self._weeks, self._today = weeks, today
        self._at = min(self._at, max(0, len(weeks) - 1))
        self._say()
        self._fit()
        self.update()

    @property
    def at(self) -> Week | None:
        """The week the keyboard is on."""
        return self._weeks[self._at] if self._weeks else None

    def _say(self) -> None:
        week = self.at
        if week is not None:
            self.setAccessibleDescription(worded(week))

    # --- where things are -----------------------------------------------------------------------

    def _plot(self) -> QRectF:
        line = self.fontMetrics().height()
        return QRectF(self.rect()).adjusted(grown(34), line / 2 + 2, -4, -line - 6)

    def _most(self) -> int:
        """A round number that no bar is higher than."""
        most = max((each.count for each in self._weeks), default=0)
        return next((top for top in (2, 4, 10, 20, 40, 100, 200, 400, 1000, 10_000, 100_000) if top >= most), most)

    def _bar(self, at: int) -> QRectF:
        plot = self._plot()
        wide = plot.width() / max(1, len(self._weeks))
        high = plot.height() * self._weeks[at].count / self._most()
        place = len(self._weeks) - 1 - at if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else at
        return QRectF(plot.left() + place * wide + 1, plot.bottom() - high, max(2.0, wide - 2), high)

    def _under(self, x: float) -> int:
        column = [at for at in range(len(self._weeks)) if self._bar(at).left() <= x <= self._bar(at).right() + 2]
        return column[0] if column else -1

    # --- drawing --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        plot, most = self._plot(), self._most()
        painter.setPen(colour("border"))
        for part in (0, most // 2, most):
            y = plot.bottom() - plot.height() * part / most
            painter.setPen(colour("border"))
            painter.drawLine(int(plot.left()), int(y), int(plot.right()), int(y))
            painter.setPen(colour("text2"))
            box = QRectF(0, y - 10, plot.left() - 6, 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(part))
        for at in range(len(self._weeks)):
            self._paint_bar(painter, at)
        self._paint_dates(painter, plot)

    def _paint_bar(self, painter: QPainter, at: int) -> None:
        week, bar = self._weeks[at], self._bar(at)
        days = (week.first - self._today).days
        tone = "bad" if days <= 0 else "warn" if days <= _SOON else "accent"
        painter.fillRect(bar, colour(tone))
        if tone != "accent":
            painter.fillRect(bar, QBrush(colour("surface"), Qt.BrushStyle.BDiagPattern))
        if self.hasFocus() and at == self._at:
            plot = self._plot()
            painter.setPen(colour("text"))
            painter.drawRect(QRectF(bar.left() - 1, plot.top(), bar.width() + 2, plot.height()))

    def _paint_dates(self, painter: QPainter, plot: QRectF) -> None:
        width = self.fontMetrics().horizontalAdvance("2026-12-28") + 12
        wide = plot.width() / max(1, len(self._weeks))
        every = max(_LABELS, int(1.5 * width / max(1.0, wide)) + 1)  # the first is pushed inwards by half of it
        painter.setPen(colour("text2"))
        for at in range(0, len(self._weeks), every):
            left = self._bar(at).center().x() - width / 2
            if at and not 0 <= left <= self.width() - width:
                continue  # pushed inwards it would stand on its neighbour
            box = QRectF(left, plot.bottom() + 3, width, self.fontMetrics().height() + 2)
            box.moveLeft(min(max(left, 0.0), self.width() - width))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._weeks[at].first.isoformat())

    # --- keyboard and mouse ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = Qt.Key.Key_Left if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if ahead == Qt.Key.Key_Left else Qt.Key.Key_Left
        steps = {ahead: 1, back: -1, Qt.Key.Key_Home: -len(self._weeks), Qt.Key.Key_End: len(self._weeks)}
        key = Qt.Key(event.key())
        if key in steps and self._weeks:
            self._at = min(max(self._at + steps[key], 0), len(self._weeks) - 1)
            self._say()
            announce(self, self.accessibleDescription())
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at is not None:
            self.opened.emit(self.at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position().x())
        if at >= 0:
            self._at = at
            self._say()
            self.update()
            self.opened.emit(self._weeks[at])

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            at = self._under(event.pos().x())
            QToolTip.showText(event.globalPos(), worded(self._weeks[at]) if at >= 0 else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
