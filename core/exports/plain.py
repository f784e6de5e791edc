"""Any other platform: the keys as PEM and DER, and a page of the values that its own configuration needs."""

import hashlib
import json

from core.exports.called import IDENTITIES
from core.exports.encoding import base64_text, certificate_fingerprint, certificate_pem, public_pem, wireguard_key
from core.exports.plan import Plan, Side, commented, drawn, pin_name, text
from core.model.keys import Algorithm, PublicKey
from core.model.links import Bundle, ExportedFile, Technology
from core.policy import algorithms

FOLDER = "install"
_IPSEC = (
    "protocol            IKEv2",
    f"IKE proposal        AES-128-GCM-16, PRF HMAC-SHA-256, group 19 ({algorithms.STRONGSWAN_IKE})",
    f"ESP proposal        AES-128-GCM-16, group 19 ({algorithms.STRONGSWAN_ESP})",
    f"IKE SA lifetime     {algorithms.hours(algorithms.IKE_LIFETIME)} hours",
    f"child SA lifetime   {algorithms.hours(algorithms.CHILD_LIFETIME)} hours",
    "authentication      public key on both ends, no certificate authority; RSA signs with RSA-PSS, SHA-256",
)
_TLS = (
    f"protocol            TLS 1.3, {algorithms.TLS_SUITE}, group {algorithms.TLS_GROUP}",
    "authentication      certificate on both ends, compared with the pinned one, no certificate authority",
)
_PROFILES = {
    Technology.IPSEC: _IPSEC,
    Technology.OPENVPN: _TLS,
    Technology.TLS: _TLS,
    Technology.WIREGUARD: (),
}


def files(bundle: Bundle) -> list[ExportedFile]:
    """link.txt, the peer's keys in every form a device may want, and SHA256SUMS over them."""
    plan = drawn(bundle)
    keys = [ExportedFile(f"{plan.own.name}.pem", public_pem(plan.own.keys[0]))]
    for place, key in enumerate(plan.peer.keys):
        keys += _forms(pin_name(plan.peer.name, place), key)
    keys.append(ExportedFile("truststore.json", _truststore(plan)))
    page = ExportedFile("link.txt", text(*commented(plan), "", *_page(plan, bundle.link.technology)))
    sums = "".join(f"{hashlib.sha256(each.content).hexdigest()}  {each.path}\n" for each in [page, *keys])
    listed = [page, *keys, ExportedFile("SHA256SUMS", sums.encode())]
    return [ExportedFile(f"{FOLDER}/{each.path}", each.content) for each in listed]


def _forms(name: str, key: PublicKey) -> list[ExportedFile]:
    found = [ExportedFile(f"{name}.pem", public_pem(key)), ExportedFile(f"{name}.der", key.spki)]
    if key.certificate:
        found.append(ExportedFile(f"{name}.crt", certificate_pem(key)))
        found.append(ExportedFile(f"{name}.crt.sha256.txt", text(certificate_fingerprint(key))))
    if key.algorithm is Algorithm.X25519:
        found.append(ExportedFile(f"{name}.wireguard.txt", text(wireguard_key(key))))
    return found


def _truststore(plan: Plan) -> bytes:
    """The peer's keys as a public key bag of RFC 9641 (section 2.2), for devices that are configured by YANG."""
    kept = [
        {
            "name": pin_name(plan.peer.name, place),
            "public-key-format": "ietf-crypto-types:subject-public-key-info-format",
            "public-key": base64_text(key.spki),
        }
        for place, key in enumerate(plan.peer.keys)
    ]
    bag = {"name": plan.link, "description": " ".join(plan.header), "public-key": kept}
    tree = {"ietf-truststore:truststore": {"public-key-bags": {"public-key-bag": [bag]}}}
    return text(json.dumps(tree, indent=2))


def _page(plan: Plan, technology: Technology) -> list[str]:
    profile = _PROFILES[technology]
    return [
        *_end("this end", plan.own),
        "",
        *_end("other end", plan.peer),
        *([""] if profile else []),
        *profile,
    ]


def _end(title: str, side: Side) -> list[str]:
    return [
        title,
        f"  name              {side.name}",
        f"  identity          {side.identity} ({IDENTITIES[side.identity_kind]})",
        f"  address           {side.address}",
        f"  networks          {', '.join(side.networks) or 'the device itself'}",
    ]
