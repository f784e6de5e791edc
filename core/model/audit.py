"""Ledger rows as they are read back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


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
class Fault:
    """One thing that `audit verify` found; `row` is the first row concerned, 0 where it is a table."""

    row: int
    what: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """The outcome of `audit verify`. `vouched` is the highest row that something outside the file vouches for."""

    rows: int
    head: str
    faults: tuple[Fault, ...]
    vouched: int
    unsigned: int


@dataclass(frozen=True)
class Verify:
    """Verifying is a command of its own, because it leaves a row."""
