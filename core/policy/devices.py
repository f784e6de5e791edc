"""What a device's fields may hold. Everything here ends up in a gateway's configuration."""

import re
from collections.abc import Sequence
from ipaddress import ip_address, ip_interface, ip_network

from core.errors import devices as errors
from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.model.devices import AddDevice, Device, DeviceState, Identity, IdentityKind, Platform
from core.policy import texts

_LABEL = r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*\.?")
# Narrower than RFC 5321: it stands bare in configurations, and is a file's name on OpenIKED.
_MAILBOX = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")


def identity(text: str) -> Identity | None:
    """Parse "gw.example.net", "@gw.example.net", "mail@example.net", an address, or "kind:value"; None if it is none.

    Nothing is guessed beyond these shapes: `%any`, wildcards and distinguished names are not identities of one key.
    """
    kind, mark, value = text.strip().partition(":")
    if mark and kind in set(IdentityKind) and not _address_kind(text.strip()):
        found = _plain(value.strip())
        return found if found and found.kind == kind else None
    return _plain(text.strip())


def _address_kind(text: str) -> IdentityKind | None:
    if "%" in text:  # a zone (RFC 4007) may hold any character, and means nothing on another machine
        return None
    try:
        return IdentityKind.IPV4 if ip_address(text).version == 4 else IdentityKind.IPV6
    except ValueError:
        return None


def _plain(text: str) -> Identity | None:
    kind = _address_kind(text)
    if kind:
        return Identity(kind, str(ip_address(text)))
    mailbox, at, host = text.rpartition("@")
    if not HOST.fullmatch(host) or len(host) > 253 or re.fullmatch(r"[0-9.]+", host):
        return None
    if at and mailbox:
        return Identity(IdentityKind.EMAIL, text) if _MAILBOX.fullmatch(mailbox) else None
    return Identity(IdentityKind.FQDN, host.rstrip("."))


def address(text: str) -> list[Refused]:
    """Findings for the address that peers connect to: an IP address or a host name."""
    if _address_kind(text) or (HOST.fullmatch(text) and len(text) <= 253 and not re.fullmatch(r"[0-9.]+", text)):
        return []
    return [errors.AddressNotFit(text)]


def network(text: str) -> list[Refused]:
    """Findings for one protected network in CIDR form; host bits have to be zero."""
    try:
        ip_network(text)
    except ValueError:
        try:
            meant = str(ip_interface(text).network) if "/" in text else ""
        except ValueError:
            meant = ""
        return [errors.NetworkNotFit(text, meant)]
    _, _, length = text.partition("/")  # Python also reads netmasks, gateways do not
    return [] if length.isdecimal() else [errors.NetworkNotFit(text, str(ip_network(text)))]


def findings(new: AddDevice) -> list[Refused]:
    """Everything that stands against a device as typed."""
    found = texts.name("name", new.name)
    if new.platform not in set(Platform):
        found.append(errors.UnknownPlatform(new.platform, tuple(Platform)))
    if not new.identity.strip():
        found.append(TextNotFit("identity", "empty"))
    elif identity(new.identity) is None:
        found.append(errors.IdentityNotFit(new.identity))
    found += address(new.address) if new.address else [TextNotFit("address", "empty")]
    for each in new.networks:
        found += network(each)
    found += texts.title("contact", new.contact)
    for what in ("site", "phone", "phone_from"):
        found += texts.line(what, getattr(new, what))
    if new.phone and not new.phone_from.strip():
        found.append(errors.PhoneOriginMissing())
    return found + texts.day("end_of_life", new.end_of_life)


def clashes(new: AddDevice, others: Sequence[Device]) -> list[Refused]:
    """Findings against the other devices on file: one name, one identity each."""
    found: list[Refused] = []
    known = identity(new.identity)
    for other in others:
        if other.name.casefold() == new.name.casefold():
            found.append(errors.DeviceNameTaken(other.name))
        same = known and str(other.identity).casefold() == str(known).casefold()  # gateways ignore case in names
        if same and other.state is DeviceState.ACTIVE:
            found.append(errors.IdentityTaken(str(other.identity), other.name))
    return found
