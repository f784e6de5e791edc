"""OpenVPN: /etc/openvpn with certificates. Tried with 2.6.14.

A chain in the place of fingerprints. On a stale CRL OpenVPN only warns in its log and lets peers in (measured).
"""

from core.exports import openvpn, safe
from core.exports.endpoints.base import chain, crls, own, plans, shown
from core.exports.plan import Plan, commented, text
from core.model.certificates import Endpoint, Peer
from core.model.links import ExportedFile, Technology


def files(end: Endpoint) -> list[ExportedFile]:
    name = own(end)
    return [
        ExportedFile(f"{openvpn.FOLDER}/{name}.crt", shown(end)),
        ExportedFile(f"{openvpn.FOLDER}/{name}.ca.pem", chain(end)),
        ExportedFile(f"{openvpn.FOLDER}/{name}.crl.pem", crls(end)),
        *(
            ExportedFile(f"{openvpn.FOLDER}/{plan.link}.conf", text(*commented(plan), *_tunnel(plan, peer)))
            for plan, peer in plans(end, Technology.OPENVPN)
        ),
    ]


def _tunnel(plan: Plan, peer: Peer) -> list[str]:
    folder, expected = "/etc/openvpn", "Client" if plan.left else "Server"
    return [
        *openvpn.transport(plan),
        *openvpn.tunnel(plan),
        "tls-server" if plan.left else "tls-client",
        f"ca {folder}/{plan.own.name}.ca.pem",
        f"cert {folder}/{plan.own.name}.crt",
        f"key {folder}/{plan.own.name}.key",
        f"crl-verify {folder}/{plan.own.name}.crl.pem",
        f"verify-x509-name {safe.value('identity', peer.common_name)} name",
        f'remote-cert-eku "TLS Web {expected} Authentication"',
        *(["dh none"] if plan.left else []),
        *openvpn.ciphers(),
    ]
