"""Decisions: proposed by one, agreed to by another, then in force until their review date."""

from datetime import date, datetime

from core.crypto.certificates import read_certificate
from core.errors.authorities import AnswerDoesNotFit, NotCarried
from core.errors.base import Refused, refuse
from core.model.authorities import Layer
from core.model.decisions import Decide, Decision
from core.model.proposals import Proposal, Propose
from core.policy import caps as caps_policy
from core.policy import decisions as policy
from core.policy.proposals import RULES
from core.services import caps, proposals
from core.services.desk import Desk
from core.services.perform import Work
from core.services.proposals import Kind
from core.store import authorities
from core.store import decisions as store
from core.store.unit import Connection


def decide(desk: Desk, command: Decide) -> Proposal:
    """Ask for a replacement of a published date."""
    facts = {"clause": command.clause, "value": command.value, "review": command.review}
    return proposals.propose(desk, DECIDE, Propose(facts, command.reason, command.ticket))


def all_of(desk: Desk) -> tuple[Decision, ...]:
    """Every decision, newest first."""
    return store.all_decisions(desk.file.read)


def told(connection: Connection, today: date) -> dict[str, str]:
    """The decision on sub CAs' keys that counts now, for those who get a sub CA under it; nothing where there is none."""
    found = caps_policy.decision_on(caps.in_force(connection), Layer.SUB, store.all_decisions(connection), today)
    if found is None:
        return {}
    return {name: str(value) for name, value in vars(found).items() if name not in ("id", "made")} | {
        "made": found.made.isoformat()
    }


def take(work: Work, untrusted: object, certificate_end: date, root_end: date) -> None:
    """Judge and keep the decision that a signed answer brings: made there by two, judged here as of the day it was made."""
    if not untrusted:
        return
    try:
        facts = {name: str(untrusted[name]) for name in _CARRIED}  # type: ignore[index]
        made = datetime.fromisoformat(facts["made"])
        typed = Decide(**{name: facts[name] for name in ("clause", "value", "review", "reason", "ticket")})
        value, review = date.fromisoformat(typed.value), date.fromisoformat(typed.review)
        fits = made.tzinfo is not None and len(bytes.fromhex(facts["proposal"])) == _SHA256
    except (KeyError, ValueError, TypeError):
        raise NotCarried("shape") from None
    if not fits or made > work.now or typed.clause != caps_policy.CLAUSES[Layer.SUB] or certificate_end > value:
        raise AnswerDoesNotFit("decision")
    refuse(policy.findings(typed, made.date(), "", root_end, root_end))
    known = store.all_decisions(work.unit.connection)
    if all(each.proposal != facts["proposal"] for each in known):
        kept = Decision(0, typed.clause, value, review, typed.reason, typed.ticket, facts["proposal"], made)
        store.add(work.unit, kept)
    work.details.update(decision=facts["proposal"], decided_until=typed.value)


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


_CARRIED, _SHA256 = ("clause", "value", "review", "reason", "ticket", "proposal", "made"), 32
DECIDE = Kind(RULES["clause.decide"], _judge, _act)
KINDS = (DECIDE,)
