"""Keys: received, compared blind by two, withdrawn."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.crypto.comparison import compare as compare_blind
from core.crypto.keys import read_key
from core.errors import comparison as errors
from core.errors.base import refuse
from core.late import dataclass
from core.model.devices import Device
from core.model.keys import (
    OPEN_STATES,
    PINNED_STATES,
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
from core.model.links import LinkState
from core.policy import comparison as policy
from core.policy import texts
from core.policy.duties import LINK_WORK, REPORTING
from core.policy.keys_on_file import Said, approved, ending, incomparable, place, roll_over, unresolved
from core.policy.keys_on_file import doubt as doubted
from core.services import cards
from core.services.desk import Desk
from core.services.devices import known
from core.services.perform import LINK_KINDS, Verb, Work
from core.services.remembered import own_hand
from core.store import audit, devices, links, people
from core.store import keys as store
from core.store.unit import Connection


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
    refuse(texts.line("legacy_because", because))
    public = read_key(command.untrusted, legacy=bool(because))
    card = cards.take(work, device, command)
    on_file = store.of_device(work.unit.connection, device.id)
    refuse(
        place(
            device,
            public.spki,
            on_file,
            _elsewhere(work, device, public.spki),
            _said(work.unit.connection, public.spki),
        )
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


def _said(connection: Connection, spki: bytes) -> Said:
    """Every comparison of a key of this value, oldest first, whatever became of the key."""
    return [
        (devices.get(connection, key.device_id).name, each)
        for key in store.all_with_spki(connection, spki)
        for each in store.comparisons(connection, key.id)
    ]


def doubt(desk: Desk, key: Key) -> tuple[str, Comparison] | None:
    """The comparison by which a key of this value was once found to be another one than the far end's."""
    return doubted(_said(desk.file.read, key.public.spki))


def _compare(work: Work, command: CompareKey) -> Compared:
    device = known(work, command.device)
    key = _comparable(work, device)
    before = store.comparisons(work.unit.connection, key.id)
    if policy.matches(before):
        own_hand(work.session)  # a second comparison is what approves
    here = people.all_operators(work.unit.connection)
    refuse(policy.findings(command, device, key, before, work.actor, here))
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
    return _settled(work, device, key, (*before, comparison), finding)


def _comparable(work: Work, device: Device) -> Key:
    """The newest key that waits, or the approved one (comparing it again renews its review)."""
    on_file = store.of_device(work.unit.connection, device.id)
    refuse(incomparable(device.name, on_file))
    return next(key for key in (unresolved(on_file), approved(on_file)) if key is not None)


def _settled(work: Work, device: Device, key: Key, all_: tuple[Comparison, ...], finding: Finding) -> Compared:
    """What the verdict makes of the key."""
    pair, left = policy.matches(all_), policy.tries_left(all_)
    if finding.verdict in (Verdict.DIFFERENT, Verdict.LOOKALIKE) or (finding.verdict is Verdict.MISREAD and left <= 0):
        store.move(work.unit, key.id, KeyState.QUARANTINED)
        work.action = "key.quarantined"
    elif finding.verdict is Verdict.MATCH and key.state is KeyState.APPROVED:
        _renew(work, device, key, all_)
    elif finding.verdict is Verdict.MATCH and len(pair) >= 2:
        _approve(work, device, key, pair)
    elif finding.verdict is Verdict.MATCH:
        store.move(work.unit, key.id, KeyState.COMPARED)
    return Compared(finding, store.get(work.unit.connection, key.id), min(len(pair), 2), max(left, 0))


def _review_day(work: Work, device: Device) -> str:
    day = (work.now.date() + timedelta(days=policy.REVIEW_DAYS)).isoformat()
    return min(day, device.end_of_life) if device.end_of_life else day


def _renew(work: Work, device: Device, key: Key, all_: tuple[Comparison, ...]) -> None:
    """One more match of an approved key: its review moves on; another channel or person closes a weak point."""
    store.move(
        work.unit,
        key.id,
        KeyState.APPROVED,
        review_by=_review_day(work, device),
        telephone_only=int(policy.telephone_only(all_)),
        by_one_person=int(policy.by_one_person(all_)),
    )
    work.action = "key.reviewed"
    _resume(work, device)


def _approve(work: Work, device: Device, key: Key, pair: list[Comparison]) -> None:
    rolling = bool(key.replace_by) and key.replace_by > work.now.date().isoformat()
    for old in store.of_device(work.unit.connection, device.id):
        if old.state not in PINNED_STATES:
            continue
        rolls = rolling and old.state is KeyState.APPROVED  # two pins at most: one that rolled before ends here
        state = KeyState.ROLLING if rolls else KeyState.SUPERSEDED
        store.move(work.unit, old.id, state, pinned_until=key.replace_by if rolls else "")
        links.outdate(work.unit, old.id, work.now.isoformat())
    store.move(
        work.unit,
        key.id,
        KeyState.APPROVED,
        review_by=_review_day(work, device),
        telephone_only=int(policy.telephone_only(pair)),
        by_one_person=int(policy.by_one_person(pair)),
    )
    work.action = "key.approved"
    _resume(work, device)


def _resume(work: Work, device: Device) -> None:
    """A suspended link goes on once neither of its ends is under suspicion any more."""
    for link in links.of_device(work.unit.connection, device.id):
        ends = (link.left_id, link.right_id)
        if link.state is LinkState.SUSPENDED and not any(suspected(work.unit.connection, end) for end in ends):
            links.move(work.unit, link.id, LinkState.ACTIVE)


def suspected(connection: Connection, device_id: int) -> bool:
    """Whether the device's key was not compared since the last suspicion as for an approval: by two people."""
    device = devices.get(connection, device_id)
    since = audit.newest_about(connection, "key.suspected", device.name)
    if not since:
        return False
    key = approved(store.of_device(connection, device_id))
    if key is None:
        return True
    lone = len(people.all_operators(connection)) == 1
    said = store.comparisons(connection, key.id)
    return not policy.enough([each for each in said if each.time >= datetime.fromisoformat(since)], lone=lone)


def _withdraw(work: Work, command: WithdrawKey) -> Key:
    device = known(work, command.device)
    refuse(texts.line("reason", command.reason, needed=True))
    ended = ending(store.of_device(work.unit.connection, device.id))
    if not ended:
        raise errors.NoKey(device.name)
    for key in ended:
        store.move(work.unit, key.id, KeyState.WITHDRAWN)
        links.outdate(work.unit, key.id, work.now.isoformat())
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
