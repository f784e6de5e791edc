"""Folders written whole: staged beside their place, read back, then moved in one step."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from core.errors.linking import FolderNotEmpty, WrittenDifferently
from core.media.places import translated
from core.model.links import ExportedFile

_BINARY = getattr(os, "O_BINARY", 0)  # Windows changes line ends without it


def _folders(files: Sequence[ExportedFile]) -> list[str]:
    """Every folder that the files lie in, outer ones first."""
    found = {""}
    for file in files:
        parts = file.path.split("/")
        if not parts[0] or ".." in parts:
            raise ValueError("a path that leads out of its folder")
        found.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return sorted(found)[1:]  # a folder's name is the beginning of what lies in it


def write_file(path: str, content: bytes) -> None:
    """A new file. `Path.write_bytes` takes three times as long: what counts in a batch of 32,000 files."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        at = 0
        while at < len(content):  # a disk that fills up takes a part first
            at += os.write(number, content[at:])
    finally:
        os.close(number)


def holds(path: str, content: bytes) -> bool:
    """Whether the file of that name has this content and nothing more."""
    number = os.open(path, os.O_RDONLY | _BINARY)
    try:
        found = os.read(number, len(content) + 1)
        while len(found) < len(content) and (more := os.read(number, len(content) + 1 - len(found))):
            found += more
    finally:
        os.close(number)
    return found == content


def _settle(folder: Path) -> None:
    """Everything on the disk, once for all files of a batch: 1,000 links have some 32,000.

    On Linux by the file system they lie on: `sync` also waits for every other disk of the machine, and tells nobody
    when what was written could not be kept.
    """
    if not sys.platform.startswith("linux"):
        if hasattr(os, "sync"):
            os.sync()
        return
    import ctypes  # not above: the first window does not write folders

    number = os.open(folder, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(number):
            raise OSError(ctypes.get_errno(), "syncfs", str(folder))
    finally:
        os.close(number)


class Staged:
    """Several folders under `to` that appear together or not at all. Their paths are ours, never from outside.

    Until then they lie in `folder`.
    """

    def __init__(self, to: Path) -> None:
        self._to = to
        self.folder = to / f".anchorhold-{os.getpid()}"
        self._made_parent = not to.exists()
        self._placed: list[Path] = []
        self._names: list[str] = []

    def write(self, name: str, files: Sequence[ExportedFile]) -> None:
        """Stage one folder (mode 0700 until it is in place) and read every file back."""
        with translated(self._to, self._to):
            if (self._to / name).exists():
                raise FolderNotEmpty(str(self._to / name))
            folders = _folders(files)
            base = self.folder / name
            base.mkdir(parents=True)
            for folder in folders:
                os.mkdir(f"{base}/{folder}")  # noqa: PTH102 - as fast as write_file
            for file in files:
                write_file(f"{base}/{file.path}", file.content)
            for file in files:
                if not holds(f"{base}/{file.path}", file.content):
                    raise WrittenDifferently(str(self._to / name / file.path))
        self._names.append(name)

    def place(self) -> None:
        """Move every staged folder to its place; what was moved goes back when one cannot be."""
        with translated(self._to, self._to):
            _settle(self.folder)
            for path, draft in self.pieces().items():
                path.parent.mkdir(exist_ok=True)
                draft.rename(path)
                self._placed.append(path)
            shutil.rmtree(self.folder)

    def pieces(self) -> dict[Path, Path]:
        """What is moved in one piece, and from where: a link's folder with both ends, where there is none of it yet."""
        inside: dict[str, list[str]] = {}
        for name in self._names:
            inside.setdefault(name.partition("/")[0], []).append(name)
        moved = [each for top, names in inside.items() for each in (names if (self._to / top).exists() else [top])]
        return {self._to / each: self.folder / each for each in moved}

    def undo(self) -> None:
        """Leave nothing behind."""
        for path in [self.folder, *self._placed]:
            shutil.rmtree(path, ignore_errors=True)
        for parent in {(self._to / name).parent for name in self._names} - {self._to}:
            if parent.is_dir() and not any(parent.iterdir()):
                parent.rmdir()
        if self._made_parent and self._to.is_dir() and not any(self._to.iterdir()):
            self._to.rmdir()
