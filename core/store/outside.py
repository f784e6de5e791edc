"""What is made outside a workspace, so that a process that is killed leaves nothing of it lying about.

A copy or an exported folder is there before the transaction that records it is committed. Killed in between, it would
be unknown to the ledger (a copy that nobody lists for destruction) and stand in the way of the next try. So a note
beside the workspace names each path, the file or folder it is (device and inode), the process, and the row that will
say so. Whoever holds the lock next and finds a note whose row never came takes away what it names, and nothing else's.

Unfinished work has hidden names that end in its process: what a process that is no more has left is swept up.
"""

import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from core.store.audit import newest

_DRAFT = re.compile(r"\.(?:.+\.(?:new|copy|restored)-|link-|anchorhold-)(\d+)(?:-\w+)?")


class Outside:
    """One command's note: there from the first path on, gone with `done`."""

    def __init__(self, workspace: Path) -> None:
        self._note = workspace.with_name(f"{workspace.name}.outside-{os.getpid()}-{os.urandom(4).hex()}")
        self._paths: dict[str, list[int] | None] = {}
        self._folders: list[str] = []
        self._row = 0

    def expect(self, connection: sqlite3.Connection, path: Path, *, folder: Path | None = None) -> None:
        """This path is about to be made, in a new `folder` perhaps; the transaction's next row will say so."""
        self._row = newest(connection)[0] + 1
        self._paths[str(path.absolute())] = None
        self._folders += [str(folder.absolute())] if folder else []
        self._write()

    def made(self, drafts: Mapping[Path, Path]) -> None:
        """Each path is, or will be under its name, what its draft is now."""
        self._paths.update({str(path.absolute()): _identity(draft) for path, draft in drafts.items()})
        self._write()

    def _write(self) -> None:
        """In one piece, never shorter than before; where it cannot be written, a crash leaves what it leaves."""
        told = {"process": os.getpid(), "row": self._row, "folders": self._folders, "paths": self._paths}
        with suppress(OSError):
            number = os.open(self._note, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.write(number, json.dumps(told).encode())
            finally:
                os.close(number)

    def done(self) -> None:
        """The row stands, or the command took everything away itself."""
        if self._paths:
            self._paths = {}
            with suppress(OSError):
                self._note.unlink()


def noted(workspace: Path) -> list[Path]:
    """The notes that lie beside a workspace."""
    start = f"{workspace.name}.outside-"
    return [workspace.parent / name for name in _names(workspace.parent) if name.startswith(start)]


def settle(connection: sqlite3.Connection, workspace: Path) -> None:
    """Take away what commands that were cut off have left; the writing lock is ours, so none of them is at work."""
    for note in noted(workspace):
        with suppress(OSError, ValueError, KeyError, TypeError):
            told = json.loads(note.read_text(encoding="utf-8"))
            if newest(connection)[0] < int(told["row"]):
                for name, identity in told["paths"].items():
                    sweep(Path(name).parent, told["process"])
                    _take_away(Path(name), identity)
                for name in told["folders"]:
                    with suppress(OSError):  # with something in it it stays
                        Path(name).rmdir()
        with suppress(OSError):
            note.unlink()


def _take_away(path: Path, identity: list[int] | None) -> None:
    begun = identity is None and path.is_file() and not path.stat().st_size
    if begun or (identity is not None and _identity(path) == identity):
        remove(path)


def sweep(folder: Path, process: int = 0) -> None:
    """Remove the unfinished work in a folder of that process, or of any that is no more."""
    for name in _names(folder):
        found = _DRAFT.fullmatch(name)
        if found and (int(found[1]) == process or (not process and _is_no_more(int(found[1])))):
            with suppress(OSError):
                remove(folder / name)


@contextmanager
def private(folder: Path | None = None) -> Iterator[Path]:
    """A folder in that one, or where temporary ones lie, for what nobody else is to see; gone afterwards."""
    place = folder or Path(tempfile.gettempdir())
    sweep(place)
    with tempfile.TemporaryDirectory(prefix=f".anchorhold-{os.getpid()}-", dir=place) as made:
        yield Path(made)


def remove(path: Path) -> None:
    """A file, or a folder with what is in it; nothing where there is nothing."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _is_no_more(process: int) -> bool:
    if sys.platform == "win32":  # there, signal 0 is Ctrl+C
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _names(folder: Path) -> list[str]:
    """Names alone: it is asked before every command that writes, perhaps in a folder of thousands."""
    try:
        return os.listdir(folder)  # noqa: PTH208 - a Path for each would cost the most of it
    except OSError:
        return []


def _identity(path: Path) -> list[int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_dev, found.st_ino]
