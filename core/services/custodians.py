"""Those who hold a key: a drill, one for another, a new passphrase."""

import dataclasses
from dataclasses import astuple, dataclass

from core.errors import custody as errors
from core.errors.base import Refused, refuse
from core.model.custody import (
    ChangeCustodyPassphrase,
    Custodian,
    Drill,
    HeldKey,
    ReplaceCustodian,
    Sealed,
)
from core.policy import custody as policy
from core.policy import people as passphrases
from core.policy.duties import EVERYBODY
from core.services import keeping
from core.services.desk import Desk
from core.services.opening import (
    WITH_A_CA,
    Hands,
    bound,
    came_right,
    count,
    held_in,
    key,
    opened,
    refusals,
    since_failure,
)
from core.services.perform import Verb, Work, perform
from core.store import custody as store
from core.store import people


def drill(desk: Desk, command: Drill, hands: Hands) -> HeldKey:
    """Prove that these people open the key: everybody's envelope, a wrap, the secret, the public half. Nothing signed."""
    held = key(desk, command.key)
    opened(desk, DRILLED, command, held, command.custodians, hands).close()
    perform(desk, DRILLED, command)
    return held


def _drilled(work: Work, command: Drill) -> None:
    came_right(work, held_in(work, command.key), command.custodians)


def replace(desk: Desk, command: ReplaceCustodian, hands: Hands) -> HeldKey:
    """Hand a key over from one custodian to another, all who stay being here."""
    held = key(desk, command.key)
    staying = tuple(each.name for each in held.holders if each.name != command.old)
    with refusals(desk, REPLACED, command):
        refuse(_replaceable(desk, held, command, hands))
    process = opened(desk, REPLACED, command, held, staying, hands)
    try:
        coming = {command.new: hands.joined(desk.workspace.id, command.new)}
        answer, _ = process.ask("hand_over", staying=staying, coming=coming, cost=astuple(desk.cost))
    finally:
        process.close()
    perform(desk, REPLACED, _Replaced(command, Sealed(**answer["sealed"]), command.new in hands.sticks))
    return key(desk, command.key)


def _replaceable(desk: Desk, held: HeldKey, command: ReplaceCustodian, hands: Hands) -> list[Refused]:
    """Findings against a replacement."""
    hold = {each.name for each in held.holders}
    found: list[Refused] = [] if command.old in hold else [errors.NotACustodian(command.old, held.name)]
    found += policy.holders((command.new,), people.all_operators(desk.file.read))
    if command.new in hold:
        found.append(errors.SameCustodianTwice(command.new))
    found += policy.stayers(held, command.old, hands.passphrases)
    return found + passphrases.passphrase(hands.passphrases.get(command.new, ""))


@dataclass(frozen=True)
class _Replaced:
    command: ReplaceCustodian
    sealed: Sealed
    stick: bool


def _replaced(work: Work, done: _Replaced) -> None:
    held, now = held_in(work, done.command.key), work.now.isoformat()
    if held.sealed.generation + 1 != done.sealed.generation:
        raise errors.CustodyDamaged(held.name)  # somebody else replaced one meanwhile
    old = next(each for each in held.holders if each.name == done.command.old)
    store.leave(work.unit, old, now)
    newcomer = Custodian(0, done.command.new, done.stick, now, "")
    store.add_custodian(work.unit, held.id, newcomer, done.sealed.envelopes[done.command.new])
    store.reseal(work.unit, held.id, done.sealed)
    came_right(work, held, tuple(name for name in done.sealed.envelopes if name != done.command.new))
    work.details.update(left=done.command.old, came=done.command.new, generation=done.sealed.generation)


def change_passphrase(desk: Desk, command: ChangeCustodyPassphrase, old: Hands, new: Hands) -> None:
    """A custodian's own passphrase (and stick) for one key; the other custodians are not needed."""
    held = key(desk, command.key)
    with refusals(desk, PASSPHRASE, command):
        if command.name not in held.sealed.envelopes:
            raise errors.NotACustodian(command.name, held.name)
        refuse(policy.wait(held, (command.name,), since_failure(desk, held)))
        refuse(passphrases.passphrase(new.passphrases.get(command.name, "")))
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
    perform(desk, PASSPHRASE, (command, str(answer["envelope"])))


def _passphrase(work: Work, changed: tuple[ChangeCustodyPassphrase, str]) -> None:
    command, envelope = changed
    held = held_in(work, command.key)
    person = next(each for each in held.holders if each.name == command.name)
    store.enclose(work.unit, person, envelope)
    work.details.update(key=held.name, custodian=person.name)


DRILLED = Verb("custody.drilled", _drilled, policy.PRESENT, WITH_A_CA)
REPLACED = Verb("custody.replaced", _replaced, policy.KEEPING, WITH_A_CA)
PASSPHRASE = Verb("custody.passphrase-changed", _passphrase, EVERYBODY, WITH_A_CA)
