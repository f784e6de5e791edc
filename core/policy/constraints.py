"""Name constraints of a sub CA (RFC 5280 section 4.2.1.10): what may be asked for, and which names lie within them."""

from ipaddress import ip_address, ip_network

from core.errors import authorities as errors
from core.errors.base import Refused
from core.model.authorities import Service
from core.model.certificates import San, SanKind
from core.policy.devices import HOST
from core.policy.rules import gate, rule

_MOST = 40


@rule("RFC5280-4.2.1.10")
def findings(typed: tuple[str, ...], service: str) -> list[Refused]:
    """Findings against subtrees as typed ("dns:example.net", "ip:192.0.2.0/24", "email:example.net").

    Off for IPsec: gateways know each other by identities that constraints do not reach (FQDN in the CN, key IDs).
    """
    if not typed:
        return []
    if service == Service.IPSEC:
        return [errors.ConstraintNotFit(typed[0], "service")]
    if len(typed) > _MOST:
        return [errors.ConstraintNotFit(str(len(typed)), "many")]
    return [errors.ConstraintNotFit(each, "shape") for each in typed if parsed(each) is None]


def parsed(typed: str) -> San | None:
    """One subtree, None where it has not the shape of one."""
    kind, _, value = typed.partition(":")
    if kind == SanKind.IP:
        try:
            return San(SanKind.IP, str(ip_network(value)))
        except ValueError:
            return None
    if kind == SanKind.DNS and HOST.fullmatch(value):
        return San(SanKind.DNS, value.lower())
    mailbox, at, host = value.rpartition("@")
    if kind == SanKind.EMAIL and HOST.fullmatch(host) and bool(mailbox) == bool(at):
        return San(SanKind.EMAIL, f"{mailbox}{at}{host.lower()}")
    return None


@gate("RFC5280-6.1.3")
def outside(sans: tuple[San, ...], permitted: tuple[San, ...], excluded: tuple[San, ...]) -> tuple[San, ...]:
    """The names that lie in an excluded subtree, or in no permitted one although there are some of their kind."""
    found = []
    for san in sans:
        allowed = [each for each in permitted if each.kind is san.kind]
        if any(_within(san, each) for each in excluded if each.kind is san.kind) or (
            allowed and not any(_within(san, each) for each in allowed)
        ):
            found.append(san)
    return tuple(found)


def _within(san: San, subtree: San) -> bool:
    name, below = san.value.lower(), subtree.value.lower()
    if san.kind is SanKind.IP:
        return ip_address(name) in ip_network(below)
    if san.kind is SanKind.DNS:
        return name == below or name.endswith(f".{below.removeprefix('.')}")
    if "@" in below:  # the host of a mailbox is not told apart by case, what stands before it is (RFC 5321 2.4)
        return (
            san.value.rpartition("@")[0] == subtree.value.rpartition("@")[0]
            and name.split("@")[-1] == below.split("@")[-1]
        )
    host = name.rpartition("@")[2]
    return host.endswith(below) if below.startswith(".") else host == below
