"""A row on its way out of the window: a file that is written when somebody takes it, and its text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QTemporaryDir, QUrl

from core.errors.base import Expected
from core.media.files import write_new
from core.services.copies import Copy

_FILE, _TEXT = "text/uri-list", "text/plain"


class Taken(QMimeData):
    """Asked for its file, it writes it; a drag that is let go writes nothing."""

    def __init__(self, copy: Copy, write: Callable[[Copy], Path]) -> None:
        super().__init__()
        self._copy, self._write = copy, write
        self._path: Path | None = None

    def formats(self) -> list[str]:
        return [_FILE, _TEXT]

    def hasFormat(self, kind: str) -> bool:
        return kind in (_FILE, _TEXT)

    def retrieveData(self, kind: str, preferred: Any) -> Any:
        """What Qt asks for when it is dropped; None of any other kind."""
        if kind == _TEXT:
            return self._copy.text
        if kind != _FILE:
            return None
        if self._path is None:
            self._path = self._write(self._copy)
        return [QUrl.fromLocalFile(str(self._path))]


class Handed:
    """Files lie in a private folder, each drag in one of its own, until the workspace is closed. `tell` says why not."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._folder: QTemporaryDir | None = None
        self.written = 0

    def take(self, made: Callable[[], Copy]) -> Taken | None:
        """What is dragged; None, and the sentence, where it may not leave."""
        from core.words.say import sentence

        try:
            return Taken(made(), self._write)
        except Expected as refusal:
            self._tell(sentence(refusal))
            return None

    def _write(self, copy: Copy) -> Path:
        if self._folder is None:
            self._folder = QTemporaryDir()
        self.written += 1
        place = Path(self._folder.path()) / str(self.written)
        place.mkdir(mode=0o700)
        write_new(place / copy.file.path, copy.file.content, mode=0o600)
        return place / copy.file.path

    def clear(self) -> None:
        """Remove what was written."""
        if self._folder is not None:
            self._folder.remove()
            self._folder = None
