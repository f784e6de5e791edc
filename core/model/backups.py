"""Copies of a workspace: made, tried out, put back."""

from dataclasses import field
from datetime import date
from pathlib import Path

from core.late import dataclass
from core.model.audit import Head, Report
from core.model.custody import Sealed
from core.model.workspace import Kind


@dataclass(frozen=True)
class MakeBackup:
    """Copy the workspace to a new file; `key` names the CA key whose custodians open it ("": a plain copy, in which
    everybody's keys stay wrapped)."""

    to: Path
    key: str = ""


@dataclass(frozen=True)
class Restore:
    """The copy at `origin` becomes a workspace that people work in; `rows` and `head` are what it was made with.

    `crls`: the highest CRL number of each authority that manifests know. `behind`: a later head that is known outside.
    """

    origin: Path
    rows: int
    head: str
    crls: dict[str, int] = field(default_factory=dict)
    behind: Head | None = None


@dataclass(frozen=True)
class Copied:
    """A copy that was opened and verified whole. `newest` is the time of its last row, ISO 8601.

    `crls`: the highest CRL number of each authority. `key`: whose custodians opened it ("" for a plain copy).
    `manifest`: whether one lies beside it; `differs`: where it does not fit what was opened ("shape", "signer",
    "workspace", "sha256", "rows", "head", or "crl NAME" for an authority).
    """

    path: Path
    sha256: str
    workspace: str
    name: str
    people: tuple[str, ...]
    newest: str
    report: Report
    crls: dict[str, int] = field(default_factory=dict)
    key: str = ""
    manifest: bool = False
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Closed:
    """What a closed backup says of itself. `sealed` has envelopes and wraps and no secret; `sticks` names whose
    passphrase belongs to a stick; `time` is when it was made, ISO 8601."""

    workspace: str
    name: str
    kind: Kind
    rehearsal: bool
    key: str
    uid: str
    sticks: tuple[str, ...]
    time: str
    sealed: Sealed


@dataclass(frozen=True)
class Manifest:
    """What lies beside a backup: signed by who made it. `head` is the leaf of row `rows`, hex, and `newest` its time."""

    workspace: str
    name: str
    time: str
    by: str
    rows: int
    head: str
    newest: str
    crls: dict[str, int]
    key: str
    sha256: str


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
