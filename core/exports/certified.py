"""The folder of an endpoint that has a certificate: chain, both CRLs, and a configuration that checks both.

Pinning the sub CA and not the root keeps a certificate of another service out (interop finding 9); without the root's
CRL a strict gateway refuses everybody (finding 8); `reauth_time` makes a revocation bite (finding 7).
"""

from collections.abc import Callable

from core.exports import openvpn, safe, stunnel
from core.exports.encoding import pem
from core.exports.plan import Plan, commented, laid, text
from core.exports.strongswan import FOLDER, children
from core.model.certificates import Certificate, Endpoint, Peer
from core.model.devices import Platform
from core.model.links import End, ExportedFile, Technology
from core.policy import algorithms

CERTIFICATE, CRL = "CERTIFICATE", "X509 CRL"
_FLUSH = (
    "#!/bin/sh",
    "# For a daily timer. strongSwan keeps a CRL until its next update is due, up to 8 days after a newer one was",
    "# published; this makes it read the files in /etc/swanctl/x509crl again. Run it as root.",
    "swanctl --flush-certs --type x509_crl && swanctl --load-creds --clear",
)


def files(end: Endpoint) -> list[ExportedFile]:
    """Everything of the folder but its pages and its manifest. Raises a `Refused` where a value does not fit."""
    renderer = _RENDERERS.get(end.device.platform)
    return [
        ExportedFile("keys/certificate.pem", _own(end)),
        ExportedFile("keys/certificate.der", end.certificate.der),
        ExportedFile("keys/chain.pem", _chain(end)),
        *(ExportedFile(f"keys/{safe.name('crl', name)}.crl", der) for name, der in end.crls),
        *(renderer(end) if renderer else []),
    ]


def _own(end: Endpoint) -> bytes:
    return pem(CERTIFICATE, end.certificate.der)


def _chain(end: Endpoint) -> bytes:
    return b"".join(pem(CERTIFICATE, each.der) for each in end.chain)


def _crls(end: Endpoint) -> bytes:
    return b"".join(pem(CRL, der) for _, der in end.crls)


def _plans(end: Endpoint, technology: Technology) -> list[tuple[Plan, Peer]]:
    """A plan for each link of that technology."""
    own = End(end.device, ())
    return [
        (laid(each.link, own, End(each.device, ()), end.made, end.marks), each)
        for each in end.peers
        if each.link.technology is technology
    ]


def _strongswan(end: Endpoint) -> list[ExportedFile]:
    own = safe.name("name", end.device.name)
    return [
        ExportedFile(f"{FOLDER}/x509/{own}.pem", _own(end)),
        *(ExportedFile(f"{FOLDER}/x509ca/{_stem(ca)}.pem", pem(CERTIFICATE, ca.der)) for ca in end.chain),
        *(ExportedFile(f"{FOLDER}/x509crl/{safe.name('crl', name)}.crl", der) for name, der in end.crls),
        *(
            ExportedFile(f"{FOLDER}/conf.d/{plan.link}.conf", text(*commented(plan), *_connection(end, plan)))
            for plan, _ in _plans(end, Technology.IPSEC)
        ),
        ExportedFile("install/flush-crls.sh", text(*_FLUSH)),
    ]


def _stem(certificate: Certificate) -> str:
    """A file name from the CN: ASCII letters and digits, dashes between."""
    common = dict(certificate.subject).get("CN", "ca")
    plain = "".join(character if character.isascii() and character.isalnum() else "-" for character in common)
    return safe.name("name", "-".join(filter(None, plain.split("-")))[:60] or "ca")


def _connection(end: Endpoint, plan: Plan) -> list[str]:
    return [
        "connections {",
        f"  {plan.link} {{",
        "    version = 2",
        f"    local_addrs = {plan.own.address}",
        f"    remote_addrs = {plan.peer.address}",
        f"    proposals = {algorithms.STRONGSWAN_IKE}",
        f"    reauth_time = {algorithms.hours(algorithms.IKE_LIFETIME)}h  # rekeying does not look at the status again",
        "    local {",
        "      auth = pubkey",
        f"      certs = {plan.own.name}.pem",
        f"      id = {plan.own.identity}",
        "    }",
        "    remote {",
        "      auth = pubkey",
        f"      id = {plan.peer.identity}",
        f"      cacerts = {_stem(end.chain[0])}.pem",
        "      revocation = strict",
        "    }",
        "    children {",
        *children(plan),
        "    }",
        "  }",
        "}",
    ]


def _openvpn(end: Endpoint) -> list[ExportedFile]:
    own = safe.name("name", end.device.name)
    return [
        ExportedFile(f"{openvpn.FOLDER}/{own}.crt", _own(end) + pem(CERTIFICATE, end.chain[0].der)),
        ExportedFile(f"{openvpn.FOLDER}/{own}.ca.pem", _chain(end)),
        ExportedFile(f"{openvpn.FOLDER}/{own}.crl.pem", _crls(end)),
        *(
            ExportedFile(f"{openvpn.FOLDER}/{plan.link}.conf", text(*commented(plan), *_tunnel(plan, peer)))
            for plan, peer in _plans(end, Technology.OPENVPN)
        ),
    ]


def _tunnel(plan: Plan, peer: Peer) -> list[str]:
    """A chain in the place of fingerprints. On a stale CRL OpenVPN only warns and lets peers in (measured)."""
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


def _stunnel(end: Endpoint) -> list[ExportedFile]:
    own = safe.name("name", end.device.name)
    return [
        ExportedFile(f"{stunnel.FOLDER}/{own}.crt", _own(end) + pem(CERTIFICATE, end.chain[0].der)),
        ExportedFile(f"{stunnel.FOLDER}/{own}.ca.pem", _chain(end)),
        ExportedFile(f"{stunnel.FOLDER}/{own}.crl.pem", _crls(end)),
        *(
            ExportedFile(f"{stunnel.FOLDER}/{plan.link}.conf", text(*commented(plan, ";"), *_service(plan)))
            for plan, _ in _plans(end, Technology.TLS)
        ),
    ]


def _service(plan: Plan) -> list[str]:
    folder = "/etc/stunnel"
    return [
        f"pid = /run/stunnel-{plan.link}.pid",
        f"[{plan.link}]",
        *stunnel.ports(plan),
        f"cert = {folder}/{plan.own.name}.crt",
        f"key = {folder}/{plan.own.name}.key",
        "verifyChain = yes",
        f"CAfile = {folder}/{plan.own.name}.ca.pem",
        f"CRLfile = {folder}/{plan.own.name}.crl.pem",
        f"checkHost = {plan.peer.identity}",
        "sslVersionMin = TLSv1.3",
        f"ciphersuites = {algorithms.TLS_SUITE}",
        f"curves = {algorithms.TLS_GROUP}",
    ]


_RENDERERS: dict[Platform, Callable[[Endpoint], list[ExportedFile]]] = {
    Platform.STRONGSWAN: _strongswan,
    Platform.OPENVPN: _openvpn,
    Platform.STUNNEL: _stunnel,
}
