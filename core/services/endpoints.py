"""The folder of a certified device: certificate, chain, both CRLs, and a configuration for its platform."""

import hashlib
from pathlib import Path

from core.crypto.certificates import read_certificate
from core.crypto.crls import read_crl
from core.crypto.sshsig import sign_ssh, ssh_line
from core.errors.authorities import NoSuchAuthority
from core.errors.enrolment import NoCrlYet
from core.errors.revocation import NoSuchCertificate, RevokedAlready
from core.exports import endpoints as written
from core.exports.endpoints.page import readme
from core.exports.folder import manifest
from core.late import dataclass
from core.model.authorities import Authority
from core.model.certificates import Certificate, Endpoint, Issued, IssueState, Peer
from core.model.devices import Device
from core.model.links import EXPORT_NAMESPACE, ExportedFile, LinkState
from core.model.workspace import Kind
from core.policy.duties import LINK_WORK
from core.services import checkpoints, making, revocation, soundness
from core.services.ledger import STAMP
from core.services.perform import Verb, Work
from core.store import authorities, certificates, devices, links
from core.store import revocation as lists
from core.store.unit import Connection


@dataclass(frozen=True)
class ExportEndpoint:
    """The folder `to/DEVICE` for the certificate of that serial."""

    serial: str
    to: Path
    authority: str = ""


def _export(work: Work, command: ExportEndpoint) -> Path:
    connection = work.unit.connection
    issued = revocation.certificate(connection, command.serial, command.authority)
    if not issued.der:
        raise NoSuchCertificate(issued.serial, "state")
    standing = lists.of_certificate(connection, issued.id)
    if standing is not None:
        raise RevokedAlready(issued.serial, f"{standing.at:%Y-%m-%d %H:%M}")
    end = of(work, issued)
    made, digest = files(work, end)
    staged = making.stage(work, command.to)
    staged.write(end.device.name, made)
    work.progress.committing()
    making.place(work, staged)
    work.ticket = issued.ticket
    work.details.update(serial=issued.serial, manifest=digest)
    return command.to / end.device.name


def files(work: Work, end: Endpoint) -> tuple[list[ExportedFile], str]:
    """Everything in the folder, and the SHA-256 (hex) of its signed manifest."""
    connection = work.unit.connection
    soundness.tables(work.desk, connection)
    made = [ExportedFile("README.txt", readme(end)), *written.files(end)]
    note = checkpoints.sign(connection, work.desk.workspace.id, work.session, work.now)
    who = work.actor.name
    made.append(ExportedFile("evidence/checkpoint.txt", note.encode()))
    made.append(ExportedFile("evidence/allowed_signers", f"{who} {ssh_line(work.actor.public_key, who)}\n".encode()))
    listing = manifest(
        made, [f"Anchorhold, certified endpoint {end.device.name}", f"made {work.now.strftime(STAMP)} by {who}"]
    )
    signature = sign_ssh(work.session.secret, listing, EXPORT_NAMESPACE)
    made += [ExportedFile("MANIFEST.sha256", listing), ExportedFile("MANIFEST.sig", signature)]
    return made, hashlib.sha256(listing).hexdigest()


def of(work: Work, issued: Issued) -> Endpoint:
    """What the folder of a certificate of this workspace is made from."""
    connection = work.unit.connection
    issuer = authorities.get(connection, issued.authority_id)
    root = _root(connection, issuer)
    lists = tuple((_plain(each), _crl(connection, each)) for each in (issuer, root))
    chain = (read_certificate(issuer.certificate), read_certificate(root.certificate))
    device = devices.get(connection, issued.device_id)
    return built(work, device, read_certificate(issued.der), chain, lists, issued.ticket)


def built(
    work: Work,
    device: Device,
    certificate: Certificate,
    chain: tuple[Certificate, Certificate],
    lists: tuple[tuple[str, bytes], ...],
    ticket: str,
) -> Endpoint:
    """The same from its parts; `lists` are (name, DER) of the issuer's CRL and the root's."""
    stops = [(f"the certificate of {device.name} ends", certificate.not_after)]
    for (_, der), issuer in zip(lists, chain, strict=True):
        name = dict(issuer.subject).get("CN", "the authority")
        stops.append((f"the CRL of {name} ends", read_crl(der, issuer.spki).next_update))
        stops.append((f"the certificate of {name} ends", issuer.not_after))
    rehearsal = work.desk.workspace.rehearsal
    return Endpoint(
        device=device,
        certificate=certificate,
        chain=chain,
        crls=lists,
        peers=_peers(work.unit.connection, device),
        organisation=work.desk.workspace.organisation or work.desk.workspace.name,
        ticket=ticket,
        marks=("REHEARSAL: made for practice, not for a real network",) if rehearsal else (),
        stops=tuple(sorted(stops, key=lambda stop: stop[1])),
        made=work.now,
    )


def _root(connection: Connection, issuer: Authority) -> Authority:
    certificate = read_certificate(issuer.certificate)
    for each in authorities.all_authorities(connection):
        if each.certificate and each.subject == certificate.issuer and each.id != issuer.id:
            return each
    raise NoSuchAuthority(issuer.name, "none")


def _crl(connection: Connection, authority: Authority) -> bytes:
    newest = lists.signed(connection, authority.id)
    if newest is None:
        raise NoCrlYet(authority.name, "none")
    return newest.der


def _plain(authority: Authority) -> str:
    """The file's name without its suffix, as the CRL's address ends."""
    return authority.crl_url.rpartition("/")[2].removesuffix(".crl")


def _peers(connection: Connection, device: Device) -> tuple[Peer, ...]:
    found = []
    for link in links.of_device(connection, device.id):
        if link.state is LinkState.ACTIVE:
            other = devices.get(connection, link.right_id if link.left_id == device.id else link.left_id)
            found.append(Peer(link, other, _common_name(connection, other)))
    return tuple(found)


def _common_name(connection: Connection, device: Device) -> str:
    """The CN of the other end's newest certificate; its identity before it has one, since that is what it will get."""
    made = [each for each in certificates.of_device(connection, device.id) if each.state is IssueState.ISSUED]
    return dict(made[-1].subject).get("CN", device.identity.value) if made else device.identity.value


EXPORTED = Verb("certificate.exported", _export, LINK_WORK, (Kind.ISSUING,))
