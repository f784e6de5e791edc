"""Pinned keys: received, compared by two, approved, exported, installed, withdrawn."""

from datetime import datetime
from enum import StrEnum

from core.late import dataclass


class Algorithm(StrEnum):
    """Key types that we pin (design section 7; RSA from 3072 bits, 2048 only as a recorded legacy waiver)."""

    P256 = "ecdsa-p256"
    P384 = "ecdsa-p384"
    ED25519 = "ed25519"
    X25519 = "x25519"
    RSA = "rsa"


class Source(StrEnum):
    """What a key came in, recognised by content."""

    SPKI_PEM = "public key, PEM"
    SPKI_DER = "public key, DER"
    PKCS10 = "certificate request (PKCS#10)"
    CERTIFICATE = "self-signed certificate"
    OPENSSH = "OpenSSH public key"
    WIREGUARD = "WireGuard public key"
    CISCO = "Cisco key-string"
    CARD = "peer card"


@dataclass(frozen=True)
class PublicKey:
    """One public key, parsed once at the border.

    `spki` is the canonical DER SubjectPublicKeyInfo; `certificate` the DER it came in ("" where it came bare, and
    then no certificate fingerprint exists); `possession` whether the sender proved to hold the private key.
    """

    spki: bytes
    algorithm: Algorithm
    bits: int
    source: Source
    certificate: bytes = b""
    possession: bool = False


class Arrival(StrEnum):
    """How the key file came."""

    EMAIL = "email"
    USB = "usb"
    PORTAL = "portal"
    IN_PERSON = "in-person"
    CARD = "card"


class Channel(StrEnum):
    """How the far end's value came. E-mail is known so that it can be refused with its clause (S-g-2)."""

    CALL_BACK = "call-back"
    IN_PERSON = "in-person"
    SHEET = "sheet"
    VIDEO = "video"
    EMAIL = "email"


class KeyState(StrEnum):
    """Nothing is deleted: a key ends as superseded, withdrawn or quarantined."""

    RECEIVED = "received"
    COMPARED = "compared"  # once
    APPROVED = "approved"  # compared twice
    ROLLING = "rolling"  # the old pin of a roll-over, until `pinned_until`
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    QUARANTINED = "quarantined"  # a comparison said it is somebody else's


OPEN_STATES = (KeyState.RECEIVED, KeyState.COMPARED)
PINNED_STATES = (KeyState.APPROVED, KeyState.ROLLING)
LIVE_STATES = OPEN_STATES + PINNED_STATES


@dataclass(frozen=True)
class Key:
    """A key on file. `review_by` and `pinned_until` are ISO dates ("" where not set): gateways never check either."""

    id: int
    device_id: int
    public: PublicKey
    state: KeyState
    arrival: Arrival
    received: datetime
    received_by: str
    waiver: str
    replace_by: str
    review_by: str
    pinned_until: str
    telephone_only: bool
    by_one_person: bool


class Form(StrEnum):
    """The table of interop 1.11: what a string on the far end's screen is."""

    SPKI_SHA256 = "spki-sha256"
    CERT_SHA256 = "cert-sha256"
    CERT_SHA1 = "cert-sha1"
    SPKI_SHA1 = "spki-sha1"
    KEY_SHA1 = "key-sha1"  # strongSwan subjkey, X.509 SKI, Libreswan ckaid of an EC key
    RSA_CKAID = "rsa-ckaid"  # SHA-1 of the modulus
    SSH_SHA256 = "ssh-sha256"
    WIREGUARD = "wireguard"  # the key itself
    JWK_SHA256 = "jwk-sha256"
    DIGITS = "digits"  # 12 groups of 5 digits, identity and key together
    WORDS = "pgp-words"  # SHA-256 of the SPKI as 32 words
    WHOLE_KEY = "whole-key"  # the far end read out or sent the key itself
    MD5 = "md5"
    SHORT = "short"
    UNKNOWN = "unknown"


SHA1_FORMS = (Form.CERT_SHA1, Form.SPKI_SHA1, Form.KEY_SHA1, Form.RSA_CKAID)


class Verdict(StrEnum):
    """What a blind comparison found."""

    MATCH = "match"
    MISREAD = "misread"
    DIFFERENT = "different"
    LOOKALIKE = "lookalike"
    TOO_WEAK = "too-weak"


@dataclass(frozen=True)
class Finding:
    """The machine's answer to one typed value.

    `lines` are the 1-based lines (or groups, words) to read again after a misread; the expected value never leaves.
    """

    verdict: Verdict
    form: Form
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """One comparison on file, matching or not."""

    id: int
    key_id: int
    operator: str
    channel: Channel
    reader: str
    number: str
    number_from: str
    ticket: str
    verdict: Verdict
    form: Form
    time: datetime


@dataclass(frozen=True)
class ReceiveKey:
    """`untrusted` is the file's content as it came; `legacy_because` waives RSA 2048 with a reason."""

    device: str
    untrusted: bytes
    arrival: str
    origin: str = ""
    replace_by: str = ""
    legacy_because: str = ""


@dataclass(frozen=True)
class CompareKey:
    """`heard` is what the far end read out, typed or pasted whole; `channel` a `Channel` as typed."""

    device: str
    heard: str
    channel: str
    reader: str
    ticket: str
    number: str = ""
    number_from: str = ""


@dataclass(frozen=True)
class WithdrawKey:
    """Ends the device's newest key (an open one first: that is "reject and keep the old")."""

    device: str
    reason: str


@dataclass(frozen=True)
class SuspectKey:
    """A changed key that may be an attack: the new key is quarantined and every link of the device is suspended."""

    device: str
    reason: str
