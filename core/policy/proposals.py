"""What two people have to agree on, and when their agreement counts (C22).

One table: each kind with its ledger action, who may propose and who may approve. The same judgement is asked when a
proposal is approved, when it is performed, and when `audit verify` reads the row years later.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from core.errors import proposals as errors
from core.errors.base import Refused
from core.late import dataclass
from core.model.people import Duty, Operator
from core.model.proposals import Statement
from core.policy.duties import ALLOWING, CA_WORK, DECIDING, ISSUING, PEOPLE_WORK, REGISTERING, REVOKING, same_person
from core.policy.rules import rule

LASTS = timedelta(days=7)  # an approval (design.md section 3)
WAITS = timedelta(days=30)  # a proposal that nobody approves


@dataclass(frozen=True)
class Rule:
    """One kind of proposal. `action` is the ledger's name of what is done.

    `one_of` is a duty that the proposer or the approver has to hold. `newcomer` kinds are completed by the newcomer's
    acceptance, which stands in for the approval where one person works alone. `others` kinds are never agreed to by
    the person they are about (fact `name`).
    """

    kind: str
    action: str
    proposers: frozenset[Duty]
    approvers: frozenset[Duty]
    one_of: Duty | None = None
    newcomer: bool = False
    others: bool = False
    performers: frozenset[Duty] = frozenset()  # who carries out what was approved, where that is somebody else


RULES: dict[str, Rule] = {
    rule.kind: rule
    for rule in (
        Rule("people.add", "operator.admitted", PEOPLE_WORK, PEOPLE_WORK, Duty.SECURITY_OFFICER, newcomer=True),
        Rule(
            "people.restore", "operator.restored", PEOPLE_WORK, PEOPLE_WORK,
            Duty.SECURITY_OFFICER, newcomer=True, others=True,
        ),
        Rule("people.duty", "operator.duties-changed", PEOPLE_WORK, PEOPLE_WORK, Duty.SECURITY_OFFICER),
        Rule("clock.correct", "clock.corrected", PEOPLE_WORK, PEOPLE_WORK),
        Rule("head.accept", "audit.head-agreed", PEOPLE_WORK, PEOPLE_WORK),
        Rule("workspace.switch", "workspace.switched", DECIDING, DECIDING, Duty.SECURITY_OFFICER),
        Rule("workspace.switch-back", "workspace.switched-back", DECIDING, DECIDING, Duty.SECURITY_OFFICER),
        Rule("clause.decide", "clause.decided", DECIDING, DECIDING, Duty.SECURITY_OFFICER),
        Rule("document.approve", "document.approved", DECIDING, DECIDING, Duty.SECURITY_OFFICER),
        Rule("crl.validity", "crl.validity-set", DECIDING, DECIDING, Duty.SECURITY_OFFICER),
        Rule("crl.none", "crl.none-recorded", DECIDING, DECIDING, Duty.SECURITY_OFFICER),
        Rule("clause.waive", "clause.waived", DECIDING, DECIDING, Duty.SECURITY_OFFICER),
        Rule("caps.change", "caps.changed", DECIDING, DECIDING, Duty.SECURITY_OFFICER),
        Rule("organisation.admit", "organisation.admitted", DECIDING, DECIDING, Duty.SECURITY_OFFICER),
        Rule("ticket.pattern", "ticket.pattern-set", DECIDING, DECIDING, Duty.SECURITY_OFFICER),
        Rule("ticket.widen", "ticket.widened", ALLOWING, ALLOWING),
        Rule("request.key-exception", "request.key-excepted", ALLOWING, ALLOWING, Duty.SECURITY_OFFICER),
        Rule("authority.certify", "authority.intended", CA_WORK, CA_WORK),
        Rule("authority.destroy", "authority.destroyed", CA_WORK, CA_WORK),
        Rule("request.register", "request.registered", REGISTERING, REGISTERING),
        Rule("certificate.issue", "certificate.intended", REGISTERING, REGISTERING, performers=ISSUING),
        Rule("certificate.revoke", "certificate.revoked", REVOKING, REVOKING),
        Rule("custody.replace", "custody.replaced", CA_WORK, CA_WORK),
    )
}  # fmt: skip
BY_ACTION = {rule.action: rule for rule in RULES.values()}


def expired(proposed: datetime, approved: datetime | None, now: datetime) -> bool:
    """Whether a proposal has lapsed: 30 days without an approval, or 7 days after it."""
    return now > approved + LASTS if approved else now > proposed + WAITS


def alone(people: Mapping[str, Operator], now: datetime) -> bool:
    """Whether one person works here by themselves at this moment."""
    return sum(1 for each in people.values() if each.in_force(now)) == 1


def may_approve(rule: Rule, proposal: Statement, people: Mapping[str, Operator], now: datetime) -> tuple[str, ...]:
    """The people who could approve this now."""
    return tuple(
        name
        for name, each in people.items()
        if each.in_force(now) and not approver_findings(rule, proposal, each, people, now)
    )


@rule("C22")
def approver_findings(
    rule: Rule, proposal: Statement, approver: Operator, people: Mapping[str, Operator], now: datetime
) -> list[Refused]:
    """Why this person cannot be the second one."""
    proposer = people.get(proposal.by)
    if approver.name == proposal.by:
        return [errors.OwnProposal(approver.name, _others(rule, proposal, people, now))]
    if not set(approver.duties) & rule.approvers:
        return [errors.ApprovalStale(approver.name, "duty")]
    if proposer is not None and same_person(proposer.full_name, approver.full_name):
        return [errors.SamePerson(proposal.by, approver.name, approver.full_name)]
    if rule.others and approver.name == proposal.body["facts"].get("name"):
        return [errors.OwnMatter(approver.name)]
    held = {*approver.duties, *(proposer.duties if proposer else ())}
    if rule.one_of is not None and rule.one_of not in held:
        return [errors.SecurityOfficerMissing()]
    return []


def _others(rule: Rule, proposal: Statement, people: Mapping[str, Operator], now: datetime) -> tuple[str, ...]:
    return tuple(
        name
        for name, each in people.items()
        if name != proposal.by and each.in_force(now) and not approver_findings(rule, proposal, each, people, now)
    )


def proposer_findings(rule: Rule, proposal: Statement, people: Mapping[str, Operator], now: datetime) -> list[Refused]:
    """Whether the proposer still works here and still holds a duty for it."""
    return _standing(proposal, people, rule.proposers, now)


def _standing(
    statement: Statement, people: Mapping[str, Operator], duties: frozenset[Duty], now: datetime
) -> list[Refused]:
    who = people.get(statement.by)
    if who is None or not who.in_force(now):
        return [errors.ApprovalStale(statement.by, "gone")]
    return [] if set(who.duties) & duties else [errors.ApprovalStale(who.name, "duty")]


@rule("C14")
def approval_findings(
    rule: Rule, proposal: Statement, approval: Statement, people: Mapping[str, Operator], now: datetime
) -> list[Refused]:
    """Why an approval that was given does not count at this moment."""
    if now > approval.time + LASTS:
        return [errors.ApprovalStale(approval.by, "old")]
    if approval.time > now:
        return [errors.ApprovalStale(approval.by, "future")]
    gone = _standing(approval, people, rule.approvers, now)
    return gone or approver_findings(rule, proposal, people[approval.by], people, now)


@rule("A2")
def findings(
    rule: Rule,
    digest: str,
    proposal: Statement,
    approvals: Iterable[Statement],
    people: Mapping[str, Operator],
    now: datetime,
) -> list[Refused]:
    """Everything that stands against performing a proposal now, as far as its people are concerned."""
    found = proposer_findings(rule, proposal, people, now)
    if rule.newcomer and alone(people, now):
        return found
    given = tuple(approvals)
    stale = [each for approval in given for each in approval_findings(rule, proposal, approval, people, now)]
    if stale:
        return found + stale
    return found if given else [*found, errors.ApprovalMissing(digest[:16], 0, 1)]
