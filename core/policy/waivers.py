"""What two people may leave for a while: only what the guidance says should or recommends, and never all of that."""

from collections.abc import Iterable
from datetime import date, timedelta

from core.errors import compliance as errors
from core.errors.base import Refused
from core.model.compliance import Effect, Waive, Waiver
from core.policy import register, texts
from core.policy.clauses import clauses

LONGEST = timedelta(days=366)
DECIDED, CEREMONY = ("L1", "L2", "L3"), ("M10",)
MUST = ("must", "shall", "must/should")


def findings(typed: Waive, today: date) -> list[Refused]:
    """Everything that stands against a waiver."""
    against = _clause(typed.clause)
    found: list[Refused] = [errors.NotWaivable(typed.clause, against)] if against else []
    found += texts.line("reason", typed.reason, needed=True) + texts.line("ticket", typed.ticket, needed=True)
    for what in ("until", "review"):
        text = getattr(typed, what)
        found += texts.day(what, text) if text else texts.line(what, "", needed=True)
    if found:
        return found
    until, review = date.fromisoformat(typed.until), date.fromisoformat(typed.review)
    if until <= today:
        found.append(errors.NotWaivable(typed.clause, "past"))
    if until > today + LONGEST:
        found.append(errors.NotWaivable(typed.clause, "late", (today + LONGEST).isoformat()))
    if not today < review <= until:
        found.append(errors.NotWaivable(typed.clause, "review"))
    return found


def _clause(clause: str) -> str:
    """Why a clause is not waived, "" where it may be."""
    row, known = register.rows().get(clause), clauses().get(clause)
    if row is None or known is None:
        return "unknown"
    if clause in DECIDED:
        return "decided"
    if clause in CEREMONY:
        return "ceremony"
    if known.strength in MUST:
        return "must"
    if clause in register.never_waived():
        return "never"
    return "" if row.waivable else "enforced"


def active(waivers: Iterable[Waiver], today: date) -> dict[str, Waiver]:
    """The waivers that count today, by clause."""
    return {each.clause: each for each in waivers if each.active(today) and not _clause(each.clause)}


def weighed(found: Iterable[Refused], waived: Iterable[str]) -> tuple[list[Refused], list[str]]:
    """What still stands once waived clauses are left out, and the clauses that were; must and shall never are."""
    left, clauses_left = [], set()
    allowed = {each for each in waived if not _clause(each) and register.rows()[each].effect is Effect.ISSUING}
    for each in found:
        if each.clause in allowed and not isinstance(each, errors.RuleBroken):
            clauses_left.add(each.clause)
        else:
            left.append(each)
    return left, sorted(clauses_left)
