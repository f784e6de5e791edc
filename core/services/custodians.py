"""Those who hold a key: a drill, one for another, a new passphrase."""

import dataclasses
import json
from dataclasses import astuple
from datetime import datetime

from core.errors import custody as errors
from core.errors.base import Refused, refuse
from core.late import dataclass
from core.model.custody import (
    ChangeCustodyPassphrase,
    Copy,
    Custodian,
    Drill,
    HeldKey,
    ReplaceCustodian,
    Sealed,
)
from core.model.proposals import Proposal, Propose, State
from core.policy import custody as policy
from core.policy.duties import CA_WORK, EVERYBODY, PRESENT
from core.policy.proposals import RULES
from core.services import keeping, proposals
from core.services.desk import Desk
from core.services.offline import ASK, NetworkUp, alone
from core.services.opening import (
    WITH_A_CA,
    Hands,
    bound,
    came_right,
    count,
    key,
    opened,
    refusals,
    since_failure,
    taken,
    whole_in,
)
from core.services.perform import Verb, Work, perform
from core.services.proposals import Kind
from core.store import audit
from core.store import custody as store
from core.store.unit import Connection


def refuse_early(desk: Desk, command: Drill) -> HeldKey:
    """The key of a drill, or the refusal before anybody is asked for a passphrase: first of who may not at all."""
    with refusals(desk, DRILLED, command):
        return key(desk, command.key)


def drill(desk: Desk, command: Drill, hands: Hands, network: NetworkUp = ASK) -> HeldKey:
    """Prove that these people open the key: everybody's envelope, a wrap, the secret, the public half. Nothing signed."""
    held = refuse_early(desk, command)
    with refusals(desk, DRILLED, command):
        alone(desk, network)
    process = opened(desk, DRILLED, command, held, command.custodians, hands)
    try:
        half = str(process.ask("backup_half")[0]["backup"])
    finally:
        process.close()
    if held.sealed.backup not in ("", half):
        raise errors.CustodyDamaged(held.name)
    perform(desk, DRILLED, _Drilled(dataclasses.replace(command, because=network.told), half))
    return key(desk, command.key)


@dataclass(frozen=True)
class _Drilled:
    command: Drill
    half: str


def _drilled(work: Work, done: _Drilled) -> None:
    command, held = done.command, whole_in(work, done.command.key)
    if not held.sealed.backup:  # a key from before backups could be closed to its custodians
        store.set_backup_half(work.unit, held.id, held.sealed.generation, done.half)
    came_right(work, held, command.custodians)
    taken(work, held, "out", "in")
    if command.because:
        work.details["because"] = command.because


def propose(desk: Desk, command: ReplaceCustodian, reason: str = "", ticket: str = "") -> Proposal:
    """Ask for one custodian in another's place."""
    return proposals.propose(desk, REPLACE, Propose(dataclasses.asdict(command), reason, ticket))


def agreed(desk: Desk, command: ReplaceCustodian) -> Proposal | None:
    """The approved proposal that asks for exactly this."""
    facts = dataclasses.asdict(command)
    waits = (each for each in proposals.waiting(desk) if (each.kind, each.facts) == (REPLACE.rule.kind, facts))
    return next((each for each in waits if each.state is State.APPROVED), None)


def replace(desk: Desk, proposal: Proposal, hands: Hands, network: NetworkUp = ASK) -> HeldKey:
    """Hand a key over as was agreed, all who stay being here."""
    command = ReplaceCustodian(**proposal.facts)
    held = key(desk, command.key)
    staying = tuple(each.name for each in held.holders if each.name != command.old)
    with refusals(desk, REPLACED, command):
        alone(desk, network)
        missing = policy.stayers(held, command.old, hands.passphrases)
        refuse(missing + hands.judged(desk.workspace, command.new))
    process = opened(desk, REPLACED, command, held, staying, hands)
    try:
        coming = {command.new: hands.joined(desk.workspace.id, command.new)}
        answer, _ = process.ask("hand_over", staying=staying, coming=coming, cost=astuple(desk.cost))
    finally:
        process.close()
    done = _Replaced(proposal.digest, command, Sealed(**answer["sealed"]), command.new in hands.sticks, network.told)
    perform(desk, REPLACED, done)
    return key(desk, command.key)


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    """Findings against a replacement, whoever is here."""
    command = ReplaceCustodian(**proposal.facts)
    held = whole_in(work, command.key)
    hold = {each.name for each in held.holders}
    found: list[Refused] = [] if command.old in hold else [errors.NotACustodian(command.old, held.name)]
    found += policy.holders((command.new,), (each for each in work.people.values() if each.in_force(work.now)))
    return [*found, errors.SameCustodianTwice(command.new)] if command.new in hold else found


