"""What is given in place of typed text: a file, or a picture of a QR code. Its text goes the way of pasted text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtWidgets import QPlainTextEdit
from shiboken6 import isValid

from core.errors.base import Expected
from core.errors.cli import FileNotReadable
from core.errors.pictures import PictureNotReadable, PictureTooLarge
from core.media import qr
from core.media.files import at_most
from core.words.say import sentence
from gui.wizards.page import Page

Given = Path | QImage
_LONGEST = 5000  # pixels of a side: a larger picture is scaled down while it is decoded
_BEGINNING = 16  # bytes that tell a picture


def given(mime: QMimeData) -> Given | None:
    """The one local file, or the picture itself, of what was pasted or dropped; None where it is text."""
    urls = mime.urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        return Path(urls[0].toLocalFile())
    if mime.hasImage() and not mime.hasText():
        image = mime.imageData()
        return image if isinstance(image, QImage) and not image.isNull() else None
    return None


def is_picture(path: Path) -> bool:
    """Whether the file begins as one. Raises OSError."""
    return qr.is_picture(at_most(path, _BEGINNING))


def content_of(what: Given, most: int) -> bytes:
    """What the QR code of a picture says, or another file's bytes, one over `most` at most; in any thread.

    Raises `FileNotReadable` and what `core.errors.pictures` has.
    """
    if isinstance(what, QImage):
        return _read(what)
    try:
        content = at_most(what, qr.LARGEST if is_picture(what) else most)
    except (OSError, ValueError):
        raise FileNotReadable(str(what)) from None
    return _read(_decoded(content)) if qr.is_picture(content) else content


def _decoded(content: bytes) -> QImage:
    if len(content) > qr.LARGEST:
        raise _too_large()
    source = QBuffer()
    source.setData(QByteArray(content))
    reader = QImageReader(source, QByteArray(b"png" if content.startswith(b"\x89PNG") else b"jpg"))
    size = reader.size()
    if not size.isValid():
        raise PictureNotReadable
    if size.width() * size.height() > qr.MOST_PIXELS:
        raise _too_large()
    if max(size.width(), size.height()) > _LONGEST:
        reader.setScaledSize(size.scaled(QSize(_LONGEST, _LONGEST), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise PictureNotReadable
    return image


def _too_large() -> PictureTooLarge:
    return PictureTooLarge(qr.LARGEST // (1024 * 1024), qr.MOST_PIXELS // 1_000_000)


def _read(image: QImage) -> bytes:
    """On white, since a picture from a web page may have no ground of its own."""
    width, height = image.width(), image.height()
    if width * height > qr.MOST_PIXELS:
        raise _too_large()
    ground = QImage(image.size(), QImage.Format.Format_RGB32)
    ground.fill(Qt.GlobalColor.white)
    painter = QPainter(ground)
    painter.drawImage(0, 0, image)
    painter.end()
    grey = ground.convertToFormat(QImage.Format.Format_Grayscale8)  # held by name: its bits die with it
    bits, line = grey.constBits(), grey.bytesPerLine()
    return qr.read(b"".join(bytes(bits[at * line : at * line + width]) for at in range(height)), width, height)


class PasteEdit(QPlainTextEdit):
    """`given` carries a file or picture that was pasted or dropped here, in place of its address as text."""

    given = Signal(object)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Pictures as well as text."""
        return given(source) is not None or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Text is inserted, anything else handed on."""
        what = given(source)
        if what is None:
            super().insertFromMimeData(source)
        else:
            self.given.emit(what)


class Scanner(QObject):
    """Reads what was given beside the window, for one page; what was given last counts."""

    def __init__(self, page: Page, most: int) -> None:
        super().__init__(page)
        self._page, self._most, self._newest = page, most, 0

    def read(self, what: Given, then: Callable[[bytes], None], refused: Callable[[str], None]) -> None:
        """`then` takes the content, `refused` the sentence why there is none."""
        self._newest += 1
        mine, most = self._newest, self._most
        self._page.banner.tell("info", self.tr("Reading what was given\u2026"))

        def ended(content: Any, error: BaseException | None) -> None:
            if not isValid(self) or mine != self._newest:
                return
            self._page.banner.tell("info", "")
            if error is None:
                then(content)
            elif isinstance(error, Expected):
                refused(sentence(error))
            else:
                raise error

        self._page.host.bench.lane.look(lambda: content_of(what, most), ended)

    def drop(self) -> None:
        """Something else was given: what is being read does not count, and what was said of it is over."""
        self._newest += 1
        self._page.banner.tell("info", "")
