"""What every platform's file is made from: the bundle's facts, judged and made safe once."""

import hashlib
from datetime import datetime
from functools import lru_cache
from ipaddress import ip_address

from core.errors import links as errors
from core.errors.base import Refused, refuse
from core.exports import safe
from core.late import dataclass
from core.model.keys import Algorithm, PublicKey
from core.model.links import Bundle, End, Link
from core.policy import platforms

OPENVPN_PORT = 1194
WIREGUARD_PORT = 51820
TLS_PORT = 4433
INSIDE_PORT = 14433  # where the two ends of a TLS link meet the programs they carry


@dataclass(frozen=True)
class Side:
    """One device of the link with every text fit for a configuration; `keys` newest first."""

    name: str
    identity: str
    identity_kind: str
    address: str
    networks: tuple[str, ...]
    keys: tuple[PublicKey, ...]

    @property
    def literal(self) -> bool:
        """Whether the address is an IP address, not a host name."""
        try:
            ip_address(self.address)
        except ValueError:
            return False
        return True

    @property
    def ipv6(self) -> bool:
        return self.literal and ip_address(self.address).version == 6

    @property
    def all_rsa(self) -> bool:
        return all(key.algorithm is Algorithm.RSA for key in self.keys)


@dataclass(frozen=True)
class Plan:
    """`left`: the folder is for the link's left end, which waits where a technology has a waiting side."""

    link: str
    number: int
    left: bool
    own: Side
    peer: Side
    header: tuple[str, ...]

    def port(self, base: int) -> int:
        """A port for this link alone, the same on both ends, so that one gateway can hold several links."""
        return base + (self.number - 1) % 1000

    @property
    def tunnel_addresses(self) -> tuple[str, str]:
        """(own, peer) inside the tunnel: link-local (RFC 3927), so that no address plan is needed."""
        block = (self.number - 1) % (254 * 64)
        first = f"169.254.{1 + block // 64}.{block % 64 * 4 + 1}"
        second = f"169.254.{1 + block // 64}.{block % 64 * 4 + 2}"
        return (first, second) if self.left else (second, first)

    @property
    def tunnel_addresses_ipv6(self) -> tuple[str, str]:
        """(own, peer) under a unique local prefix (RFC 4193) taken from the link's name."""
        hashed = hashlib.sha256(f"anchorhold link {self.link} {self.number}".encode()).hexdigest()
        prefix = f"fd{hashed[:2]}:{hashed[2:6]}:{hashed[6:10]}:{hashed[10:14]}::"
        return (f"{prefix}1", f"{prefix}2") if self.left else (f"{prefix}2", f"{prefix}1")


@lru_cache(maxsize=2)  # every page of a folder asks for it
def drawn(bundle: Bundle) -> Plan:
    """The plan of one folder; everything that stands against it is refused at once."""
    findings = _findings(bundle)
    refuse(findings)
    return laid(bundle.link, bundle.own, bundle.peer, bundle.made, bundle.marks)


def laid(joined: Link, own_end: End, peer_end: End, made: datetime, marks: tuple[str, ...]) -> Plan:
    """The plan of one end of a link, every text made safe; its keys may be none where certificates vouch."""
    own, peer = _side(own_end), _side(peer_end)
    link = safe.name("link", joined.name)
    header = (
        f"Link {link}: {own.name} to {peer.name}. Made by Anchorhold, {made:%Y-%m-%d}.",
        *(safe.line("marks", mark) for mark in marks),
    )
    return Plan(link, joined.id, own_end.device.id == joined.left_id, own, peer, header)


def _findings(bundle: Bundle) -> list[Refused]:
    technology, holder = bundle.link.technology, bundle.own.device
    if not platforms.fits(holder.platform, technology):
        return [errors.TechnologyDoesNotFit(holder.name, holder.platform, technology)]
    found: list[Refused] = [errors.NothingToPin(end.device.name) for end in (bundle.own, bundle.peer) if not end.keys]
    for key in bundle.own.keys[:1]:
        found += platforms.own_key_misfits(technology, holder, key)
    for key in bundle.peer.keys:
        found += platforms.key_misfits(holder.platform, technology, bundle.peer.device, key)
    return found


def _side(end: End) -> Side:
    device = end.device
    return Side(
        safe.name("name", device.name),
        safe.value("identity", device.identity.value),
        device.identity.kind,
        safe.value("address", device.address),
        tuple(safe.value("networks", each) for each in device.networks),
        tuple(key.public for key in end.keys),
    )


def pin_name(device: str, place: int) -> str:
    """The file name, without suffix, of the pin at `place` (0 is the newest; others only in a roll-over)."""
    return device if place == 0 else f"{device}.previous" if place == 1 else f"{device}.previous-{place}"


def of_family(networks: tuple[str, ...], version: int) -> tuple[str, ...]:
    return tuple(each for each in networks if (":" in each) == (version == 6))  # parsed when they were entered


def selectors(plan: Plan) -> list[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    """(IP version, own networks, peer networks): a selector never mixes the families (RFC 7296 3.13.1).

    Networks are empty where the end itself is what the link protects.
    """
    own, peer = plan.own.networks, plan.peer.networks
    pairs = [(version, of_family(own, version), of_family(peer, version)) for version in (4, 6)]
    met = [pair for pair in pairs if (pair[1] or not own) and (pair[2] or not peer) and (pair[1] or pair[2])]
    if not met and (own or peer):
        raise errors.NetworksDoNotMeet(plan.link)
    return met or [(6 if plan.own.ipv6 else 4, (), ())]


def text(*lines: str) -> bytes:
    return "".join(f"{each}\n" for each in lines).encode("utf-8")


def commented(plan: Plan, mark: str = "#") -> list[str]:
    return [f"{mark} {each}" for each in plan.header]
