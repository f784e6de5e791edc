"""The table of key lifetimes as versioned data: a new version by two people, every old one kept (L4)."""

from datetime import date, datetime
from enum import StrEnum

from core.late import dataclass
from core.model.authorities import Layer


class CapState(StrEnum):
    """How one date of the table stands today."""

    ACTIVE = "active"
    EXPIRING = "expiring"  # within a year
    EXPIRED = "expired"  # passed: nothing new until two people replace it
    REPLACED = "replaced"  # passed, and a decision stands in its place


@dataclass(frozen=True)
class CapTable:
    """Version 1 is the published one that comes with the program; `checked` is when somebody last compared it."""

    version: int
    sub: date
    root: date
    source: str
    dated: date
    checked: date
    reason: str = ""
    proposal: str = ""
    made: datetime | None = None

    def of(self, layer: Layer) -> date:
        """The last day of keys of a layer."""
        return self.root if layer is Layer.ROOT else self.sub


@dataclass(frozen=True)
class CapRow:
    """One date of a table as it stands; `until` is the date in force, decided or published."""

    layer: Layer
    clause: str
    published: date
    until: date
    state: CapState


@dataclass(frozen=True)
class ChangeCaps:
    """As typed; dates are ISO."""

    sub: str
    root: str
    source: str
    dated: str
    reason: str
    ticket: str
