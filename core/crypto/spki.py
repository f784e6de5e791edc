"""Which public keys are taken: one canonical spelling and a strong type, so no fingerprint is ambiguous."""

from typing import NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from core.crypto import der, points
from core.errors import keys as errors
from core.model.keys import Algorithm

SHORTEST_RSA, LEGACY_RSA, LONGEST_RSA = 3072, 2048, 16384

_RSA, _EC = "1.2.840.113549.1.1.1", "1.2.840.10045.2.1"
_EDWARDS = {"1.3.101.112": Algorithm.ED25519, "1.3.101.110": Algorithm.X25519}
_CURVES = {"1.2.840.10045.3.1.7": Algorithm.P256, "1.3.132.0.34": Algorithm.P384}
_BITS = {Algorithm.P256: 256, Algorithm.P384: 384, Algorithm.ED25519: 256, Algorithm.X25519: 256}
_KNOWN = {
    "1.2.840.113549.1.1.10": "RSA-PSS",
    "1.2.840.113549.1.1.7": "RSA-OAEP",
    "1.2.840.113549.1.3.1": "DH",
    "1.2.840.10046.2.1": "DH",
    "1.2.840.10040.4.1": "DSA",
    "1.3.101.111": "X448",
    "1.3.101.113": "Ed448",
    "1.2.840.10045.3.1.1": "P-192",
    "1.3.132.0.33": "P-224",
    "1.3.132.0.35": "P-521",
    "1.3.132.0.10": "secp256k1",
    "1.3.36.3.3.2.8.1.1.7": "brainpoolP256r1",
    "1.3.36.3.3.2.8.1.1.11": "brainpoolP384r1",
    "1.3.36.3.3.2.8.1.1.13": "brainpoolP512r1",
    "1.2.156.10197.1.301": "SM2",
    "2.16.840.1.101.3.4.3.17": "ML-DSA-44",
    "2.16.840.1.101.3.4.3.18": "ML-DSA-65",
    "2.16.840.1.101.3.4.3.19": "ML-DSA-87",
}


class Parts(NamedTuple):
    """`parameters` is the algorithm's parameters as DER, b"" where absent; `key` the bits alone."""

    oid: str
    parameters: bytes
    key: bytes


def parts(spki: bytes) -> Parts:
    """Take a SubjectPublicKeyInfo apart. Raises `EncodingNotCanonical` where it is not strict DER."""
    try:
        algorithm, bits = der.sequence(spki)
        oid, *parameters = der.elements(algorithm.content)
        shaped = (algorithm.tag, bits.tag, oid.tag) == (der.SEQUENCE, der.BIT_STRING, der.OID)
        if not shaped or bits.content[:1] != b"\0" or len(parameters) > 1:
            raise ValueError
        return Parts(der.dotted(oid.content), b"".join(p.whole for p in parameters), bits.content[1:])
    except ValueError:
        raise errors.EncodingNotCanonical("DER") from None


def check(spki: bytes, *, legacy: bool) -> tuple[Algorithm, int]:
    """Type and size in bits of a public key that may be pinned; every other one is refused by name.

    `legacy` lets RSA of 2048 to 3071 bits pass. Loaded and written out again it has to be byte-equal.
    """
    algorithm = _algorithm(parts(spki))
    try:
        key = serialization.load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm):
        raise errors.PointNotAllowed(algorithm, "off-curve") from None
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    if key.public_bytes(serialization.Encoding.DER, form) != spki:
        raise errors.EncodingNotCanonical("DER")
    if isinstance(key, RSAPublicKey):
        return algorithm, _rsa(key, legacy=legacy)
    return algorithm, _BITS[algorithm]


def _algorithm(found: Parts) -> Algorithm:
    if found.oid == _EC:
        return _curve(found)
    if found.oid == _RSA:
        if found.parameters != b"\x05\x00":  # RFC 3279 2.3.1: NULL
            raise errors.EncodingNotCanonical("parameters")
        return Algorithm.RSA
    algorithm = _EDWARDS.get(found.oid)
    if algorithm is None:
        raise errors.AlgorithmNotAllowed(_KNOWN.get(found.oid, found.oid))
    if found.parameters or len(found.key) != 32:  # RFC 8410 3 and 4
        raise errors.EncodingNotCanonical("parameters")
    check_point = points.check_x25519 if algorithm is Algorithm.X25519 else points.check_ed25519
    check_point(found.key)
    return algorithm


def _curve(found: Parts) -> Algorithm:
    if found.parameters[:1] == bytes([der.SEQUENCE]):
        raise errors.ExplicitParameters
    try:
        named = der.elements(found.parameters)
        oid = der.dotted(named[0].content) if named and named[0].tag == der.OID else "implicit curve"
    except ValueError:
        raise errors.EncodingNotCanonical("parameters") from None
    if oid not in _CURVES:
        raise errors.AlgorithmNotAllowed(_KNOWN.get(oid, oid))
    if found.key[:1] in (b"\x02", b"\x03"):
        raise errors.CompressedPoint
    return _CURVES[oid]


def _rsa(key: RSAPublicKey, *, legacy: bool) -> int:
    shortest = LEGACY_RSA if legacy else SHORTEST_RSA
    if not shortest <= key.key_size <= LONGEST_RSA:
        waivable = not legacy and LEGACY_RSA <= key.key_size < SHORTEST_RSA
        raise errors.RsaSizeNotAllowed(key.key_size, shortest, LONGEST_RSA, waivable)
    numbers = key.public_numbers()
    if numbers.e < 65537 or numbers.e % 2 == 0:
        raise errors.RsaExponentNotAllowed
    if numbers.n % 2 == 0:
        raise errors.PointNotAllowed(Algorithm.RSA, "even modulus")
    return key.key_size
