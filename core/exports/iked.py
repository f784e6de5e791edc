"""OpenBSD iked and OpenIKED: the layout of /etc/iked. Tried with 7.2.

The file name under pubkeys/ is the identity, and one file holds one key: while the peer rolls over, the
older pin lies under previous/, which iked does not read.
"""

from core.exports import safe
from core.exports.encoding import public_pem
from core.exports.plan import Plan, Side, commented, drawn, selectors, text
from core.model.links import Bundle, ExportedFile
from core.policy import algorithms

FOLDER = "install/iked"
_KINDS = {"email": "ufqdn"}


def files(bundle: Bundle) -> list[ExportedFile]:
    """LINK.conf (to be included from iked.conf) and the peer's key under its identity."""
    plan = drawn(bundle)
    named = safe.part("identity", plan.peer.identity)
    kind, folders = _KINDS.get(plan.peer.identity_kind, plan.peer.identity_kind), ("pubkeys", "previous")
    keys = [
        ExportedFile(f"{FOLDER}/{folder}/{kind}/{named}", public_pem(key))
        for folder, key in zip(folders, plan.peer.keys, strict=False)
    ]
    return [ExportedFile(f"{FOLDER}/{plan.link}.conf", text(*commented(plan), *_policies(plan))), *keys]


def _policies(plan: Plan) -> list[str]:
    lines: list[str] = []
    met = selectors(plan)
    for version, own, peer in met:
        name = plan.link if len(met) == 1 else f"{plan.link}-ipv{version}"
        lines += _policy(plan, name, own or _itself(plan.own), peer or _itself(plan.peer))
    return lines


def _itself(side: Side) -> tuple[str, ...]:
    return (side.address,)


def _policy(plan: Plan, name: str, own: tuple[str, ...], peer: tuple[str, ...]) -> list[str]:
    flows = [f"\tfrom {here} to {there} \\" for here in own for there in peer]
    return [
        f'ikev2 "{name}" active esp \\',
        *flows,
        f"\tlocal {plan.own.address} peer {plan.peer.address} \\",
        f"\tikesa {algorithms.IKED_IKE} \\",
        f"\tchildsa {algorithms.IKED_ESP} \\",
        f"\tsrcid {plan.own.identity} dstid {plan.peer.identity} \\",
        f"\tikelifetime {algorithms.hours(algorithms.IKE_LIFETIME)}h \\",
        f"\tlifetime {algorithms.hours(algorithms.CHILD_LIFETIME)}h \\",
        "\trfc7427",
    ]
