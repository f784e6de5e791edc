"""What a person types on each platform, in order; `$` names stand for the link's own values."""

from dataclasses import replace
from string import Template

from core.late import dataclass
from core.model.devices import Platform
from core.model.keys import Form


@dataclass(frozen=True)
class Instructions:
    """Lines for the pages of a folder and for the desk.

    `own` shows the device's own key, for reading it out, `public` prints it whole, for sending; `$own` is all they
    need. `log` says where the lines of `up` and `refused` are written. `prints` are (form, what the device
    calls it) to be looked for afterwards.
    """

    own: tuple[str, ...]
    public: tuple[str, ...]
    copy: tuple[str, ...]
    load: tuple[str, ...]
    read_back: tuple[str, ...]
    prints: tuple[tuple[Form, str], ...]
    start: tuple[str, ...]
    log: tuple[str, ...]
    up: tuple[str, ...]
    refused: tuple[str, ...]
    end: tuple[str, ...]
    go_back: tuple[str, ...]


def filled(lines: tuple[str, ...], values: dict[str, str]) -> list[str]:
    """The lines with their `$` names replaced; a name without a value is a defect of ours and raises KeyError."""
    return [Template(each).substitute(values) for each in lines]


def own_key(platform: Platform, device: str) -> tuple[str, ...]:
    """What somebody types on a device so that it prints its own key's fingerprint (interop 1)."""
    return tuple(filled(FOR[platform].own, {"own": device}))


def public_key(platform: Platform, device: str) -> tuple[str, ...]:
    """What somebody types on a device so that it prints its own public key whole, for sending it (interop 1)."""
    return tuple(filled(FOR[platform].public, {"own": device}))


