"""What the folders of all certified platforms are made from."""

from core.exports import safe
from core.exports.encoding import pem
from core.exports.plan import Plan, laid
from core.model.certificates import Certificate, Endpoint, Peer
from core.model.links import End, ExportedFile, Technology

CERTIFICATE, CRL = "CERTIFICATE", "X509 CRL"


def own(end: Endpoint) -> str:
    """The device's name, fit for a file."""
    return safe.name("name", end.device.name)


def leaf(end: Endpoint) -> bytes:
    return pem(CERTIFICATE, end.certificate.der)


def shown(end: Endpoint) -> bytes:
    """What a TLS end shows: its certificate and its issuer's; the root is what the other end trusts already."""
    return leaf(end) + pem(CERTIFICATE, end.chain[0].der)


def chain(end: Endpoint) -> bytes:
    return b"".join(pem(CERTIFICATE, each.der) for each in end.chain)


def crls(end: Endpoint) -> bytes:
    return b"".join(pem(CRL, der) for _, der in end.crls)


def crl_files(end: Endpoint, folder: str) -> list[ExportedFile]:
    return [ExportedFile(f"{folder}/{safe.name('crl', name)}.crl", der) for name, der in end.crls]


def plans(end: Endpoint, technology: Technology) -> list[tuple[Plan, Peer]]:
    """A plan for each link of that technology."""
    one = End(end.device, ())
    return [
        (laid(each.link, one, End(each.device, ()), end.made, end.marks), each)
        for each in end.peers
        if each.link.technology is technology
    ]


def stem(certificate: Certificate) -> str:
    """A file name from the CN: ASCII letters and digits, dashes between."""
    common = dict(certificate.subject).get("CN", "ca")
    plain = "".join(character if character.isascii() and character.isalnum() else "-" for character in common)
    return safe.name("name", "-".join(filter(None, plain.split("-")))[:60] or "ca")


def is_rsa(certificate: Certificate) -> bool:
    """By the algorithm of its key (RFC 3279 2.3.1: rsaEncryption)."""
    return bytes.fromhex("06092a864886f70d010101") in certificate.spki[:24]
