"""Decisions: what two people put in the place of a published value, with a reason and an end (design section 6)."""

from datetime import date, datetime

from core.late import dataclass


@dataclass(frozen=True)
class Decision:
    """`value` replaces the clause's published date; `review` is within 12 months; `proposal` the digest agreed to."""

    id: int
    clause: str
    value: date
    review: date
    reason: str
    ticket: str
    proposal: str
    made: datetime


@dataclass(frozen=True)
class Decide:
    """As typed; dates are ISO."""

    clause: str
    value: str
    review: str
    reason: str
    ticket: str
