"""What somebody types on a device to make its key and a request; nothing of it is ever made here (M2)."""

from core.errors.devices import NoSuchDevice
from core.exports import requesting
from core.services.desk import Desk
from core.store import devices


def commands(desk: Desk, name: str, *, renews: bool = False) -> tuple[str, ...]:
    """The lines for a device of that name, or `NoSuchDevice`.

    With `renews` also what the current key signs over the new request, where the device can.
    """
    device = devices.find(desk.file.read, name)
    if device is None:
        raise NoSuchDevice(name)
    return requesting.renewing(device) if renews else requesting.commands(device)


def vouches(desk: Desk, name: str) -> bool:
    """Whether the device can sign a new request with the key it has."""
    device = devices.find(desk.file.read, name)
    return device is not None and requesting.vouches(device)
