"""CA keys that sign, and key objects that stand in for a private half elsewhere."""

from collections.abc import Callable
from typing import Any, NoReturn

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric import utils as asym_utils
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


def stand_in(spki: bytes, sign: Sign) -> PrivateKey:
    """A private key object for every builder of pyca whose signatures `sign` makes elsewhere."""
    public = load_public(spki)
    return RsaElsewhere(public, sign) if isinstance(public, rsa.RSAPublicKey) else EcElsewhere(public, sign)


def _hash_name(algorithm: HashAlgorithm | asym_utils.Prehashed | asym_utils.NoDigestInfo) -> str:
    if not isinstance(algorithm, HashAlgorithm) or algorithm.name not in HASHES:
        raise ValueError("SHA-256, SHA-384 or SHA-512 over the whole data")
    return algorithm.name


class _Elsewhere:
    """What a key does not do whose private half is elsewhere."""

    def _no(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("the private half of this key is not here")

    def __copy__(self) -> NoReturn:
        self._no()

    def __deepcopy__(self, memo: dict[int, Any]) -> NoReturn:
        self._no()

    def __reduce__(self) -> NoReturn:
        self._no()


class EcElsewhere(_Elsewhere, ec.EllipticCurvePrivateKey):
    """An elliptic curve key, as pyca's page on cloud HSMs describes it."""

    private_numbers = private_bytes = exchange = _Elsewhere._no  # noqa: SLF001

    def __init__(self, public: ec.EllipticCurvePublicKey, sign: Sign) -> None:
        self._public, self._sign = public, sign

    def public_key(self) -> ec.EllipticCurvePublicKey:
        """The public half."""
        return self._public

    @property
    def curve(self) -> ec.EllipticCurve:
        """The curve."""
        return self._public.curve

    @property
    def key_size(self) -> int:
        """Bits."""
        return self._public.key_size

    def sign(self, data: Any, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        """ECDSA over the whole data."""
        if not isinstance(signature_algorithm, ec.ECDSA):
            raise TypeError("ECDSA only")
        return self._sign(bytes(data), _hash_name(signature_algorithm.algorithm))


class RsaElsewhere(_Elsewhere, rsa.RSAPrivateKey):
    """An RSA key, PKCS#1 v1.5."""

    private_numbers = private_bytes = decrypt = _Elsewhere._no  # noqa: SLF001

    def __init__(self, public: rsa.RSAPublicKey, sign: Sign) -> None:
        self._public, self._sign = public, sign

    def public_key(self) -> rsa.RSAPublicKey:
        """The public half."""
        return self._public

    @property
    def key_size(self) -> int:
        """Bits."""
        return self._public.key_size

    def sign(self, data: Any, padding_: Any, algorithm: Any) -> bytes:
        """PKCS#1 v1.5 over the whole data."""
        if not isinstance(padding_, padding.PKCS1v15):
            raise TypeError("PKCS#1 v1.5 only")
        return self._sign(bytes(data), _hash_name(algorithm))
