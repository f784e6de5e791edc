"""Who works here: people come, change duties, lose a passphrase, leave. Two agree, but for leaving, which is at once."""

from collections.abc import Iterable
from datetime import date

from core.crypto.envelope import seal
from core.crypto.signing import generate
from core.errors import people as errors
from core.errors.base import Refused, refuse
from core.errors.proposals import OwnMatter, ProposalTampered
from core.model.people import AddPerson, Admit, ChangeDuties, Duty, Leave, Operator, Review, SignIn
from core.model.proposals import Proposal, Propose, State
from core.model.workspace import Kind as WorkspaceKind
from core.policy import duties, roster, texts
from core.policy import people as policy
from core.policy import proposals as agreement
from core.policy.duties import EVERYBODY, PEOPLE_WORK, REVIEWERS
from core.policy.proposals import RULES
from core.services import proposals, statements
from core.services import roster as rosters
from core.services.desk import Desk, Session
from core.services.people import bound, unlock
from core.services.perform import Verb, Work, perform, record_refusal
from core.services.proposals import Kind
from core.store import people as store


def add(desk: Desk, command: AddPerson, reason: str = "", ticket: str = "") -> Proposal:
    """Ask for a person to work here."""
    held = [duty.value for duty in Duty if duty in command.duties]
    facts = {"name": command.name, "full_name": command.full_name, "duties": held, "until": command.until}
    return proposals.propose(desk, ADD, Propose(facts, reason, ticket))


def change(desk: Desk, command: ChangeDuties, reason: str = "", ticket: str = "") -> Proposal:
    """Ask for other duties, or another last day of access."""
    facts = {
        "name": command.name,
        "add": [duty.value for duty in Duty if duty in command.add],
        "remove": [duty.value for duty in Duty if duty in command.remove],
        "until": command.until,
    }
    return proposals.propose(desk, DUTY, Propose(facts, reason, ticket))


def restore(desk: Desk, name: str, reason: str = "", ticket: str = "") -> Proposal:
    """Ask for a new key for somebody whose passphrase is lost; two others agree, then the owner accepts."""
    return proposals.propose(desk, RESTORE, Propose({"name": name}, reason, ticket))


def _judge_add(work: Work, proposal: Proposal) -> list[Refused]:
    facts = proposal.facts
    found = texts.name("name", facts["name"]) + texts.full_name("full_name", facts["full_name"])
    if any(each.casefold() == facts["name"].casefold() for each in work.people):
        found.append(errors.NameTaken(facts["name"]))
    if any(duties.same_person(each.full_name, facts["full_name"]) for each in work.people.values() if not each.left):
        found.append(errors.SameFullName(facts["full_name"]))
    if not facts["duties"]:
        found.append(errors.NothingChanges(facts["name"]))
    found += duties.findings(work.desk.workspace.kind, facts["name"], [Duty(each) for each in facts["duties"]])
    return found + _day(work, facts["until"])


def _day(work: Work, until: str) -> list[Refused]:
    found = texts.day("until", until)
    if until and not found and date.fromisoformat(until) < work.now.date():
        found.append(errors.AccessPast(until))
    return found


def _judge_duty(work: Work, proposal: Proposal) -> list[Refused]:
    facts = proposal.facts
    person = work.people.get(facts["name"])
    if person is None or person.left:
        return [errors.NoSuchOperator(facts["name"])]
    after = roster.changed(person, facts)
    found = [] if facts["until"] == roster.NEVER else _day(work, facts["until"])
    if after == person:
        found.append(errors.NothingChanges(person.name))
    found += duties.findings(work.desk.workspace.kind, person.name, after.duties)
    return found + _officers(work, after)


def _officers(work: Work, after: Operator) -> list[Refused]:
    """Whoever changes, a security officer stays where there is one now."""
    then = {**work.people, after.name: after}
    lost = roster.officers(work.people) and not roster.officers(then)
    return [errors.LastSecurityOfficer(after.name)] if lost else []


def _judge_restore(work: Work, proposal: Proposal) -> list[Refused]:
    person = work.people.get(proposal.facts["name"])
    if person is None or person.left:
        return [errors.NoSuchOperator(proposal.facts["name"])]
    return [OwnMatter(person.name)] if proposal.proposer == person.name else []


def _act_duty(work: Work, proposal: Proposal) -> None:
    after = roster.changed(work.people[proposal.facts["name"]], proposal.facts)
    store.give_duties(work.unit, after.name, after.duties)
    store.give_access(work.unit, after)
    work.details["name"] = after.name


ADD = Kind(RULES["people.add"], _judge_add)
RESTORE = Kind(RULES["people.restore"], _judge_restore)
DUTY = Kind(RULES["people.duty"], _judge_duty, _act_duty)
KINDS = (ADD, RESTORE, DUTY)


def expected(desk: Desk, name: str) -> Proposal:
    """The agreed proposal that a newcomer accepts; in a workspace of one, the one that was made."""
    alone = agreement.alone(rosters.read(desk.file.read, desk.workspace.id).people, desk.clock())
    ready = (State.APPROVED, State.WAITING) if alone else (State.APPROVED,)
    for each in proposals.waiting(desk):
        if RULES[each.kind].newcomer and each.facts["name"] == name and each.state in ready:
            return each
    raise errors.NotExpected(name)


