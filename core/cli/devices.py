"""device add, list, change, retire."""

from argparse import ArgumentParser
from typing import Any

from core.cli.answers import Answer
from core.cli.base import REASON, TICKET, Context, Entry, done, words
from core.late import dataclass
from core.model.devices import AddDevice, ChangeDevice, Device, DeviceState, Platform, RetireDevice
from core.services import devices, views
from core.words.names import PLATFORMS
from core.words.states import DEVICES


@dataclass(frozen=True, kw_only=True)
class DeviceTold:
    name: str
    platform: Platform
    identity: str
    address: str
    networks: tuple[str, ...]
    site: str
    end_of_life: str
    contact: str
    phone: str
    phone_from: str
    device_state: DeviceState


@dataclass(frozen=True, kw_only=True)
class DeviceDone(Answer):
    device: DeviceTold

    def lines(self) -> list[str]:
        each = self.device
        told = f"{PLATFORMS[each.platform]}, {_bare(each)}, {each.address}"
        return [f"{each.name}: {told}; {DEVICES[each.device_state]}."]


@dataclass(frozen=True, kw_only=True)
class DeviceListed(DeviceTold):
    health: str


@dataclass(frozen=True, kw_only=True)
class DevicesListed(Answer):
    devices: tuple[DeviceListed, ...]

    def lines(self) -> list[str]:
        return [
            f"{each.name}  {PLATFORMS[each.platform]}  {_bare(each)}  {each.address}  key: {each.health}"
            for each in self.devices
        ] or ["There are no devices yet."]


def _bare(each: DeviceTold) -> str:
    """The identity as the device presents it; its kind stands in `--json`."""
    return each.identity.partition(":")[2]


def _facts(device: Device) -> dict[str, Any]:
    return {
        "name": device.name,
        "platform": device.platform,
        "identity": str(device.identity),
        "address": device.address,
        "networks": device.networks,
        "site": device.site,
        "end_of_life": device.end_of_life,
        "contact": device.contact,
        "phone": device.phone,
        "phone_from": device.phone_from,
        "device_state": device.state,
    }


def _told(device: Device) -> tuple[Answer, int]:
    return done(DeviceDone(device=DeviceTold(**_facts(device))))


def _add(context: Context) -> tuple[Answer, int]:
    args = context.args
    command = AddDevice(
        args.device, args.platform, args.identity, args.address, tuple(args.network or ()), args.site or "",
        args.end_of_life or "", args.contact or "", args.phone or "", args.phone_from or "",
    )  # fmt: skip
    return _told(context.perform(devices.ADD, command))


def _change(context: Context) -> tuple[Answer, int]:
    args = context.args
    networks = None if args.network is None else tuple(each for each in args.network if each)
    command = ChangeDevice(
        args.device, args.reason, args.ticket, args.platform, args.identity, args.address, networks, args.site,
        args.end_of_life, args.contact, args.phone, args.phone_from,
    )  # fmt: skip
    return _told(context.perform(devices.CHANGE, command))


def _retire(context: Context) -> tuple[Answer, int]:
    args = context.args
    return _told(context.perform(devices.RETIRE, RetireDevice(args.device, args.reason, args.ticket)))


def _list(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        rows = views.picture(desk).devices
        told = tuple(DeviceListed(**_facts(row.device), health=row.health.value) for row in rows)
        return done(DevicesListed(devices=told))


_FACTS = {
    "platform": ("|".join(Platform), "what runs on it; decides the exported folder"),
    "identity": ("ID", "its IKE identity: a host name, a mailbox or an address"),
    "address": ("ADDR", "where peers reach it: an IP address or a host name"),
}
_MORE = {
    "site": ("TEXT", "where it stands"),
    "end-of-life": ("DATE", "when it goes; its key is reviewed by then"),
    "contact": ("TEXT", "who answers for it"),
    "phone": ("TEXT", "the number to call back"),
    "phone-from": ("TEXT", "where the number came from: a contract, a directory"),
}


def _fields(*, required: bool) -> Any:
    def add(parser: ArgumentParser) -> None:
        words("workspace", "device")(parser)
        for name, (metavar, told) in _FACTS.items():
            parser.add_argument(f"--{name}", metavar=metavar, help=told, required=required)
        told = "a protected network; once for each" + ("" if required else ', "" for none')
        parser.add_argument("--network", action="append", metavar="CIDR", help=told)
        for name, (metavar, told) in _MORE.items():
            parser.add_argument(f"--{name}", metavar=metavar, help=told)
        if not required:
            words(reason=REASON, ticket=TICKET)(parser)

    return add


ENTRIES = (
    Entry("device", "add", "add a device", _fields(required=True), _add, DeviceDone),
    Entry("device", "list", "list the devices", words("workspace"), _list, DevicesListed),
    Entry("device", "change", "change a device", _fields(required=False), _change, DeviceDone),
    Entry(
        "device",
        "retire",
        "retire a device",
        words("workspace", "device", reason=REASON, ticket=TICKET),
        _retire,
        DeviceDone,
    ),
)
