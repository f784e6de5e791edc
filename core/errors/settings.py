"""Refusals about settings."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class CrlValidityNotFit(Refused):
    """Not a whole number of hours from `least` to `most` (`why` "range"), or the one in force already ("same")."""

    hours: str
    why: str
    least: int
    most: int
    code = "SET-01"
    clause = "C6"
    field = "hours"
