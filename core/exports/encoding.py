"""DER and PEM as far as configurations need them: keys were parsed and re-encoded before they come here."""

import base64
import hashlib
from typing import NamedTuple

from core.model.keys import Algorithm, PublicKey

RAW_KEY = 32  # bytes of an Ed25519 or X25519 key (RFC 8410)


class Element(NamedTuple):
    """One DER element: its tag, its content and what follows it."""

    tag: int
    content: bytes
    rest: bytes


def element(der: bytes) -> Element:
    """The first DER element of `der`; ValueError where its length does not hold."""
    if len(der) < 2:
        raise ValueError("short")
    length, start = der[1], 2
    if length & 0x80:
        start = 2 + (length & 0x7F)
        length = int.from_bytes(der[2:start], "big")
    if start + length > len(der):
        raise ValueError("length")
    return Element(der[0], der[start : start + length], der[start + length :])


def key_bits(spki: bytes) -> bytes:
    """The content of subjectPublicKey (RFC 5280 4.1), without the count of unused bits."""
    return element(element(element(spki).content).rest).content[1:]


def modulus(spki: bytes) -> bytes:
    """The modulus of an RSA key, without leading zero."""
    return element(element(key_bits(spki)).content).content.lstrip(b"\0")


def ckaid(key: PublicKey) -> str:
    """What Libreswan calls the key: SHA-1 over the modulus (RSA) or over the point (EC), hex."""
    material = modulus(key.spki) if key.algorithm is Algorithm.RSA else key_bits(key.spki)
    return hashlib.sha1(material, usedforsecurity=False).hexdigest()


def base64_text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def wireguard_key(key: PublicKey) -> str:
    """The 44 characters that `wg` prints."""
    return base64_text(key.spki[-RAW_KEY:])


def pem(label: str, der: bytes) -> bytes:
    """RFC 7468, lines of 64 characters."""
    text = base64_text(der)
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""]).encode("ascii")


def public_pem(key: PublicKey) -> bytes:
    return pem("PUBLIC KEY", key.spki)


def certificate_pem(key: PublicKey) -> bytes:
    return pem("CERTIFICATE", key.certificate)


def certificate_fingerprint(key: PublicKey) -> str:
    """SHA-256 of the certificate as OpenVPN wants it: 32 bytes, with colons or it is a format error."""
    return hashlib.sha256(key.certificate).digest().hex(":").upper()
