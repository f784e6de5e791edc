"""Keys: received, compared blind by two, withdrawn."""

from dataclasses import dataclass, replace
from datetime import timedelta

from core.crypto.comparison import compare as compare_blind
from core.crypto.keys import read_key
from core.errors import comparison as errors
from core.errors.base import refuse
from core.model.devices import Device
from core.model.keys import (
    OPEN_STATES,
    Arrival,
    Channel,
    CompareKey,
    Comparison,
    Finding,
    Key,
    KeyState,
    ReceiveKey,
    SuspectKey,
    Verdict,
    WithdrawKey,
)
from core.model.links import LinkState, Standing
from core.policy import comparison as policy
from core.policy import texts
from core.policy.duties import LINK_WORK, REPORTING
from core.policy.keys_on_file import approved, ending, incomparable, place, roll_over, unresolved
from core.services import cards
from core.services.devices import known
from core.services.perform import LINK_KINDS, Verb, Work
from core.store import devices, links, people
from core.store import keys as store


@dataclass(frozen=True)
class Compared:
    """The answer to a comparison: `compared` counts the matching ones that stand (2 means approved)."""

    finding: Finding
    key: Key
    compared: int
    tries_left: int


def _receive(work: Work, command: ReceiveKey) -> Key:
    device = known(work, command.device)
    if command.arrival not in set(Arrival):
        raise errors.UnknownArrival(command.arrival, tuple(Arrival))
    because = command.legacy_because.strip()
    public = read_key(command.untrusted, legacy=bool(because))
    card = cards.take(work, device, command)
    on_file = store.of_device(work.unit.connection, device.id)
    refuse(
        place(device, public.spki, on_file, _elsewhere(work, device, public.spki))
        + roll_over(device.name, command.replace_by, on_file, work.now.date())
    )
    for older in on_file:
        if older.state in OPEN_STATES:
            store.move(work.unit, older.id, KeyState.WITHDRAWN)
    key = Key(
        id=0,
        device_id=device.id,
        public=public,
        state=KeyState.RECEIVED,
        arrival=Arrival(command.arrival),
        received=work.now,
        received_by=work.actor.name,
        waiver=because if public.bits < 3072 and public.algorithm == "rsa" else "",
        replace_by=command.replace_by,
        review_by="",
        pinned_until="",
        telephone_only=False,
        by_one_person=False,
    )
    work.details.update(device=device.name, arrival=key.arrival.value, source=public.source.value, waiver=key.waiver)
    key = replace(key, id=store.add(work.unit, key, texts.cleaned(command.origin)))
    if card is not None:
        cards.keep(work, key.id, card, command.untrusted)
    return key


def _elsewhere(work: Work, device: Device, spki: bytes) -> list[tuple[Key, str]]:
    """The same key on other devices, with their names."""
    return [
        (key, devices.get(work.unit.connection, key.device_id).name)
        for key in store.all_with_spki(work.unit.connection, spki)
        if key.device_id != device.id
    ]


def _compare(work: Work, command: CompareKey) -> Compared:
    device = known(work, command.device)
    key = _comparable(work, device)
    before = store.comparisons(work.unit.connection, key.id)
    lone = len(people.all_operators(work.unit.connection)) == 1
    refuse(policy.findings(command, device, key, before, work.actor, lone=lone))
    number, origin = policy.number_called(command, device)
    channel = Channel(command.channel)
    finding = compare_blind(key.public, device.identity, command.heard)
    if finding.verdict is Verdict.MATCH and key.state is not KeyState.APPROVED:
        refuse(policy.sha1(before, channel, finding.form))
    comparison = Comparison(
        id=0,
        key_id=key.id,
        operator=work.actor.name,
        channel=channel,
        reader=command.reader.strip(),
        number=number,
        number_from=origin,
        ticket=command.ticket.strip(),
        verdict=finding.verdict,
        form=finding.form,
        time=work.now,
    )
    store.add_comparison(work.unit, comparison)
    work.ticket = comparison.ticket
    work.details.update(device=device.name, verdict=finding.verdict.value, form=finding.form.value)
    return _settled(work, device, key, (*before, comparison), finding, lone=lone)


def _comparable(work: Work, device: Device) -> Key:
    """The newest key that waits, or the approved one (comparing it again renews its review)."""
    on_file = store.of_device(work.unit.connection, device.id)
    refuse(incomparable(device.name, on_file))
    return next(key for key in (unresolved(on_file), approved(on_file)) if key is not None)


