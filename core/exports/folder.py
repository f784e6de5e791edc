"""The whole folder for one end of a link (interop 4.2)."""

import hashlib
from collections.abc import Callable, Sequence

from core.exports import cisco_ios, iked, libreswan, openvpn, pages, plain, safe, strongswan, stunnel, wireguard
from core.exports.encoding import certificate_pem, public_pem
from core.exports.plan import drawn
from core.model.devices import Platform
from core.model.links import Bundle, ExportedFile

_RENDERERS: dict[Platform, Callable[[Bundle], list[ExportedFile]]] = {
    Platform.STRONGSWAN: strongswan.files,
    Platform.LIBRESWAN: libreswan.files,
    Platform.IKED: iked.files,
    Platform.OPENVPN: openvpn.files,
    Platform.STUNNEL: stunnel.files,
    Platform.WIREGUARD: wireguard.files,
    Platform.CISCO_IOS: cisco_ios.files,  # nginx is not here: it pins nothing, and `drawn` refuses it
    Platform.OTHER: plain.files,
}


def folder(bundle: Bundle, fingerprints: pages.Fingerprints, evidence: bytes) -> list[ExportedFile]:
    """Everything of the folder but MANIFEST.sha256 and its signature.

    `fingerprints` maps the id of each key of the peer to its forms, spelt as tools print them; `evidence` is the JSON
    of who compared what, over which channel and when. Raises a `Refused` where a value or a key does not fit.
    """
    drawn(bundle)
    return [
        ExportedFile("README.txt", pages.readme(bundle)),
        *_RENDERERS[bundle.own.device.platform](bundle),
        *_keys(bundle),
        ExportedFile("keys/peer.fingerprints.txt", pages.fingerprints(bundle, fingerprints)),
        ExportedFile("verify.txt", pages.verify(bundle, fingerprints)),
        ExportedFile("test.txt", pages.test(bundle)),
        ExportedFile("rollback.txt", pages.rollback(bundle, fingerprints)),
        ExportedFile("evidence/verification.json", evidence),
    ]


def _keys(bundle: Bundle) -> list[ExportedFile]:
    found: list[ExportedFile] = []
    for place, key in enumerate(bundle.peer.keys):
        stem = "keys/peer" if place == 0 else f"keys/peer.previous{'' if place == 1 else f'-{place}'}"
        found.append(ExportedFile(f"{stem}.spki.pem", public_pem(key.public)))
        if key.public.certificate:
            found.append(ExportedFile(f"{stem}.certificate.pem", certificate_pem(key.public)))
    return found


def manifest(files: Sequence[ExportedFile], header_lines: Sequence[str]) -> bytes:
    """MANIFEST.sha256, which `sha256sum -c` checks; it passes over the lines that begin with "#"."""
    header = [f"# {safe.line('marks', each)}\n" for each in header_lines]
    ordered = sorted(files, key=lambda each: each.path)
    body = [f"{hashlib.sha256(each.content).hexdigest()}  {each.path}\n" for each in ordered]
    return "".join([*header, *body]).encode("utf-8")
