"""Which platform carries which technology, and which keys a platform can pin."""

from core.errors.links import KeyDoesNotFit
from core.model.devices import Device, Platform
from core.model.keys import Algorithm, Key
from core.model.links import Technology
from core.policy.rules import gate

_CARRIES = {
    Platform.STRONGSWAN: (Technology.IPSEC,),
    Platform.LIBRESWAN: (Technology.IPSEC,),
    Platform.IKED: (Technology.IPSEC,),
    Platform.CISCO_IOS: (Technology.IPSEC,),
    Platform.OPENVPN: (Technology.OPENVPN,),
    Platform.STUNNEL: (Technology.TLS,),
    Platform.NGINX: (Technology.TLS,),
    Platform.WIREGUARD: (Technology.WIREGUARD,),
    Platform.OTHER: tuple(Technology),
}
_NEEDS_CERTIFICATE = (Technology.OPENVPN, Technology.TLS)
_WITHOUT_EDDSA = (Platform.LIBRESWAN, Platform.IKED, Platform.CISCO_IOS)


def fits(platform: Platform, technology: Technology) -> bool:
    """Whether a device of this platform can be an end of a link of this technology."""
    return technology in _CARRIES[platform]


@gate("SL1")
def key_misfits(holder: Platform, technology: Technology, device: Device, key: Key) -> list[KeyDoesNotFit]:
    """Findings for `key` of `device` in a configuration of the platform `holder`."""
    why = _reason(holder, technology, key)
    return [KeyDoesNotFit(device.name, holder, key.public.algorithm, why)] if why else []


def own_key_misfits(technology: Technology, device: Device, key: Key) -> list[KeyDoesNotFit]:
    """Findings for `key` as the key that `device` itself signs with."""
    # OpenIKED verifies RSA-PSS but signs with PKCS#1 v1.5 (sbin/iked/crypto.c, force_rsa_pss = 0).
    if device.platform is Platform.IKED and key.public.algorithm is Algorithm.RSA:
        return [KeyDoesNotFit(device.name, device.platform, key.public.algorithm, "signs-pkcs1")]
    return key_misfits(device.platform, technology, device, key)


def _reason(holder: Platform, technology: Technology, key: Key) -> str:
    algorithm = key.public.algorithm
    if holder is Platform.NGINX:  # ssl_client_certificate trusts what signs, at whatever depth; there is no pin
        return "needs-authority"
    if technology is Technology.WIREGUARD:
        return "" if algorithm is Algorithm.X25519 else "needs-x25519"
    if algorithm is Algorithm.X25519:
        return "cannot-sign"
    if technology in _NEEDS_CERTIFICATE and holder is not Platform.OTHER and not key.public.certificate:
        return "needs-certificate"
    if holder is Platform.CISCO_IOS and algorithm is not Algorithm.RSA:
        return "needs-rsa"
    if holder in _WITHOUT_EDDSA and algorithm is Algorithm.ED25519:
        return "no-ed25519"
    return ""
