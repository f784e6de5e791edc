"""Copies of a workspace: made, tried out, put back."""

from datetime import date
from pathlib import Path

from core.late import dataclass
from core.model.audit import Report


@dataclass(frozen=True)
class MakeBackup:
    """Copy the workspace to a new file."""

    to: Path


@dataclass(frozen=True)
class Restore:
    """The copy at `origin` becomes a workspace that people work in; `rows` and `head` are what it was made with."""

    origin: Path
    rows: int
    head: str


@dataclass(frozen=True)
class Copied:
    """A copy that was opened and verified whole. `newest` is the time of its last row, ISO 8601."""

    path: Path
    sha256: str
    workspace: str
    name: str
    people: tuple[str, ...]
    newest: str
    report: Report


@dataclass(frozen=True)
class Trace:
    """A copy that was made, tried out or put back, as its ledger row tells. `sound`: verified without a fault."""

    number: int
    time: str
    actor: str
    action: str
    rows: int
    sha256: str
    origin: str
    sound: bool


@dataclass(frozen=True)
class Keeping:
    """How the copies of a workspace stand: what is on record, newest first, and the days that are due next.

    `since` is how many rows were written after the newest copy; `unread` names the authorities that sign no CRL before
    what is published was read in.
    """

    traces: tuple[Trace, ...]
    make_by: date
    make_late: bool
    drill_by: date
    drill_late: bool
    since: int
    unread: tuple[str, ...]

    def newest(self, action: str) -> Trace | None:
        """The newest of its kind."""
        return next((each for each in self.traces if each.action == action), None)
