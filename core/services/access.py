"""The access review: who works here with which duties, what stands against that, and when it was last looked at (C23)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.model.people import Duty, Operator
from core.policy import duties
from core.policy.duties import Pair
from core.services import roster
from core.services.desk import Desk
from core.services.membership import REVIEW, table_digest
from core.store import audit

EVERY = timedelta(days=91)  # three months (NCSC register, C23)
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


def table(desk: Desk) -> Table:
    """The people as the signed rows have them."""
    people = tuple(roster.read(desk.file.read, desk.workspace.id).people.values())
    now = desk.clock()
    here = tuple(each for each in people if not each.left)
    last = next(iter(audit.newest_of(desk.file.read, REVIEW.action)), None)
    due = ((last.time if last else desk.workspace.created) + EVERY).date()
    return Table(
        rows=tuple(Row(each, _places(desk, each), _ends_soon(each, now)) for each in here),
        digest=table_digest(people),
        reviewed=f"{last.time:%Y-%m-%d}" if last else "",
        due=due,
        overdue=now.date() > due,
        auditor=any(Duty.AUDITOR in each.duties for each in here),
        gone=tuple(each for each in people if each.left),
    )


def _ends_soon(person: Operator, now: datetime) -> bool:
    return bool(person.until) and person.until <= (now + SOON).date().isoformat()


def _places(desk: Desk, person: Operator) -> tuple[Place, ...]:
    return tuple(_place(desk, person, duty) for duty in Duty)


def _place(desk: Desk, person: Operator, duty: Duty) -> Place:
    kind = desk.workspace.kind
    found = [pair for pair in duties.clashes({*person.duties, duty}) if duty in (pair.one, pair.other)]
    pair = next((each for each in found if kind in each.refused), found[0] if found else None)
    if duty in person.duties:
        return Place(duty, Cell.HELD, pair)
    if pair is None:
        return Place(duty, Cell.FREE)
    return Place(duty, Cell.FORBIDDEN if kind in pair.refused else Cell.ADVISED_AGAINST, pair)
