"""Every form in which a screen may show a key (interop 1.11), in the spelling of the tool that prints it."""

import base64
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from core.crypto import pgpwords, spki
from core.model.devices import Identity
from core.model.keys import Algorithm, Form, PublicKey

_CARD = b"peer-card-v1"
_ROUNDS = 5200  # Signal's count: guessing a key that gives a chosen code costs that much more


def fingerprints(key: PublicKey, identity: Identity) -> dict[Form, str]:
    """The forms that exist for this key: those that tools print, and those spoken between two copies of the program."""
    spoken = {
        Form.DIGITS: digits(key, identity),
        Form.WORDS: " ".join(pgpwords.spelt(hashlib.sha256(key.spki).digest())),
    }
    return printed_forms(key) | spoken


def printed_forms(key: PublicKey) -> dict[Form, str]:
    """The forms that tools print, without the 5 ms that the digits take; a certificate's only where the key came in one."""
    bits = spki.parts(key.spki).key
    found = {Form.SPKI_SHA256: hashlib.sha256(key.spki).hexdigest()}
    if key.certificate:
        found[Form.CERT_SHA256] = _colons(hashlib.sha256(key.certificate).digest()).upper()
        found[Form.CERT_SHA1] = _colons(_sha1(key.certificate)).upper()
    found[Form.SPKI_SHA1] = _colons(_sha1(key.spki))
    found[Form.KEY_SHA1] = _colons(_sha1(bits))
    return found | _by_type(key, bits)


def pin_sha256(key: PublicKey) -> str:
    """SHA-256 of the SPKI in base64, as GnuTLS `pin-sha256:` and curl `sha256//` (RFC 7469) have it."""
    return base64.b64encode(hashlib.sha256(key.spki).digest()).decode()


def digits(key: PublicKey, identity: Identity) -> str:
    """12 groups of 5 digits (about 199 bits) for speech between two copies of the program.

    After Signal's numeric fingerprint: SHA-512 over "peer-card-v1", the typed identity in UTF-8 behind its
    length in four bytes, and the SPKI; then 5,200 times SHA-512 over hash and SPKI. Each 5 of the first
    60 bytes, as a number modulo 100,000, is a group. Identity and key are bound together.
    """
    name = str(identity).encode()
    state = hashlib.sha512(_CARD + len(name).to_bytes(4, "big") + name + key.spki).digest()
    for _ in range(_ROUNDS):
        state = hashlib.sha512(state + key.spki).digest()
    return " ".join(f"{int.from_bytes(state[at : at + 5], 'big') % 100000:05d}" for at in range(0, 60, 5))


def _by_type(key: PublicKey, bits: bytes) -> dict[Form, str]:
    if key.algorithm is Algorithm.X25519:
        jwk = _okp("X25519", bits)
        return {Form.WIREGUARD: base64.b64encode(bits).decode(), Form.JWK_SHA256: _thumbprint(jwk)}
    loaded = serialization.load_der_public_key(key.spki)
    encoding, form = serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    blob = base64.b64decode(loaded.public_bytes(encoding, form).split()[1])
    ssh = base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    found = {Form.SSH_SHA256: f"SHA256:{ssh}"}
    if isinstance(loaded, RSAPublicKey):
        modulus = _unsigned(loaded.public_numbers().n)
        found[Form.RSA_CKAID] = _sha1(modulus).hex()
        jwk = {"kty": "RSA", "e": _url(_unsigned(loaded.public_numbers().e)), "n": _url(modulus)}
    elif isinstance(loaded, EllipticCurvePublicKey):
        half = len(bits) // 2
        curve = "P-256" if key.algorithm is Algorithm.P256 else "P-384"
        jwk = {"kty": "EC", "crv": curve, "x": _url(bits[1 : half + 1]), "y": _url(bits[half + 1 :])}
    else:
        jwk = _okp("Ed25519", bits)
    return {**found, Form.JWK_SHA256: _thumbprint(jwk)}


def _okp(curve: str, bits: bytes) -> dict[str, Any]:
    """RFC 8037 section 2."""
    return {"kty": "OKP", "crv": curve, "x": _url(bits)}


def _thumbprint(jwk: dict[str, Any]) -> str:
    """RFC 7638 section 3: required members only, sorted, no white space."""
    return _url(hashlib.sha256(json.dumps(jwk, sort_keys=True, separators=(",", ":")).encode()).digest())


def _url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _unsigned(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _sha1(value: bytes) -> bytes:
    return hashlib.sha1(value, usedforsecurity=False).digest()  # what strongSwan, Cisco and Junos print


def _colons(value: bytes) -> str:
    return value.hex(":")
