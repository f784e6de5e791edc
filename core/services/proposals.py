"""Proposals: asked for by one person, agreed to by another, performed once (C22).

A new kind is three rows: its rule in `core.policy.proposals`, its `Kind` beside the service that performs it (listed in
`core.services.approvals`), its sentence in `core.words.proposals`. Where performing takes more than the approval (key
holders, a newcomer), `act` is None and the command that does it calls `spend`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from core.crypto.digest import canonical
from core.errors import proposals as errors
from core.errors.base import Refused, refuse
from core.late import dataclass
from core.model.custody import Copy
from core.model.people import Operator
from core.model.proposals import CloseProposal, Need, Proposal, Propose, State, Statement, Step
from core.model.workspace import Kind as WorkspaceKind
from core.policy import proposals as policy
from core.policy import texts
from core.policy.proposals import RULES, Rule
from core.services import roster, statements
from core.services.desk import Desk, Session
from core.services.perform import Verb, Work, perform
from core.services.roster import Roster
from core.store import audit
from core.store import proposals as store

SHOWN = 16  # hex digits of a digest that people read and type; more are taken
_LEAST = 6


@dataclass(frozen=True)
class Kind:
    """How a kind of proposal is judged and done.

    `judge` gives everything that stands against it now; it is asked when it is proposed, approved and performed. `act`
    does it in the transaction of the last approval; None where a command of its own does.
    """

    rule: Rule
    judge: Callable[[Work, Proposal], list[Refused]]
    act: Callable[[Work, Proposal], None] | None = None
    kinds: tuple[WorkspaceKind, ...] = tuple(WorkspaceKind)
    after: Callable[[Desk, Proposal], tuple[Copy, ...]] | None = None  # once that is committed; backups to destroy
    behind: bool = False  # its rows are written although the clock is behind the ledger


def propose(desk: Desk, kind: Kind, command: Propose) -> Proposal:
    """Ask for something, or raise what stands against it. Waits for `needs`."""
    return perform(desk, Verb("proposal.made", _proposing(kind), kind.rule.proposers, kind.kinds), command)


def _proposing(kind: Kind) -> Callable[[Work, Propose], Proposal]:
    def act(work: Work, command: Propose) -> Proposal:
        refuse(texts.line("reason", command.reason) + texts.line("ticket", command.ticket))
        members = {
            "kind": kind.rule.kind,
            "facts": command.facts,
            "reason": command.reason,
            "ticket": command.ticket,
            "tbs_sha256": sha256(command.tbs).hexdigest() if command.tbs else "",
        }
        made = statements.signed(work.session, work.desk.workspace.id, work.now, "proposal", members)
        proposal = Proposal(statements.digest(made.body), made, State.WAITING)
        _fresh(work, proposal)
        refuse(kind.judge(work, proposal))
        store.add(work.unit, proposal.digest, canonical(made.body).decode(), made.signature)
        note(work, proposal, kind)
        return proposal

    return act


def _fresh(work: Work, proposal: Proposal) -> None:
    """The same thing is asked for once at a time."""
    for other in store.in_states(work.unit.connection, (State.WAITING, State.APPROVED)):
        same = (other.kind, other.facts) == (proposal.kind, proposal.facts)
        if other.digest == proposal.digest or (same and standing(other, work.now) is not State.EXPIRED):
            raise errors.ProposedAlready(other.digest[:SHOWN])


def note(work: Work, proposal: Proposal, kind: Kind) -> None:
    """What every row about a proposal says."""
    work.ticket = proposal.ticket
    work.details.update(proposal=proposal.digest, kind=proposal.kind)
    if kind.behind:
        newest = datetime.fromisoformat(audit.newest(work.unit.connection)[2])
        work.stamp = max(work.now, newest)


def standing(proposal: Proposal, now: datetime) -> State:
    """The state as the clock has it."""
    if proposal.state not in (State.WAITING, State.APPROVED):
        return proposal.state
    approved = min((each.time for each in proposal.approvals), default=None)
    lapsed = policy.expired(proposal.statement.time, approved, now)
    return State.EXPIRED if lapsed else proposal.state


def find(desk: Desk, typed: str) -> Proposal:
    """The proposal whose digest begins with `typed`, checked against its signature."""
    return find_each(desk, (typed,))[0]


def find_each(desk: Desk, typed: Iterable[str]) -> tuple[Proposal, ...]:
    """The same for several; everybody's keys are read once."""
    people, found = roster.read(desk.file.read, desk.workspace.id), []
    for each in typed:
        beginning = store.beginning(desk.file.read, _prefix(each))
        if len(beginning) != 1:
            raise errors.NoSuchProposal(each, len(beginning))
        found.append(_sound(beginning[0], people, desk.workspace.id))
    return tuple(found)


