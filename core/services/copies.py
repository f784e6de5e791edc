"""One row as one file, for another program: only what is public leaves, and of keys only approved ones.

The names and forms are those of an export's folders. A copy says of itself what it is, and no more: what has to prove
something to others (manifest, card, checkpoint) goes out in an export, which leaves its row in the ledger.
"""

from core.errors.base import Refused, refuse
from core.errors.devices import DeviceRetired, EndOfLifePassed, NoSuchDevice
from core.errors.linking import KeyStaysHere, NothingToTake
from core.exports.encoding import pem, public_pem
from core.late import dataclass
from core.model.devices import DeviceState
from core.model.keys import Key, KeyState
from core.model.links import ExportedFile
from core.policy.keys_on_file import approved, unresolved
from core.services import crls
from core.services.desk import Desk
from core.services.keys import suspected
from core.store import authorities, certificates, devices, keys, revocation

_REHEARSAL = "REHEARSAL-"  # the name of a file is all that a bare key can be marked with


@dataclass(frozen=True)
class Copy:
    """`file` has a bare name; `text` is the same as PEM (RFC 7468)."""

    file: ExportedFile
    text: str


def key(desk: Desk, name: str) -> Copy:
    """The approved key of a device as PEM.

    A link that is stopped because of the other end says nothing against this one: a hub's key leaves.
    """
    with desk.file.snapshot() as connection:
        device = devices.find(connection, name)
        if device is None:
            raise NoSuchDevice(name)
        if device.state is DeviceState.RETIRED:
            raise DeviceRetired(name)
        if device.end_of_life and device.end_of_life < desk.clock().date().isoformat():
            raise EndOfLifePassed(name, device.end_of_life)
        on_file = keys.of_device(connection, device.id)
        refuse(leaving(name, on_file, suspected=suspected(connection, device.id)))
    current = approved(on_file)
    assert current is not None  # noqa: S101 - else it was refused
    marked = _REHEARSAL if desk.workspace.rehearsal else ""
    return _armoured(f"{marked}{name}.pem", public_pem(current.public))


def leaving(device: str, on_file: tuple[Key, ...], *, suspected: bool) -> list[Refused]:
    """Findings against a file of the device's key (`on_file` newest first): only approved keys leave."""
    waiting, current = unresolved(on_file), approved(on_file)
    if suspected or (waiting is not None and waiting.state is KeyState.QUARANTINED):
        return [KeyStaysHere(device, "suspected")]
    if current is not None:
        return [KeyStaysHere(device, "changed")] if waiting is not None else []
    if waiting is None:
        return [KeyStaysHere(device, "none")]
    return [KeyStaysHere(device, "compared" if waiting.state is KeyState.COMPARED else "waiting")]


def certificate(desk: Desk, number: int) -> Copy:
    """A certificate of ours as PEM, by its number on file."""
    with desk.file.snapshot() as connection:
        found = certificates.get(connection, number)
        name = devices.get(connection, found.device_id).name if found.device_id else found.serial
    if not found.der:
        raise NothingToTake(name, "certificate")
    return _armoured(f"{name}.crt", pem("CERTIFICATE", found.der))


def authority(desk: Desk, name: str) -> Copy:
    """The certificate of an authority as PEM."""
    with desk.file.snapshot() as connection:
        found = next((each for each in authorities.all_authorities(connection) if each.name == name), None)
    if found is None or not found.certificate:
        raise NothingToTake(name, "authority")
    return _armoured(f"{name}.pem", pem("CERTIFICATE", found.certificate))


def crl(desk: Desk, name: str) -> Copy:
    """The newest CRL of an authority as devices fetch it: DER (RFC 5280), under the name its address ends in."""
    found = crls.find(desk, name)
    with desk.file.snapshot() as connection:
        newest = revocation.signed(connection, found.id, 0)
    if newest is None:
        raise NothingToTake(name, "crl")
    return Copy(ExportedFile(crls.file_name(found), newest.der), pem("X509 CRL", newest.der).decode("ascii"))


def _armoured(name: str, armour: bytes) -> Copy:
    return Copy(ExportedFile(name, armour), armour.decode("ascii"))
