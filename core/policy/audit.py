"""How often the ledger is looked at by a person, and how much of it (issue: monthly, a sample, a sign-off)."""

from datetime import date, timedelta

REVIEW_DAYS = 31
SAMPLE = 20  # acts, unless the reviewer asks for more
MOST = 500


def next_review(last: date) -> date:
    """The day by which the next review is due."""
    return last + timedelta(days=REVIEW_DAYS)
