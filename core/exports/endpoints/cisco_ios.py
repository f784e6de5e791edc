"""Cisco IOS and IOS XE: trustpoints and an IKEv2 profile to paste. Written after Cisco's documentation, not run.

IOS fetches CRLs from the address in each certificate and keeps them until they end; `crl cache delete-after` bounds that.
`fingerprint` makes IOS itself compare what is pasted (SHA-1, the strongest it takes there).
"""

import hashlib
import re

from core.errors.links import Unwritable
from core.exports.encoding import pem
from core.exports.endpoints.base import CERTIFICATE, is_rsa, leaf, own, plans, stem
from core.exports.plan import Plan, commented, text
from core.model.certificates import Certificate, Endpoint
from core.model.links import ExportedFile, Technology
from core.policy import algorithms

FOLDER = "install/cisco-ios"
_IDENTITIES = {"fqdn": "fqdn", "email": "email", "ipv4": "address", "ipv6": "address"}
_CACHE = 60  # minutes that a fetched CRL is kept, whatever it says itself


def files(end: Endpoint) -> list[ExportedFile]:
    """NAME.trust.txt once, and LINK.txt for each link, both for configuration mode."""
    marks = [f"! {mark}" for mark in end.marks]
    return [
        ExportedFile(f"{FOLDER}/{own(end)}.trust.txt", text(*marks, *_trust(end))),
        *(
            ExportedFile(f"{FOLDER}/{plan.link}.txt", text(*commented(plan, "!"), *_link(end, plan)))
            for plan, _ in plans(end, Technology.IPSEC)
        ),
    ]


def _trust(end: Endpoint) -> list[str]:
    sub, root = end.chain
    name, above = own(end), stem(root)
    return [
        "! The trustpoint of the root, then the device's own, which was made with its request.",
        f"crypto pki trustpoint {above}",
        *_judging(root),
        f"crypto pki authenticate {above}",
        *_pasted(pem(CERTIFICATE, root.der)),
        f"crypto pki trustpoint {name}",
        f" chain-validation continue {above}",
        *_judging(sub),
        f"crypto pki authenticate {name}",
        *_pasted(pem(CERTIFICATE, sub.der)),
        f"crypto pki import {name} certificate",
        *_pasted(leaf(end)),
    ]


def _judging(certificate: Certificate) -> list[str]:
    return [
        " enrollment terminal pem",
        f" fingerprint {hashlib.sha1(certificate.der, usedforsecurity=False).hexdigest().upper()}",
        " revocation-check crl",
        f" crl cache delete-after {_CACHE}",
        " exit",
    ]


def _pasted(block: bytes) -> list[str]:
    return [*block.decode("ascii").splitlines(), "quit"]


def _link(end: Endpoint, plan: Plan) -> list[str]:
    """IKEv2 after the PRIME profile; the tunnel interface and its routes are the network's own."""
    signature = "rsa-sig" if is_rsa(end.certificate) else "ecdsa-sig"
    return [
        f"crypto pki certificate map {plan.link} 10",
        f" issuer-name co {_common(end.chain[0])}",
        f" alt-subject-name eq {plan.peer.identity}",
        f"crypto ikev2 proposal {plan.link}",
        " encryption aes-gcm-128",
        " prf sha256",
        " group 19",
        f"crypto ikev2 policy {plan.link}",
        f" proposal {plan.link}",
        f"crypto ikev2 profile {plan.link}",
        f" match certificate {plan.link}",
        f" identity local {_IDENTITIES[plan.own.identity_kind]} {plan.own.identity}",
        f" authentication local {signature}",
        " authentication remote ecdsa-sig",
        " authentication remote rsa-sig",
        f" pki trustpoint {own(end)}",
        f" lifetime {int(algorithms.IKE_LIFETIME.total_seconds())}",
        f"crypto ipsec transform-set {plan.link} esp-gcm 128",
        " mode tunnel",
        f"crypto ipsec profile {plan.link}",
        f" set transform-set {plan.link}",
        " set pfs group19",
        f" set security-association lifetime seconds {int(algorithms.CHILD_LIFETIME.total_seconds())}",
        f" set ikev2-profile {plan.link}",
        f"! On the tunnel interface to {plan.peer.address}: tunnel mode ipsec ipv4, tunnel protection ipsec profile {plan.link}",
    ]


def _common(certificate: Certificate) -> str:
    """The CN of the sub CA; IOS takes a "?" for a call for help, so only plain text stands."""
    common = dict(certificate.subject).get("CN", "")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}", common):
        raise Unwritable("issuer")
    return common
