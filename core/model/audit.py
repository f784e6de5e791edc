"""Ledger rows as they are read back."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from core.late import dataclass


@dataclass(frozen=True)
class Row:
    """`body` is the parsed canonical JSON of the row; `signature` is b"" for rows of the program itself."""

    number: int
    time: datetime
    actor: str
    action: str
    ticket: str
    body: dict[str, Any]
    signature: bytes
    leaf: bytes


@dataclass(frozen=True)
class StoredRow:
    """A row as it lies in the file, nothing of it judged; `time`, `actor`, `action` are its columns for finding it."""

    number: int
    text: str
    signature: bytes
    leaf: bytes
    time: str
    actor: str
    action: str


@dataclass(frozen=True)
class Head:
    """A row that was verified, by its leaf hash in hex."""

    number: int
    leaf: str
    time: str


@dataclass(frozen=True)
class Fault:
    """One thing that `audit verify` found; `row` is the first row concerned, 0 where it is a table."""

    row: int
    what: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checkpoint:
    """A ledger's signed head: `size` rows whose RFC 6962 root is `root`; `first` is the leaf hash of row 1."""

    workspace: str
    size: int
    root: bytes
    first: bytes
    time: str


class Witness(StrEnum):
    """What an outside checkpoint says about this ledger; all but the first are findings."""

    VOUCHES = "vouches"
    AHEAD = "ahead"  # it knows rows that the file has not: the file was rolled back or cut
    FORKED = "forked"  # the same number of rows, but others: the ledger was rewritten
    REPLACED = "replaced"  # it began with another first row
    UNKNOWN_SIGNER = "unknown-signer"
    ALTERED = "altered"  # a known key's signature does not fit
    OTHER_WORKSPACE = "other-workspace"
    UNREADABLE = "unreadable"


TAMPERED = (Witness.AHEAD, Witness.FORKED, Witness.REPLACED)


@dataclass(frozen=True)
class Judged:
    """One outside checkpoint: the file's name, what it claims, and how that stands."""

    name: str
    standing: Witness
    size: int = 0
    signer: str = ""
    time: str = ""


@dataclass(frozen=True)
class Report:
    """The outcome of `audit verify`. `vouched` is the highest row that something outside the file vouches for."""

    rows: int
    head: str
    root: str
    first: str
    faults: tuple[Fault, ...]
    vouched: int
    unsigned: int
    judged: tuple[Judged, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was found and no outside checkpoint speaks against the ledger."""
        return not self.faults and not any(each.standing in TAMPERED for each in self.judged)

    @property
    def passed(self) -> bool:
        """Whether every outside checkpoint vouches."""
        return all(each.standing is Witness.VOUCHES for each in self.judged)


@dataclass(frozen=True)
class Verify:
    """Verifying is a command of its own, because it leaves a row: up to where, and how far something outside vouched."""

    rows: int
    head: str
    vouched: int


@dataclass(frozen=True)
class MakeCheckpoint:
    """Sign the ledger's head, so that it can leave the room."""


@dataclass(frozen=True)
class Prove:
    """Take row `number` out, with the proof that it stands in the ledger."""

    number: int


@dataclass(frozen=True)
class Sought:
    """Which entries are looked for: a person's, of an action, of days (ISO 8601, both included); "" leaves it open."""

    person: str = ""
    action: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class ReadLog:
    """Look at the newest entries, or at the newest of those that are looked for."""

    limit: int
    sought: Sought = Sought()


@dataclass(frozen=True)
class AcceptHead:
    """Go by this file from now on, though the keyring has seen another one (a restored backup)."""

    reason: str


@dataclass(frozen=True)
class DrawSample:
    """Draw acts for the monthly review; 0 for as many as is usual."""

    count: int = 0


@dataclass(frozen=True)
class SignOff:
    """The acts that row `sample` drew were looked up; `note` is what the reviewer found."""

    sample: int
    note: str


class LogFormat(StrEnum):
    """What other systems read."""

    JSONL = "jsonl"
    RFC5424 = "rfc5424"
    CEF = "cef"


@dataclass(frozen=True)
class ExportLog:
    """Take rows out for another system, from row `first`; 0 goes on behind the last export in that format."""

    format: LogFormat
    to: Path
    first: int = 0


@dataclass(frozen=True)
class LogExported:
    """The file holds rows `first` to `last` of `rows`."""

    to: Path
    first: int
    last: int
    rows: int
    sha256: str
