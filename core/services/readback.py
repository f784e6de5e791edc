"""Read-back: what a device prints afterwards, held against what was approved for it (SL3)."""

import hashlib
from collections.abc import Collection, Iterable

from core.crypto.certificates import spki_of
from core.crypto.fingerprints import printed_forms
from core.errors.base import Refused
from core.errors.linking import NothingPinnedHere
from core.exports.pages import read_back
from core.exports.readback import CERTIFICATE_DER, printed_keys
from core.model.devices import Device
from core.model.keys import SHA1_FORMS, Form, Key
from core.model.links import (
    LinkState,
    PrintedKey,
    ReadBack,
    ReadBackDevice,
    Reading,
    ReadKey,
    Standing,
)
from core.policy.duties import LINK_WORK
from core.policy.rules import gate
from core.services.desk import Desk
from core.services.devices import known
from core.services.exports import bundles
from core.services.links import pinnable
from core.services.perform import LINK_KINDS, Verb, Work, reading
from core.store import devices
from core.store import links as store

_SHA1 = {form.value for form in SHA1_FORMS}
Expected = tuple[Device, Key, dict[str, str]]


def _expected(work: Work, device: Device) -> list[Expected]:
    """Every key the device should hold: its own, and its peers' of every living link."""
    numbers = [device.id]
    for link in store.of_device(work.unit.connection, device.id):
        if link.state is not LinkState.RETIRED:
            numbers.append(link.right_id if link.left_id == device.id else link.left_id)
    holders = [devices.get(work.unit.connection, number) for number in dict.fromkeys(numbers)]
    return [(each, key, _values(key)) for each in holders for key in pinnable(work, each.id)]


def _values(key: Key) -> dict[str, str]:
    """Every spelling of a key that a device may print, as (form, lower-case hex or text)."""
    spelt = {form.value: _plain(form, text) for form, text in printed_forms(key.public).items()}
    return {**spelt, Form.WHOLE_KEY.value: key.public.spki.hex()}


def _plain(form: Form, text: str) -> str:
    if form in (Form.SSH_SHA256, Form.JWK_SHA256, Form.WIREGUARD):
        return text
    return text.replace(":", "").lower()


def _read(printed: PrintedKey, expected: list[Expected]) -> tuple[ReadKey, Key | None]:
    values = dict(_judged(printed))
    for device, key, spelt in expected:
        shared = {form for form, value in values.items() if spelt.get(form) == value}
        if not shared:
            continue
        agree = all(spelt.get(form, value) == value for form, value in values.items())
        right = not printed.identity or printed.identity.casefold() in _identities(device)
        reading = Reading.AS_APPROVED if agree and right else Reading.WRONG_IDENTITY if agree else Reading.UNKNOWN
        whole = bool(shared - _SHA1)
        return ReadKey(reading, printed.identity, device.name, printed.own, whole), key
    return ReadKey(Reading.UNKNOWN, printed.identity, "", own=printed.own, whole=False), None


def _judged(printed: PrintedKey) -> list[tuple[str, str]]:
    """The printed values; a certificate counts by its fingerprint and by the key inside."""
    judged: list[tuple[str, str]] = []
    for form, value in printed.values:
        if form == CERTIFICATE_DER:
            der = bytes.fromhex(value)
            judged.append((Form.CERT_SHA256.value, hashlib.sha256(der).hexdigest()))
            judged.append((Form.WHOLE_KEY.value, spki_of(der).hex()))
        else:
            judged.append((form, value))
    return judged


def _identities(device: Device) -> set[str]:
    value = device.identity.value.casefold()
    return {value, f"@{value}", str(device.identity).casefold(), device.name.casefold()}


def _read_back(work: Work, command: ReadBackDevice) -> ReadBack:
    device = known(work, command.device)
    expected = _expected(work, device)
    peers = [entry for entry in expected if entry[0].id != device.id]
    if not peers:
        raise NothingPinnedHere(device.name)
    told: list[ReadKey] = []
    seen: dict[int, ReadKey] = {}
    for printed in printed_keys(command.untrusted):
        answer, key = _read(printed, expected)
        told.append(answer)
        if key is not None and (key.id not in seen or answer.whole):
            seen[key.id] = answer
    told += missing(peers, seen)
    passed = all(answer.reading is Reading.AS_APPROVED for answer in told)
    _stand(work, device, seen)
    number = store.add_readback(work.unit, device.id, passed, tuple(told), work.actor.name, work.now.isoformat())
    work.details.update(device=device.name, passed=passed)
    return ReadBack(number, device.id, passed, tuple(told), work.actor.name, work.now)


@gate("SL3")
def missing(peers: Iterable[Expected], seen: Collection[int]) -> list[ReadKey]:
    """A line for each key of a peer that the device should hold and did not print; `seen` are ids of keys."""
    return [
        ReadKey(Reading.MISSING, str(other.identity), other.name, own=False, whole=False)
        for other, key, _ in peers
        if key.id not in seen
    ]


def _stand(work: Work, device: Device, seen: dict[int, ReadKey]) -> None:
    """Every pin on this device stands where its line says; a key that is gone and ended leaves the matrix."""
    since = work.now.isoformat()
    living = {key.id for _, key, _ in _expected(work, device)}
    on_device = {pin.key_id: pin for pin in store.pins_of(work.unit.connection, holder_id=device.id)}
    for pin in on_device.values():
        answer = seen.get(pin.key_id)
        if answer is None:
            standing = Standing.STALE if pin.key_id in living else Standing.MISSING
        elif answer.reading is not Reading.AS_APPROVED:
            standing = Standing.STALE
        else:
            standing = Standing.CONFIRMED if answer.whole else Standing.INSTALLED
        for each in store.pins_of(work.unit.connection, holder_id=device.id):
            if each.key_id == pin.key_id:
                store.set_pin(work.unit, each.link_id, device.id, pin.key_id, standing, since)


def commands(desk: Desk, name: str) -> tuple[str, ...]:
    """What to type on a device so that it prints every key it should hold; of links that can be exported now."""
    typed: list[str] = []
    with reading(desk) as work:
        device = known(work, name)
        for link in store.of_device(work.unit.connection, device.id):
            try:
                typed += [line for each in bundles(work, link) if each.own.device == device for line in read_back(each)]
            except Refused:
                continue  # what blocks it is told where it is exported
    return tuple(dict.fromkeys(typed))


READ_BACK = Verb("device.read-back", _read_back, LINK_WORK, LINK_KINDS)
