"""Does a file hold a private key? Asked before anything of it is kept (M3)."""

import base64
import binascii
import re

from core.crypto import der
from core.errors.keys import PrivateKeyInFile
from core.policy.rules import gate

_KEY44 = r"[A-Za-z0-9+/]{43}="
_TEXTS = (
    (r"-{4,5} ?BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)? ?-{4,5}", "PEM private key"),
    (r"-----BEGIN (?:PKCS12|PFX)-----", "PKCS#12"),
    (r"PuTTY-User-Key-File-\d", "PuTTY private key"),
    (rf"\bPrivate[ _-]?Key\s*[:=]\s*{_KEY44}", "WireGuard private key"),
    (rf"\bprivate\b[^\n]{{0,40}}[:=\s]{_KEY44}", "WireGuard private key"),
    (r"\bPrivateExponent\s*[:=]|\bprivateExponent\b", "RSA private key"),
    (r"Private-key-format:", "DNSSEC private key"),
    (r"\bpriv:\s*(?:[0-9a-f]{2}:){8}", "private key printed as text"),
    (r"AGE-SECRET-KEY-1", "age secret key"),
    (r"<RSAKeyValue>.*<D>|<DSAKeyValue>.*<X>", "XML private key"),
    (r'"kty"\s*:.*"d"\s*:|"d"\s*:.*"kty"\s*:', "JWK private key"),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL), kind) for pattern, kind in _TEXTS)
_MAGIC = (
    (b"\xfe\xed\xfe\xed", "Java keystore"),
    (b"\xce\xce\xce\xce", "Java keystore"),
    (b"openssh-key-v1\0", "OpenSSH private key"),
)
_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----(.*?)(?:-----END|\Z)", re.DOTALL)
_LONGEST_BARE = 64 * 1024


@gate("M3")
def refuse_private(untrusted: bytes, text: str) -> None:
    """Raises `PrivateKeyInFile` for every container we know; `text` is the decoded content."""
    for magic, kind in _MAGIC:
        if untrusted.startswith(magic):
            raise PrivateKeyInFile(kind)
    for pattern, kind in _PATTERNS:
        if pattern.search(text):
            raise PrivateKeyInFile(kind)
    bodies = [body for _, body in _BLOCK.findall(text)] or [text]
    for data in [untrusted, *map(_unarmoured, bodies)]:
        found = _structure(data)
        if found:
            raise PrivateKeyInFile(found)


def _unarmoured(text: str) -> bytes:
    """Base64 that may hide DER under a wrong label or none."""
    try:
        return base64.b64decode("".join(text[:_LONGEST_BARE].split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _structure(data: bytes) -> str:
    """The kind of private key structure that `data` is as DER, or "" (RFC 5208, 8017, 5915, 7292)."""
    try:
        members = der.sequence(data)
    except der.NotDer:
        return ""
    tags = [member.tag for member in members]
    first = members[0].content if members else b""
    if tags[:3] == [der.INTEGER, der.SEQUENCE, der.OCTET_STRING]:
        return "PKCS#8"
    if tags[:2] == [der.INTEGER, der.SEQUENCE] and first == b"\x03":
        return "PKCS#12"
    if len(tags) >= 6 and set(tags) <= {der.INTEGER, der.SEQUENCE} and first in (b"\0", b"\x01"):
        return "PKCS#1"
    if tags[:2] == [der.INTEGER, der.OCTET_STRING] and first == b"\x01":
        return "SEC1"
    if tags == [der.SEQUENCE, der.OCTET_STRING] and members[0].content[:1] == bytes([der.OID]):
        return "encrypted PKCS#8"
    return ""