def _prefix(untrusted_id: str) -> str:
    typed = untrusted_id.strip().casefold()
    if len(typed) < _LEAST or not set(typed) <= set("0123456789abcdef"):
        raise errors.NoSuchProposal(untrusted_id, 0)
    return typed


def _sound(proposal: Proposal, known: Roster, workspace_id: str) -> Proposal:
    """A stored proposal is what its author signed under its name; so is each approval of it (else `Damaged`)."""
    for each in (proposal.statement, *proposal.approvals):
        kind = "proposal" if each is proposal.statement else "approval"
        keys = (known.key(each.by), *known.former.get(each.by, ()))
        signed = any(statements.holds(each, kind, workspace_id, key) for key in keys)
        if not signed or each.body.get("proposal", proposal.digest) != proposal.digest:
            raise errors.ProposalTampered(proposal.digest[:SHOWN])
    if statements.digest(proposal.statement.body) != proposal.digest:
        raise errors.ProposalTampered(proposal.digest[:SHOWN])
    return proposal


def current(work: Work, *signed: Statement) -> list[Refused]:
    """A statement under a key that was replaced since does not count any more: its author may have lost the old one."""
    ours = work.desk.workspace.id
    return [
        errors.ApprovalStale(each.by, "key")
        for each in signed
        if not statements.holds(each, each.type, ours, work.roster.key(each.by))
    ]


def load(work: Work, digest: str, *states: State) -> Proposal:
    """An open proposal inside a command's transaction; refuses one in another state."""
    found = store.beginning(work.unit.connection, digest)
    if len(found) != 1 or found[0].digest != digest:
        raise errors.NoSuchProposal(digest[:SHOWN], 0)
    proposal = _sound(found[0], work.roster, work.desk.workspace.id)
    state = standing(proposal, work.now)
    if state not in states:
        raise errors.ProposalClosed(digest[:SHOWN], state.value)
    return proposal


def performed(desk: Desk, kind: str, fact: str) -> tuple[Proposal, ...]:
    """What was done by proposals of that kind that have that fact, oldest first, checked."""
    people = roster.read(desk.file.read, desk.workspace.id)
    return tuple(_sound(each, people, desk.workspace.id) for each in store.performed(desk.file.read, kind, fact))


def waiting(desk: Desk) -> tuple[Proposal, ...]:
    """Every proposal that waits for somebody, oldest first, checked."""
    people, now = roster.read(desk.file.read, desk.workspace.id), desk.clock()
    found = store.in_states(desk.file.read, (State.WAITING, State.APPROVED))
    sound = [_sound(each, people, desk.workspace.id) for each in found]
    return tuple(each for each in sound if standing(each, now) is not State.EXPIRED)


def all_of(desk: Desk) -> tuple[Proposal, ...]:
    """Every proposal there ever was, oldest first."""
    people = roster.read(desk.file.read, desk.workspace.id)
    return tuple(_sound(each, people, desk.workspace.id) for each in store.in_states(desk.file.read, tuple(State)))


def needs(desk: Desk, proposal: Proposal) -> tuple[Need, ...]:
    """What a proposal waits for, in order, and who can give it."""
    return needs_each(desk, (proposal,))[0]


def needs_each(desk: Desk, proposals: Iterable[Proposal]) -> tuple[tuple[Need, ...], ...]:
    """The same for several; everybody's keys are read once."""
    now, people = desk.clock(), roster.read(desk.file.read, desk.workspace.id).people
    return tuple(_needs(each, now, people) for each in proposals)


