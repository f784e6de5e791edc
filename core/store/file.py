"""A workspace file: made, opened, read and written, one lock per command.

Two windows and a timer can work on one file, because nobody holds a lock longer than one command: `writing()` begins
IMMEDIATE, waits at most ten seconds and says who holds the lock. Readers have connections of their own.
"""

import getpass
import json
import os
import platform
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.errors import workspace as errors
from core.model.workspace import Holder
from core.store.failures import translated
from core.store.schema import APPLICATION_ID, MIGRATIONS, migrate
from core.store.unit import Unit

WAIT_SECONDS = 10.0
_CHECKED_BYTES = 64 * 1024 * 1024  # larger files are checked whole by `audit verify`, not at every opening
_BUSY, _LOCKED = 5, 6


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """One connection with our pragmas. `mode` is an SQLite URI mode, or "immutable" for a read-only medium."""
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{query}",
        uri=True,
        isolation_level=None,
        timeout=WAIT_SECONDS,
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    for pragma in ("foreign_keys=ON", "trusted_schema=OFF", "secure_delete=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _inspect(path: Path) -> None:
    """Refuse what is not a sound workspace of a version we know, reading only."""
    if not path.is_file():
        raise errors.NoSuchWorkspace(str(path))
    with path.open("rb") as file:
        header = file.read(100)
    if header[:16] != b"SQLite format 3\0" or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise errors.NotAWorkspace(str(path))
    version = int.from_bytes(header[60:64], "big")
    if version > len(MIGRATIONS):
        raise errors.NewerWorkspace(str(path), version, len(MIGRATIONS))
    pages, page = int.from_bytes(header[28:32], "big"), int.from_bytes(header[16:18], "big")
    if pages and path.stat().st_size < pages * (65536 if page == 1 else page):
        raise errors.DamagedWorkspace(str(path), "truncated")


class WorkspaceFile:
    """An open file. `read` is safe from the thread that opened it; `reader()` gives a connection for another."""

    def __init__(self, path: Path, *, wal: bool, read_only: bool = False) -> None:
        self.path = path
        self._wal = wal
        with translated(path):
            _inspect(path)
            self.read_only = read_only or not _writable(path)
            self.read = self.reader()
            self._check()
        self._write: sqlite3.Connection | None = None
        self._lane = threading.Lock()

    def reader(self) -> sqlite3.Connection:
        """A further connection that can only read."""
        with translated(self.path):
            medium = not os.access(self.path.parent, os.W_OK) and not _has_wal(self.path)
            connection = _connect(self.path, "immutable" if medium else "ro")
            connection.execute("PRAGMA query_only=ON")
            return connection

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one moment, whatever others write meanwhile, and may be used in any thread."""
        connection = self.reader()
        try:
            with translated(self.path):
                connection.execute("BEGIN")
                yield connection
        finally:
            connection.close()

    def _check(self) -> None:
        if self.path.stat().st_size <= _CHECKED_BYTES:
            found = self.read.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise errors.DamagedWorkspace(str(self.path), "structure")
        if not self.read.execute("SELECT count(*) FROM workspace").fetchone()[0]:
            raise errors.DamagedWorkspace(str(self.path), "empty")

    def keep_one_file(self) -> None:
        """Root and registration workspaces travel on sticks: a rollback journal wherever they lie."""
        self._wal = False

    def version(self) -> int:
        """A number that changes when another process or connection has written (for windows to notice)."""
        return int(self.read.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """One command's transaction: committed at the end, rolled back on any exception."""
        if self.read_only:
            raise errors.ReadOnlyWorkspace(str(self.path))
        with self._lane, translated(self.path):
            connection = self._writer()
            self._begin(connection)
            try:
                with suppress(OSError):
                    self._note.write_text(_holder_json(), encoding="utf-8")
                yield Unit(connection)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
            finally:
                with suppress(OSError):
                    self._note.unlink()

    def _writer(self) -> sqlite3.Connection:
        if self._write is None:
            self._write = _connect(self.path, "rw")
            self._write.execute(f"PRAGMA journal_mode={'WAL' if self._wal else 'DELETE'}")
        return self._write

    def _begin(self, connection: sqlite3.Connection) -> None:
        try:
            connection.execute("BEGIN IMMEDIATE")
            if int(connection.execute("PRAGMA user_version").fetchone()[0]) < len(MIGRATIONS):
                migrate(connection)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (_BUSY, _LOCKED):
                raise
            holder = self.holder()
            raise errors.WorkspaceBusy(str(self.path), holder.host, holder.user, holder.since) from error

    @property
    def _note(self) -> Path:
        return self.path.with_name(self.path.name + ".writing")

    def holder(self) -> Holder:
        """Who left the note beside the file; empty texts where nobody did or it does not read."""
        try:
            untrusted = json.loads(self._note.read_text(encoding="utf-8")[:2000])
            host, user, since = (str(untrusted[name])[:200] for name in ("host", "user", "since"))
        except (OSError, ValueError, KeyError, TypeError):
            return Holder("", "", "")
        return Holder(host, user, since)

    def close(self) -> None:
        """Close every connection of this object; on a stick one file remains."""
        if self._write is not None:
            with suppress(sqlite3.Error):
                self._write.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._write.close()
            self._write = None
        self.read.close()


def _holder_json() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    return json.dumps(
        {
            "host": platform.node(),
            "user": user,
            "since": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"),
        }
    )


def _has_wal(path: Path) -> bool:
    return path.with_name(path.name + "-wal").exists()


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


@contextmanager
def creating(path: Path, *, wal: bool) -> Iterator[Unit]:
    """Make a new file of mode 0600 in one transaction; on any failure nothing is left behind."""
    if path.exists():
        raise errors.AlreadyThere(str(path))
    draft = path.with_name(f".{path.name}.new-{os.getpid()}")
    with translated(path):
        if not path.parent.is_dir():
            raise errors.NoSuchWorkspace(str(path.parent))
        connection: sqlite3.Connection | None = None
        try:
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            connection = _connect(draft, "rw")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN IMMEDIATE")
            migrate(connection)
            yield Unit(connection)
            connection.execute("COMMIT")
            if wal:
                connection.execute("PRAGMA journal_mode=WAL")
            connection.close()
            os.link(draft, path) if hasattr(os, "link") and _links(draft.parent) else draft.rename(path)
        finally:
            if connection is not None:
                connection.close()
            for left in path.parent.glob(f"{draft.name}*"):
                left.unlink()


def _links(folder: Path) -> bool:
    """Whether the medium knows hard links (FAT on a stick does not); a link never overwrites, a rename may."""
    probe, other = folder / f".link-{os.getpid()}", folder / f".link-{os.getpid()}-2"
    try:
        probe.touch()
        os.link(probe, other)
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)
        other.unlink(missing_ok=True)
    return True


def rows(connection: sqlite3.Connection, sql: str, *values: Any) -> list[sqlite3.Row]:
    """All rows of one query."""
    return connection.execute(sql, values).fetchall()
