"""Key objects whose private half is elsewhere, as pyca's page on cloud HSMs has them: its builders sign with them."""

from typing import Any, NoReturn

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric import utils as asym_utils
from cryptography.hazmat.primitives.hashes import HashAlgorithm

from core.crypto.cakeys import HASHES, Sign, load_public
from core.crypto.issuance import PrivateKey


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

    private_numbers = private_bytes = exchange = _Elsewhere._no

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

    private_numbers = private_bytes = decrypt = _Elsewhere._no

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
