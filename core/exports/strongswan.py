"""strongSwan, swanctl: the layout of /etc/swanctl. Tried with 5.9.8.

`id` and `pubkeys` stand together: with `id` alone any certificate of any installed CA gets in (measured).
The private key is not named: charon finds it by the public one, in private/, ecdsa/, rsa/ or pkcs8/.
"""

from core.exports.encoding import public_pem
from core.exports.plan import Plan, Side, commented, drawn, pin_name, selectors, text
from core.model.keys import Algorithm
from core.model.links import Bundle, ExportedFile
from core.policy import algorithms

FOLDER = "install/swanctl"


def files(bundle: Bundle) -> list[ExportedFile]:
    """conf.d/LINK.conf and the public keys it names."""
    plan = drawn(bundle)
    keys = [ExportedFile(f"{FOLDER}/pubkey/{plan.own.name}.pem", public_pem(plan.own.keys[0]))]
    for place, key in enumerate(plan.peer.keys):
        keys.append(ExportedFile(f"{FOLDER}/pubkey/{pin_name(plan.peer.name, place)}.pem", public_pem(key)))
    return [
        ExportedFile(f"{FOLDER}/conf.d/{plan.link}.conf", text(*commented(plan), *_connection(plan))),
        *keys,
    ]


def _connection(plan: Plan) -> list[str]:
    pins = ", ".join(f"{pin_name(plan.peer.name, place)}.pem" for place in range(len(plan.peer.keys)))
    return [
        *opening(plan),
        *_ike_lifetime(),
        "    local {",
        f"      auth = {_signature(plan.own.keys[0].algorithm)}",
        f"      pubkeys = {plan.own.name}.pem",
        f"      id = {plan.own.identity}",
        "    }",
        "    remote {",
        f"      auth = {_peer_signature(plan.peer)}",
        f"      pubkeys = {pins}",
        f"      id = {plan.peer.identity}",
        "    }",
        "    children {",
        *children(plan),
        "    }",
        "  }",
        "}",
    ]


def opening(plan: Plan) -> list[str]:
    """A connection's first lines, whatever vouches for its ends."""
    return [
        "connections {",
        f"  {plan.link} {{",
        "    version = 2",
        f"    local_addrs = {plan.own.address}",
        f"    remote_addrs = {plan.peer.address}",
        f"    proposals = {algorithms.STRONGSWAN_IKE}",
    ]


def _signature(algorithm: Algorithm) -> str:
    return algorithms.STRONGSWAN_RSA if algorithm is Algorithm.RSA else "pubkey"


def _peer_signature(peer: Side) -> str:
    """While the peer rolls from RSA to another type, the pins alone say which signatures count."""
    return algorithms.STRONGSWAN_RSA if peer.all_rsa else "pubkey"


def _ike_lifetime() -> list[str]:
    total = algorithms.hours(algorithms.IKE_LIFETIME)
    return [
        f"    rekey_time = {total - 2}h  # with over_time, the IKE SA ends after {total} h",
        "    over_time = 2h",
    ]


def children(plan: Plan) -> list[str]:
    """The CHILD_SAs, one for each family of addresses."""
    lines: list[str] = []
    met = selectors(plan)
    for version, own, peer in met:
        lines += _child(plan.link if len(met) == 1 else f"{plan.link}-ipv{version}", own, peer)
    return lines


def _child(name: str, own: tuple[str, ...], peer: tuple[str, ...]) -> list[str]:
    total = algorithms.hours(algorithms.CHILD_LIFETIME)
    return [
        f"      {name} {{",
        *([f"        local_ts = {', '.join(own)}"] if own else []),
        *([f"        remote_ts = {', '.join(peer)}"] if peer else []),
        f"        esp_proposals = {algorithms.STRONGSWAN_ESP}",
        f"        rekey_time = {total - 1}h",
        f"        life_time = {total}h",
        "        start_action = trap  # the first packet for the other end brings the link up",
        "      }",
    ]
