"""PKCS#11 tokens: taken over, a key made there, a signature made there. Runs in the signing process only.

PIN and SO-PIN are random and lie under the key's quorum. The SO-PIN counts as much as the PIN: whoever knows it sets a
new PIN and keeps the keys (tried on SoftHSM 2.6.1).
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from core.errors import custody as errors
from core.model.authorities import CaKey
from core.model.custody import TokenFacts

# RFC 8017 9.2 note 1: DigestInfo up to the digest itself.
_DIGEST_INFO = {
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}
_WANTED = {
    "SENSITIVE": True,
    "EXTRACTABLE": False,
    "LOCAL": True,
    "ALWAYS_SENSITIVE": True,
    "NEVER_EXTRACTABLE": True,
}
_CURVES = {CaKey.P384: "secp384r1", CaKey.P256: "secp256r1"}
_RSA_BITS = {CaKey.RSA3072: 3072, CaKey.RSA4096: 4096}
_PIN_DIGITS = 16  # what cards with an eight-to-sixteen limit still take: 53 bits behind a counter of tries


def random_pin() -> str:
    """Digits only: some tokens take nothing else."""
    return "".join(secrets.choice("0123456789") for _ in range(_PIN_DIGITS))


def library(path: str) -> Any:
    """Load a PKCS#11 library. The path comes from the argument or this machine's settings, never from a workspace."""
    try:
        import pkcs11  # 0.1 s, and an extra of the package
    except ImportError:
        raise errors.TokenSupportMissing from None
    if not Path(path).is_file():
        raise errors.TokenLibraryNotFit(path, "missing")
    try:
        return pkcs11.lib(path)
    except (pkcs11.PKCS11Error, RuntimeError, OSError):
        raise errors.TokenLibraryNotFit(path, "load") from None


def facts(token: Any) -> TokenFacts:
    """How the token describes itself."""
    firmware = ".".join(str(part) for part in token.firmware_version)
    return TokenFacts(
        _text(token.label), _text(token.serial), _text(token.manufacturer_id), _text(token.model), firmware
    )


def _text(untrusted: Any) -> str:
    text = untrusted.decode("utf-8", "replace") if isinstance(untrusted, bytes) else str(untrusted)
    return "".join(character for character in text if character.isprintable()).strip()[:64]


def inserted(lib: Any) -> list[tuple[Any, TokenFacts]]:
    """Every initialised token that the library sees; one that does not answer is left out."""
    import pkcs11

    seen = []
    for slot in lib.get_slots(token_present=True):
        try:
            token = slot.get_token()
        except pkcs11.PKCS11Error:
            continue
        if token.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED:
            seen.append((token, facts(token)))
    return seen


def find(lib: Any, label: str, serial: str) -> Any:
    """The one token of this label and serial ("" leaves one open). Raises `TokenMissing` or `TokenReplaced`."""
    seen = inserted(lib)
    fits = [token for token, told in seen if label in ("", told.label) and serial in ("", told.serial)]
    if len(fits) == 1:
        return fits[0]
    other = next((told.serial for _, told in seen if serial and label and told.label == label), "")
    if other and not fits:
        raise errors.TokenReplaced(label, serial, other)
    raise errors.TokenMissing(label, serial, tuple(told.label or told.serial for _, told in seen))


def take_over(token: Any, so_pin: str, pin: str, finding: str) -> tuple[str, str]:
    """Set a random SO-PIN and PIN and return (PIN, SO-PIN); the SO-PIN is "" where it is not ours.

    `so_pin` is the set-up's SO-PIN. Without it `pin` is the set-up's PIN, and `finding` says why a token is taken whose
    SO-PIN somebody else knows; with neither, `TokenNotOurs`.
    """
    label, new_pin = _text(token.label), random_pin()
    if so_pin:
        new_so_pin = random_pin()
        with _session(token, label, "SO-PIN", rw=True, so_pin=so_pin) as session:
            session.set_pin(so_pin, new_so_pin)
            session.init_pin(new_pin)
        with _refused(token, label, "SO-PIN"):
            _is_ours(token, label, so_pin)
        return new_pin, new_so_pin
    if not (pin and finding):
        raise errors.TokenNotOurs(label)
    with _session(token, label, "PIN", rw=True, user_pin=pin) as session:
        session.set_pin(pin, new_pin)
    return new_pin, ""


def _is_ours(token: Any, label: str, old_so_pin: str) -> None:
    """The set-up's SO-PIN must not open the token any more: asked, not believed."""
    import pkcs11

    try:
        token.open(rw=True, so_pin=old_so_pin).close()
    except pkcs11.exceptions.PinIncorrect:
        return
    raise errors.TokenNotOurs(label)


