"""A page that takes outside text: from a file, dropped, pasted, or as a picture of a QR code. The core judges it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit

from core.errors.base import Refused
from core.errors.cli import FileNotReadable
from core.media.files import with_signature
from core.words.say import sentence
from gui.shell.files import open_file
from gui.wizards.host import Host
from gui.wizards.inputs import fixed, tall, with_chooser
from gui.wizards.page import Page
from gui.wizards.pictures import Given, PasteEdit, Scanner, given, is_picture

MOST = 1024 * 1024  # bytes: what the core takes at most; one more is read, so that it can refuse


class SourcePage(Page):
    """Gives the state `untrusted`, or what `into` names (bytes), and, where it has one, `origin` (a file's name).

    The last one given counts.
    """

    def __init__(self, host: Host, step: str, into: str = "untrusted") -> None:
        super().__init__(host, step)
        self.into = into
        self.setAcceptDrops(True)
        self.path, self.pasted = QLineEdit(), PasteEdit()
        self.scanner, self._unread = Scanner(self, MOST), ""
        self.pasted.given.connect(self.give)

    def source(self, file: str, paste: str, hint: str, lines: int = 5) -> None:
        """The two rows: a file, or the text itself."""
        box = with_chooser(self.path, "file", self.tr("Choose a file"), self._choose)
        self.path.editingFinished.connect(self._read)
        self.row(
            "file",
            file,
            self.path,
            self.tr("Or drop a file here, also a picture (PNG, JPEG) of a QR code."),
            around=box,
            bound=False,
        )
        fixed(self.pasted)
        self.pasted.setTabChangesFocus(True)
        tall(self.pasted, lines)
        self.pasted.textChanged.connect(self._pasted)
        self.row(self.into, paste, self.pasted, hint, bound=False)

    def load(self, path: str) -> None:
        """Take a file, as if somebody had chosen it."""
        self.path.setText(path)
        self._read()

    def give(self, what: Given) -> None:
        """Take what was dropped or pasted: a file by its path, or the picture itself."""
        if isinstance(what, Path):
            self.load(str(what))
        else:
            self.path.clear()
            self.scanner.read(what, self._scanned, self._not_read)

    def enter(self) -> None:
        """A file that was given and could not be read is said again."""
        super().enter()
        if not self.host.flow.value(self.into):
            self._read()

    def beside_which(self, field: str) -> str:
        """What came from a file is told at the file."""
        return "file" if field == self.into and self.path.text().strip() else super().beside_which(field)

    def complain(self, found: Sequence[Refused], *, focus: bool = True) -> None:
        """A file that could not be read is the reason why nothing is there; its sentence stays in sight."""
        super().complain(found, focus=focus)
        if found and self._unread and not self.host.flow.value(self.into):
            self.mark("file", self._unread)

    def _choose(self) -> None:
        found = open_file(self, self.tr("Choose a file"))
        if found:
            self.load(str(found))

    def _read(self) -> None:
        text = self.path.text().strip()
        if not text:
            return
        path = Path(text).expanduser()
        self._clear()
        try:
            if is_picture(path):
                self.scanner.read(path, lambda content: self._take(content, path.name), self._not_read)
                return
            untrusted = with_signature(path, MOST)
        except (OSError, ValueError):
            self.scanner.drop()
            self._not_read(sentence(FileNotReadable(text)))
            return
        self.scanner.drop()
        self._take(untrusted, path.name)

    def _clear(self, text: str = "") -> None:
        self.pasted.blockSignals(True)  # noqa: FBT003
        self.pasted.setPlainText(text)
        self.pasted.blockSignals(False)  # noqa: FBT003

    def _not_read(self, words: str) -> None:
        """Nothing of what was there before stays behind a file that gave nothing."""
        self._take(b"", "")
        self._unread = words
        self.banner.tell("bad", words)

    def _scanned(self, content: bytes) -> None:
        """A picture has no name; what it said is shown as if it had been pasted, as far as it is text."""
        self._clear(content.decode("utf-8", "replace"))
        self._take(content, "")

    def _pasted(self) -> None:
        self.scanner.drop()
        self.path.clear()
        self._take(self.pasted.toPlainText().encode("utf-8", "replace"), "")

    def _take(self, untrusted: bytes, origin: str) -> None:
        self._unread = ""
        if self.into == "untrusted" and hasattr(self.host.flow, "origin"):
            self.host.typed("origin", origin)
        self.changed(self.into, untrusted)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file or a picture may be dropped anywhere on the page."""
        if given(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        what = given(event.mimeData())
        if what is not None:
            self.give(what)
