"""The folder of a certified device: certificate, chain, both CRLs, and a configuration for its platform."""

import hashlib
from datetime import datetime
from pathlib import Path

from core.crypto.certificates import read_certificate
from core.crypto.sshsig import sign_ssh, ssh_line
from core.errors.authorities import NoSuchAuthority
from core.errors.enrolment import NoCrlYet
from core.errors.revocation import NoSuchCertificate, RevokedAlready
from core.exports import endpoints as written
from core.exports.endpoints.page import readme
from core.exports.folder import manifest
from core.late import dataclass
from core.media.folders import Staged
from core.model.authorities import Authority
from core.model.certificates import Endpoint, Issued, IssueState, Peer
from core.model.devices import Device
from core.model.links import EXPORT_NAMESPACE, ExportedFile, LinkState
from core.model.workspace import Kind
from core.policy.duties import LINK_WORK
from core.services import checkpoints, revocation, soundness
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
    soundness.tables(work.desk, connection)
    end = _endpoint(work, issued)
    files = [ExportedFile("README.txt", readme(end)), *written.files(end)]
    note = checkpoints.sign(connection, work.desk.workspace.id, work.session, work.now)
    who = work.actor.name
    files.append(ExportedFile("evidence/checkpoint.txt", note.encode()))
    files.append(ExportedFile("evidence/allowed_signers", f"{who} {ssh_line(work.actor.public_key, who)}\n".encode()))
    listing = manifest(
        files, [f"Anchorhold, certified endpoint {end.device.name}", f"made {work.now.strftime(STAMP)} by {who}"]
    )
    signature = sign_ssh(work.session.secret, listing, EXPORT_NAMESPACE)
    files += [ExportedFile("MANIFEST.sha256", listing), ExportedFile("MANIFEST.sig", signature)]
    staged = Staged(command.to)
    work.undo.append(staged.undo)
    staged.write(end.device.name, files)
    work.progress.committing()
    staged.place()
    work.ticket = issued.ticket
    work.details.update(serial=issued.serial, manifest=hashlib.sha256(listing).hexdigest())
    return command.to / end.device.name


def _endpoint(work: Work, issued: Issued) -> Endpoint:
    connection = work.unit.connection
    device = devices.get(connection, issued.device_id)
    issuer = authorities.get(connection, issued.authority_id)
    root = _root(connection, issuer)
    crls = [(issuer, _crl(connection, issuer)), (root, _crl(connection, root))]
    certificate = read_certificate(issued.der)
    chain = (read_certificate(issuer.certificate), read_certificate(root.certificate))
    stops = [
        (f"the certificate of {device.name} ends", certificate.not_after),
        *((f"the CRL of {each.name} ends", until) for each, (_, until) in crls),
        *(
            (f"the certificate of {ca.name} ends", made.not_after)
            for ca, made in zip((issuer, root), chain, strict=True)
        ),
    ]
    rehearsal = work.desk.workspace.rehearsal
    return Endpoint(
        device=device,
        certificate=certificate,
        chain=chain,
        crls=tuple((_plain(each), der) for each, (der, _) in crls),
        peers=_peers(connection, device),
        organisation=work.desk.workspace.organisation or work.desk.workspace.name,
        ticket=issued.ticket,
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


def _crl(connection: Connection, authority: Authority) -> tuple[bytes, datetime]:
    newest = lists.signed(connection, authority.id)
    if newest is None:
        raise NoCrlYet(authority.name, "none")
    return newest.der, newest.next_update


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
