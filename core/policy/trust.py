"""When a foreign root counts: two people heard its whole fingerprint (SL2, A4), and not for longer than it lives."""

import re
from collections.abc import Collection, Sequence
from datetime import date

from core.errors.base import Refused
from core.errors.trust import SameEar, TrustTooLong
from core.model.authorities import Name
from core.model.certificates import Certificate
from core.model.keys import Verdict
from core.model.trust import AddTrust, AnchorComparison, AnchorState
from core.policy import texts
from core.policy.comparison import TRIES


def findings(command: AddTrust, certificate: Certificate, today: date) -> list[Refused]:
    """Everything that stands against what was typed beside the certificate."""
    found = texts.day("until", command.until)
    for what in ("purpose", "owner", "ticket"):
        found += texts.line(what, getattr(command, what), needed=True)
    if not found and not today <= date.fromisoformat(command.until) <= certificate.not_after.date():
        found.append(TrustTooLong(command.until, certificate.not_after.date().isoformat()))
    return found


def second(before: Sequence[AnchorComparison], operator: str) -> list[Refused]:
    """Who heard it once does not hear it a second time."""
    matched = [each.operator for each in before if each.verdict is Verdict.MATCH]
    return [SameEar(operator)] if operator in matched else []


def settled(comparisons: Sequence[AnchorComparison]) -> AnchorState:
    """What the comparisons so far make of it. Another key ends it at once; a misread may be heard again twice."""
    said = [each.verdict for each in comparisons]
    if Verdict.DIFFERENT in said or Verdict.LOOKALIKE in said or said.count(Verdict.MISREAD) >= TRIES:
        return AnchorState.REFUSED
    people = {each.operator for each in comparisons if each.verdict is Verdict.MATCH}
    return AnchorState.TRUSTED if len(people) >= 2 else AnchorState.PENDING


def name_of(subject: Name, taken: Collection[str]) -> str:
    """A short name that people can type: from the CN, else from O; with a number where it is taken."""
    facts = dict(subject)
    plain = re.sub(r"[^a-z0-9]+", "-", (facts.get("CN") or facts.get("O") or "ca").lower()).strip("-")[:40] or "ca"
    return next(each for each in (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)