def _settled(
    work: Work, device: Device, key: Key, all_: tuple[Comparison, ...], finding: Finding, *, lone: bool
) -> Compared:
    """What the verdict makes of the key."""
    pair, left = policy.matches(all_), policy.tries_left(all_)
    if finding.verdict in (Verdict.DIFFERENT, Verdict.LOOKALIKE) or (finding.verdict is Verdict.MISREAD and left <= 0):
        store.move(work.unit, key.id, KeyState.QUARANTINED)
        work.action = "key.quarantined"
    elif finding.verdict is Verdict.MATCH and key.state is KeyState.APPROVED:
        _renew(work, device, key, all_)
    elif finding.verdict is Verdict.MATCH and len(pair) >= 2:
        _approve(work, device, key, pair, lone=lone)
    elif finding.verdict is Verdict.MATCH:
        store.move(work.unit, key.id, KeyState.COMPARED)
    return Compared(finding, store.get(work.unit.connection, key.id), min(len(pair), 2), max(left, 0))


def _review_day(work: Work, device: Device) -> str:
    day = (work.now.date() + timedelta(days=policy.REVIEW_DAYS)).isoformat()
    return min(day, device.end_of_life) if device.end_of_life else day


def _renew(work: Work, device: Device, key: Key, all_: tuple[Comparison, ...]) -> None:
    """One more match of an approved key: its review moves on, and another channel closes "telephone only"."""
    store.move(
        work.unit,
        key.id,
        KeyState.APPROVED,
        review_by=_review_day(work, device),
        telephone_only=int(policy.telephone_only(all_)),
    )
    work.action = "key.reviewed"
    _resume(work, device)


def _approve(work: Work, device: Device, key: Key, pair: list[Comparison], *, lone: bool) -> None:
    old = approved(store.of_device(work.unit.connection, device.id))
    if old is not None:
        rolling = bool(key.replace_by) and key.replace_by > work.now.date().isoformat()
        state = KeyState.ROLLING if rolling else KeyState.SUPERSEDED
        store.move(work.unit, old.id, state, pinned_until=key.replace_by if rolling else "")
        for pin in links.pins_of(work.unit.connection, key_id=old.id):
            links.set_pin(work.unit, pin.link_id, pin.holder_id, pin.key_id, Standing.STALE, work.now.isoformat())
    store.move(
        work.unit,
        key.id,
        KeyState.APPROVED,
        review_by=_review_day(work, device),
        telephone_only=int(policy.telephone_only(pair)),
        by_one_person=int(lone),
    )
    work.action = "key.approved"
    _resume(work, device)


def _resume(work: Work, device: Device) -> None:
    """A link that was suspended for this device goes on once people compared a key of it again."""
    for link in links.of_device(work.unit.connection, device.id):
        if link.state is LinkState.SUSPENDED:
            links.move(work.unit, link.id, LinkState.ACTIVE)


def _withdraw(work: Work, command: WithdrawKey) -> Key:
    device = known(work, command.device)
    refuse(texts.line("reason", command.reason, needed=True))
    ended = ending(store.of_device(work.unit.connection, device.id))
    if not ended:
        raise errors.NoKey(device.name)
    for key in ended:
        store.move(work.unit, key.id, KeyState.WITHDRAWN)
        for pin in links.pins_of(work.unit.connection, key_id=key.id):
            links.set_pin(work.unit, pin.link_id, pin.holder_id, pin.key_id, Standing.STALE, work.now.isoformat())
    work.details.update(device=device.name, reason=command.reason)
    return store.get(work.unit.connection, ended[0].id)


def _suspect(work: Work, command: SuspectKey) -> Key:
    device = known(work, command.device)
    refuse(texts.line("reason", command.reason, needed=True))
    waiting = unresolved(store.of_device(work.unit.connection, device.id))
    if waiting is None:
        raise errors.NoKeyToCompare(device.name)
    store.move(work.unit, waiting.id, KeyState.QUARANTINED)
    for link in links.of_device(work.unit.connection, device.id):
        if link.state is LinkState.ACTIVE:
            links.move(work.unit, link.id, LinkState.SUSPENDED)
    work.details.update(device=device.name, reason=command.reason)
    return store.get(work.unit.connection, waiting.id)


RECEIVE = Verb("key.received", _receive, LINK_WORK, LINK_KINDS)
COMPARE = Verb("key.compared", _compare, LINK_WORK, LINK_KINDS)
WITHDRAW = Verb("key.withdrawn", _withdraw, REPORTING, LINK_KINDS)
SUSPECT = Verb("key.suspected", _suspect, REPORTING, LINK_KINDS)
