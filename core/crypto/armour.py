"""Files that hold certificates, requests or CRLs, in PEM or DER: their pieces, with limits."""

import base64
import binascii
import re

from core.crypto import der
from core.crypto.private import refuse_private
from core.crypto.texts import decoded
from core.errors.keys import KeyFileTooLarge, NotAKey

LIMIT = 256 * 1024 * 1024
_MOST = 64  # pieces in one file
_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----[ \t]*\n([A-Za-z0-9+/=\s]*?)-----END \1-----")
_KINDS = {
    "CERTIFICATE": "certificate",
    "X509 CERTIFICATE": "certificate",
    "TRUSTED CERTIFICATE": "certificate",
    "CERTIFICATE REQUEST": "request",
    "NEW CERTIFICATE REQUEST": "request",
    "X509 CRL": "CRL",
}


def pieces(untrusted: bytes) -> list[tuple[str, bytes]]:
    """(kind, DER) of everything in a file; kind is "certificate", "request" or "CRL". Private keys are refused."""
    if len(untrusted) > LIMIT:
        raise KeyFileTooLarge(len(untrusted), LIMIT)
    if untrusted[:1] == b"\x30":
        refuse_private(untrusted, "")
        return [(_shape(untrusted), untrusted)]
    text = decoded(untrusted)
    refuse_private(untrusted, text)
    found = [(_KINDS[label], _body(body)) for label, body in _BLOCK.findall(text) if label in _KINDS]
    if not found or len(found) > _MOST:
        raise NotAKey("text")
    return found


def _body(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise NotAKey("base64, damaged") from None


def _shape(data: bytes) -> str:
    """By the tags of the signed part: a certificate and a request begin with version and number, a CRL with dates."""
    try:
        inner = [each.tag for each in der.elements(der.sequence(data)[0].content)]
    except (der.NotDer, IndexError):
        raise NotAKey("DER, damaged") from None
    if inner[:1] == [0xA0] or inner[:5] == [der.INTEGER, der.SEQUENCE, der.SEQUENCE, der.SEQUENCE, der.SEQUENCE]:
        return "certificate"
    if inner[:3] == [der.INTEGER, der.SEQUENCE, der.SEQUENCE] and inner[3:4] in ([0xA0], []):
        return "request"
    if any(tag in (0x17, 0x18) for tag in inner):
        return "CRL"
    raise NotAKey("DER of another kind")
