"""A workspace file: made, opened, read and written, one lock per command.

Two windows and a timer can work on one file, because nobody holds a lock longer than one command: `writing()` begins
IMMEDIATE, waits at most ten seconds and says who holds the lock. Readers have connections of their own.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from core.errors import workspace as errors
from core.model.workspace import Holder
from core.store import outside
from core.store.failures import reading, translated
from core.store.schema import APPLICATION_ID, MIGRATIONS, foreign, has, migrate
from core.store.unit import Unit

WAIT_SECONDS = 10.0
_CHECKED_BYTES = 64 * 1024 * 1024  # larger files are checked whole by `audit verify`, not at every opening
_BUSY, _LOCKED = 5, 6


class _Reading(sqlite3.Connection):
    """A connection whose failures are expected ones: a stick may be pulled while a page reads."""

    path = Path()

    def execute(self, *query: Any) -> sqlite3.Cursor:
        with reading(self.path):
            return super().execute(*query)


C = TypeVar("C", bound=sqlite3.Connection)


def _connect(path: Path, mode: str, factory: type[C]) -> C:
    """One connection with our pragmas. `mode` is an SQLite URI mode, or "immutable" for a read-only medium."""
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{query}",
        uri=True,
        isolation_level=None,
        timeout=WAIT_SECONDS,
        check_same_thread=False,
        factory=factory,
    )
    connection.row_factory = sqlite3.Row
    if isinstance(connection, _Reading):
        connection.path = path
    try:
        for pragma in ("foreign_keys=ON", "trusted_schema=OFF", "secure_delete=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)


def is_workspace(start: bytes) -> bool:
    """Whether a file that begins so calls itself a workspace: SQLite's magic and our application_id."""
    return start[:16] == b"SQLite format 3\0" and int.from_bytes(start[68:72], "big") == APPLICATION_ID


def _inspect(path: Path) -> None:
    """Refuse what is not a workspace of a version we know, reading only."""
    if not path.is_file():
        raise errors.NoSuchWorkspace(str(path))
    header = _header(path)
    if not is_workspace(header):
        raise errors.NotAWorkspace(str(path))
    version = int.from_bytes(header[60:64], "big")
    if version > len(MIGRATIONS):
        raise errors.NewerWorkspace(str(path), version, len(MIGRATIONS))
    pages, page = int.from_bytes(header[28:32], "big"), int.from_bytes(header[16:18], "big")
    short = path.stat().st_size < pages * (65536 if page == 1 else page)
    if short and not _left(path, "-wal") and not _left(path, "-journal"):  # with one of these SQLite mends it
        raise errors.DamagedWorkspace(str(path), "truncated")


def _settle(path: Path, *, wal: bool) -> None:
    """Finish what a crash left half done, and take a file that came from a disk out of WAL on a stick.

    A connection that only reads cannot roll a hot journal back, and the mode cannot change beside an open reader.
    """
    in_wal = _header(path)[18:20] == b"\x02\x02"
    if not _writable(path) or not (_left(path, "-journal") or (in_wal and not wal)):
        return
    with (
        closing(_connect(path, "rw", sqlite3.Connection)) as connection,
        suppress(sqlite3.OperationalError),
    ):  # in use: it stays as it is
        connection.execute("SELECT count(*) FROM sqlite_master")
        if not wal:
            connection.execute("PRAGMA journal_mode=DELETE")


def _tidied(path: Path) -> None:
    """Take away what a process that was killed has left around the file, unless somebody is at it: then another time."""
    outside.sweep(path.parent)
    note = path.with_name(f"{path.name}.writing")
    if outside.noted(path) or note.exists():
        with suppress(sqlite3.Error, OSError), closing(_connect(path, "rw", sqlite3.Connection)) as connection:
            connection.execute("PRAGMA busy_timeout=0")
            connection.execute("BEGIN IMMEDIATE")
            outside.settle(connection, path)
            note.unlink(missing_ok=True)
            connection.execute("ROLLBACK")


