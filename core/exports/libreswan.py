"""Libreswan: the layout of /etc/ipsec.d. Tried with 4.10.

`rightpubkey` takes any key type (it stands in the parser, not in the man page). One connection holds one
key of the peer: while the peer rolls over, the older pin lies beside as LINK.previous, which is not loaded.
"""

from core.exports.encoding import base64_text, ckaid
from core.exports.plan import Plan, Side, commented, drawn, selectors, text
from core.model.keys import Algorithm, PublicKey
from core.model.links import Bundle, ExportedFile
from core.policy import algorithms

FOLDER = "install/ipsec.d"


def files(bundle: Bundle) -> list[ExportedFile]:
    """LINK.conf, and LINK.previous for the older pin."""
    plan = drawn(bundle)
    names = [f"{plan.link}.conf", *(f"{plan.link}.previous" for _ in plan.peer.keys[1:2])]
    return [
        ExportedFile(f"{FOLDER}/{name}", text(*commented(plan), *_connections(plan, pin)))
        for name, pin in zip(names, plan.peer.keys, strict=False)
    ]


def _connections(plan: Plan, pin: PublicKey) -> list[str]:
    lines: list[str] = []
    met = selectors(plan)
    for version, own, peer in met:
        name = plan.link if len(met) == 1 else f"{plan.link}-ipv{version}"
        lines += [f"conn {name}", *(f"    {each}" for each in _settings(plan, pin, own, peer))]
    return lines


def _settings(plan: Plan, pin: PublicKey, own: tuple[str, ...], peer: tuple[str, ...]) -> list[str]:
    return [
        "ikev2=insist",
        f"authby={_signature(plan.own.keys[0], pin)}",
        f"left={plan.own.address}",
        f"leftid={identity(plan.own)}",
        f"leftckaid={ckaid(plan.own.keys[0])}",
        *subnets("left", own, several=len(own) > 1 or len(peer) > 1),
        f"right={plan.peer.address}",
        f"rightid={identity(plan.peer)}",
        f"rightpubkey={base64_text(pin.spki)}",
        *subnets("right", peer, several=len(own) > 1 or len(peer) > 1),
        f"ike={algorithms.LIBRESWAN_IKE}",
        f"esp={algorithms.LIBRESWAN_ESP}",
        "pfs=yes",
        f"ikelifetime={algorithms.hours(algorithms.IKE_LIFETIME)}h",
        f"salifetime={algorithms.hours(algorithms.CHILD_LIFETIME)}h",
        "auto=ondemand",
    ]


def _signature(own: PublicKey, pin: PublicKey) -> str:
    """rsa-sha2 is RSASSA-PSS alone; rsasig would let PKCS#1 v1.5 in."""
    methods = {"rsa-sha2" if key.algorithm is Algorithm.RSA else "ecdsa" for key in (own, pin)}
    return ",".join(sorted(methods))


def identity(side: Side) -> str:
    """ "@" marks a name that is not to be resolved (ipsec.conf(5), leftid)."""
    return f"@{side.identity}" if side.identity_kind == "fqdn" else side.identity


def subnets(end: str, networks: tuple[str, ...], *, several: bool) -> list[str]:
    if not networks:
        return []
    return [f"{end}subnets={{{' '.join(networks)}}}" if several else f"{end}subnet={networks[0]}"]
