"""WireGuard: the layout of /etc/wireguard, for wg-quick. Tried with wireguard-tools and wireguard-go.

The private key stays in /etc/wireguard/DEVICE.key and is read when the interface comes up. An address range
belongs to one peer only: while the peer rolls over, both keys are let in, and the newest carries the networks.
"""

from core.exports.encoding import wireguard_key
from core.exports.plan import WIREGUARD_PORT, Plan, Side, commented, drawn, of_family, text
from core.model.links import Bundle, ExportedFile

FOLDER = "install/wireguard"
LONGEST_INTERFACE = 15  # IFNAMSIZ


def interface(link: str, number: int) -> str:
    """The interface's name, which is also the file's: the link's, where the kernel takes one so long."""
    return link if len(link) <= LONGEST_INTERFACE else f"wg-link{number}"


def files(bundle: Bundle) -> list[ExportedFile]:
    """One wg-quick file."""
    plan = drawn(bundle)
    lines = [*commented(plan), *_own(plan), *_peers(plan)]
    return [ExportedFile(f"{FOLDER}/{interface(plan.link, plan.number)}.conf", text(*lines))]


def _own(plan: Plan) -> list[str]:
    own, _ = plan.tunnel_addresses
    own6, _ = plan.tunnel_addresses_ipv6
    return [
        "[Interface]",
        f"Address = {own}/32" + (f", {own6}/128" if _has_ipv6(plan) else ""),
        f"ListenPort = {plan.port(WIREGUARD_PORT)}",
        f"PostUp = wg set %i private-key /etc/wireguard/{plan.own.name}.key",
    ]


def _has_ipv6(plan: Plan) -> bool:
    return bool(of_family(plan.own.networks + plan.peer.networks, 6))


def _peers(plan: Plan) -> list[str]:
    lines: list[str] = []
    for place, key in enumerate(plan.peer.keys):
        lines += [
            "",
            "[Peer]",
            f"# {plan.peer.name}, {plan.peer.identity}",
            f"PublicKey = {wireguard_key(key)}",
        ]
        if place == 0:
            lines.append(f"AllowedIPs = {', '.join(allowed_ips(plan))}")
        else:
            lines.append("# the previous key, until the roll-over ends; rollback.txt hands the networks back to it")
        lines.append(f"Endpoint = {_endpoint(plan.peer)}:{plan.port(WIREGUARD_PORT)}")
    return lines


def allowed_ips(plan: Plan) -> tuple[str, ...]:
    """What the peer may send from and is sent to: its tunnel address and its networks."""
    _, peer = plan.tunnel_addresses
    _, peer6 = plan.tunnel_addresses_ipv6
    return (f"{peer}/32", *([f"{peer6}/128"] if _has_ipv6(plan) else []), *plan.peer.networks)


def _endpoint(side: Side) -> str:
    return f"[{side.address}]" if side.ipv6 else side.address
