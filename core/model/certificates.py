"""Certificates: what is asked for, what will be signed, what a profile lets through."""

from datetime import datetime
from enum import StrEnum

from core.late import dataclass
from core.model.authorities import Name, Service
from core.model.devices import Device
from core.model.keys import Algorithm
from core.model.links import Link


class SanKind(StrEnum):
    """Subject alternative names that we write (RFC 4945 section 5.1.3: they carry the IKE identity)."""

    DNS = "dns"
    EMAIL = "email"
    IP = "ip"


@dataclass(frozen=True)
class San:
    """`value` is text: a host name, a mailbox, an address."""

    kind: SanKind
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


class Usage(StrEnum):
    """Key usages that we set (RFC 5280 section 4.2.1.3)."""

    SIGNATURE = "digitalSignature"
    CERTIFICATES = "keyCertSign"
    CRLS = "cRLSign"


@dataclass(frozen=True)
class Profile:
    """What certificates of one use look like; data, in `resources/policy/profiles.toml`.

    `ekus` are dotted OIDs; `attributes` and `sans` allow-lists; `keys` the algorithms that are taken, RSA from
    `rsa_bits` on; `days` the longest life (M4). `needs_san` says whether a name has to stand in the SAN.
    """

    name: str
    about: str
    services: tuple[Service, ...]
    ekus: tuple[str, ...]
    keys: tuple[Algorithm, ...]
    rsa_bits: int
    attributes: tuple[str, ...]
    sans: tuple[SanKind, ...]
    needs_san: bool
    days: int
    no_check: bool = False


@dataclass(frozen=True)
class CertificateRequest:
    """A PKCS#10 whose proof of possession held. `wishes` names the extensions it asks for: shown, never copied.

    `permitted` and `excluded` are the name constraints that a sub CA asks for, which its root's people approve.
    """

    der: bytes
    spki: bytes
    algorithm: Algorithm
    bits: int
    subject: Name
    sans: tuple[San, ...]
    wishes: tuple[str, ...]
    permitted: tuple[San, ...] = ()
    excluded: tuple[San, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Everything that a certificate will say. `issuer` and `subject` are names, the keys DER SubjectPublicKeyInfo.

    `constraints` are permitted and excluded subtrees as SANs (IP values are networks there); times are UTC, whole seconds.
    """

    serial: int
    issuer: Name
    issuer_spki: bytes
    subject: Name
    spki: bytes
    not_before: datetime
    not_after: datetime
    usages: tuple[Usage, ...]
    ca: bool = False
    path_length: int = 0
    ekus: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    crl_urls: tuple[str, ...] = ()
    sans: tuple[San, ...] = ()
    permitted: tuple[San, ...] = ()
    excluded: tuple[San, ...] = ()
    no_check: bool = False


@dataclass(frozen=True)
class Certificate:
    """A certificate's own words, read back from its DER; `unknown_constraints` are kinds of subtrees not judged here."""

    der: bytes
    serial: int
    issuer: Name
    subject: Name
    spki: bytes
    not_before: datetime
    not_after: datetime
    ca: bool
    path_length: int
    usages: tuple[Usage, ...]
    ekus: tuple[str, ...]
    policies: tuple[str, ...]
    crl_urls: tuple[str, ...]
    sans: tuple[San, ...]
    permitted: tuple[San, ...] = ()
    excluded: tuple[San, ...] = ()
    unknown_constraints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Peer:
    """The other end of a link, as a certified end knows it: by its name and its CA, never by its key."""

    link: Link
    device: Device
    common_name: str


@dataclass(frozen=True)
class Endpoint:
    """What an endpoint's folder is made from. `chain` is (issuer, root), `crls` a (name, DER) pair for each of them.

    `marks` go on every page; `stops` are (what, UTC time) in order: the moments at which the links stop.
    """

    device: Device
    certificate: Certificate
    chain: tuple[Certificate, Certificate]
    crls: tuple[tuple[str, bytes], ...]
    peers: tuple[Peer, ...]
    organisation: str
    ticket: str
    marks: tuple[str, ...]
    stops: tuple[tuple[str, datetime], ...]
    made: datetime


class IssueState(StrEnum):
    """A serial is never used twice: what was intended and not finished stays on file, and can be revoked."""

    INTENDED = "intended"
    ISSUED = "issued"


@dataclass(frozen=True)
class Listed:
    """A certificate of ours without its bytes, as lists have it. `serial` is hex; `device_id` 0 for an authority's.

    `proposal` is the digest of what was approved.
    """

    id: int
    serial: str
    authority_id: int
    device_id: int
    profile: str
    subject: Name
    spki: bytes
    not_before: datetime
    not_after: datetime
    ticket: str
    proposal: str
    state: IssueState
    made: datetime


@dataclass(frozen=True)
class Issued(Listed):
    """A certificate of ours on file, from its intent on.

    `tbs` are the bytes that were approved, `der` the certificate (b"" until signed).
    """

    tbs: bytes
    der: bytes


class Proved(StrEnum):
    """What stands for a renewal's request."""

    NOT = ""
    CURRENT_KEY = "current-key"  # it signed the new request
    SAME_KEY = "same-key"  # the request is over it
    COMPARED = "compared"  # two people compared the new key, as for a first one


@dataclass(frozen=True)
class SubmitRequest:
    """A request for a device's certificate, as typed. Empty texts mean: by the device, the profile, the one CA there is.

    `renews` is the serial of the certificate that this one follows; `sans` are "dns:...", "ip:...", "email:...".
    `untrusted_proof` is what the current key signed over the new request, b"" where the device cannot; `same_key` takes a
    renewal over the key that it has.
    """

    device: str
    untrusted: bytes
    ticket: str
    profile: str = ""
    authority: str = ""
    subject: str = ""
    sans: tuple[str, ...] = ()
    until: str = ""
    renews: str = ""
    untrusted_proof: bytes = b""
    same_key: bool = False


@dataclass(frozen=True)
class IssueCertificates:
    """Issue what was approved, with the custodians of its authority present."""

    proposals: tuple[str, ...]
    custodians: tuple[str, ...]


class CertificateState(StrEnum):
    """How a certificate stands today."""

    UNFINISHED = "unfinished"
    VALID = "valid"
    EXPIRING = "expiring"  # a third of its life is left
    EXPIRED = "expired"
    REVOKED = "revoked"