@dataclass(frozen=True)
class _Replaced:
    digest: str
    command: ReplaceCustodian
    sealed: Sealed
    stick: bool
    because: str


def _replaced(work: Work, done: _Replaced) -> None:
    proposals.spend(work, done.digest, REPLACE)
    held, now = whole_in(work, done.command.key), work.now.isoformat()
    if held.sealed.generation + 1 != done.sealed.generation:
        raise errors.CustodyDamaged(held.name)  # somebody else replaced one meanwhile
    old = next(each for each in held.holders if each.name == done.command.old)
    store.leave(work.unit, old, now)
    newcomer = Custodian(0, done.command.new, done.stick, now, "")
    store.add_custodian(work.unit, held.id, newcomer, done.sealed.envelopes[done.command.new])
    store.reseal(work.unit, held.id, done.sealed)
    came_right(work, held, tuple(name for name in done.sealed.envelopes if name != done.command.new))
    taken(work, held, "out", "in")
    if done.because:
        work.details["because"] = done.because
    work.details.update(left=done.command.old, came=done.command.new, generation=done.sealed.generation)


def old_copies(desk: Desk, held: HeldKey) -> tuple[Copy, ...]:
    """Backups from before the newest replacement: they open for the old quorum, so they have to be destroyed.

    All who held a destroyed key have left it, so of that one it is every backup that still opens.
    """
    return copies(desk.file.read, held)


def copies(connection: Connection, held: HeldKey) -> tuple[Copy, ...]:
    """The same, as a transaction sees it."""
    until = max((each.until for each in held.custodians), default="")
    if not until:
        return ()
    bodies = (json.loads(text) for text in audit.bodies(connection, ("backup.made",), audit.newest(connection)[0]))
    made = (Copy(str(each["time"]), str(each["details"]["sha256"])) for each in bodies)
    return tuple(each for each in made if datetime.fromisoformat(each.time) <= datetime.fromisoformat(until))


def change_passphrase(desk: Desk, command: ChangeCustodyPassphrase, old: Hands, new: Hands) -> None:
    """A custodian's own passphrase (and stick) for one key; the other custodians are not needed."""
    held = key(desk, command.key)
    with refusals(desk, PASSPHRASE, command):
        if command.name not in held.sealed.envelopes:
            raise errors.NotACustodian(command.name, held.name)
        refuse(policy.wait(held, (command.name,), since_failure(desk, held)))
        refuse(new.judged(desk.workspace, command.name))
        before, after = (each.joined(desk.workspace.id, command.name) for each in (old, new))
        if before == after:
            raise errors.SamePassphrase(command.name)
    process = keeping.start()
    try:
        answer, _ = process.ask(
            "passphrase",
            bound=dataclasses.asdict(bound(desk, held)),
            envelope=held.sealed.envelopes[command.name],
            name=command.name,
            old=before,
            new=after,
            cost=astuple(desk.cost),
        )
    except errors.WrongCustodianPassphrase:
        raise errors.WrongCustodianPassphrase(command.name, count(desk, held, command.name)) from None
    finally:
        process.close()
    perform(desk, PASSPHRASE, (command, str(answer["envelope"]), command.name in new.sticks))


def _passphrase(work: Work, changed: tuple[ChangeCustodyPassphrase, str, bool]) -> None:
    command, envelope, stick = changed
    held = whole_in(work, command.key)
    person = next(each for each in held.holders if each.name == command.name)
    store.enclose(work.unit, person, envelope, stick=stick)
    work.details.update(key=held.name, custodian=person.name)


DRILLED = Verb("custody.drilled", _drilled, PRESENT, WITH_A_CA)
REPLACE = Kind(RULES["custody.replace"], _judge, None, WITH_A_CA)
KINDS = (REPLACE,)
REPLACED = Verb("custody.replaced", _replaced, CA_WORK, WITH_A_CA)
PASSPHRASE = Verb("custody.passphrase-changed", _passphrase, EVERYBODY, WITH_A_CA)
