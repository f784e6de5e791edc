"""What pages, tables and lists show: frozen rows made of few queries. Nothing here shows an unapproved fingerprint."""

from collections import defaultdict
from datetime import date, datetime
from enum import StrEnum

from core.late import dataclass
from core.model.devices import Device, DeviceState
from core.model.keys import OPEN_STATES, PINNED_STATES, Comparison, Key, KeyState, Verdict
from core.model.links import Export, Link, LinkState, Pin, ReadKey, Standing
from core.policy.keys_on_file import approved, unresolved
from core.services.desk import Desk
from core.store import devices, keys, links
from core.store.unit import Connection


class Health(StrEnum):
    """The one word for a device's key, worst first; a link has the worse of its two ends."""

    SUSPENDED = "suspended"
    LOOKALIKE = "look-alike alarm"
    QUARANTINED = "different key"
    CHANGED = "key changed"
    NO_KEY = "no key"
    RECEIVED = "not verified"
    COMPARED = "compared once"
    OVERDUE = "check again"
    TELEPHONE = "telephone only"
    ROLLING = "rolling over"
    VERIFIED = "verified"
    RETIRED = "retired"


ORDER = {health: place for place, health in enumerate(Health)}


@dataclass(frozen=True)
class DeviceRow:
    """`health` is of the device's keys; `compared` counts matches of the waiting key; `key` is the approved one.

    `history` is every key of the device, newest first; `rolling_until` the ISO date on which an old pin ends, or "".
    """

    device: Device
    health: Health
    compared: int
    key: Key | None
    waiting: Key | None
    history: tuple[Key, ...]
    rolling_until: str


@dataclass(frozen=True)
class LinkRow:
    link: Link
    left: DeviceRow
    right: DeviceRow
    health: Health
    review_by: str
    exported: str
    current: bool  # both ends were given a folder with the keys that are pinned today
    installed: int  # ends whose pins are all read back


@dataclass(frozen=True)
class ExportRow:
    """A folder that was handed out; `current` while nothing newer has to take its place."""

    export: Export
    link: str
    device: str
    peer: str
    current: bool


@dataclass(frozen=True)
class ReadBackRow:
    """The newest read-back of a device."""

    device: str
    passed: bool
    keys: tuple[ReadKey, ...]
    by: str
    time: datetime


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix: the worst standing of the pins that `holder` keeps of `peer`."""

    holder: str
    peer: str
    standing: Standing
    links: tuple[str, ...]
    since: datetime | None


@dataclass(frozen=True)
class Picture:
    """Everything the pages need, read in one go."""

    devices: tuple[DeviceRow, ...]
    links: tuple[LinkRow, ...]
    pins: tuple[Pin, ...]
    comparisons: dict[int, tuple[Comparison, ...]]
    exports: tuple[ExportRow, ...]
    readbacks: tuple[ReadBackRow, ...]
    today: date

    def device(self, name: str) -> DeviceRow | None:
        """The row of a device by name."""
        return next((row for row in self.devices if row.device.name == name), None)


def picture(desk: Desk) -> Picture:
    """Read the links side of a workspace, as the desk's clock sees it: one moment, whatever others write meanwhile."""
    with desk.file.snapshot() as connection:
        return _read(connection, desk.clock().date())


def _read(connection: Connection, today: date) -> Picture:
    by_device: dict[int, list[Key]] = defaultdict(list)
    for key in keys.all_keys(connection):
        by_device[key.device_id].insert(0, key)
    compared: dict[int, list[Comparison]] = defaultdict(list)
    for each in keys.all_comparisons(connection):
        compared[each.key_id].append(each)
    rows = {
        device.id: _device_row(device, tuple(by_device[device.id]), compared, today)
        for device in devices.all_devices(connection)
    }
    on_file = links.all_links(connection)
    pins, given = _pins(connection, rows, on_file), _exports(connection, rows, on_file, today)
    return Picture(
        tuple(rows.values()),
        _link_rows(on_file, rows, given, pins),
        pins,
        {key: tuple(value) for key, value in compared.items()},
        given,
        _readbacks(connection, rows),
        today,
    )


def queue(seen: Picture) -> tuple[DeviceRow, ...]:
    """The keys that wait for a comparison or a decision, the oldest first."""
    waiting = [(row.waiting.received, row.waiting.id, row) for row in seen.devices if row.waiting]
    return tuple(row for _, _, row in sorted(waiting, key=lambda each: each[:2]) if row.health is not Health.RETIRED)


def matrix(seen: Picture) -> tuple[Cell, ...]:
    """Which device holds which key (SL3): one cell per pair that a living link joins."""
    found: dict[tuple[str, str], list[Pin]] = defaultdict(list)
    for pin in seen.pins:
        found[(pin.holder, pin.peer)].append(pin)
    return tuple(
        Cell(holder, peer, worst.standing, tuple(sorted({pin.link for pin in pins})), worst.since)
        for (holder, peer), pins in found.items()
        for worst in [min(pins, key=lambda pin: _WORST.index(pin.standing))]
    )


_WORST = (Standing.STALE, Standing.MISSING, Standing.EXPORTED, Standing.INSTALLED, Standing.CONFIRMED)


def _pinnable(row: DeviceRow, today: date) -> set[int]:
    return {
        key.id
        for key in row.history
        if key.state in PINNED_STATES and (key.state is KeyState.APPROVED or key.pinned_until >= today.isoformat())
    }


