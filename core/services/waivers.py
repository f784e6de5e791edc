"""Waivers: proposed by one, agreed to by another, over by themselves on their last day."""

from datetime import date

from core.errors.base import Refused
from core.model.compliance import Waive, Waiver
from core.model.proposals import Proposal, Propose
from core.policy import waivers as policy
from core.policy.proposals import RULES
from core.services import proposals
from core.services.desk import Desk
from core.services.perform import Work
from core.services.proposals import Kind
from core.store import waivers as store


def waive(desk: Desk, command: Waive) -> Proposal:
    """Ask to leave a clause for a while."""
    facts = {"clause": command.clause, "until": command.until, "review": command.review}
    return proposals.propose(desk, WAIVE, Propose(facts, command.reason, command.ticket))


def all_of(desk: Desk) -> tuple[Waiver, ...]:
    """Every waiver there was, oldest first."""
    return store.all_waivers(desk.file.read)


def weigh(work: Work, found: list[Refused]) -> list[Refused]:
    """What still stands against issuing once clauses with an active waiver are left out; the row says which were."""
    if not found:
        return found
    active = policy.active(store.all_waivers(work.unit.connection), work.now.date())
    left, waived = policy.weighed(found, active)
    if waived and not left:
        work.details["waived"] = waived
    return left


def _typed(proposal: Proposal) -> Waive:
    facts = proposal.facts
    return Waive(facts["clause"], proposal.reason, facts["until"], facts["review"], proposal.ticket)


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    return policy.findings(_typed(proposal), work.now.date())


def _act(work: Work, proposal: Proposal) -> None:
    typed = _typed(proposal)
    made = Waiver(
        id=0,
        clause=typed.clause,
        until=date.fromisoformat(typed.until),
        review=date.fromisoformat(typed.review),
        reason=typed.reason,
        ticket=typed.ticket,
        proposal=proposal.digest,
        made=work.now,
    )
    store.add_waiver(work.unit, made)
    work.details.update(clause=typed.clause, until=typed.until, review=typed.review)


WAIVE = Kind(RULES["clause.waive"], _judge, _act)
KINDS = (WAIVE,)
