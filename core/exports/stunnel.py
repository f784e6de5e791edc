"""stunnel: the layout of /etc/stunnel. Tried with 5.68.

`verifyPeer` compares the whole certificate with those in CAfile; `verifyChain` alone would not pin. stunnel
refuses a pinned certificate once it has expired.
"""

from core.exports.encoding import certificate_pem
from core.exports.plan import INSIDE_PORT, TLS_PORT, Plan, Side, commented, drawn, text
from core.model.links import Bundle, ExportedFile
from core.policy import algorithms

FOLDER = "install/stunnel"


def files(bundle: Bundle) -> list[ExportedFile]:
    """LINK.conf, the certificates of both ends; the private key is expected at /etc/stunnel/DEVICE.key."""
    plan = drawn(bundle)
    pins = b"".join(certificate_pem(key) for key in plan.peer.keys)
    return [
        ExportedFile(f"{FOLDER}/{plan.link}.conf", text(*commented(plan, ";"), *_service(plan))),
        ExportedFile(f"{FOLDER}/{plan.own.name}.crt", certificate_pem(plan.own.keys[0])),
        ExportedFile(f"{FOLDER}/{plan.link}.peers.pem", pins),
    ]


def _service(plan: Plan) -> list[str]:
    return [
        f"pid = /run/stunnel-{plan.link}.pid",
        f"[{plan.link}]",
        *ports(plan),
        f"cert = /etc/stunnel/{plan.own.name}.crt",
        f"key = /etc/stunnel/{plan.own.name}.key",
        "verifyPeer = yes",
        f"CAfile = /etc/stunnel/{plan.link}.peers.pem",
        "sslVersionMin = TLSv1.3",
        f"ciphersuites = {algorithms.TLS_SUITE}",
        f"curves = {algorithms.TLS_GROUP}",
    ]


def ports(plan: Plan) -> list[str]:
    """Where each end listens and connects."""
    outside, inside = plan.port(TLS_PORT), f"127.0.0.1:{plan.port(INSIDE_PORT)}"
    if plan.left:
        return [
            f"accept = {_listening(plan.own, outside)}",
            "; the program that this link is for (stunnel takes no comment behind a value):",
            f"connect = {inside}",
        ]
    return [
        "client = yes",
        "; where the local program connects to:",
        f"accept = {inside}",
        f"connect = {plan.peer.address}:{outside}",
    ]


def _listening(side: Side, port: int) -> str:
    """stunnel takes the text after the last colon as the port, so IPv6 addresses need no brackets."""
    return f"{side.address}:{port}" if side.literal else str(port)
