"""PEM blocks: public keys (swanctl, showhostkey --pem, openssl) and certificates (stunnel's CAfile, an .ovpn)."""

import re

from core.exports.readback.values import CERTIFICATE_DER, bytes_of, whole
from core.model.links import PrintedKey

_BLOCK = re.compile(r"-----BEGIN (PUBLIC KEY|CERTIFICATE|TRUSTED CERTIFICATE)-----([A-Za-z0-9+/=\s]+)-----END \1-----")
_OWN = re.compile(r"(?s)<cert>(.*?)</cert>")


def keys(text: str) -> list[PrintedKey]:
    """The certificate inside <cert> of an .ovpn is the device's own."""
    own = "".join(_OWN.findall(text))
    found = []
    for label, body in _BLOCK.findall(text):
        der = bytes_of("".join(body.split()))
        if der and label == "PUBLIC KEY":
            found.append(whole("", der, own=False))
        elif der:
            found.append(PrintedKey("", body in own, ((CERTIFICATE_DER, der.hex()),)))
    return found
