"""Opening a CA key: who may, whose passphrases, how long they wait after wrong ones."""

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime
from typing import Any

from core.crypto.custody import Generated, joined
from core.crypto.remote import SigningProcess
from core.crypto.wraps import Bound
from core.errors import custody as errors
from core.errors.base import Expected, Refused, refuse
from core.late import dataclass
from core.model.custody import (
    Custodian,
    Entry,
    HeldKey,
    Origin,
)
from core.model.workspace import Kind, Workspace
from core.policy import custody as policy
from core.policy import people as passphrases
from core.policy.duties import EVERYBODY
from core.services import keeping
from core.services.desk import Desk
from core.services.perform import Verb, Work, guard, perform, reading, record_refusal
from core.store import custody as store

WITH_A_CA = (Kind.ROOT, Kind.ISSUING)


@dataclass(frozen=True, repr=False)
class Hands:
    """What custodians bring: secrets that travel beside a command and are never shown or kept.

    `sticks` are the texts of sticks, `library` the PKCS#11 library of this machine, `so_pin` and `pin` the set-up's.
    `rehearsed` names those whose passphrase is in a rehearsal's secrets file.
    """

    passphrases: Mapping[str, str] = field(default_factory=dict)
    sticks: Mapping[str, str] = field(default_factory=dict)
    library: str = ""
    so_pin: str = ""
    pin: str = ""
    rehearsed: frozenset[str] = frozenset()

    def origin(self, workspace: Workspace, name: str) -> Origin:
        """Where the new passphrase of a custodian comes from."""
        if name in self.sticks:
            return Origin.STICK
        if isinstance(self.passphrases.get(name), Generated):
            return Origin.GENERATED
        return Origin.REHEARSED if workspace.rehearsal and name in self.rehearsed else Origin.CHOSEN

    def judged(self, workspace: Workspace, *names: str) -> list[Refused]:
        """Findings about the new passphrases of these custodians."""
        short = {name: passphrases.passphrase(self.passphrases.get(name, "")) for name in names}
        origins = {name: self.origin(workspace, name) for name in names if not short[name]}
        return [each for found in short.values() for each in found] + policy.strong(workspace.kind, origins)

    def joined(self, workspace_id: str, name: str) -> str:
        """The passphrase in NFC, joined with the stick where there is one."""
        text = passphrases.normal(self.passphrases.get(name, ""))
        return joined(text, self.sticks[name], workspace_id, name) if name in self.sticks else text

    def of(self, held: HeldKey, workspace_id: str, name: str) -> str:
        """The same for one of several keys of a person: a stick that does not belong to this one stays out."""
        has = any(each.stick for each in held.holders if each.name == name)
        return self.joined(workspace_id, name) if has else passphrases.normal(self.passphrases.get(name, ""))


def keys(desk: Desk) -> tuple[HeldKey, ...]:
    """Every CA key of the workspace."""
    return store.all_keys(desk.file.read)


def key(desk: Desk, name: str) -> HeldKey:
    """The CA key of that name."""
    found = store.find(desk.file.read, name)
    if found is None:
        raise errors.NoSuchKey(name)
    return found


def register(desk: Desk, held: HeldKey) -> tuple[Entry, ...]:
    """The custody register of a key."""
    return store.entries(desk.file.read, held)


def bound(desk: Desk, held: HeldKey) -> Bound:
    """What the wraps of a key are bound to."""
    return Bound(desk.workspace.id, held.uid, held.sealed.quorum, held.sealed.generation)


def opened(
    desk: Desk, verb: Verb[Any, Any], command: Any, held: HeldKey, names: tuple[str, ...], hands: Hands
) -> SigningProcess:
    """A signing process in which the key is open. A wrong passphrase has its own row and makes the next wait longer."""
    with refusals(desk, verb, command):
        if held.destroyed:
            raise errors.KeyDestroyed(held.name)
        refuse(policy.present(held, names))
        refuse(policy.wait(held, names, since_failure(desk, held)))
        if held.token and not hands.library:
            raise errors.TokenLibraryNotFit("", "none")
        opens = {name: hands.joined(desk.workspace.id, name) for name in names}
    process = keeping.start()
    try:
        process.ask(
            "open",
            bound=dataclasses.asdict(bound(desk, held)),
            sealed=dataclasses.asdict(held.sealed),
            spki=held.public_key.hex(),
            type=held.type.value,
            facts=dataclasses.asdict(held.token) if held.token else None,
            module=hands.library,
            passphrases=opens,
        )
    except errors.WrongCustodianPassphrase as wrong:
        process.close()
        raise errors.WrongCustodianPassphrase(wrong.name, count(desk, held, wrong.name)) from None
    except BaseException as error:
        process.close()
        if isinstance(error, Expected):
            record_refusal(desk, type(command).__name__, error)
        raise
    return process


def came_right(work: Work, held: HeldKey, names: tuple[str, ...]) -> None:
    """Forget the wrong tries of those whose passphrase was right now, and name them in the row."""
    for each in held.holders:
        if each.name in names and each.failures:
            store.count(work.unit, each, 0, "")
    work.details.update(key=held.name, custodians=sorted(names))


def taken(work: Work, held: HeldKey, *whats: str) -> None:
    """Whenever a root key is opened, the custody register has who took it out and who put it back (C27)."""
    if work.desk.workspace.kind is Kind.ROOT:
        place = held.token.serial if held.token else ""
        for what in whats:
            entry = Entry(held.name, what, work.actor.name, place, "", work.now.isoformat())
            store.add_entry(work.unit, held.id, entry)


def since_failure(desk: Desk, held: HeldKey) -> dict[str, float]:
    now = desk.clock()
    failed = {each.name: each.failed_at for each in held.holders if each.failed_at}
    return {name: (now - datetime.fromisoformat(time)).total_seconds() for name, time in failed.items()}


def count(desk: Desk, held: HeldKey, name: str) -> int:
    """One more wrong passphrase of that custodian; returns the seconds to wait."""
    person = next(each for each in held.holders if each.name == name)
    failures = person.failures + 1
    perform(desk, WRONG_PASSPHRASE, (held, person, failures))
    return passphrases.delay(failures)


def _wrong(work: Work, about: tuple[HeldKey, Custodian, int]) -> None:
    held, person, failures = about
    store.count(work.unit, person, failures, work.now.isoformat())
    work.details.update(key=held.name, custodian=person.name, failures=failures)


@contextmanager
def refusals(desk: Desk, verb: Verb[Any, Any], command: Any) -> Iterator[None]:
    """Ask who may and record refusals of what runs before the transaction: opening a key takes seconds."""
    try:
        with reading(desk) as work:
            guard(work, verb)
        yield
    except Expected as refusal:
        record_refusal(desk, type(command).__name__, refusal)
        raise


def held_in(work: Work, name: str) -> HeldKey:
    """The key of that name, as the transaction sees it."""
    found = store.find(work.unit.connection, name)
    if found is None:
        raise errors.NoSuchKey(name)
    return found


def whole_in(work: Work, name: str) -> HeldKey:
    """The same, of a key that was not destroyed meanwhile."""
    held = held_in(work, name)
    if held.destroyed:
        raise errors.KeyDestroyed(name)
    return held


WRONG_PASSPHRASE = Verb("custody.wrong-passphrase", _wrong, EVERYBODY, WITH_A_CA)
