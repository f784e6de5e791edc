"""Drop anywhere: while a file hangs over the window, an overlay says what will happen to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from core.model.advice import Act
from core.model.workspace import Kind
from core.services.drops import Content, several
from gui.jobs import Lane
from gui.look import colour

_ACTS = {
    Content.PRINTED: Act.READBACK, Content.MEETING: Act.HEAR, Content.SUB_REQUEST: Act.SUB_PROPOSE,
    Content.SUB_ANSWER: Act.SUB_INSTALL, Content.CRL: Act.CRL_TAKE, Content.FROM_A_DESK: Act.CARRY_TAKE, Content.FOLDER: Act.ENROL_MANY, Content.REQUESTS: Act.ENROL_MANY, Content.CERTIFICATE: Act.CHECK,
}  # fmt: skip


class Overlay(QWidget):
    """Covers the window while something is dragged over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("dropOverlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.hide()

    def tell(self, text: str) -> None:
        """Say what will happen; an empty text hides the overlay."""
        self._text = text
        self.setAccessibleName(text)
        self.setGeometry(self._window.rect())
        self.setVisible(bool(text))
        self.raise_()
        self.update()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text if self.isVisible() else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = QColor(colour("infobg"))
        ground.setAlpha(235)
        painter.fillRect(self.rect(), ground)
        painter.setPen(colour("accent"))
        box = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        painter.drawRoundedRect(box, 12, 12)
        font = painter.font()
        font.setPointSize(font.pointSize() + 4)
        painter.setFont(font)
        painter.setPen(colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._text)


class Drops(QObject):
    """Filters the window's drag events; `dropped` carries the paths."""

    dropped = Signal(tuple)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self.overlay = Overlay(window)
        self.kind = Kind.LINKS  # of the workspace that is open

    def promise(self, content: Content | None) -> str:
        """What will happen to a file of this content."""
        return {
            Content.WORKSPACE: self.tr("Let go to open this workspace"),
            Content.KEY: self.tr("Let go to receive this key; it is kept as not verified"),
            Content.PRINTED: self.tr("Let go to read back what this device printed"),
            Content.REQUEST: self.tr("Let go to take this request in"),
            Content.MEETING: self.tr("Let go to hear this workspace; two people type its fingerprint"),
            Content.SUB_REQUEST: self.tr("Let go to take in this request for a sub CA"),
            Content.SUB_ANSWER: self.tr("Let go to judge and install this sub CA"),
            Content.FOLDER: self.tr("Let go to take this folder's requests in, one for each device"),
            Content.REQUESTS: self.tr("Let go to take these requests in, one for each device"),
            Content.FROM_A_DESK: self.tr("Let go to take in what came by stick"),
            Content.CRL: self.tr("Let go to judge this CRL"),
            Content.CERTIFICATE: self.tr("Let go to have this certificate judged in words"),
            Content.PICTURE: self.tr("Let go to read the QR code in this picture"),
            None: self.tr("This file is not taken; let go to see why"),
        }[content]

    def act(self, content: Content) -> Act:
        """The one thing that a file of this content is for, in a workspace of this kind."""
        if content is Content.REQUEST:
            return Act.ENROL if self.kind in (Kind.ISSUING, Kind.REGISTRATION) else Act.RECEIVE
        if content is Content.CRL and self.kind is not Kind.ISSUING:
            return Act.CHECK
        return _ACTS.get(content, Act.RECEIVE)

    @staticmethod
    def scan(
        path: Path, lane: Lane, then: Callable[[Path, bytes], None], refused: Callable[[BaseException], None]
    ) -> None:
        """What the QR code of a picture says, read beside the lane."""
        from gui.wizards.pictures import content_of

        def ended(content: Any, error: BaseException | None) -> None:
            if error is None:
                then(path, content)
            else:
                refused(error)

        lane.look(lambda: content_of(path, 0), ended)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            return self._entered(event)
        if kind == QEvent.Type.DragLeave:
            self.overlay.tell("")
        if kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.overlay.tell("")
            paths = self._taken(event)
            if paths:
                event.acceptProposedAction()
                self.dropped.emit(paths)
            return True
        return False

    def _entered(self, event: QDragEnterEvent) -> bool:
        paths = self._taken(event)
        if not paths:
            return False
        event.acceptProposedAction()
        self.overlay.tell(self.promise(_content(paths[0], self.kind) if len(paths) == 1 else several(self.kind)))
        return True

    def _taken(self, event: QDropEvent) -> tuple[Path, ...]:
        """The local files that hang over the window, where so many at once are taken here."""
        urls = event.mimeData().urls()
        local = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
        return local if len(local) == len(urls) and (len(local) == 1 or several(self.kind)) else ()


def _content(path: Path, kind: Kind) -> Content | None:
    """A look at the file without a row in the ledger: nothing was let go yet."""
    from core.errors.base import Expected
    from core.services.drops import dropped

    try:
        return dropped(path, None, kind).content
    except Expected:
        return None
