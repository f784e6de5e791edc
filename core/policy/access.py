"""The table person by duty, pure: what is held, what may be given, and why not (C21, C23)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.late import dataclass
from core.model.advice import Act, Step, Task
from core.model.people import Duty, Operator
from core.model.proposals import Proposal
from core.model.workspace import Kind
from core.policy import duties
from core.policy.duties import Pair

EVERY = timedelta(days=91)  # the access review: three months (NCSC register, C23)
SOON = timedelta(days=30)


class Cell(StrEnum):
    """One cell of the table person by duty."""

    HELD = "held"
    FREE = "free"
    FORBIDDEN = "forbidden"  # with what the person holds, nobody may hold this too
    ADVISED_AGAINST = "advised-against"  # allowed here, and a finding once held


@dataclass(frozen=True)
class Place:
    """`pair` says why, where the cell is forbidden or advised against, or is held against advice."""

    duty: Duty
    cell: Cell
    pair: Pair | None = None


@dataclass(frozen=True)
class Row:
    """One person of the table, in the order of `Duty`."""

    person: Operator
    places: tuple[Place, ...]
    ends_soon: bool = False


@dataclass(frozen=True)
class Table:
    """`digest` names what is shown, for the sign-off. `due` is the last day; `auditor` whether there is one."""

    rows: tuple[Row, ...]
    digest: str
    reviewed: str
    due: date
    overdue: bool
    auditor: bool
    gone: tuple[Operator, ...]


def row(kind: Kind, person: Operator, now: datetime) -> Row:
    """Every cell of one person."""
    ends_soon = bool(person.until) and person.until <= (now + SOON).date().isoformat()
    return Row(person, tuple(_place(kind, person, duty) for duty in Duty), ends_soon)


def _place(kind: Kind, person: Operator, duty: Duty) -> Place:
    found = [pair for pair in duties.clashes({*person.duties, duty}) if duty in (pair.one, pair.other)]
    pair = next((each for each in found if kind in each.refused), found[0] if found else None)
    if duty in person.duties:
        return Place(duty, Cell.HELD, pair)
    if pair is None:
        return Place(duty, Cell.FREE)
    return Place(duty, Cell.FORBIDDEN if kind in pair.refused else Cell.ADVISED_AGAINST, pair)


def steps(seen: Table, waiting: Sequence[Proposal]) -> tuple[Step, ...]:
    """What waits for people to look at people: for the list of what to do now."""
    found = []
    if waiting:
        oldest = min(each.statement.time for each in waiting)
        found.append(Step(Task.AGREEMENT, Act.PEOPLE, str(len(waiting)), day=f"{oldest:%Y-%m-%d}"))
    if seen.overdue:
        found.append(Step(Task.ACCESS_REVIEW, Act.PEOPLE, "", day=seen.due.isoformat()))
    return tuple(found)
