"""Devices: what a link joins. Identity is typed, because a pin binds a key to exactly one identity."""

from enum import StrEnum

from core.late import dataclass


class Platform(StrEnum):
    """The program that will hold the pins; it decides the shape of the exported folder."""

    STRONGSWAN = "strongswan"
    LIBRESWAN = "libreswan"
    IKED = "iked"
    OPENVPN = "openvpn"
    STUNNEL = "stunnel"
    WIREGUARD = "wireguard"
    NGINX = "nginx"
    CISCO_IOS = "cisco-ios"
    OTHER = "other"


class IdentityKind(StrEnum):
    """IKE identity types of RFC 7296 section 3.5 that we write out."""

    FQDN = "fqdn"
    EMAIL = "email"  # ID_RFC822_ADDR; iked calls it ufqdn
    IPV4 = "ipv4"
    IPV6 = "ipv6"


@dataclass(frozen=True)
class Identity:
    """`value` is without prefix ("gw1.example.net"); `str()` gives the typed form."""

    kind: IdentityKind
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


class DeviceState(StrEnum):
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True)
class Device:
    """`networks` are CIDR texts; `end_of_life` an ISO date or ""; `phone_from` says where the number came from."""

    id: int
    name: str
    platform: Platform
    identity: Identity
    address: str
    networks: tuple[str, ...]
    site: str
    end_of_life: str
    contact: str
    phone: str
    phone_from: str
    state: DeviceState = DeviceState.ACTIVE


@dataclass(frozen=True)
class AddDevice:
    """Texts as typed; the service parses them and refuses with every finding at once."""

    name: str
    platform: str
    identity: str
    address: str
    networks: tuple[str, ...] = ()
    site: str = ""
    end_of_life: str = ""
    contact: str = ""
    phone: str = ""
    phone_from: str = ""


@dataclass(frozen=True)
class ChangeDevice:
    """Fields that are None stay as they are."""

    name: str
    reason: str
    ticket: str
    platform: str | None = None
    identity: str | None = None
    address: str | None = None
    networks: tuple[str, ...] | None = None
    site: str | None = None
    end_of_life: str | None = None
    contact: str | None = None
    phone: str | None = None
    phone_from: str | None = None


@dataclass(frozen=True)
class RetireDevice:
    """Its links and keys end with it."""

    name: str
    reason: str
    ticket: str
