"""Refusals about the ledger: checkpoints, proofs, reading."""

from dataclasses import dataclass

from core.errors.base import Refused


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
