"""What must not be pasted: private keys and shared keys are refused before anything else is read."""

import re

from core.errors.keys import PrivateKeyInFile, SharedSecretInFile

_KEY = r"[A-Za-z0-9+/]{43}="
_PRIVATE = (
    ("PEM", re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----")),
    ("WireGuard", re.compile(rf"(?im)^\s*private ?key\s*[:=]\s*{_KEY}")),
    # `wg show all dump` and `wg show NAME dump`: private key, public key, port, mark.
    ("WireGuard", re.compile(rf"(?m)^(?:\S+\t)?{_KEY}\t{_KEY}\t[0-9]+\t\S+$")),
)
_SHARED = (
    ("OpenVPN static key", re.compile(r"-----BEGIN OpenVPN Static key")),
    ("WireGuard preshared key", re.compile(r"(?im)^\s*preshared ?key\s*[:=]")),
    # The same of a peer's line in the dump: public key, preshared key, endpoint, allowed addresses.
    ("WireGuard preshared key", re.compile(rf"(?m)^(?:\S+\t)?{_KEY}\t{_KEY}\t\S+\t\S+\t[0-9]+\t")),
    ("authby=secret", re.compile(r"(?im)^\s*authby\s*=\s*secret\b")),
    ("auth = psk", re.compile(r"(?im)^\s*auth\s*=\s*psk\b")),
    ("PSK", re.compile(r"(?m):\s*PSK\s+\S")),
)


def refuse_confidential(text: str) -> None:
    """Raise PrivateKeyInFile (M3) or SharedSecretInFile (A10) with the kind of what was found, never with its value."""
    for kind, pattern in _PRIVATE:
        if pattern.search(text):
            raise PrivateKeyInFile(kind)
    for kind, pattern in _SHARED:
        if pattern.search(text):
            raise SharedSecretInFile(kind)
