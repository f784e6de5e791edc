"""Devices: added, changed, retired."""

from dataclasses import replace
from ipaddress import ip_network

from core.errors import devices as errors
from core.errors.base import Refused, refuse
from core.model.devices import AddDevice, ChangeDevice, Device, DeviceState, Platform, RetireDevice
from core.model.keys import LIVE_STATES, KeyState
from core.model.links import LinkState
from core.policy import devices as policy
from core.policy import texts
from core.policy.duties import LINK_WORK
from core.policy.platforms import fits
from core.policy.rules import gate
from core.services.perform import WITH_DEVICES, Verb, Work
from core.store import devices as store
from core.store import keys, links

CHANGEABLE = (
    "platform", "identity", "address", "networks", "site", "end_of_life", "contact", "phone", "phone_from",
)  # fmt: skip


@gate("A1")
def known(work: Work, name: str) -> Device:
    """The active device of that name, or a refusal."""
    found = store.find(work.unit.connection, name)
    if found is None:
        raise errors.NoSuchDevice(name)
    if found.state is DeviceState.RETIRED:
        raise errors.DeviceRetired(name)
    return found


def _device(typed: AddDevice, number: int) -> Device:
    identity = policy.identity(typed.identity)
    if identity is None:
        raise errors.IdentityNotFit(typed.identity)
    return Device(
        id=number,
        name=typed.name,
        platform=Platform(typed.platform),
        identity=identity,
        address=typed.address,
        networks=tuple(str(ip_network(each)) for each in typed.networks),
        site=typed.site.strip(),
        end_of_life=typed.end_of_life,
        contact=typed.contact.strip(),
        phone=typed.phone.strip(),
        phone_from=typed.phone_from.strip(),
    )


def _others(work: Work, number: int) -> list[Device]:
    return [device for device in store.all_devices(work.unit.connection) if device.id != number]


def _add(work: Work, command: AddDevice) -> Device:
    refuse(policy.findings(command) + policy.clashes(command, _others(work, 0)))
    device = _device(command, 0)
    return replace(device, id=store.add(work.unit, device))


def typed(device: Device) -> AddDevice:
    """The device as it would be typed."""
    return AddDevice(
        name=device.name,
        platform=device.platform.value,
        identity=str(device.identity),
        address=device.address,
        networks=device.networks,
        site=device.site,
        end_of_life=device.end_of_life,
        contact=device.contact,
        phone=device.phone,
        phone_from=device.phone_from,
    )


def _change(work: Work, command: ChangeDevice) -> Device:
    before = known(work, command.name)
    asked = {what: getattr(command, what) for what in CHANGEABLE if getattr(command, what) is not None}
    wanted = replace(typed(before), **asked)
    found = (
        policy.findings(wanted)
        + policy.clashes(wanted, _others(work, before.id))
        + texts.line("reason", command.reason, needed=True)
    )
    found += texts.line("ticket", command.ticket, needed=True) + _link_ends(work, before, wanted)
    if not asked:
        found.append(errors.NothingToChange(command.name))
    refuse(found)
    after = _device(wanted, before.id)
    store.change(work.unit, after)
    work.ticket = command.ticket
    work.details.update(reason=command.reason, changed=sorted(asked))
    return after


def _link_ends(work: Work, before: Device, typed: AddDevice) -> list[Refused]:
    """A device may not change to a platform that cannot carry its links."""
    if typed.platform == before.platform or typed.platform not in set(Platform):
        return []
    return [
        errors.ChangeNeedsLinkEnd(before.name, link.name, link.technology.value, typed.platform)
        for link in links.of_device(work.unit.connection, before.id)
        if link.state is not LinkState.RETIRED and not fits(Platform(typed.platform), link.technology)
    ]


def _retire(work: Work, command: RetireDevice) -> Device:
    device = known(work, command.name)
    refuse(texts.line("reason", command.reason, needed=True) + texts.line("ticket", command.ticket, needed=True))
    for key in keys.of_device(work.unit.connection, device.id):
        if key.state in LIVE_STATES:
            keys.move(work.unit, key.id, KeyState.WITHDRAWN)
            links.outdate(work.unit, key.id, work.now.isoformat())
    for link in links.of_device(work.unit.connection, device.id):
        if link.state is not LinkState.RETIRED:
            links.move(work.unit, link.id, LinkState.RETIRED)
    retired = replace(device, state=DeviceState.RETIRED)
    store.change(work.unit, retired)
    work.ticket = command.ticket
    work.details["reason"] = command.reason
    return retired


ADD = Verb("device.added", _add, LINK_WORK, WITH_DEVICES)
CHANGE = Verb("device.changed", _change, LINK_WORK, WITH_DEVICES)
RETIRE = Verb("device.retired", _retire, LINK_WORK, WITH_DEVICES)
