"""Icons: Tabler's outlines, drawn in the colour that the look, the state and the selection ask for."""

from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

import resources
from gui.look import colour, grown

_FOLDER = Path(resources.__file__).parent / "icons"


@cache
def _svg(name: str) -> str:
    return (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _drawn(name: str, tint: str, width: int, height: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", tint).encode()))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return pixmap


class _Engine(QIconEngine):
    """`tone` is a token of the look; a disabled icon is `ctl`, one on a selection is `on`."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name, self._tone = name, tone

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        tones = {QIcon.Mode.Disabled: "ctl", QIcon.Mode.Selected: "on"}
        tint = colour(tones.get(mode, self._tone)).name()
        return _drawn(self._name, tint, size.width(), size.height())

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.deviceTransform().m11()  # not `device()`: finding out what it is takes 3 ms a window
        pixmap = self.pixmap(rect.size() * ratio, mode, state)
        painter.drawPixmap(rect, pixmap)

    def clone(self) -> "_Engine":
        other = _Engine(self._name, self._tone)
        _engines.append(other)  # Qt takes a clone without a reference of Python's
        return other


_engines: list[_Engine] = []


@cache
def icon(name: str, tone: str = "text") -> QIcon:
    """The icon of that file name, in a token's colour; it follows when the look changes."""
    engine = _Engine(name, tone)
    _engines.append(engine)
    return QIcon(engine)


class IconView(QWidget):
    """An icon by itself, decoration beside words that say the same."""

    def __init__(self, name: str = "", tone: str = "text", size: int = 20) -> None:
        super().__init__()
        self._icon, self._size = (name, tone), size
        self._grow()

    def _grow(self) -> None:
        self.setFixedSize(grown(self._size), grown(self._size))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_size"):
            self._grow()

    def show_icon(self, name: str, tone: str) -> None:
        """Another icon."""
        self._icon = (name, tone)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._icon[0]:
            painter = QPainter(self)
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            icon(*self._icon).paint(painter, self.rect(), Qt.AlignmentFlag.AlignCenter, mode)
            painter.end()


class IconButton(QPushButton):
    """A button with words and an icon that grows with them; the room beside it keeps them apart, as 4 px do not."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(icon(name), words)
        self._grow()

    def _grow(self) -> None:
        self.setIconSize(QSize(grown(20), grown(16)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow()
