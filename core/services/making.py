"""Files and folders that a command makes outside its workspace: they stay if its row stands, whatever happens between."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core.media.files import new_file, write_new
from core.media.folders import Staged
from core.services.perform import Work
from core.store import copies, outside
from core.store.outside import Outside, remove


def _note(work: Work) -> Outside:
    assert work.outside is not None  # noqa: S101 - a batch of `perform_each` makes nothing outside
    return work.outside


def write(work: Work, path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """A new file, read back."""
    with _expected(work, path):
        write_new(path, content, mode=mode, made=lambda: _note(work).made({path: path}))


def copy(work: Work, path: Path) -> None:
    """A copy of the workspace."""
    with _expected(work, path):
        copies.copy(work.desk.file, path, made=lambda draft: _note(work).made({path: draft}))


@contextmanager
def new(work: Work, path: Path) -> Iterator[BinaryIO]:
    """A new file, to be written in pieces."""
    with _expected(work, path), new_file(path, made=lambda: _note(work).made({path: path})) as file:
        yield file


@contextmanager
def _expected(work: Work, path: Path) -> Iterator[None]:
    """Another's file of that name is none of ours to take away."""
    if not path.exists():
        _note(work).expect(work.unit.connection, path)
    yield
    work.undo.append(lambda: remove(path))


@contextmanager
def private(work: Work) -> Iterator[Path]:
    """A folder beside the workspace for what nobody else is to see; gone afterwards."""
    beside = work.desk.file.path.parent
    _note(work).expect(work.unit.connection, beside / ".anchorhold")  # no such file: what is hidden beside it is swept
    with outside.private(beside) as folder:
        yield folder


def stage(work: Work, to: Path) -> Staged:
    """Folders under `to` that appear together or not at all."""
    staged = Staged(to)
    _note(work).expect(work.unit.connection, staged.folder, folder=None if to.exists() else to)
    work.undo.append(staged.undo)
    return staged


def place(work: Work, staged: Staged) -> None:
    """Give the folders their names."""
    _note(work).made(staged.pieces())
    staged.place()
