"""Files that hold certificates, requests or CRLs, in PEM or DER, or certificates in PKCS#7: their pieces, with limits."""

import base64
import binascii
import re

from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from core.crypto import der
from core.crypto.private import refuse_private
from core.crypto.strict import strictly
from core.crypto.texts import decoded
from core.errors.certificates import NothingToCheck
from core.errors.keys import KeyFileTooLarge

LIMIT = 256 * 1024 * 1024
_MOST = 64  # pieces in one file
_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----[ \t]*\n([A-Za-z0-9+/=\s]*?)-----END \1-----")
_BEGIN, _END = re.compile(r"^-----BEGIN ", re.MULTILINE), re.compile(r"^-----END [^\n]{1,60}", re.MULTILINE)
_ASKS = re.compile(rb"-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----")
_MOST_PARTS = 2000  # as many as a registration desk sends at once
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # OID 1.2.840.113549.1.7.2, RFC 2315
_BUNDLES = ("PKCS7", "CMS", "PKCS #7 SIGNED DATA")
_KINDS = {
    "CERTIFICATE": "certificate",
    "X509 CERTIFICATE": "certificate",
    "TRUSTED CERTIFICATE": "certificate",
    "CERTIFICATE REQUEST": "request",
    "NEW CERTIFICATE REQUEST": "request",
    "X509 CRL": "CRL",
}


def pieces(untrusted: bytes) -> list[tuple[str, bytes]]:
    """(kind, DER) of everything in a file; kind is "certificate", "request" or "CRL". Private keys are refused.

    Raises `NothingToCheck`, which says what the file is instead.
    """
    if len(untrusted) > LIMIT:
        raise KeyFileTooLarge(len(untrusted), LIMIT)
    if untrusted[:1] == b"\x30":
        refuse_private(untrusted, "")
        found = _of_der(untrusted)
    else:
        text = decoded(untrusted)
        refuse_private(untrusted, text)
        blocks = [(label, body) for label, body in _BLOCK.findall(text) if label in _KINDS or label in _BUNDLES]
        if not blocks:
            raise NothingToCheck(_resembles(untrusted, text))
        found = [piece for label, body in blocks for piece in _of_block(label, _body(body))]
    if len(found) > _MOST:
        raise NothingToCheck("many")
    return found


def parted(untrusted: bytes) -> list[bytes]:
    """A text's PEM blocks one by one, each from its BEGIN to its END line, whole or not; anything else is one part.

    Raises `PrivateKeyInFile` for the whole text, and `NothingToCheck` where it has more parts than anybody pastes.
    """
    if untrusted[:1] == b"\x30" or len(untrusted) > LIMIT:
        return [untrusted]  # DER is one thing; what is too large is refused by its reader
    text = decoded(untrusted)
    refuse_private(untrusted, text)
    starts = [each.start() for each in _BEGIN.finditer(text)]
    if len(starts) > _MOST_PARTS:
        raise NothingToCheck("many")
    if len(starts) < 2:
        return [untrusted]
    parts = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    ends = [_END.search(part) for part in parts]
    return [(part[: end.end()] if end else part).encode() for part, end in zip(parts, ends, strict=True)]


def asks_many(untrusted: bytes) -> bool:
    """Whether a file holds more than one request, as text. Raises what `parted` raises."""
    return several_ask(parted(untrusted))


def several_ask(parts: list[bytes]) -> bool:
    """Whether more than one of a text's parts is a request."""
    return sum(1 for part in parts if _ASKS.match(part)) > 1


def _of_block(label: str, data: bytes) -> list[tuple[str, bytes]]:
    return _bundled(data) if label in _BUNDLES else [(_KINDS[label], data)]


def _of_der(data: bytes) -> list[tuple[str, bytes]]:
    try:
        members = der.sequence(data)
        first = members[0]
    except (der.NotDer, IndexError):
        raise NothingToCheck("damaged") from None
    if first.whole == _SIGNED_DATA:
        return _bundled(data)
    if [each.tag for each in members] == [der.SEQUENCE, der.BIT_STRING]:
        raise NothingToCheck("public key")  # SubjectPublicKeyInfo, RFC 5280 section 4.1
    if first.tag != der.SEQUENCE:
        raise NothingToCheck("other")
    return [(_shape(first), data)]


def _bundled(data: bytes) -> list[tuple[str, bytes]]:
    """The certificates of a PKCS#7 file, as Windows and many web servers hand them out (RFC 2315 section 9)."""
    with strictly(NothingToCheck("damaged")):
        found = pkcs7.load_der_pkcs7_certificates(data)
        return [("certificate", each.public_bytes(Encoding.DER)) for each in found]


def _body(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise NothingToCheck("damaged") from None


def _shape(signed: der.Element) -> str:
    """By the tags of the signed part: a certificate and a request begin with version and number, a CRL with dates."""
    try:
        inner = [each.tag for each in der.elements(signed.content)]
    except der.NotDer:
        raise NothingToCheck("damaged") from None
    if inner[:1] == [0xA0] or inner[:5] == [der.INTEGER, der.SEQUENCE, der.SEQUENCE, der.SEQUENCE, der.SEQUENCE]:
        return "certificate"
    if inner[:3] == [der.INTEGER, der.SEQUENCE, der.SEQUENCE] and inner[3:4] in ([0xA0], []):
        return "request"
    if any(tag in (0x17, 0x18) for tag in inner):
        return "CRL"
    raise NothingToCheck("other")


_RESEMBLES = (
    ("cut off", re.compile(r"-----BEGIN (?:X509 )?(?:CERTIFICATE|CRL|PKCS7|CMS)")),
    ("public key", re.compile(r"-----BEGIN (?:RSA )?PUBLIC KEY-----")),
    ("SSH", re.compile(r"(?:^|\s)(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[A-Za-z0-9@.-]+[ \t]+AAAA|BEGIN SSH2 PUBLIC KEY")),
    ("PGP", re.compile(r"-----BEGIN PGP ")),
)


def _resembles(untrusted: bytes, text: str) -> str:
    """What a text without any of them is."""
    if not untrusted.strip():
        return "empty"
    named = next((name for name, pattern in _RESEMBLES if pattern.search(text)), "")
    return named or ("other" if b"\0" in untrusted else "text")
