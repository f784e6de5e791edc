"""Who may read the ledger, how often a person looks at it, and at how much of it (issue: monthly, a sample, a sign-off)."""

from datetime import date, timedelta

from core.errors.base import Refused
from core.errors.people import DutyMissing
from core.model.people import Duty, Operator
from core.policy.duties import REVIEWERS
from core.policy.rules import rule

REVIEW_DAYS = 31
SAMPLE = 20  # acts, unless the reviewer asks for more
MOST = 500


@rule("S-i-4")
def readable(person: Operator) -> list[Refused]:
    """Entries are read by security officers and auditors."""
    needs = tuple(duty.value for duty in Duty if duty in REVIEWERS)
    return [] if REVIEWERS & set(person.duties) else [DutyMissing(person.name, needs)]


def next_review(last: date) -> date:
    """The day by which the next review is due."""
    return last + timedelta(days=REVIEW_DAYS)
