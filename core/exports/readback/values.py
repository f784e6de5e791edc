"""Identifiers as (form, lower-case hex), and public keys rebuilt to the SPKI that the workspace keeps."""

import base64
import binascii

from core.model.keys import Form
from core.model.links import PrintedKey

CERTIFICATE_DER = "certificate-der"

# RFC 5480 and RFC 8410: everything of a SubjectPublicKeyInfo before the key itself.
_P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200") + b"\x04"
_P384 = bytes.fromhex("3076301006072a8648ce3d020106052b81040022036200") + b"\x04"
_X25519 = bytes.fromhex("302a300506032b656e032100")
_RSA = bytes.fromhex("300d06092a864886f70d0101010500")
_POINTS = {64: _P256, 96: _P384}
WIREGUARD_BYTES = 32


def digest(form: Form, text: str) -> tuple[str, str]:
    return form.value, text.replace(":", "").lower()


def whole(identity: str, spki: bytes, *, own: bool) -> PrintedKey:
    return PrintedKey(identity, own, ((Form.WHOLE_KEY.value, spki.hex()),))


def bytes_of(text: str) -> bytes:
    """Strict base64, b"" where it is not."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def x25519_spki(raw: bytes) -> bytes:
    return _X25519 + raw


def point_spki(point: bytes) -> bytes:
    """X and Y as Libreswan and DNS (RFC 6605) join them; b"" for a curve we do not pin."""
    return _POINTS[len(point)] + point if len(point) in _POINTS else b""


def rsa_spki(rfc3110: bytes) -> bytes:
    """Length of the exponent, exponent, modulus (RFC 3110 section 2); b"" where it does not hold."""
    if len(rfc3110) < 3:
        return b""
    start, size = (1, rfc3110[0]) if rfc3110[0] else (3, int.from_bytes(rfc3110[1:3], "big"))
    exponent, modulus = rfc3110[start : start + size], rfc3110[start + size :]
    if not exponent or not modulus:
        return b""
    key = _der(0x30, _integer(modulus) + _integer(exponent))
    return _der(0x30, _RSA + _der(0x03, b"\0" + key))


def _integer(number: bytes) -> bytes:
    stripped = number.lstrip(b"\0") or b"\0"
    return _der(0x02, b"\0" + stripped if stripped[0] & 0x80 else stripped)


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content
