"""Every spelling of an approved key. Before its approval nothing of it is shown (SL2)."""

from core.crypto.fingerprints import fingerprints
from core.errors.comparison import NoKey, NotApprovedYet
from core.errors.devices import NoSuchDevice
from core.model.keys import Form
from core.policy.keys_on_file import approved
from core.services.desk import Desk
from core.store import devices, keys


def of_device(desk: Desk, name: str) -> dict[Form, str]:
    """All forms of the device's approved key."""
    device = devices.find(desk.file.read, name)
    if device is None:
        raise NoSuchDevice(name)
    on_file = keys.of_device(desk.file.read, device.id)
    if not on_file:
        raise NoKey(name)
    key = approved(on_file)
    if key is None:
        raise NotApprovedYet(name)
    return fingerprints(key.public, device.identity)
