"""The desk: an open workspace, the clock, and the person who sits at it."""

import threading
from collections.abc import Callable
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from core.crypto.envelope import STANDARD, Cost
from core.errors.base import Cancelled
from core.errors.people import NotSignedIn
from core.errors.workspace import DamagedWorkspace, NotRehearsal
from core.late import dataclass
from core.media.disk import takes_wal
from core.model.audit import Head
from core.model.custody import Standing
from core.model.people import Operator
from core.model.workspace import Kind, Workspace
from core.store import workspace as workspaces
from core.store.file import WorkspaceFile

Clock = Callable[[], datetime]


def machine_clock() -> datetime:
    """Now in UTC, whole seconds: no row claims more precision than people can compare."""
    return datetime.now(UTC).replace(microsecond=0)


class Progress:
    """What a long command reports to; consumers without a screen leave it at its defaults."""

    def __init__(self, told: Callable[[int, int], None] | None = None) -> None:
        self._told = told
        self._stop = threading.Event()
        self._committing = False

    def cancel(self) -> None:
        """Ask the command to stop; it does so at its next step unless it is committing."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Report progress; raises `Cancelled` when somebody asked to stop."""
        if self._stop.is_set() and not self._committing:
            raise Cancelled
        if self._told is not None:
            self._told(done, total)

    def committing(self) -> None:
        """From here on nothing can be cancelled."""
        self.step(0, 0)
        self._committing = True


@dataclass(frozen=True)
class Session:
    """A signed-in operator and the raw Ed25519 key that signs their rows."""

    operator: Operator
    secret: bytes = field(repr=False)
    remembered: bool = False  # it came from the keyring, not from a passphrase typed in this session


class OpenKey(Protocol):
    """A signing session, as the desk carries it (`core.services.sessions.Signing`)."""

    def look(self) -> Standing | str: ...

    def halt(self, why: str) -> None: ...

    def end(self, why: str) -> None: ...


class Desk:
    """Everything a service needs. `cost` is a constructor argument so that nothing outside can cheapen it."""

    def __init__(self, file: WorkspaceFile, *, clock: Clock = machine_clock, cost: Cost = STANDARD) -> None:
        self.file = file
        self.clock = clock
        self.cost = cost
        self.session: Session | None = None
        self.sessions: list[OpenKey] = []  # signing sessions; each ends at the latest with the lock
        self.verified: Head | None = None  # the newest ledger row that was found sound at this desk
        self.workspace: Workspace = workspaces.read(file.read)

    @property
    def acting(self) -> Session:
        """Who acts, or the refusal that nobody is signed in."""
        if self.session is None:
            raise NotSignedIn
        return self.session

    def halt(self, why: str) -> None:
        """Close every CA key at once, from any thread, whatever runs; the rows are left by `end_sessions`."""
        for each in tuple(self.sessions):
            each.halt(why)

    def end_sessions(self, why: str = "done") -> None:
        """End signing sessions, each with its row."""
        for each in tuple(self.sessions):
            each.end(why)

    def settle_sessions(self) -> None:
        """Leave the rows of sessions that are over by themselves."""
        for each in tuple(self.sessions):
            seen = each.look()
            if isinstance(seen, str):
                each.end(seen)

    def lock(self, why: str = "lock") -> None:
        """End signing sessions and forget the own signing key; the file stays open for reading."""
        self.end_sessions(why)
        self.session = None

    def close(self) -> None:
        """Lock and close the file."""
        self.lock("quit")
        self.file.close()


def _sat(file: WorkspaceFile, cost: Cost) -> Desk:
    try:
        return Desk(file, cost=cost)
    except ValueError:  # a kind or policy that no version ever wrote
        raise DamagedWorkspace(str(file.path), "record") from None


def open_desk(path: Path, *, read_only: bool = False, now: datetime | None = None, cost: Cost = STANDARD) -> Desk:
    """Open a workspace. `now` sets the clock and is honoured in a rehearsal workspace only."""
    file = WorkspaceFile(path, wal=takes_wal(path), read_only=read_only)
    try:
        desk = _sat(file, cost)
        if now is not None:
            if not desk.workspace.rehearsal:
                raise NotRehearsal("--now")
            desk.clock = lambda: now
        if desk.workspace.kind in (Kind.ROOT, Kind.REGISTRATION):
            file.keep_one_file()
    except BaseException:
        file.close()
        raise
    return desk
