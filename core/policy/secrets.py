"""No pre-shared keys, GDOI or other keys shared across end devices (A10).

Only the kind is told, never the value.
"""

import re

from core.policy.rules import gate

# Per pattern what a person finds in the file. Comments are taken out first, so a hint in one does not count.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"-----BEGIN OpenVPN (?:Static key V1|tls-crypt-v2 \w+ key)-----", "OpenVPN static key"),
    (r"^\s*<secret>", "OpenVPN static key"),
    (r"^\s*<?tls-(?:auth|crypt|crypt-v2)\b[\s>]", "OpenVPN tls-auth or tls-crypt key"),
    (r"^\s*PresharedKey\s*=|\bpreshared[ -]key\s*:\s*[A-Za-z0-9+/]{43}=", "WireGuard PresharedKey"),
    (r"\b(?:ike|eap|ntlm|ppk)(?:-[\w.-]+)?\s*\{[^{}]*\bsecret\s*=", "swanctl secret"),
    (r"^\s*auth\s*=\s*psk\b|[{;]\s*auth\s*=\s*psk\b", "swanctl auth = psk"),
    (
        r"^\s*(?:left|right)?auth(?:by)?2?\s*=\s*(?:\w+\s*[|,]\s*)*(?:secret|psk)\b",
        "ipsec.conf authby=secret",
    ),
    (r"^[^\n:]*:\s*(?:PSK|XAUTH|EAP)\s+\S", "ipsec.secrets PSK"),
    (r"\bcrypto\s+isakmp\s+key\b", "Cisco crypto isakmp key"),
    (r"\bcrypto\s+gdoi\b|\bgdoi\b", "GDOI"),
    (r"\bpre-?shared-key\b|\bauthentication\s+pre-share\b|\bpre-share\b", "pre-shared-key"),
    (r"^\s*(?:set\s+)?(?:psksecret|psk-?secret)\b", "pre-shared-key"),
    (r"\bikev2\b.*?\bpsk\s+\S", "iked psk"),
    (r"^\s*(?:ikeauth\s+)?psk\s+(?:\"|0x|\w)", "iked psk"),
)
_COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE | re.MULTILINE | (re.DOTALL if "ikev2" in pattern else 0)), kind)
    for pattern, kind in _PATTERNS
)
_OPENVPN_FILE = re.compile(r"^[ \t]*secret[ \t]+(?!=)\S", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*[#;!][^\n]*$|[ \t]#[^\n]*$", re.MULTILINE)


@gate("A10")
def shared_secret_in(untrusted_text: str) -> str:
    """The kind of shared secret that a configuration or key file holds, "" where none was found."""
    text = _COMMENT.sub("", untrusted_text)
    for pattern, kind in _COMPILED:
        if pattern.search(text):
            return kind
    return "OpenVPN static key" if _OPENVPN_FILE.search(text) else ""
