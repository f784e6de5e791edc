"""Authorities: an offline root, and one sub CA per service (A8, M10); at most three layers (A13)."""

from datetime import datetime
from enum import StrEnum

from core.late import dataclass

# A distinguished name, most general attribute first: (("C", "GB"), ("O", "Example"), ("CN", "gw1")).
Name = tuple[tuple[str, str], ...]


class Layer(StrEnum):
    ROOT = "root"
    SUB = "sub"


class Service(StrEnum):
    """What a sub CA's certificates are for; a sub CA has exactly one (A8)."""

    IPSEC = "ipsec"
    TLS = "tls"
    SMIME = "smime"


class CaKey(StrEnum):
    """Key types of authorities; P-384 is the default (design section 7: it loads in 0.6 ms, RSA 4096 in 0.3 s)."""

    P384 = "p384"
    P256 = "p256"
    RSA3072 = "rsa3072"
    RSA4096 = "rsa4096"


class AuthorityState(StrEnum):
    """What an authority may still do. Nothing leads back."""

    PINNED = "pinned"  # known by its certificate; its key is elsewhere
    REQUESTED = "requested"  # its key is here, its certificate is not
    ACTIVE = "active"
    RUN_OFF = "run-off"  # signs CRLs and nothing else
    DESTROYED = "destroyed"


@dataclass(frozen=True)
class Authority:
    """An authority on file. `key` names its CA key in this workspace ("" where it is elsewhere).

    `certificate` is DER (b"" until it is installed), `request` the PKCS#10 that asked for it; `policy` its policy OID;
    `crl_url` is where devices fetch its CRL.
    """

    id: int
    name: str
    layer: Layer
    service: Service | None
    subject: Name
    spki: bytes
    key: str
    certificate: bytes
    request: bytes
    policy: str
    crl_url: str
    state: AuthorityState
    created: datetime


@dataclass(frozen=True)
class MakeRoot:
    """The key ceremony's commit. Texts as typed; passphrases travel beside it.

    `network_up_because` and `witness` override the refusal while an interface has a carrier (M10); both are recorded.
    `clock_checked`: somebody compared the clock with a watch; `began` is when the people came together (ISO, UTC).
    """

    subject: str
    custodians: tuple[str, ...]
    quorum: int
    until: str
    crl_url: str
    key: str = CaKey.P384.value
    token: str = ""
    network_up_because: str = ""
    witness: str = ""
    clock_checked: bool = False
    began: str = ""


@dataclass(frozen=True)
class RequestSub:
    """A sub CA's key and the request for its certificate; the key stays in this workspace.

    `permitted` and `excluded` are its name constraints, "dns:example.net", "ip:192.0.2.0/24", "email:example.net".
    """

    name: str
    service: str
    subject: str
    custodians: tuple[str, ...]
    quorum: int
    crl_url: str
    key: str = CaKey.P384.value
    token: str = ""
    permitted: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True)
class RenewSub:
    """The next generation of the sub CA of that name; an empty `crl_url` is derived from the old one's."""

    name: str
    custodians: tuple[str, ...]
    quorum: int
    crl_url: str = ""
    key: str = CaKey.P384.value
    token: str = ""


@dataclass(frozen=True)
class SubRequest:
    """What a carried request for a sub CA says, parsed: the root's people see and approve these facts."""

    name: str
    service: Service
    subject: Name
    request: bytes
    policy: str
    crl_url: str


@dataclass(frozen=True)
class SignSub:
    """Sign an approved sub CA; the bytes are those that were approved."""

    proposal: str
    custodians: tuple[str, ...]
    network_up_because: str = ""
    witness: str = ""


@dataclass(frozen=True)
class RunOff:
    """CRLs only from now on."""

    name: str
    reason: str
    ticket: str


@dataclass(frozen=True)
class DestroyKey:
    """The end of an authority and of its key. `deleted`: the key on its token was deleted with the token's own means."""

    name: str
    reason: str
    ticket: str
    deleted: bool = False
