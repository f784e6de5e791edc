"""Refusals about links: what cannot be exported, what was printed and cannot be read."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class KeyDoesNotFit(Refused):
    """A platform cannot pin this kind of key.

    `why` is one of "cannot-sign" (X25519 outside WireGuard), "needs-x25519", "needs-certificate",
    "needs-authority", "needs-rsa", "no-ed25519", "signs-pkcs1" (its RSA signatures are not RSA-PSS).
    """

    device: str
    platform: str
    algorithm: str
    why: str
    code = "EXP-01"
    clause = "SL1"
    field = "device"


@dataclass(eq=False)
class Unwritable(Refused):
    """A value holds characters that must not stand in a configuration; `what` names the field."""

    what: str
    code = "EXP-02"
    clause = "SL2"

    def __post_init__(self) -> None:
        self.field = self.what


@dataclass(eq=False)
class NothingToPin(Refused):
    """A device of the link has no approved key."""

    device: str
    code = "EXP-03"
    clause = "SL2"
    field = "device"


@dataclass(eq=False)
class NetworksDoNotMeet(Refused):
    """One end has only IPv4 networks, the other only IPv6."""

    link: str
    code = "EXP-04"
    field = "networks"


@dataclass(eq=False)
class TechnologyDoesNotFit(Refused):
    """The device's platform does not carry the link's technology."""

    device: str
    platform: str
    technology: str
    code = "EXP-05"
    field = "technology"


@dataclass(eq=False)
class NothingPrinted(Refused):
    """A read-back in which no key was recognised."""

    code = "RBK-01"
    clause = "SL3"
    field = "file"


@dataclass(eq=False)
class TooMuchPrinted(Refused):
    """A read-back over the limits; `limit` counts `unit` ("bytes" or "keys")."""

    limit: int
    unit: str
    code = "RBK-02"
    clause = "S-h-2"
    field = "file"


@dataclass(eq=False)
class OnlyShortIds(Refused):
    """Libreswan's `--listpubkeys` prints a keyid of 54 bits at best, which anybody can imitate (interop finding 3)."""

    code = "RBK-03"
    clause = "SL2"
    field = "file"
