"""OpenVPN 2.6: the layout of /etc/openvpn. Tried with 2.6.14.

Older versions do not know `peer-fingerprint`. A fingerprint needs its colons; several lines, several pins.
"""

from ipaddress import IPv4Network

from core.exports.encoding import certificate_fingerprint, certificate_pem
from core.exports.plan import OPENVPN_PORT, Plan, commented, drawn, of_family, text
from core.model.links import Bundle, ExportedFile
from core.policy import algorithms

FOLDER = "install/openvpn"


def files(bundle: Bundle) -> list[ExportedFile]:
    """LINK.conf and the own certificate; the own private key is expected at /etc/openvpn/DEVICE.key."""
    plan = drawn(bundle)
    lines = [*commented(plan), *transport(plan), *tunnel(plan), *_authentication(plan), *ciphers()]
    return [
        ExportedFile(f"{FOLDER}/{plan.link}.conf", text(*lines)),
        ExportedFile(f"{FOLDER}/{plan.own.name}.crt", certificate_pem(plan.own.keys[0])),
    ]


def transport(plan: Plan) -> list[str]:
    """Ports and addresses outside; the left end waits."""
    port = plan.port(OPENVPN_PORT)
    side = plan.own if plan.left else plan.peer
    ends = [f"lport {port}", "float"] if plan.left else [f"remote {plan.peer.address} {port}", "nobind"]
    return ["dev tun", f"proto {'udp6' if side.ipv6 else 'udp'}", *ends, "keepalive 10 60", "persist-tun"]


def tunnel(plan: Plan) -> list[str]:
    """Addresses and routes inside."""
    own, peer = plan.tunnel_addresses
    lines = [f"ifconfig {own} {peer}"]
    if of_family(plan.own.networks + plan.peer.networks, 6):
        own, peer = plan.tunnel_addresses_ipv6
        lines.append(f"ifconfig-ipv6 {own}/64 {peer}")
    for network in of_family(plan.peer.networks, 4):
        lines.append(f"route {_with_netmask(network)}")
    return lines + [f"route-ipv6 {network}" for network in of_family(plan.peer.networks, 6)]


def _with_netmask(network: str) -> str:
    found = IPv4Network(network)
    return f"{found.network_address} {found.netmask}"


def _authentication(plan: Plan) -> list[str]:
    return [
        "tls-server" if plan.left else "tls-client",
        f"cert /etc/openvpn/{plan.own.name}.crt",
        f"key /etc/openvpn/{plan.own.name}.key",
        *(["dh none"] if plan.left else []),
        "<peer-fingerprint>",
        *(certificate_fingerprint(key) for key in plan.peer.keys),
        "</peer-fingerprint>",
    ]


def ciphers() -> list[str]:
    """TLS 1.3 and the data channel after the PRIME profile."""
    return [
        "tls-version-min 1.3",
        f"tls-ciphersuites {algorithms.TLS_SUITE}",
        f"tls-groups {algorithms.TLS_GROUP}",
        f"data-ciphers {algorithms.OPENVPN_CIPHER}",
        f"reneg-sec {int(algorithms.CHILD_LIFETIME.total_seconds())}",
    ]
