"""Refusals about decisions."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class NotDecidable(Refused):
    """`why` is "clause" (this one is not decided by a date), "late" (past `latest`), "past" or "review" (over a year)."""

    clause_id: str
    why: str
    latest: str = ""
    code = "DEC-01"
    clause = "L1"
    field = "value"