def _needs(proposal: Proposal, now: datetime, people: Mapping[str, Operator]) -> tuple[Need, ...]:
    rule = RULES[proposal.kind]
    found: list[Need] = []
    if standing(proposal, now) not in (State.WAITING, State.APPROVED):
        return ()
    alone = rule.newcomer and policy.alone(people, now)
    if proposal.state is State.WAITING and not alone:
        found.append(Need(Step.APPROVAL, policy.may_approve(rule, proposal.statement, people, now)))
    if rule.newcomer:
        found.append(Need(Step.ACCEPTANCE, (str(proposal.facts["name"]),)))
    elif proposal.state is State.APPROVED:
        found.append(Need(Step.PERFORMING, _holders(people.values(), rule, now)))
    return tuple(found)


def _holders(people: Iterable[Operator], rule: Rule, now: datetime) -> tuple[str, ...]:
    may = rule.performers or rule.proposers | rule.approvers
    return tuple(each.name for each in people if each.in_force(now) and set(each.duties) & may)


def spend(work: Work, digest: str, kind: Kind, *more: Statement) -> Proposal:
    """Perform an approved proposal inside the command that does it: judged again, once, its statements in the row.

    `more` are further statements that the row carries. The caller then does what `proposal.facts` say.
    """
    people = work.people
    alone = kind.rule.newcomer and policy.alone(people, work.now)
    proposal = load(work, digest, *((State.WAITING, State.APPROVED) if alone else (State.APPROVED,)))
    if proposal.kind != kind.rule.kind:
        raise errors.NoSuchProposal(digest[:SHOWN], 0)
    settle(work, proposal, kind, *more)
    return proposal


def settle(work: Work, proposal: Proposal, kind: Kind, *more: Statement) -> None:
    """Judge everything again and mark the proposal performed; `work` becomes the row of what was asked for."""
    judged(work, proposal, kind)
    rule, given = kind.rule, proposal.approvals
    store.move(work.unit, proposal.digest, State.PERFORMED, closed=_stamp(work), closed_by=work.actor.name)
    note(work, proposal, kind)
    work.action = rule.action
    work.approvals = [statements.as_json(each) for each in (proposal.statement, *given, *more)]


def judged(work: Work, proposal: Proposal, kind: Kind) -> None:
    """Raise what stands against performing an approved proposal now."""
    given = proposal.approvals
    refuse(current(work, proposal.statement, *given))
    refuse(policy.findings(kind.rule, proposal.digest, proposal.statement, given, work.people, work.now))
    refuse(kind.judge(work, proposal))


def _stamp(work: Work) -> str:
    return work.now.strftime(statements.STAMP)


def turn_down(desk: Desk, kind: Kind, digest: str, reason: str, *, by: Session | None = None) -> Proposal:
    """Refuse a proposal: whoever could have approved it, with a reason."""
    verb = Verb("proposal.refused", _closing(kind, State.REFUSED), kind.rule.approvers)
    return perform(desk, verb, CloseProposal(digest, reason), by=by)


def withdraw(desk: Desk, kind: Kind, digest: str, reason: str = "") -> Proposal:
    """Take one's own proposal back."""
    verb = Verb("proposal.withdrawn", _closing(kind, State.WITHDRAWN), kind.rule.proposers)
    return perform(desk, verb, CloseProposal(digest, reason))


def _closing(kind: Kind, state: State) -> Callable[[Work, CloseProposal], Proposal]:
    def act(work: Work, command: CloseProposal) -> Proposal:
        proposal = load(work, command.digest, State.WAITING, State.APPROVED, State.EXPIRED)
        own = proposal.proposer == work.actor.name
        refuse(texts.line("reason", command.reason, needed=state is State.REFUSED))
        if state is State.WITHDRAWN and not own:
            raise errors.NotYours(work.actor.name, proposal.proposer)
        closing = {"closed": _stamp(work), "closed_by": work.actor.name, "because": command.reason}
        store.move(work.unit, proposal.digest, state, **closing)
        note(work, proposal, kind)
        work.details["reason"] = command.reason
        return load(work, proposal.digest, state)

    return act
