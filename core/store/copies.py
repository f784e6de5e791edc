"""A consistent copy of a workspace, whoever is writing meanwhile (SQLite's online backup)."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from core.errors import workspace as errors
from core.store.failures import translated
from core.store.file import WorkspaceFile, put_in_place
from core.store.outside import sweep


def copy(source: WorkspaceFile, to: Path, *, made: Callable[[Path], None] | None = None) -> None:
    """Write the copy to `to`, which must not exist: mode 0600, one file, on the disk before it has its name.

    `made` is told the draft that will have it.
    """
    if to.exists():
        raise errors.AlreadyThere(str(to))
    draft = to.with_name(f".{to.name}.copy-{os.getpid()}")
    with translated(to):
        sweep(to.parent)
        draft.unlink(missing_ok=True)  # a number that was another process's before
        try:
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            if made is not None:
                made(draft)
            with closing(sqlite3.connect(draft, isolation_level=None)) as target, source.snapshot() as connection:
                connection.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")  # the header says WAL where the original does
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
            put_in_place(draft, to)
        finally:
            draft.unlink(missing_ok=True)
