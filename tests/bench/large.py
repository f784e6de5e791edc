"""A workspace with many links, made through the same commands as any other: a hub and one peer for each link."""

import time
from pathlib import Path

from core.crypto.sample import sample_key
from core.model.devices import AddDevice
from core.model.keys import Channel, ReceiveKey
from core.model.links import AddLink
from core.services import devices, keys, links
from core.services.perform import perform
from tests.desks import Room, make_room


def _device(room: Room, name: str, place: int) -> None:
    high, low = divmod(place, 250)
    new = AddDevice(name, "strongswan", f"{name}.example.net", f"192.0.{high}.{low + 1}", (f"10.{high}.{low}.0/24",))
    perform(room.sit("alice"), devices.ADD, new)
    room.pems[name] = sample_key()
    perform(room.desk, keys.RECEIVE, ReceiveKey(name, room.pems[name], "email"))
    room.compare("alice", name)
    room.compare("bob", name, channel=Channel.SHEET.value)


def large(folder: Path, count: int) -> Room:
    """`count` links, every key approved by two people. Close it with `room.desk.close()`."""
    room = make_room(folder)
    if count:
        _device(room, "hub", 0)
    for place in range(1, count + 1):
        name = f"peer-{place:04}"
        _device(room, name, place)
        perform(room.sit("alice"), links.ADD, AddLink(f"hub-{name}", "hub", name, "ipsec", "CHG1"))
    return room


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        large(Path(folder), 100).desk.close()
        print(f"{time.perf_counter() - begun:.1f} s for 100 links")
