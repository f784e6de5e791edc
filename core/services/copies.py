"""One row as one file, for another program: only what is public leaves, and of keys only approved ones.

The rules are those of an export (`links.exportable`), the names and forms those of its folders.
"""

from core.errors.base import refuse
from core.errors.comparison import NotApprovedYet
from core.errors.devices import DeviceRetired, NoSuchDevice
from core.errors.revocation import NoSuchCertificate
from core.exports.encoding import pem, public_pem
from core.late import dataclass
from core.model.devices import DeviceState
from core.model.links import ExportedFile, LinkState
from core.policy.keys_on_file import approved, unresolved
from core.services import crls
from core.services.desk import Desk
from core.services.links import exportable
from core.store import certificates, devices, keys, links


@dataclass(frozen=True)
class Copy:
    """`file` has a bare name; `text` is the same as PEM (RFC 7468)."""

    file: ExportedFile
    text: str


def key(desk: Desk, name: str) -> Copy:
    """The approved key of a device as PEM; refused where a link of the device could not be exported either (SL2)."""
    with desk.file.snapshot() as connection:
        device = devices.find(connection, name)
        if device is None:
            raise NoSuchDevice(name)
        if device.state is DeviceState.RETIRED:
            raise DeviceRetired(name)
        on_file = keys.of_device(connection, device.id)
        for link in links.of_device(connection, device.id):
            if link.state is not LinkState.RETIRED:
                refuse(exportable(link, name, on_file))
    current = approved(on_file)
    if current is None or unresolved(on_file) is not None:
        raise NotApprovedYet(name)
    return _armoured(f"{name}.pem", public_pem(current.public))


def certificate(desk: Desk, number: int) -> Copy:
    """A certificate of ours as PEM, by its number on file; one that was never signed is none."""
    with desk.file.snapshot() as connection:
        found = certificates.get(connection, number)
        device = devices.get(connection, found.device_id).name if found.device_id else found.serial
    if not found.der:
        raise NoSuchCertificate(found.serial, "none")
    return _armoured(f"{device}.crt", pem("CERTIFICATE", found.der))


def authority(desk: Desk, name: str) -> Copy:
    """The certificate of an authority as PEM."""
    found = crls.find(desk, name)
    return _armoured(f"{found.name}.pem", pem("CERTIFICATE", found.certificate))


def crl(desk: Desk, name: str) -> Copy:
    """The newest CRL of an authority as it is published: DER (RFC 5280), under the name its address ends in."""
    found = crls.find(desk, name)
    der = crls.newest(desk, found).der
    return Copy(ExportedFile(crls.file_name(found), der), pem("X509 CRL", der).decode("ascii"))


def _armoured(name: str, armour: bytes) -> Copy:
    return Copy(ExportedFile(name, armour), armour.decode("ascii"))
