"""Correcting a clock that ran ahead: two people record it (S-i-5)."""

from datetime import datetime

from core.errors.base import Refused
from core.errors.workspace import ClockNotBehind
from core.model.proposals import Proposal, Propose
from core.policy.proposals import RULES
from core.services import proposals
from core.services.desk import Desk
from core.services.perform import Work
from core.services.proposals import Kind
from core.services.statements import STAMP
from core.store import audit


def correct(desk: Desk, reason: str) -> Proposal:
    """Ask for a correction: from then on entries carry the machine's time again, although newer ones stand before."""
    newest = audit.newest(desk.file.read)[2]
    return proposals.propose(desk, CORRECT, Propose({"newest": newest}, reason))


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    newest = audit.newest(work.unit.connection)[2]
    now = work.now.strftime(STAMP)
    return [] if now < newest and proposal.facts["newest"] == newest else [ClockNotBehind(now, newest)]


def _act(work: Work, _: Proposal) -> None:
    newest = audit.newest(work.unit.connection)[2]
    work.stamp, work.corrects_clock = work.now, True
    work.details.update(newest=newest, seconds=int((datetime.fromisoformat(newest) - work.now).total_seconds()))


CORRECT = Kind(RULES["clock.correct"], _judge, _act, behind=True)
KINDS = (CORRECT,)