def witnesses(desk: Desk, proposal: Proposal) -> tuple[str, ...]:
    """Who can take the newcomer in: not the proposer, unless nobody else works here. Approvers come first."""
    now, people = desk.clock(), rosters.read(desk.file.read, desk.workspace.id).people
    fit = [name for name, each in people.items() if each.in_force(now) and set(each.duties) & PEOPLE_WORK]
    others = [name for name in fit if name not in (proposal.proposer, proposal.facts["name"])]
    approvers = {each.by for each in proposal.approvals}
    found = sorted(others, key=lambda name: name not in approvers)
    return tuple(found) if found or not agreement.alone(people, now) else tuple(fit)


def accept(desk: Desk, name: str, passphrase: str, witness: str, witness_passphrase: str) -> Operator:
    """A newcomer sets their passphrase; their key is made here and now, and signed in by the witness who sees them.

    The witness is somebody else than the proposer, so nobody makes up a colleague alone.
    """
    try:
        proposal = expected(desk, name)
        refuse(policy.passphrase(passphrase))
        fit = witnesses(desk, proposal)
        if witness not in fit:
            raise errors.WitnessNotFit(witness, fit)
    except Refused as refusal:
        record_refusal(desk, "Admit", refusal)
        raise
    by = unlock(desk, witness, witness_passphrase)
    secret, public = generate()
    newcomer = Session(Operator(name, "", (), public), secret)
    members = {"proposal": proposal.digest, "key": public.hex()}
    acceptance = statements.signed(newcomer, desk.workspace.id, desk.clock(), "acceptance", members)
    sealed = seal(secret, policy.normal(passphrase), bind=bound(desk.workspace.id, name), cost=desk.cost)
    kind = ADD if proposal.kind == ADD.rule.kind else RESTORE
    verb = Verb("operator.admitted", _admit, PEOPLE_WORK)
    person = perform(desk, verb, Admit(proposal.digest, kind.rule.kind, public, sealed, acceptance), by=by)
    perform(desk, ACCEPTED, SignIn(), by=Session(person, secret))
    return person


def _admit(work: Work, command: Admit) -> Operator:
    kind = ADD if command.kind == ADD.rule.kind else RESTORE
    proposal = proposals.spend(work, command.proposal, kind, command.acceptance)
    facts, name = proposal.facts, str(proposal.facts["name"])
    given = (command.acceptance.by, command.acceptance.body["proposal"], command.acceptance.body["key"])
    ours = statements.holds(command.acceptance, "acceptance", work.desk.workspace.id, command.public_key)
    if not ours or given != (name, proposal.digest, command.public_key.hex()):
        raise ProposalTampered(proposal.digest[: proposals.SHOWN])
    alone = agreement.alone(work.people, work.now)
    if work.actor.name == name or (work.actor.name == proposal.proposer and not alone):
        raise errors.WitnessNotFit(work.actor.name, ())
    if kind is ADD:
        by_one = alone and len(work.people) > 1
        person = roster.admitted(facts, command.public_key, by_one_person=by_one)
        store.add(work.unit, person, command.sealed, work.now.isoformat())
        store.give_access(work.unit, person)
    else:
        person = roster.restored(work.people[name], command.public_key)
        store.rekey(work.unit, name, command.public_key, command.sealed)
    work.details.update(name=name, operators=[roster.listed(person)])
    return person


def _accepted(work: Work, _: SignIn) -> None:
    work.details["name"] = work.actor.name


def leave(desk: Desk, command: Leave) -> Operator:
    """Somebody leaves: they cannot sign in from this moment on. Their key stays, to verify what they signed."""
    return perform(desk, LEAVE, command)


def _leave(work: Work, command: Leave) -> Operator:
    refuse(texts.line("reason", command.reason, needed=True))
    person = work.people.get(command.name)
    if person is None or person.left:
        raise errors.NoSuchOperator(command.name)
    if person.name != work.actor.name and not set(work.actor.duties) & PEOPLE_WORK:
        raise errors.DutyMissing(work.actor.name, tuple(duty.value for duty in Duty if duty in PEOPLE_WORK))
    after = roster.gone(person, work.now.strftime(statements.STAMP))
    refuse(_officers(work, after) + _left_over(work, after))
    store.give_access(work.unit, after)
    work.details.update(name=person.name, reason=command.reason)
    return after


def _left_over(work: Work, after: Operator) -> list[Refused]:
    """One person stays in any case; two where there is a CA, which one alone never runs (C22)."""
    staying = [each for each in work.people.values() if each.in_force(work.now) and each.name != after.name]
    least = 1 if work.desk.workspace.kind is WorkspaceKind.LINKS else 2
    enough = len(staying) >= least and any(duties.can_work(each.duties) for each in staying)
    return [] if enough else [errors.LastPerson(after.name)]


def review(desk: Desk, shown: str) -> None:
    """Sign off the access review of the table whose digest was shown (C23, every three months)."""
    perform(desk, REVIEW, Review(shown))


def _review(work: Work, command: Review) -> None:
    if command.roster != table_digest(work.people.values()):
        raise errors.RosterChanged
    work.details.update(roster=command.roster, people=len(work.people))


def table_digest(people: Iterable[Operator]) -> str:
    """The digest of the table of people as the review shows it."""
    return statements.digest({"people": [roster.listed(each) for each in people]})


ACCEPTED = Verb("operator.accepted", _accepted, EVERYBODY)
LEAVE = Verb("operator.left", _leave, EVERYBODY)  # anybody may leave; who sends others away is asked in `_leave`
REVIEW = Verb("people.reviewed", _review, REVIEWERS)
