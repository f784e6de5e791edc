"""CA keys: the one place where a file's key signs (`core.crypto.tokens` has the other), and what was signed."""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_public_key

from core.crypto import der
from core.crypto.issuance import PrivateKey
from core.model.custody import Signable

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
Sign = Callable[[bytes, str], bytes]  # (data, name of the hash) -> signature as X.509 has it

HASHES: dict[str, HashAlgorithm] = {each.name: each for each in (SHA256(), SHA384(), SHA512())}


def load_public(spki: bytes) -> PublicKey:
    """A public key of ours."""
    key = load_der_public_key(spki)
    if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise TypeError("not a CA key")
    return key


def sign_with(key: PrivateKey, data: bytes, hash_name: str) -> bytes:
    """ECDSA, or RSA PKCS#1 v1.5: what every gateway verifies."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), HASHES[hash_name])
    return key.sign(data, ec.ECDSA(HASHES[hash_name]))


def verify_with(key: PublicKey, signature: bytes, data: bytes, hash_name: str) -> None:
    """Raises `InvalidSignature` of pyca."""
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, data, padding.PKCS1v15(), HASHES[hash_name])
    else:
        key.verify(signature, data, ec.ECDSA(HASHES[hash_name]))


def signable(tbs: bytes) -> Signable | None:
    """What to-be-signed bytes are (RFC 5280 4.1 and 5.1, RFC 2986 4.1, RFC 6960 4.2.1), by their first members."""
    try:
        members = der.sequence(tbs)
    except der.NotDer:
        return None
    tags = [member.tag for member in members]
    if tags[:2] == [0xA0, der.INTEGER] and members[0].content == b"\x02\x01\x02":
        return Signable.CERTIFICATE
    if tags[:3] == [der.INTEGER, der.SEQUENCE, der.SEQUENCE] and members[0].content == b"\x01":
        return Signable.CRL
    if tags[:3] == [der.INTEGER, der.SEQUENCE, der.SEQUENCE] and members[0].content == b"\x00":
        return Signable.REQUEST
    return Signable.OCSP if tags[:3] in ([0xA1, 0x18, der.SEQUENCE], [0xA2, 0x18, der.SEQUENCE]) else None
