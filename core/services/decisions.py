"""Decisions: proposed by one, agreed to by another, then in force until their review date."""

from datetime import date

from core.crypto.certificates import read_certificate
from core.errors.base import Refused
from core.model.authorities import Layer
from core.model.decisions import Decide, Decision
from core.model.proposals import Proposal, Propose
from core.policy import decisions as policy
from core.policy.proposals import RULES
from core.services import caps, proposals
from core.services.desk import Desk
from core.services.perform import Work
from core.services.proposals import Kind
from core.store import authorities
from core.store import decisions as store


def decide(desk: Desk, command: Decide) -> Proposal:
    """Ask for a replacement of a published date."""
    facts = {"clause": command.clause, "value": command.value, "review": command.review}
    return proposals.propose(desk, DECIDE, Propose(facts, command.reason, command.ticket))


def all_of(desk: Desk) -> tuple[Decision, ...]:
    """Every decision, newest first."""
    return store.all_decisions(desk.file.read)


def _typed(proposal: Proposal) -> Decide:
    facts = proposal.facts
    return Decide(facts["clause"], facts["value"], facts["review"], proposal.reason, proposal.ticket)


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    roots = [each for each in authorities.all_authorities(work.unit.connection) if each.layer is Layer.ROOT]
    ends = [read_certificate(each.certificate).not_after.date() for each in roots if each.certificate]
    table = caps.in_force(work.unit.connection)
    return policy.findings(
        _typed(proposal), work.now.date(), work.desk.workspace.network_end, min(ends) if ends else None, table.root
    )


def _act(work: Work, proposal: Proposal) -> None:
    typed = _typed(proposal)
    made = Decision(
        id=0,
        clause=typed.clause,
        value=date.fromisoformat(typed.value),
        review=date.fromisoformat(typed.review),
        reason=typed.reason,
        ticket=typed.ticket,
        proposal=proposal.digest,
        made=work.now,
    )
    store.add(work.unit, made)
    work.details.update(clause=typed.clause, value=typed.value, review=typed.review)


DECIDE = Kind(RULES["clause.decide"], _judge, _act)
KINDS = (DECIDE,)