class WorkspaceFile:
    """An open file. `read` is safe from the thread that opened it; `reader()` gives a connection for another."""

    def __init__(self, path: Path, *, wal: bool, read_only: bool = False) -> None:
        self.path = path
        self._wal = wal
        with reading(path):
            _inspect(path)
            _settle(path, wal=wal)
            self.read_only = read_only or not _writable(path)
            if not self.read_only:
                _tidied(path)
            self._write: sqlite3.Connection | None = None
            self._known = False
            self._opened = _inode(path)
            self.read = self.reader()
            try:
                self._check()
            except BaseException:
                self._close(tidy=not _left(path, "-wal"))
                raise
        self._lane = threading.Lock()

    def reader(self) -> sqlite3.Connection:
        """A further connection that can only read."""
        with translated(self.path):
            left = _left(self.path, "-wal") or _left(self.path, "-journal")  # immutable would not look at them
            medium = not os.access(self.path.parent, os.W_OK) and not left
            connection = _connect(self.path, "immutable" if medium else "ro", _Reading)
            connection.execute("PRAGMA query_only=ON")
            return connection

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one moment, whatever others write meanwhile, and may be used in any thread."""
        connection = self.reader()
        try:
            with reading(self.path):
                connection.execute("BEGIN")
                yield connection
        finally:
            connection.close()

    def _check(self) -> None:
        if self.path.stat().st_size <= _CHECKED_BYTES:
            found = self.read.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise errors.DamagedWorkspace(str(self.path), "structure")
        if not has(self.read, "workspace") or not self.read.execute("SELECT count(*) FROM workspace").fetchone()[0]:
            raise errors.DamagedWorkspace(str(self.path), "empty")

    def keep_one_file(self) -> None:
        """Root and registration workspaces travel on sticks: a rollback journal wherever they lie."""
        self._wal = False

    @property
    def journal(self) -> str:
        """SQLite's journal mode of the file: "wal", "delete" ..."""
        return str(self.read.execute("PRAGMA journal_mode").fetchone()[0])

    def version(self) -> int:
        """A number that changes when another process or connection has written (for windows to notice)."""
        return int(self.read.execute("PRAGMA data_version").fetchone()[0])

    @property
    def untidy(self) -> bool:
        """Whether rows are in the WAL that the file itself does not hold yet, so that a copy of it would lack them."""
        return not self.read_only and _left(self.path, "-wal")

    def tidy(self) -> None:
        """Bring the WAL's rows into the file, unless somebody is at it: then another time. Any thread may."""
        with suppress(sqlite3.Error, OSError), closing(_connect(self.path, "rw", sqlite3.Connection)) as connection:
            connection.execute("PRAGMA busy_timeout=0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def overwrite(self) -> None:
        """Write the file anew without what pages still hold beside their rows, and empty the WAL, unless somebody is at it.

        secure_delete has overwritten what was deleted; this is for copies that SQLite made when it moved rows.
        """
        with suppress(sqlite3.Error, OSError), closing(_connect(self.path, "rw", sqlite3.Connection)) as connection:
            connection.execute("VACUUM")
        self.tidy()

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """One command's transaction: committed at the end, rolled back on any exception."""
        if self.read_only:
            raise errors.ReadOnlyWorkspace(str(self.path))
        with self._lane, translated(self.path):
            self._in_place()
            connection = self._writer()
            with self._patient():
                connection.execute("BEGIN IMMEDIATE")
            try:
                outside.settle(connection, self.path)
                with suppress(OSError):
                    self._note.write_text(_holder_json(), encoding="utf-8")
                self._current(connection)
                yield Unit(connection)
                self._unnote()  # while the lock is still ours: after the commit the note may be another's
                with self._patient():
                    connection.execute("COMMIT")
            except BaseException:
                self._unnote()
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    def _in_place(self) -> None:
        """In WAL mode SQLite goes on writing to a file that was replaced or pulled away, for nobody to read."""
        if _inode(self.path) != self._opened:
            raise errors.MediumGone(str(self.path))

    def _writer(self) -> sqlite3.Connection:
        if self._write is None:
            self._write = _connect(self.path, "rw", sqlite3.Connection)
            if self._wal:
                with suppress(sqlite3.OperationalError):  # somebody else is at it: the mode it has serves as well
                    self._write.execute("PRAGMA journal_mode=WAL")
        return self._write

    def _current(self, connection: sqlite3.Connection) -> None:
        """The newest shape; a file whose tables or guards are not the ones we made is not written to."""
        if int(connection.execute("PRAGMA user_version").fetchone()[0]) < len(MIGRATIONS):
            migrate(connection)
        if not self._known and (strange := foreign(connection)):
            raise errors.DamagedWorkspace(str(self.path), ", ".join(strange))
        self._known = True

    @contextmanager
    def _patient(self) -> Iterator[None]:
        """Who holds the lock, where waiting for it was in vain."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (_BUSY, _LOCKED):
                raise
            holder = self.holder()
            raise errors.WorkspaceBusy(str(self.path), holder.host, holder.user, holder.since) from error

    def _unnote(self) -> None:
        with suppress(OSError):
            self._note.unlink()

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
        """Close every connection of this object; one file remains where nobody else has it open.

        The last connection takes the WAL with it, and only one that may write can.
        """
        self._close(tidy=True)

    def _close(self, *, tidy: bool) -> None:
        self.read.close()
        tidy = tidy and _writable(self.path) and self.path.with_name(f"{self.path.name}-wal").exists()
        with suppress(sqlite3.Error, OSError):
            if self._write is None and tidy:
                self._write = _connect(self.path, "rw", sqlite3.Connection)
            if self._write is not None:
                self._write.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if self._write is not None:
            self._write.close()
            self._write = None


def _holder_json() -> str:
    import getpass  # 10 ms with platform, which reading and starting do not need
    import platform

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


def _inode(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def _left(path: Path, suffix: str) -> bool:
    """Whether a journal beside the file still holds something."""
    journal = path.with_name(path.name + suffix)
    return journal.exists() and journal.stat().st_size > 0


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
        outside.sweep(path.parent)
        draft.unlink(missing_ok=True)  # a number that was another process's before
        try:
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            connection = _connect(draft, "rw", sqlite3.Connection)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN IMMEDIATE")
            migrate(connection)
            yield Unit(connection)
            connection.execute("COMMIT")
            if wal:
                connection.execute("PRAGMA journal_mode=WAL")
            connection.close()
            put_in_place(draft, path)
        finally:
            if connection is not None:
                connection.close()
            for suffix in ("", "-journal", "-wal", "-shm"):
                draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def name_it(draft: Path, path: Path) -> None:
    """The same for a workspace that was closed, with what may be wrong as a refusal."""
    with translated(path):
        put_in_place(draft, path)


def put_in_place(draft: Path, path: Path) -> None:
    """Give a finished draft its name, over no other file where the medium lets us."""
    os.link(draft, path) if hasattr(os, "link") and _links(draft.parent) else draft.rename(path)


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