_STRONGSWAN = Instructions(
    own=("openssl pkey -in /etc/swanctl/private/$own.pem -pubout -outform DER | sha256sum",),
    public=("openssl pkey -in /etc/swanctl/private/$own.pem -pubout",),
    copy=(
        "Copy install/swanctl/ over /etc/swanctl/ (files go to conf.d/ and pubkey/).",
        "Your own key stays where it is: /etc/swanctl/private/$own.pem, or in ecdsa/ or rsa/ beside it.",
        "strongSwan finds it by the public key in pubkey/$own.pem. It must not leave this device.",
    ),
    load=("swanctl --load-all",),
    read_back=(
        "swanctl --list-certs --type pubkey",
        "swanctl --list-certs --type pubkey --raw",
        "openssl pkey -pubin -in /etc/swanctl/pubkey/$peer.pem -outform DER | sha256sum",
    ),
    prints=(
        (Form.SPKI_SHA1, "keyid"),
        (Form.KEY_SHA1, "subjkey"),
        (Form.SPKI_SHA256, "openssl and sha256sum"),
    ),
    start=("swanctl --initiate --child $child", "swanctl --list-sas"),
    log=(
        "journalctl -f -t charon-systemd -t charon   (where syslog writes files: /var/log/syslog or /var/log/messages)",
    ),
    up=("authentication of '$peer_identity' with ... successful", "CHILD_SA $child{1} established"),
    refused=(
        "signature validation failed, looking for another key   (the other end signs with another key)",
        "no trusted ... public key found for '$peer_identity'   (the other end has another identity)",
        "received AUTHENTICATION_FAILED notify error            (the other end does not accept this one)",
    ),
    end=(
        "swanctl --terminate --ike $link",
        "swanctl --list-sas --ike $link   (must print nothing; if it does: swanctl --terminate --ike $link --force)",
    ),
    go_back=(
        "In conf.d/$link.conf leave only the pin you want in the line pubkeys of the block remote.",
        "Then: swanctl --load-all, and swanctl --terminate --ike $link",
    ),
)
_LIBRESWAN = Instructions(
    own=(
        "ipsec showhostkey --list",
        "ipsec showhostkey --pem --ckaid CKAID | openssl pkey -pubin -outform DER | sha256sum",
    ),
    public=(
        "ipsec showhostkey --list",
        "ipsec showhostkey --pem --ckaid CKAID",
    ),
    copy=(
        "Copy install/ipsec.d/$link.conf to /etc/ipsec.d/.",
        "Your own key stays in the NSS database of this device; leftckaid in the file names it.",
    ),
    load=("ipsec auto --add $child",),
    read_back=(
        "ipsec showhostkey --list",
        "grep -e rightid -e rightpubkey /etc/ipsec.d/$link.conf",
    ),
    prints=(
        (Form.KEY_SHA1, "ckaid of an ECDSA key"),
        (Form.RSA_CKAID, "ckaid of an RSA key"),
        (Form.WHOLE_KEY, "rightpubkey"),
    ),
    start=("ipsec auto --up $child", "ipsec trafficstatus"),
    log=(
        "journalctl -f -t pluto   (or /var/log/secure, /var/log/auth.log, or the file of logfile= in /etc/ipsec.conf)",
    ),
    up=("authenticated using ...", "IPsec SA established tunnel mode"),
    refused=(
        "authentication failed: no certificate matched ... (the other end signs with another key)",
        "AUTHENTICATION_FAILED (one end does not accept the other)",
    ),
    end=("ipsec auto --down $child", "ipsec trafficstatus   (must not name $child any more)"),
    go_back=(
        "Libreswan holds one key of the other end. While that end rolls over, the previous one lies in",
        "install/ipsec.d/$link.previous. Put it in the place of $link.conf, then: ipsec auto --replace $child",
    ),
)
_IKED = Instructions(
    own=("openssl pkey -in /etc/iked/private/local.key -pubout -outform DER | sha256",),
    public=("cat /etc/iked/local.pub",),
    copy=(
        "Copy install/iked/ over /etc/iked/. The file name under pubkeys/ is the identity: do not rename it.",
        'In /etc/iked.conf write the line: include "/etc/iked/$link.conf"',
        "chmod 600 /etc/iked/$link.conf (iked refuses to read it otherwise).",
        "Your own key stays in /etc/iked/private/local.key, its public half in /etc/iked/local.pub.",
    ),
    load=("iked -n", "ikectl reload"),
    read_back=("openssl pkey -pubin -in /etc/iked/pubkeys/$peer_folder/$peer_identity -outform DER | sha256sum",),
    prints=((Form.SPKI_SHA256, "openssl and sha256sum"),),
    start=("ikectl couple", "ikectl show sa"),
    log=("tail -f /var/log/daemon   (more of it: ikectl log verbose)",),
    up=("ikev2_pld_payloads ... AUTH, then established peer $peer_address",),
    refused=("ikev2_ike_auth_recv: ... authentication failed (the other end signs with another key)",),
    end=("ikectl reset sa   (ends every association of this device)", "ikectl show sa   (must not show $peer_address)"),
    go_back=(
        "iked holds one key of an identity. While the other end rolls over, the previous one lies in",
        "install/iked/previous/. Put it in the place of the file under pubkeys/, then: ikectl reset ca",
    ),
)
_OPENVPN = Instructions(
    own=("openssl x509 -fingerprint -sha256 -noout -in /etc/openvpn/$own.crt",),
    public=("openssl x509 -in /etc/openvpn/$own.crt",),
    copy=(
        "Copy install/openvpn/ to /etc/openvpn/. OpenVPN 2.6 or newer is needed.",
        "Your own key stays in /etc/openvpn/$own.key (mode 0600). It must not leave this device.",
    ),
    load=("systemctl restart openvpn@$link",),
    read_back=("cat /etc/openvpn/$link.conf",),
    prints=((Form.CERT_SHA256, "peer-fingerprint"),),
    start=("ping -c 3 $tunnel_peer",),
    log=("journalctl -f -u openvpn@$link",),
    up=("VERIFY OK", "Initialization Sequence Completed"),
    refused=(
        "TLS Error: --tls-verify/--peer-fingerprint certificate hash verification failed",
        "That line shows the fingerprint of whoever called. Never copy a fingerprint out of a log.",
    ),
    end=("systemctl stop openvpn@$link   (a running session does not end by itself when a pin is taken out)",),
    go_back=("In $link.conf leave only the line you want between the peer-fingerprint marks, then restart.",),
)
_STUNNEL = Instructions(
    own=("openssl x509 -fingerprint -sha256 -noout -in /etc/stunnel/$own.crt",),
    public=("openssl x509 -in /etc/stunnel/$own.crt",),
    copy=(
        "Copy install/stunnel/ to /etc/stunnel/.",
        "Your own key stays in /etc/stunnel/$own.key (mode 0600). It must not leave this device.",
        "Change the line that names 127.0.0.1 to the program that this link is for.",
    ),
    load=("systemctl restart stunnel@$link",),
    read_back=(
        "cat /etc/stunnel/$link.peers.pem",
        "openssl x509 -fingerprint -sha256 -noout -in /etc/stunnel/$link.peers.pem",
    ),
    prints=((Form.CERT_SHA256, "sha256 Fingerprint"),),
    start=("Connect to the local port of the right end and send a line.",),
    log=("journalctl -f -t stunnel   (or the file of output= in /etc/stunnel/$link.conf)",),
    up=("Certificate accepted at depth=0", "TLSv1.3 ciphersuite: TLS_AES_128_GCM_SHA256"),
    refused=(
        "CERT: Pre-verification error: self-signed certificate   (the other end shows another certificate)",
        "CERT: Certificate not found in local repository         (the same, of the pinned one's issuer)",
    ),
    end=("systemctl stop stunnel@$link",),
    go_back=("In $link.peers.pem leave only the certificate you want, then restart.",),
)
_WIREGUARD = Instructions(
    own=("wg pubkey < /etc/wireguard/$own.key",),
    public=("wg pubkey < /etc/wireguard/$own.key",),
    copy=(
        "Copy install/wireguard/$interface.conf to /etc/wireguard/.",
        "Your own key stays in /etc/wireguard/$own.key (mode 0600). It must not leave this device.",
    ),
    load=("wg-quick up $interface",),
    read_back=("wg show $interface",),
    prints=((Form.WIREGUARD, "peer"),),
    start=("ping -c 3 $tunnel_peer", "wg show $interface latest-handshakes"),
    log=(
        "echo module wireguard +p > /sys/kernel/debug/dynamic_debug/control",
        "dmesg -w | grep wireguard   (without the first line WireGuard writes no log)",
    ),
    up=("latest handshake: ... seconds ago",),
    refused=("No handshake: WireGuard does not answer keys it does not know, and says nothing.",),
    end=("wg-quick down $interface   (or, for one key alone: wg set $interface peer KEY remove)",),
    go_back=(
        "A range of addresses belongs to one peer. To hand the networks to the previous key while it is pinned:",
        "wg set $interface peer KEY allowed-ips $allowed_ips",
    ),
)
_CISCO = Instructions(
    own=("show crypto key mypubkey rsa",),
    public=("show crypto key mypubkey rsa",),
    copy=("Paste install/cisco-ios/$link.txt in configuration mode. It is for IKEv1 and counts as legacy.",),
    load=("write memory",),
    read_back=(
        "show crypto key pubkey-chain rsa name $peer_identity",
        "show crypto key pubkey-chain rsa address $peer_address",
    ),
    prints=((Form.WHOLE_KEY, "Data"),),
    start=("Send traffic from a protected network to the other one.", "show crypto isakmp sa"),
    log=(
        "terminal monitor",
        "debug crypto isakmp   (end it with: undebug all; show logging has what is past)",
    ),
    up=("QM_IDLE",),
    refused=("%CRYPTO-6-IKMP_MODE_FAILURE, or signature verification failed",),
    end=("clear crypto isakmp", "clear crypto sa peer $peer_address"),
    go_back=("Paste install/cisco-ios/$link.previous.txt where the other end still uses its previous key.",),
)
_OTHER = Instructions(
    own=("openssl pkey -in $own.key -pubout -outform DER | sha256sum",),
    public=("openssl pkey -in $own.key -pubout",),
    copy=(
        "install/link.txt has the values, install/ the keys in every form. Check them with: sha256sum -c SHA256SUMS",
        "Where a device takes its configuration by NETCONF or RESTCONF: install/truststore.json (RFC 9641).",
        "Enter them in the device as its manual says. Never pin an identity without its key.",
    ),
    load=("As the manual of the device says.",),
    read_back=("openssl pkey -pubin -in $peer.pem -outform DER | sha256sum",),
    prints=((Form.SPKI_SHA256, "openssl and sha256sum"), (Form.CERT_SHA256, "certificate"), (Form.WIREGUARD, "peer")),
    start=("Send traffic from a protected network to the other one.",),
    log=("Where the manual of the device says.",),
    up=("The device shows the link as up, with the identity $peer_identity.",),
    refused=("The device refuses the other end when its key is not the pinned one.",),
    end=("As the manual of the device says: look for clearing the security associations, not only for reloading.",),
    go_back=("Enter the previous key again, where the other end still uses it.",),
)
_NGINX = replace(  # it pins no single key, so it has no folder of a link; its own key is read out all the same
    _OTHER,
    own=("openssl pkey -in /etc/nginx/anchorhold/$own.key -pubout -outform DER | sha256sum",),
    public=("openssl pkey -in /etc/nginx/anchorhold/$own.key -pubout",),
)

FOR = {
    Platform.STRONGSWAN: _STRONGSWAN,
    Platform.LIBRESWAN: _LIBRESWAN,
    Platform.IKED: _IKED,
    Platform.OPENVPN: _OPENVPN,
    Platform.STUNNEL: _STUNNEL,
    Platform.WIREGUARD: _WIREGUARD,
    Platform.CISCO_IOS: _CISCO,
    Platform.NGINX: _NGINX,
    Platform.OTHER: _OTHER,
}
