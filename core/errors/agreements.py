"""Refusals about tickets and about what two people may allow."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class TicketNotFit(Refused):
    """A ticket that does not look as tickets look here."""

    ticket: str
    pattern: str
    code = "AGR-01"
    clause = "C16"
    field = "ticket"


@dataclass(eq=False)
class PatternNotFit(Refused):
    """`why` is "shape" (characters that no ticket has) or "wild" (more than four runs)."""

    pattern: str
    why: str
    code = "AGR-02"
    clause = "C16"
    field = "pattern"


@dataclass(eq=False)
class TicketElsewhere(Refused):
    """A ticket is good for one device unless two people widen it."""

    ticket: str
    device: str
    code = "ENR-05"
    clause = "C16"
    field = "ticket"
