"""A page that takes outside text: from a file, dropped or pasted. What it holds is judged by the core alone."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from core.errors.base import Refused
from core.errors.cli import FileNotReadable
from core.media.files import with_signature
from core.words.say import sentence
from gui.shell.files import open_file
from gui.wizards.host import Host
from gui.wizards.inputs import fixed, tall, with_chooser
from gui.wizards.page import Page

MOST = 1024 * 1024  # bytes: what the core takes at most; one more is read, so that it can refuse


class SourcePage(Page):
    """Gives the state `untrusted`, or what `into` names (bytes), and, where it has one, `origin` (a file's name).

    The last one given counts.
    """

    def __init__(self, host: Host, step: str, into: str = "untrusted") -> None:
        super().__init__(host, step)
        self.into = into
        self.setAcceptDrops(True)
        self.path, self.pasted = QLineEdit(), QPlainTextEdit()

    def source(self, file: str, paste: str, hint: str, lines: int = 5) -> None:
        """The two rows: a file, or the text itself."""
        box = with_chooser(self.path, "file", self.tr("Choose a file"), self._choose)
        self.path.editingFinished.connect(self._read)
        self.row("file", file, self.path, self.tr("Or drop a file here."), around=box, bound=False)
        fixed(self.pasted)
        self.pasted.setTabChangesFocus(True)
        tall(self.pasted, lines)
        self.pasted.textChanged.connect(self._pasted)
        self.row(self.into, paste, self.pasted, hint, bound=False)

    def load(self, path: str) -> None:
        """Take a file, as if somebody had chosen it."""
        self.path.setText(path)
        self._read()

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
        if found and self.path.text().strip() and not self.host.flow.value("untrusted"):
            self.mark("file", sentence(FileNotReadable(self.path.text().strip())))

    def _choose(self) -> None:
        found = open_file(self, self.tr("Choose a file"))
        if found:
            self.load(str(found))

    def _read(self) -> None:
        text = self.path.text().strip()
        if not text:
            return
        try:
            untrusted = with_signature(Path(text).expanduser(), MOST)
        except (OSError, ValueError):
            self.banner.tell("bad", sentence(FileNotReadable(text)))
            return
        self.banner.tell("info", "")
        self.pasted.blockSignals(True)  # noqa: FBT003
        self.pasted.clear()
        self.pasted.blockSignals(False)  # noqa: FBT003
        self._take(untrusted, Path(text).name)

    def _pasted(self) -> None:
        self.path.clear()
        self._take(self.pasted.toPlainText().encode("utf-8", "replace"), "")

    def _take(self, untrusted: bytes, origin: str) -> None:
        if self.into == "untrusted" and hasattr(self.host.flow, "origin"):
            self.host.typed("origin", origin)
        self.changed(self.into, untrusted)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped anywhere on the page."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first."""
        self.load(event.mimeData().urls()[0].toLocalFile())
