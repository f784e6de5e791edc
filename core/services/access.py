"""The access review: who works here with which duties, and when it was last looked at (C23)."""

from core.model.people import Duty
from core.policy.access import EVERY, Table, row
from core.services import roster
from core.services.desk import Desk
from core.services.membership import REVIEW, table_digest
from core.store import audit


def table(desk: Desk) -> Table:
    """The people as the signed rows have them."""
    people = tuple(roster.read(desk.file.read, desk.workspace.id).people.values())
    now, kind = desk.clock(), desk.workspace.kind
    here = tuple(each for each in people if not each.left)
    last = next(iter(audit.newest_of(desk.file.read, REVIEW.action)), None)
    due = ((last.time if last else desk.workspace.created) + EVERY).date()
    return Table(
        rows=tuple(row(kind, each, now) for each in here),
        digest=table_digest(people),
        reviewed=f"{last.time:%Y-%m-%d}" if last else "",
        due=due,
        overdue=now.date() > due,
        auditor=any(Duty.AUDITOR in each.duties for each in here),
        gone=tuple(each for each in people if each.left),
    )
