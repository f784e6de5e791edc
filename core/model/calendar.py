"""The calendar: duties that come again, and every day by which something has to be done."""

from datetime import date
from enum import StrEnum

from core.late import dataclass
from core.model.workspace import Kind


@dataclass(frozen=True)
class CalendarDuty:
    """`every` in days; `done` is the ledger action that shows it was done, "" where a record of kind duty-done does."""

    name: str
    asks: str
    every: int
    clauses: tuple[str, ...]
    kinds: tuple[Kind, ...] = tuple(Kind)
    shared: bool = False
    done: str = ""


class Matter(StrEnum):
    """What a day is about."""

    DUTY = "duty"
    RECORD = "record"
    WAIVER = "waiver"
    DECISION = "decision"
    CRL = "crl"
    CERTIFICATE = "certificate"
    AUTHORITY = "authority"
    DEVICE_KEY = "device-key"


@dataclass(frozen=True)
class Due:
    """`uid` stays the same as long as it is about the same thing; `about` is what people call it."""

    matter: Matter
    uid: str
    day: date
    about: str
    owner: str = ""
    clauses: tuple[str, ...] = ()
    overdue: bool = False
