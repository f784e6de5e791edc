"""Refusals about devices."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class NoSuchDevice(Refused):
    name: str
    code = "DEV-01"
    field = "device"


@dataclass(eq=False)
class DeviceNameTaken(Refused):
    name: str
    code = "DEV-02"
    field = "name"


@dataclass(eq=False)
class UnknownPlatform(Refused):
    text: str
    known: tuple[str, ...]
    code = "DEV-03"
    field = "platform"


@dataclass(eq=False)
class IdentityNotFit(Refused):
    """`%any`, wildcards and untyped oddities: a pin binds a key to exactly one identity (SL2)."""

    text: str
    code = "DEV-04"
    clause = "SL2"
    field = "identity"


@dataclass(eq=False)
class IdentityTaken(Refused):
    identity: str
    device: str
    code = "DEV-05"
    clause = "SL2"
    field = "identity"


@dataclass(eq=False)
class AddressNotFit(Refused):
    text: str
    code = "DEV-06"
    field = "address"


@dataclass(eq=False)
class NetworkNotFit(Refused):
    """`meant` is the network that has this host address in it, or ""."""

    text: str
    meant: str
    code = "DEV-07"
    field = "networks"


@dataclass(eq=False)
class PhoneOriginMissing(Refused):
    code = "DEV-08"
    clause = "S-g-2"
    field = "phone_from"


@dataclass(eq=False)
class DeviceRetired(Refused):
    name: str
    code = "DEV-09"
    field = "device"


@dataclass(eq=False)
class EndOfLifePassed(Refused):
    name: str
    end: str
    code = "DEV-10"
    field = "end_of_life"


@dataclass(eq=False)
class NothingToChange(Refused):
    name: str
    code = "DEV-11"


@dataclass(eq=False)
class ChangeNeedsLinkEnd(Refused):
    """The new platform does not carry the technology of a link that the device is in."""

    name: str
    link: str
    technology: str
    platform: str
    code = "DEV-12"
    field = "platform"
