"""Records: what software cannot enforce, each with an owner, a date, the hash of its evidence and a next review.

Kinds are data (`resources/policy/records.toml`); a record never changes: a newer version takes its place, or it ends.
"""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from core.late import dataclass


class FieldType(StrEnum):
    """What a field takes."""

    LINE = "line"
    TEXT = "text"  # several lines
    DATE = "date"
    CHOICE = "choice"
    TICK = "tick"  # has to be "yes"
    SHA256 = "sha256"
    SERIALS = "serials"  # of certificates of ours, with commas between them


@dataclass(frozen=True)
class RecordField:
    """One field; `choices` where the type is a choice."""

    name: str
    asks: str
    type: FieldType = FieldType.LINE
    needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordKind:
    """`clauses` are met by one record in force, or by one for each choice of the field `each`.

    `every` is the longest time to the next review in days. `single`: a new one takes the place of the one in force.
    `runs_out`, `due_from` and `done` name date fields: the end of validity, what a due date is counted from, and the
    day the work was done.
    """

    name: str
    title: str
    clauses: tuple[str, ...]
    every: int
    fields: tuple[RecordField, ...]
    single: bool = False
    each: str = ""
    runs_out: str = ""
    due_from: str = ""
    done: str = ""

    def field(self, name: str) -> RecordField | None:
        """The field of that name."""
        return next((each for each in self.fields if each.name == name), None)


class RecordState(StrEnum):
    """Where a record stands; only records in force meet a clause."""

    IN_FORCE = "in-force"
    REPLACED = "replaced"
    ENDED = "ended"


@dataclass(frozen=True)
class Record:
    """`evidence` is a file's name and `sha256` its hash ("" without one): the file itself stays where it is kept.

    `replaces` is the number of the version before, 0 for a first one; `proposal` the digest of the agreement behind it,
    "" where one person entered it. `ended` and `ended_by` are "" while it is in force.
    """

    id: int
    kind: str
    facts: dict[str, str]
    owner: str
    review: date
    evidence: str
    sha256: str
    replaces: int
    proposal: str
    made: datetime
    made_by: str
    state: RecordState = RecordState.IN_FORCE
    ended: str = ""
    ended_by: str = ""
    because: str = ""


@dataclass(frozen=True)
class AddRecord:
    """As typed; `review` is an ISO date, `evidence` a file to be hashed. What is not given is kept from `replaces`.

    `sha256` is filled in when the evidence was read.
    """

    kind: str
    facts: dict[str, str]
    owner: str
    review: str
    evidence: Path | None = None
    replaces: int = 0
    reason: str = ""
    ticket: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class EndRecord:
    """A record does not hold any more; what it met is open again."""

    number: int
    reason: str


class Timeliness(StrEnum):
    """How a record in force stands against the clock."""

    GOOD = "good"
    OPEN = "open"  # work it tells of is still to be done, in time
    REVIEW = "review-overdue"
    LATE = "late"  # the work it tells of is past its due date
    EXPIRED = "expired"  # what it proves has run out


@dataclass(frozen=True)
class RecordRow:
    """A record with what a list shows of it; `due` is the next day something has to be done about it."""

    record: Record
    kind: RecordKind
    timeliness: Timeliness
    due: date

    @property
    def meets(self) -> bool:
        """Whether it meets the clauses of its kind now."""
        good = self.timeliness in (Timeliness.GOOD, Timeliness.OPEN)
        return self.record.state is RecordState.IN_FORCE and good


@dataclass(frozen=True)
class KindRow:
    """A kind with its records in force, the soonest due first."""

    kind: RecordKind
    rows: tuple[RecordRow, ...]

    @property
    def worst(self) -> Timeliness | None:
        """How the worst of them stands, None where there is none."""
        order = list(Timeliness)
        return max((each.timeliness for each in self.rows), key=order.index, default=None)

    @property
    def late(self) -> int:
        """How many do not meet their clauses any more."""
        return sum(1 for each in self.rows if not each.meets)


@dataclass(frozen=True)
class Records:
    """Every kind in its order, and every record there was, the newest first."""

    kinds: tuple[KindRow, ...]
    every: tuple[RecordRow, ...]
