"""From a plan to the bytes that will be signed, and from a signature to a certificate that was read back.

The bytes are made once, with a throwaway key of the issuer's kind; an approval is over their SHA-256, and the CA key signs
exactly them (design section 3). The signature may come from a file's key, a token or a session: it is bytes here.
"""

from functools import cache
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from core.crypto import der, extensions
from core.crypto.names import to_x509
from core.errors.certificates import SelfCheckFailed
from core.model.authorities import CaKey
from core.model.certificates import Plan

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_CURVES: dict[CaKey, ec.EllipticCurve] = {CaKey.P384: ec.SECP384R1(), CaKey.P256: ec.SECP256R1()}
_RSA = {CaKey.RSA3072: 3072, CaKey.RSA4096: 4096}


def generate(kind: CaKey) -> bytes:
    """A new private key as PKCS#8 DER. It is for the custody that asked, and for nobody else."""
    key: PrivateKey = (
        ec.generate_private_key(_CURVES[kind]) if kind in _CURVES else rsa.generate_private_key(65537, _RSA[kind])
    )
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_of(private: PrivateKey) -> bytes:
    """Its DER SubjectPublicKeyInfo."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return private.public_key().public_bytes(serialization.Encoding.DER, form)


def load_private(pkcs8: bytes) -> PrivateKey:
    """A CA's private key from the bytes that custody gave back."""
    key = serialization.load_der_private_key(pkcs8, None)
    if not isinstance(key, PrivateKey):
        raise SelfCheckFailed("key type")
    return key


def hash_of(public: object) -> hashes.SHA256 | hashes.SHA384:
    """The hash an issuer signs with: as strong as its curve (RFC 5758), SHA-256 for RSA."""
    return hashes.SHA384() if isinstance(public, EllipticCurvePublicKey) and public.key_size > 256 else hashes.SHA256()


class Rehearsal(NamedTuple):
    """What a plan means: the bytes that will be signed, and the whole file as a throwaway key signed it."""

    tbs: bytes
    whole: bytes


@cache
def _throwaway(kind: str) -> PrivateKey:
    """A key for rehearsals, one of each kind in a process; RSA 2048 does for RSA: no key size stands in the bytes."""
    return ec.generate_private_key(_BY_NAME[kind]) if kind in _BY_NAME else rsa.generate_private_key(65537, 2048)


_BY_NAME = {curve.name: curve for curve in _CURVES.values()}


def throwaway(issuer_spki: bytes) -> PrivateKey:
    """A key of the issuer's kind for the rehearsal. What it signs no device takes: it is not the issuer's."""
    public = serialization.load_der_public_key(issuer_spki)
    if isinstance(public, EllipticCurvePublicKey) and public.curve.name in _BY_NAME:
        return _throwaway(public.curve.name)
    if isinstance(public, RSAPublicKey):
        return _throwaway("rsa")
    raise SelfCheckFailed("key type")


def rehearse(plan: Plan) -> Rehearsal:
    """The TBSCertificate of a plan (RFC 5280 section 4.1), built by pyca and signed with a throwaway key."""
    builder = (
        x509.CertificateBuilder()
        .serial_number(plan.serial)
        .issuer_name(to_x509(plan.issuer))
        .subject_name(to_x509(plan.subject))
        .public_key(extensions.public(plan.spki))
        .not_valid_before(plan.not_before)
        .not_valid_after(plan.not_after)
    )
    for extension, critical in extensions.of_certificate(plan):
        builder = builder.add_extension(extension, critical=critical)
    key = throwaway(plan.issuer_spki)
    made = builder.sign(key, hash_of(key.public_key()))
    return Rehearsal(made.tbs_certificate_bytes, made.public_bytes(serialization.Encoding.DER))


def algorithm_of(spki: bytes) -> bytes:
    """The AlgorithmIdentifier (DER) that signatures of this kind of key carry, as pyca writes it."""
    key = throwaway(spki)
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    made = builder.sign(key, hash_of(key.public_key())).public_bytes(serialization.Encoding.DER)
    return der.sequence(made)[1].whole


def certificate(tbs: bytes, signed: bytes, issuer_spki: bytes) -> bytes:
    """The DER certificate of these bytes, after the signature was checked. Raises `SelfCheckFailed`."""
    _check(tbs, signed, issuer_spki)
    return _joined(tbs, der.sequence(tbs)[2].whole, signed)


def revocation_list(tbs: bytes, signed: bytes, issuer_spki: bytes) -> bytes:
    """The DER CRL of these bytes, after the signature was checked. Raises `SelfCheckFailed`."""
    _check(tbs, signed, issuer_spki)
    return _joined(tbs, der.sequence(tbs)[1].whole, signed)


def _check(tbs: bytes, signed: bytes, issuer_spki: bytes) -> None:
    public = serialization.load_der_public_key(issuer_spki)
    try:
        if isinstance(public, EllipticCurvePublicKey):
            public.verify(signed, tbs, ec.ECDSA(hash_of(public)))
        elif isinstance(public, RSAPublicKey):
            public.verify(signed, tbs, padding.PKCS1v15(), hashes.SHA256())
        else:
            raise SelfCheckFailed("key type")
    except InvalidSignature:
        raise SelfCheckFailed("signature") from None


def _joined(tbs: bytes, algorithm: bytes, signed: bytes) -> bytes:
    """SEQUENCE { tbs, AlgorithmIdentifier as inside tbs, BIT STRING } (RFC 5280 sections 4.1 and 5.1)."""
    return der.encoded(der.SEQUENCE, tbs + algorithm + der.encoded(der.BIT_STRING, b"\0" + signed))
