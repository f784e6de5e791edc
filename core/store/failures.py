"""SQLite's and the operating system's failures, each translated once."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TypeVar

from core.errors import workspace as errors
from core.errors.base import Expected

T = TypeVar("T")
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_SHM_SIZE = 4874  # no room for the index of the WAL
_DBMOVED = 1032  # the file that is open is no longer at its path: the medium was taken away


def worded(error: sqlite3.Error | OSError, path: Path) -> Expected | None:
    """The expected failure behind `error`, or None where it is our own mistake."""
    shown = str(path)
    if isinstance(error, OSError):
        by_errno: dict[int, Expected] = {
            errno.ENOSPC: errors.DiskFull(shown),
            errno.EDQUOT: errors.DiskFull(shown),
            errno.EROFS: errors.ReadOnlyWorkspace(shown),
            errno.EACCES: errors.NotPermitted(shown),
            errno.EPERM: errors.NotPermitted(shown),
            errno.ENOENT: errors.NoSuchWorkspace(shown),
            errno.EEXIST: errors.AlreadyThere(shown),
            errno.EIO: errors.MediumGone(shown),
        }
        return by_errno.get(error.errno or 0)
    whole = getattr(error, "sqlite_errorcode", 0)
    if not whole and isinstance(error, sqlite3.OperationalError):  # Python's own: a text that is not UTF-8
        return errors.DamagedWorkspace(shown, "text")
    code = whole & 0xFF
    if whole in (_DBMOVED, _SHM_SIZE):
        return errors.DiskFull(shown) if whole == _SHM_SIZE else errors.MediumGone(shown)
    by_code: dict[int, Expected] = {
        _BUSY: errors.WorkspaceBusy(shown, "", "", ""),
        _LOCKED: errors.WorkspaceBusy(shown, "", "", ""),
        _READONLY: errors.ReadOnlyWorkspace(shown),
        _IOERR: errors.MediumGone(shown),
        _CORRUPT: errors.DamagedWorkspace(shown, "structure"),
        _NOTADB: errors.NotAWorkspace(shown),
        _FULL: errors.DiskFull(shown),
        _CANTOPEN: errors.NotPermitted(shown),
    }
    return by_code.get(code)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system raise about `path` into expected failures."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        expected = worded(error, path)
        if expected is None:
            raise
        raise expected from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """The same for reading, where text that is not UTF-8 can only be damage."""
    try:
        with translated(path):
            yield
    except UnicodeDecodeError as error:
        raise errors.DamagedWorkspace(str(path), "text") from error


def understood(read: Callable[[sqlite3.Row], T]) -> Callable[[sqlite3.Row], T]:
    """A reader of records for which a state, date or list that no version ever wrote is damage."""

    @wraps(read)
    def careful(row: sqlite3.Row) -> T:
        try:
            return read(row)
        except (ValueError, TypeError, KeyError) as error:
            raise errors.DamagedWorkspace("", read.__name__.strip("_")) from error

    return careful