def _exports(
    connection: Connection, rows: dict[int, DeviceRow], on_file: tuple[Link, ...], today: date
) -> tuple[ExportRow, ...]:
    """Newest first; only the newest of an end can be current, and only while it pins what is pinnable today."""
    names = {link.id: link for link in on_file}
    seen: set[tuple[int, int]] = set()
    found = []
    for export in links.exports(connection):
        link, end = names[export.link_id], (export.link_id, export.device_id)
        peer = rows[link.right_id if export.device_id == link.left_id else link.left_id]
        fresh = end not in seen and link.state is LinkState.ACTIVE
        seen.add(end)
        current = fresh and set(export.key_ids) == _pinnable(peer, today)
        found.append(ExportRow(export, link.name, rows[export.device_id].device.name, peer.device.name, current))
    return tuple(found)


def _readbacks(connection: Connection, rows: dict[int, DeviceRow]) -> tuple[ReadBackRow, ...]:
    newest = {each.device_id: each for each in reversed(links.readbacks(connection))}
    return tuple(
        ReadBackRow(rows[number].device.name, each.passed, each.keys, each.by, each.time)
        for number, each in newest.items()
    )


def _link_rows(
    on_file: tuple[Link, ...], rows: dict[int, DeviceRow], given: tuple[ExportRow, ...], pins: tuple[Pin, ...]
) -> tuple[LinkRow, ...]:
    exported: dict[str, str] = {}
    current: dict[str, int] = defaultdict(int)
    for each in given:
        exported.setdefault(each.link, f"{each.export.time:%Y-%m-%d}")
        current[each.link] += each.current
    standing: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for pin in pins:
        standing[(pin.link, pin.holder)].append(pin.standing)
    return tuple(
        _link_row(link, rows, exported.get(link.name, ""), standing, current=current[link.name] == 2)
        for link in on_file
    )


def _device_row(
    device: Device, on_file: tuple[Key, ...], compared: dict[int, list[Comparison]], today: date
) -> DeviceRow:
    current, waiting = approved(on_file), unresolved(on_file)
    said = compared[waiting.id] if waiting else []
    matches = sum(1 for each in said if each.verdict is Verdict.MATCH)
    rolling = [key.pinned_until for key in on_file if key.state is KeyState.ROLLING]
    until = max((day for day in rolling if day >= today.isoformat()), default="")
    return DeviceRow(device, _health(device, on_file, said, today), matches, current, waiting, on_file, until)


def _health(device: Device, on_file: tuple[Key, ...], said: list[Comparison], today: date) -> Health:
    current, waiting = approved(on_file), unresolved(on_file)
    if device.state is DeviceState.RETIRED:
        return Health.RETIRED
    if waiting is not None and waiting.state is KeyState.QUARANTINED:
        alarm = any(each.verdict is Verdict.LOOKALIKE for each in said)
        return Health.LOOKALIKE if alarm else Health.QUARANTINED
    if waiting is not None and waiting.state in OPEN_STATES:
        if current is not None:
            return Health.CHANGED
        return Health.COMPARED if waiting.state is KeyState.COMPARED else Health.RECEIVED
    if current is None:
        return Health.NO_KEY
    if current.review_by <= today.isoformat():
        return Health.OVERDUE
    rolling = any(key.state is KeyState.ROLLING and key.pinned_until >= today.isoformat() for key in on_file)
    if rolling:
        return Health.ROLLING
    return Health.TELEPHONE if current.telephone_only else Health.VERIFIED


def _link_row(
    link: Link,
    rows: dict[int, DeviceRow],
    exported: str,
    standing: dict[tuple[str, str], list[Standing]],
    *,
    current: bool,
) -> LinkRow:
    left, right = rows[link.left_id], rows[link.right_id]
    health = min(left.health, right.health, key=ORDER.__getitem__)
    if link.state is not LinkState.ACTIVE:
        health = Health.SUSPENDED if link.state is LinkState.SUSPENDED else Health.RETIRED
    reviews = [row.key.review_by for row in (left, right) if row.key]
    done = (Standing.INSTALLED, Standing.CONFIRMED)
    ends = [standing.get((link.name, row.device.name), []) for row in (left, right)]
    installed = sum(1 for each in ends if each and all(one in done for one in each))
    return LinkRow(link, left, right, health, min(reviews, default=""), exported, current, installed)


def _pins(connection: Connection, rows: dict[int, DeviceRow], on_file: tuple[Link, ...]) -> tuple[Pin, ...]:
    """Which device holds which key (SL3). A changed key turns every end that holds it amber until read back."""
    owners = {key.id: row for row in rows.values() for key in row.history}
    names = {link.id: link for link in on_file}
    found: list[Pin] = []
    for pin in links.pins(connection):
        link, peer = names[pin.link_id], owners[pin.key_id]
        if link.state is LinkState.RETIRED or pin.standing is Standing.MISSING:
            continue
        changed = peer.health in (Health.CHANGED, Health.QUARANTINED, Health.LOOKALIKE)
        standing = Standing.STALE if changed else pin.standing
        at = rows[pin.holder_id].device.name
        since = datetime.fromisoformat(pin.since)
        found.append(Pin(link.name, at, peer.device.name, pin.key_id, standing, since))
    held = {(pin.link, pin.holder) for pin in found}
    for link in names.values():
        for holder_id, peer_id in ((link.left_id, link.right_id), (link.right_id, link.left_id)):
            holder, peer = rows[holder_id], rows[peer_id]
            if link.state is LinkState.ACTIVE and peer.key and (link.name, holder.device.name) not in held:
                pin_ = Pin(link.name, holder.device.name, peer.device.name, peer.key.id, Standing.MISSING, None)
                found.append(pin_)
    return tuple(found)
