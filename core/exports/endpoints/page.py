"""README.txt of an endpoint's folder: what to copy, how a new CRL takes hold at once, and when the links stop."""

from string import Template

from core.exports import safe
from core.exports.endpoints.base import own
from core.exports.plan import text
from core.late import dataclass
from core.model.certificates import Endpoint
from core.model.devices import Platform
from core.model.links import EXPORT_NAMESPACE


@dataclass(frozen=True)
class Steps:
    """Commands with $name (the device) and $link. `fresh` makes new CRLs count; `cut` ends what runs already."""

    install: tuple[str, ...]
    fresh: tuple[str, ...]
    cut: tuple[str, ...]


_BY_HAND = Steps(
    ("Take certificate, chain and both CRLs from keys/ as the device wants them.",),
    ("Put both new CRLs where the device reads them, and let it read them again.",),
    ("End the running sessions of the device whose certificate was revoked.",),
)
_STEPS: dict[Platform, Steps] = {
    Platform.STRONGSWAN: Steps(
        (
            "Copy install/swanctl/ to /etc/swanctl/, install/flush-crls.sh to a place of your own, then",
            "swanctl --load-all",
        ),
        (
            "Put the new CRLs into /etc/swanctl/x509crl/, then",
            "swanctl --flush-certs --type x509_crl && swanctl --load-creds --clear",
        ),
        ("swanctl --rekey --ike $link --reauth   (or: swanctl --terminate --ike $link)",),
    ),
    Platform.LIBRESWAN: Steps(
        (
            "Copy install/ipsec.d/ to /etc/ipsec.d/, then",
            "sh /etc/ipsec.d/anchorhold/import.sh",
            "systemctl restart ipsec",
        ),
        (
            "Put the new CRLs into /etc/ipsec.d/anchorhold/, then",
            "sh /etc/ipsec.d/anchorhold/import-crls.sh && ipsec rereadcerts",
        ),
        ("ipsec auto --down $link",),
    ),
    Platform.OPENVPN: Steps(
        ("Copy install/openvpn/ to /etc/openvpn/, then", "systemctl restart openvpn@$link"),
        (
            "Put both new CRLs, in PEM one behind the other, into /etc/openvpn/$name.crl.pem. OpenVPN reads it anew for",
            "each handshake. On a stale CRL it only warns in its log and lets peers in: keep the timer of step 3.",
        ),
        ("systemctl restart openvpn@$link",),
    ),
    Platform.STUNNEL: Steps(
        ("Copy install/stunnel/ to /etc/stunnel/, then", "systemctl restart stunnel@$link"),
        (
            "Put both new CRLs, in PEM one behind the other, into /etc/stunnel/$name.crl.pem, then",
            "systemctl reload stunnel@$link",
        ),
        ("systemctl restart stunnel@$link",),
    ),
    Platform.NGINX: Steps(
        (
            "Copy install/nginx/ to /etc/nginx/. Your own key stays in /etc/nginx/anchorhold/$name.key (mode 0600).",
            "In a server { } of your own: include /etc/nginx/anchorhold/$name.server.conf; and, where only clients with",
            "a certificate may come in, $name.clients.conf. A link's file belongs into stream { } of nginx.conf:",
            "include /etc/nginx/anchorhold/*.stream.conf;",
            "nginx -t && nginx -s reload",
        ),
        (
            "Put both new CRLs, in PEM one behind the other, into /etc/nginx/anchorhold/$name.crl.pem, then",
            "nginx -s reload",
        ),
        ("systemctl restart nginx   (a reload lets connections that stand run on)",),
    ),
    Platform.CISCO_IOS: Steps(
        (
            "Paste install/cisco-ios/$name.trust.txt in configuration mode, then the file of each link.",
            "IOS fetches CRLs itself from the address in the certificates; let it reach that address.",
        ),
        ("crypto pki crl request $name",),
        ("clear crypto ikev2 sa",),
    ),
}


def readme(end: Endpoint) -> bytes:
    steps = _STEPS.get(end.device.platform, _BY_HAND)
    stops = [f"  {when:%Y-%m-%d %H:%M} UTC  {safe.line('name', what)}" for what, when in end.stops]
    return text(
        *(f"*** {safe.line('marks', mark)} ***" for mark in end.marks),
        f"README: {own(end)}, certified {end.made:%Y-%m-%d} for {safe.line('organisation', end.organisation)}, "
        f"ticket {safe.line('ticket', end.ticket)}",
        "",
        "1. Check that the folder arrived whole",
        "  sha256sum -c MANIFEST.sha256",
        f"  ssh-keygen -Y verify -f evidence/allowed_signers -I SIGNER -n {EXPORT_NAMESPACE} -s MANIFEST.sig < MANIFEST.sha256",
        "",
        "2. Install it. The private key stays where it was made; it is in no folder.",
        *_filled(end, steps.install),
        "",
        "3. Let a timer fetch both CRLs every day. Without them this end stops at the times below.",
        *stops,
        "  To make a new CRL count at once:",
        *_filled(end, steps.fresh),
        "",
        "4. A revocation reaches a running link when it authenticates again. To end it at once:",
        *_filled(end, steps.cut),
    )


def _filled(end: Endpoint, lines: tuple[str, ...]) -> list[str]:
    """Each line once for every link where it names one."""
    names = [safe.name("link", each.link.name) for each in end.peers] or ["LINK"]
    found = []
    for line in lines:
        for link in names if "$link" in line else names[:1]:
            found.append(f"  {Template(line).substitute(name=own(end), link=link)}")
    return found