def make_key(token: Any, pin: str, type_: CaKey, name: str) -> bytes:
    """Make the key pair on the token and return DER SPKI. Raises `TokenKeyNotFit` where it reads back otherwise."""
    from pkcs11 import Attribute, ObjectClass
    from pkcs11 import KeyType as Kind

    label = _text(token.label)
    private = {Attribute[each]: value for each, value in _WANTED.items() if each in ("SENSITIVE", "EXTRACTABLE")}
    private |= {Attribute.SIGN: True, Attribute.DECRYPT: False, Attribute.UNWRAP: False, Attribute.DERIVE: False}
    with _session(token, label, "PIN", rw=True, user_pin=pin) as session:
        if list(session.get_objects({Attribute.LABEL: name, Attribute.CLASS: ObjectClass.PRIVATE_KEY})):
            raise errors.TokenKeyNotFit(label, ("LABEL",))
        options = {"store": True, "label": name, "id": name.encode(), "private_template": private}
        if type_ in _RSA_BITS:
            public, made = session.generate_keypair(Kind.RSA, _RSA_BITS[type_], **options)
        else:
            from pkcs11.util.ec import encode_named_curve_parameters

            curve = encode_named_curve_parameters(_CURVES[type_])
            parameters = session.create_domain_parameters(Kind.EC, {Attribute.EC_PARAMS: curve}, local=True)
            public, made = parameters.generate_keypair(**options)
        differ = tuple(each for each, value in _WANTED.items() if made[Attribute[each]] is not value)
        if differ:
            raise errors.TokenKeyNotFit(label, differ)
        return _spki(public, type_)


def _spki(public: Any, type_: CaKey) -> bytes:
    if type_ in _RSA_BITS:
        from cryptography.hazmat.primitives.asymmetric import rsa
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
        from pkcs11 import Attribute

        modulus, exponent = (
            int.from_bytes(public[each], "big") for each in (Attribute.MODULUS, Attribute.PUBLIC_EXPONENT)
        )
        key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    from pkcs11.util.ec import encode_ec_public_key

    return bytes(encode_ec_public_key(public))


class TokenKey:
    """A key on a token, signed in with the PIN until `close`."""

    def __init__(self, token: Any, pin: str, name: str, type_: CaKey) -> None:
        import pkcs11
        from pkcs11 import KeyType as Kind
        from pkcs11 import ObjectClass

        self._label, self._token, self._type = _text(token.label), token, type_
        with _refused(token, self._label, "PIN"):
            self._session = token.open(user_pin=pin)
            kind = Kind.RSA if type_ in _RSA_BITS else Kind.EC
            try:
                self._key = self._session.get_key(ObjectClass.PRIVATE_KEY, kind, label=name)
            except (pkcs11.exceptions.NoSuchKey, pkcs11.exceptions.MultipleObjectsReturned):
                self._session.close()
                raise errors.TokenKeyNotFit(self._label, ("LABEL",)) from None

    def sign(self, data: bytes, hash_name: str) -> bytes:
        """The signature as X.509 has it. Hashed here: a CRL of a million entries is not sent through a card reader."""
        from pkcs11 import Mechanism

        digest = hashlib.new(hash_name, data).digest()
        with _refused(self._token, self._label, "PIN"):
            if self._type in _RSA_BITS:
                return bytes(self._key.sign(_DIGEST_INFO[hash_name] + digest, mechanism=Mechanism.RSA_PKCS))
            raw = self._key.sign(digest, mechanism=Mechanism.ECDSA)
        half = len(raw) // 2
        return encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))

    def close(self) -> None:
        """Sign out of the token."""
        self._session.close()


@contextmanager
def _session(token: Any, label: str, who: str, **how: Any) -> Iterator[Any]:
    with _refused(token, label, who), token.open(**how) as session:
        yield session


@contextmanager
def _refused(token: Any, label: str, who: str) -> Iterator[None]:
    """What the token answers, as refusals."""
    import pkcs11

    try:
        yield
    except (pkcs11.exceptions.PinIncorrect, pkcs11.exceptions.PinLocked):
        raise errors.WrongTokenPin(label, who, _how_far(token, who)) from None
    except (pkcs11.exceptions.DeviceRemoved, pkcs11.exceptions.TokenNotPresent):
        raise errors.TokenMissing(label, "", ()) from None
    except pkcs11.PKCS11Error as error:
        raise errors.TokenCannot(label, type(error).__name__) from None


def _how_far(token: Any, who: str) -> str:
    """PKCS#11 2.40 4.4: flags, no number. Read afresh, since a token object keeps those of when it was found."""
    from pkcs11 import TokenFlag

    flags = token.slot.get_token().flags
    role = "SO" if who == "SO-PIN" else "USER"
    for flag, word in (("PIN_LOCKED", "locked"), ("PIN_FINAL_TRY", "final"), ("PIN_COUNT_LOW", "low")):
        if flags & TokenFlag[f"{role}_{flag}"]:
            return word
    return "again"
