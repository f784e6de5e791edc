"""What may be decided in the place of a published date, and within which bounds (design section 6)."""

from datetime import date, timedelta

from core.errors import decisions as errors
from core.errors.base import Refused
from core.model.authorities import Layer
from core.model.decisions import Decide
from core.policy import lifetimes, texts

CLAUSES = {"L2": Layer.SUB, "L3": Layer.ROOT}
REVIEW = timedelta(days=366)


def findings(
    typed: Decide, today: date, network_end: str, root_end: date | None, root_cap: date | None = None
) -> list[Refused]:
    """Everything that stands against a decision: bounded by the root's end, 31 Dec 2030 and the network's life."""
    if typed.clause not in CLAUSES:
        return [errors.NotDecidable(typed.clause, "clause")]
    found = texts.line("reason", typed.reason, needed=True) + texts.line("ticket", typed.ticket, needed=True)
    for what in ("value", "review"):
        text = getattr(typed, what)
        found += texts.day(what, text) if text else texts.line(what, "", needed=True)
    if found:
        return found
    value, review = date.fromisoformat(typed.value), date.fromisoformat(typed.review)
    latest = [root_cap or lifetimes.caps()[Layer.ROOT], *([root_end] if root_end else [])]
    latest += [date.fromisoformat(network_end)] if network_end else []
    if value <= today:
        found.append(errors.NotDecidable(typed.clause, "past"))
    if value > min(latest):
        found.append(errors.NotDecidable(typed.clause, "late", min(latest).isoformat()))
    if not today < review <= today + REVIEW:
        found.append(errors.NotDecidable(typed.clause, "review"))
    return found
