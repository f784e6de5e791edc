"""The root key ceremony as it is recorded: what was done, by whom, when, and how the record was closed."""

from datetime import datetime
from pathlib import Path

from core.late import dataclass
from core.model.people import Operator


@dataclass(frozen=True)
class ReadBack:
    """The root's fingerprint as a second person typed it, having heard it read aloud; `by` is "" for who acts."""

    heard: str
    by: str = ""


@dataclass(frozen=True)
class CloseCeremony:
    """What closes the record (M11): powered off, seal, next planned day; `copies` are the backups, read again now."""

    powered_off: str
    seal: str
    place: str
    next_planned: str
    copies: tuple[Path, ...]
    exceptions: str = ""


@dataclass(frozen=True)
class Backup:
    """A copy that was written in the ceremony, opened and verified."""

    time: datetime
    rows: int
    sha256: str


@dataclass(frozen=True)
class Closed:
    """Who closed the record and what they recorded."""

    time: datetime
    by: str
    powered_off: str
    seal: str
    place: str
    next_planned: str
    exceptions: str
    copies: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """The root: from intent to signature. `network` has the interfaces with a carrier, None where nobody asked."""

    began: datetime
    ended: datetime
    operator: str
    name: str
    subject: str
    until: str
    sha256: str
    key: str
    source: str
    custodians: tuple[str, ...]
    sticks: tuple[str, ...]
    quorum: int
    clock_checked: bool
    network: tuple[str, ...] | None
    network_up_because: str
    witness: str
    crl_url: str
    crl: str


@dataclass(frozen=True)
class Record:
    """All of it; each part is None until it was done. `checkpoint` is "" where nobody is signed in."""

    workspace: str
    organisation: str
    rehearsal: bool
    people: tuple[Operator, ...]
    made: Made | None = None
    read_back: tuple[datetime, str] | None = None
    backups: tuple[Backup, ...] = ()
    closed: Closed | None = None
    checkpoint: str = ""
