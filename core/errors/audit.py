"""Refusals about the ledger: checkpoints, proofs, reading."""

from core.errors.base import Damaged, Refused
from core.late import dataclass


@dataclass(eq=False)
class NotACheckpoint(Refused):
    """`why` is "shape" or "long"."""

    why: str
    code = "AUD-01"


@dataclass(eq=False)
class NoSuchRow(Refused):
    """The ledger has rows 1 to `rows`."""

    number: int
    rows: int
    code = "AUD-02"


@dataclass(eq=False)
class NoSuchSample(Refused):
    """Only who drew the newest sample signs it off, once."""

    sample: int
    name: str
    code = "AUD-05"


@dataclass(eq=False)
class LedgerDamaged(Damaged):
    """The first row that does not hold together, and the `Fault` it has."""

    path: str
    row: int
    fault: str
    code = "AUD-03"


@dataclass(eq=False)
class RecordsDamaged(Damaged):
    """A record is not what its row says; `fault` is "inserted", "changed" or "removed"."""

    path: str
    table: str
    number: int
    fault: str
    code = "AUD-04"
