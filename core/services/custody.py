"""CA keys made under the custody of several people, and the register of where they are."""

import dataclasses
import uuid
from dataclasses import astuple
from pathlib import Path

from core.crypto.custody import new_stick
from core.crypto.remote import SigningProcess
from core.crypto.wraps import Bound
from core.errors import custody as errors
from core.errors.base import refuse
from core.media.files import write_new
from core.model.custody import (
    Custodian,
    Enter,
    Entry,
    HeldKey,
    MakeKey,
    Sealed,
    Source,
    TokenFacts,
)
from core.policy import custody as policy
from core.policy import texts
from core.policy.duties import CA_WORK, PRESENT
from core.services import keeping, roster
from core.services.desk import Desk
from core.services.opening import WITH_A_CA, Hands, held_in, key, keys, refusals
from core.services.perform import Verb, Work, perform
from core.store import custody as store


def make(desk: Desk, command: MakeKey, hands: Hands) -> tuple[HeldKey, SigningProcess]:
    """Make a key; its signing process is still open, since all its people are here. Close it, or give it to a session."""
    with refusals(desk, MADE, command):
        known, now = roster.read(desk.file.read, desk.workspace.id).people.values(), desk.clock()
        found = policy.new_key(command, (each for each in known if each.in_force(now)), keys(desk))
        found += hands.judged(desk.workspace, *command.custodians)
        if command.token and not hands.library:
            found.append(errors.TokenLibraryNotFit("", "none"))
        refuse(found)
        process, made = _made(desk, command, hands)
        origins = {name: hands.origin(desk.workspace, name).value for name in command.custodians}
    try:
        perform(desk, MADE, (made, origins))
        return key(desk, command.name), process
    except BaseException:
        process.close()
        raise


def make_stick(desk: Desk, path: Path) -> Path:
    """Write the acting person's own stick: 32 random bytes that nothing else keeps."""
    text = new_stick(desk.workspace.id, desk.acting.operator.name)
    write_new(path, text.encode(), mode=0o600)
    return path


def _made(desk: Desk, command: MakeKey, hands: Hands) -> tuple[SigningProcess, HeldKey]:
    uid, token = str(uuid.uuid4()), command.token
    opens = {name: hands.joined(desk.workspace.id, name) for name in command.custodians}
    process = keeping.start()
    try:
        answer, _ = process.ask(
            "make",
            bound=dataclasses.asdict(Bound(desk.workspace.id, uid, command.quorum)),
            type=command.type.value,
            passphrases=opens,
            cost=astuple(desk.cost),
            token=dataclasses.asdict(token) if token else None,
            module=hands.library,
            so_pin=hands.so_pin,
            pin=hands.pin,
        )
    except BaseException:
        process.close()
        raise
    since = desk.clock().isoformat()
    held = HeldKey(
        id=0,
        uid=uid,
        name=command.name,
        type=command.type,
        public_key=bytes.fromhex(answer["spki"]),
        source=Source.TOKEN if token else Source.SOFTWARE,
        token=TokenFacts(**answer["facts"]) if token else None,
        approval=token.approval if token else "",
        finding="" if hands.so_pin or not token else token.finding,
        created=since,
        sealed=Sealed(**answer["sealed"]),
        custodians=tuple(Custodian(0, name, name in hands.sticks, since, "") for name in command.custodians),
    )
    return process, held


def _enter_key(work: Work, about: tuple[HeldKey, dict[str, str]]) -> None:
    held, origins = about
    if store.find(work.unit.connection, held.name) is not None:
        raise errors.KeyNameTaken(held.name)
    number = store.add(work.unit, held)
    where = f"token {held.token.serial}" if held.token else "this file"
    store.add_entry(work.unit, number, Entry(held.name, "made", work.actor.name, where, "", work.now.isoformat()))
    work.details.update(
        name=held.name,
        source=held.source.value,
        quorum=held.sealed.quorum,
        custodians=[each.name for each in held.custodians],
        passphrases=origins,
        finding=held.finding,
    )


def _entered(work: Work, command: Enter) -> None:
    held = held_in(work, command.key)
    found = [] if command.what in policy.REGISTER else texts.name("what", "")
    for what in ("holder", "place", "seal"):
        found += texts.line(what, getattr(command, what), needed=what == "holder")
    refuse(found)
    entry = Entry(held.name, command.what, command.holder, command.place, command.seal, work.now.isoformat())
    store.add_entry(work.unit, held.id, entry)
    work.details.update(key=held.name, what=command.what, holder=command.holder)


MADE = Verb("custody.key-made", _enter_key, CA_WORK, WITH_A_CA)
ENTERED = Verb("custody.entered", _entered, PRESENT, WITH_A_CA)
