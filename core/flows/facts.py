"""What wizards need to know of a workspace: read in one go, frozen."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import field
from datetime import date

from core.late import dataclass
from core.model.devices import Device, DeviceState
from core.model.keys import Comparison, Key
from core.model.links import Link, LinkState
from core.model.people import Operator
from core.policy.keys_on_file import approved, unresolved
from core.services.desk import Desk
from core.store import devices, keys, links, people


@dataclass(frozen=True)
class Facts:
    """`actor` sits at the desk; keys are by device number, newest first, and stay out of every representation."""

    actor: Operator
    people: tuple[Operator, ...]
    devices: tuple[Device, ...]
    links: tuple[Link, ...]
    keys: Mapping[int, tuple[Key, ...]] = field(repr=False)
    comparisons: Mapping[int, tuple[Comparison, ...]] = field(repr=False)
    today: date

    @property
    def lone(self) -> bool:
        """Whether nobody else works here."""
        return len(self.people) == 1

    @property
    def active(self) -> tuple[Device, ...]:
        """The devices that are not retired."""
        return tuple(device for device in self.devices if device.state is DeviceState.ACTIVE)

    def device(self, name: str) -> Device | None:
        """The active device of that name."""
        return next((device for device in self.active if device.name == name), None)

    def named(self, number: int) -> str:
        """A device's name."""
        return next(device.name for device in self.devices if device.id == number)

    def link(self, name: str) -> Link | None:
        """The link of that name that is not retired."""
        return next((link for link in self.links if link.name == name and link.state is not LinkState.RETIRED), None)

    def links_of(self, device: Device) -> tuple[Link, ...]:
        """The device's links that are not retired."""
        ends = [link for link in self.links if device.id in (link.left_id, link.right_id)]
        return tuple(link for link in ends if link.state is not LinkState.RETIRED)

    def keys_of(self, device: Device | None) -> tuple[Key, ...]:
        """The device's keys, newest first."""
        return self.keys.get(device.id, ()) if device else ()

    def elsewhere(self, device: Device) -> list[tuple[Key, str]]:
        """The keys of the other devices, with their names."""
        names = {each.id: each.name for each in self.devices}
        return [(key, names[number]) for number, held in self.keys.items() if number != device.id for key in held]

    def said_of(self, spki: bytes) -> list[tuple[str, Comparison]]:
        """Every comparison of a key of this value, with the name of the device it was for."""
        names = {each.id: each.name for each in self.devices}
        same = [(names[number], key) for number, held in self.keys.items() for key in held if key.public.spki == spki]
        return [(name, each) for name, key in same for each in self.compared(key)]

    def compared(self, key: Key) -> tuple[Comparison, ...]:
        """The comparisons of a key."""
        return self.comparisons.get(key.id, ())

    def waiting(self, name: str) -> Key | None:
        """The key of a device that waits for people."""
        return unresolved(self.keys_of(self.device(name)))

    def approved(self, name: str) -> Key | None:
        """The approved key of a device."""
        return approved(self.keys_of(self.device(name)))


def read(desk: Desk) -> Facts:
    """The facts as they stand now; raises `NotSignedIn` where nobody sits at the desk."""
    connection = desk.file.read
    by_device: dict[int, list[Key]] = defaultdict(list)
    for key in keys.all_keys(connection):
        by_device[key.device_id].insert(0, key)
    by_key: dict[int, list[Comparison]] = defaultdict(list)
    for each in keys.all_comparisons(connection):
        by_key[each.key_id].append(each)
    return Facts(
        actor=desk.acting.operator,
        people=people.all_operators(connection),
        devices=devices.all_devices(connection),
        links=links.all_links(connection),
        keys={number: tuple(held) for number, held in by_device.items()},
        comparisons={number: tuple(said) for number, said in by_key.items()},
        today=desk.clock().date(),
    )
