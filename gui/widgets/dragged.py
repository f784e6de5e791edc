"""Rows on their way out of the window: files that are written when somebody takes them, and their text."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QMimeData, QTemporaryDir, QUrl

from core.errors.base import Expected
from core.media.files import write_new
from core.services.copies import Copy

_FILE, _TEXT = "text/uri-list", "text/plain"
_MOST = 100  # rows of one drag: each is read from the workspace while the mouse is held


class Taken(QMimeData):
    """Asked for its files, it writes them; a drag that is let go writes nothing."""

    def __init__(self, copies: Sequence[Copy], write: Callable[[Sequence[Copy]], list[Path]]) -> None:
        super().__init__()
        self._copies, self._write = copies, write
        self._paths: list[Path] | None = None

    def formats(self) -> list[str]:
        return [_FILE, _TEXT]

    def hasFormat(self, kind: str) -> bool:
        return kind in (_FILE, _TEXT)

    def retrieveData(self, kind: str, _preferred: Any) -> Any:
        """What Qt asks for when it is dropped; None of any other kind."""
        if kind == _TEXT:
            return "".join(each.text for each in self._copies)
        if kind != _FILE:
            return None
        if self._paths is None:
            self._paths = self._write(self._copies)
        return [QUrl.fromLocalFile(str(each)) for each in self._paths]


class Handed:
    """Files lie in a private folder, each drag in one of its own, until the workspace is closed. `tell` says why not."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._folder: QTemporaryDir | None = None
        self.written = 0

    def take(self, made: Sequence[Callable[[], Copy]]) -> Taken | None:
        """What is dragged of these rows, and the sentence of those that may not leave; None where none may."""
        if len(made) > _MOST:
            words = QCoreApplication.translate(
                "Handed", "At most {most} rows leave in one drag. Nothing was made of these {count}."
            )
            self._tell(words.format(most=_MOST, count=len(made)))
            return None
        copies: list[Copy] = []
        stay: list[Expected] = []
        for each in made:
            try:
                copies.append(each())
            except Expected as refusal:
                stay.append(refusal)
        if stay:
            self._tell(_said(stay, len(made)))
        return Taken(copies, self._write) if copies else None

    def _write(self, copies: Sequence[Copy]) -> list[Path]:
        if self._folder is None:
            self._folder = QTemporaryDir()  # 0700 (mkdtemp)
        self.written += 1
        place = Path(self._folder.path()) / str(self.written)
        place.mkdir(mode=0o700)
        try:
            return [self._file(place, each, number) for number, each in enumerate(copies)]
        except (OSError, Expected):  # a full disk: what was made of it is dropped nowhere
            self._tell(QCoreApplication.translate("Handed", "No temporary file could be written. Nothing was dropped."))
            return []

    def _file(self, place: Path, copy: Copy, number: int) -> Path:
        path = place / copy.file.path
        if path.exists():  # a device with two certificates
            path = place / f"{path.stem}-{number + 1}{path.suffix}"
        write_new(path, copy.file.content, mode=0o600)
        return path

    def clear(self) -> None:
        """Remove what was written."""
        if self._folder is not None:
            self._folder.remove()
            self._folder = None


def _said(stay: Sequence[Expected], rows: int) -> str:
    from core.words.say import sentence

    if rows == 1:
        return sentence(stay[0])
    words = QCoreApplication.translate("Handed", "{count} of {rows} rows stay here. {first}")
    return words.format(count=len(stay), rows=rows, first=sentence(stay[0]))
