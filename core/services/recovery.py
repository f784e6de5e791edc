"""Recovery sheets: a bearer secret on paper, for the day a passphrase is forgotten.

Drawn alone by its owner, shown once, never written to a file, proved by typing it back; used with another person,
which is an incident and voids it.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import astuple, field
from typing import Any

from core.errors import custody as errors
from core.errors import people as people_errors
from core.errors.base import refuse
from core.late import dataclass
from core.model.custody import DrawSheet, ProveSheet, Sheet, SheetState, UseSheet
from core.policy import custody as policy
from core.policy import people as passphrases
from core.policy.duties import EVERYBODY, PEOPLE_WORK
from core.services import keeping, roster
from core.services.desk import Desk
from core.services.opening import Hands, bound, count, keys, refusals, since_failure
from core.services.people import authenticate
from core.services.people import bound as sign_in_bound
from core.services.perform import Verb, Work, perform
from core.services.remembered import own_hand
from core.store import custody as store
from core.store import people


@dataclass(frozen=True)
class Drawn:
    """A sheet to be shown once; the words have no representation."""

    number: int
    owner: str
    covers: tuple[str, ...]
    words: str = field(repr=False)


def sheets(desk: Desk, owner: str = "") -> tuple[Sheet, ...]:
    """Every sheet there ever was, or those of one person."""
    return store.sheets(desk.file.read, owner)


def draw(desk: Desk, hands: Hands, by_key: Mapping[str, Hands] | None = None) -> Drawn:
    """A new sheet of the person who acts, over their sign-in key and the custody keys that `hands` opens.

    `by_key` has what opens one CA key alone, where its passphrase is another than that of the rest.
    """
    own = by_key or {}
    owner = desk.acting.operator.name
    mine = [each for each in keys(desk) if owner in each.sealed.envelopes]
    with refusals(desk, PRINTED, DrawSheet()):
        own_hand(desk.acting)  # what the keyring keeps must not become a bearer secret
        refuse([found for each in mine for found in policy.wait(each, (owner,), since_failure(desk, each))][:1])
    process = keeping.start()
    try:
        answer, _ = process.ask(
            "sheet",
            owner=owner,
            keys=[
                {
                    "name": each.name,
                    "bound": dataclasses.asdict(bound(desk, each)),
                    "envelope": each.sealed.envelopes[owner],
                    "passphrase": own.get(each.name, hands).of(each, desk.workspace.id, owner),
                }
                for each in mine
            ],
            sign_in=desk.acting.secret.hex(),
            bind=_bind(desk, owner),
            cost=astuple(desk.cost),
        )
    except errors.WrongCustodianPassphrase as wrong:  # one passphrase typed once counts once
        held = next(each for each in mine if each.name == wrong.key)
        raise errors.WrongCustodianPassphrase(owner, count(desk, held, owner), held.name) from None
    finally:
        process.close()
    covers = ("sign-in", *(each.name for each in mine))
    number = perform(desk, PRINTED, (covers, str(answer["envelope"])))
    return Drawn(number, owner, covers, str(answer["words"]))


def draw_here(desk: Desk, passphrase: str, hands: Hands, by_key: Mapping[str, Hands] | None = None) -> Drawn:
    """The same where somebody has sat at the desk for a while: the owner types the sign-in passphrase at this moment."""
    authenticate(desk, desk.acting.operator.name, passphrase)
    return draw(desk, hands, by_key)


def prove(desk: Desk, command: ProveSheet, typed: str) -> None:
    """The owner types the sheet back: from now on it works, and older ones of the same person do not."""
    owner = desk.acting.operator.name
    with refusals(desk, PROVED, command):
        found = [
            each for each in sheets(desk, owner) if (each.number, each.state) == (command.number, SheetState.PRINTED)
        ]
        if not found:
            raise errors.SheetNotFit(owner, "none")
        _ask(desk, "prove", owner, command.number, typed)
    perform(desk, PROVED, command)


def recover(desk: Desk, command: UseSheet, typed: str, new: str, *, rehearsed: bool = False) -> None:
    """Set a person's new passphrase by their sheet; whoever acts is somebody else and signs for it.

    Where it opens a root key it has to be as strong as at the ceremony; `rehearsed`: a rehearsal's secrets file has it.
    """
    with refusals(desk, USED, command):
        if command.owner == desk.acting.operator.name:
            raise errors.SheetNeedsAnother(command.owner)
        owner = roster.read(desk.file.read, desk.workspace.id).people.get(command.owner)
        if owner is None or not owner.in_force(desk.clock()):
            raise people_errors.NoSuchOperator(command.owner)
        mine = {each.name: each for each in keys(desk) if command.owner in each.sealed.envelopes}
        bring = Hands({command.owner: new}, rehearsed=frozenset({command.owner} if rehearsed else ()))
        refuse(bring.judged(desk.workspace, command.owner) if mine else passphrases.passphrase(new))
        live = [each for each in sheets(desk, command.owner) if each.state is SheetState.PROVED]
        if not live:
            raise errors.SheetNotFit(command.owner, "none")
        answer = _ask(
            desk,
            "recover",
            command.owner,
            live[-1].number,
            typed,
            new=passphrases.normal(new),
            public=owner.public_key.hex(),
            sign_in_bind=sign_in_bound(desk.workspace.id, command.owner).decode(),
            bounds={name: dataclasses.asdict(bound(desk, each)) for name, each in mine.items()},
            cost=astuple(desk.cost),
        )
    perform(desk, USED, (command, str(answer["sign_in"]), dict(answer["envelopes"])))


def _ask(desk: Desk, what: str, owner: str, number: int, typed: str, **more: Any) -> dict[str, Any]:
    process = keeping.start()
    try:
        envelope = store.sheet_envelope(desk.file.read, number)
        return process.ask(what, owner=owner, envelope=envelope, words=typed, bind=_bind(desk, owner), **more)[0]
    finally:
        process.close()


def _bind(desk: Desk, owner: str) -> str:
    return f"sheet:{desk.workspace.id}:{owner}"


def _printed(work: Work, drawn: tuple[tuple[str, ...], str]) -> int:
    covers, envelope = drawn
    number = store.add_sheet(work.unit, work.actor.name, covers, envelope, work.now.isoformat())
    work.details.update(number=number, covers=list(covers))
    return number


def _proved(work: Work, command: ProveSheet) -> None:
    for each in store.sheets(work.unit.connection, work.actor.name):
        if each.number == command.number:
            store.set_sheet(work.unit, each.number, SheetState.PROVED)
        elif each.state in (SheetState.PRINTED, SheetState.PROVED):
            store.set_sheet(work.unit, each.number, SheetState.VOID)
    work.details["number"] = command.number


def _used(work: Work, done: tuple[UseSheet, str, dict[str, str]]) -> None:
    command, sign_in, envelopes = done
    for each in store.sheets(work.unit.connection, command.owner):
        if each.state is SheetState.PROVED:
            store.set_sheet(work.unit, each.number, SheetState.USED)
            work.details.update(number=each.number, owner=command.owner)
    people.reseal(work.unit, command.owner, sign_in)
    for held in store.all_keys(work.unit.connection):
        person = next((each for each in held.holders if each.name == command.owner), None)
        if person is not None and held.name in envelopes:
            store.enclose(work.unit, person, envelopes[held.name], stick=False)


PRINTED = Verb("custody.sheet-printed", _printed, EVERYBODY)
PROVED = Verb("custody.sheet-proved", _proved, EVERYBODY)
USED = Verb("custody.sheet-used", _used, PEOPLE_WORK)
