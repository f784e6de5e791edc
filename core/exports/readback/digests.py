"""Digests by themselves: `openssl x509 -fingerprint`, `sha256sum`, certtool, and an .ovpn with <peer-fingerprint>."""

import re

from core.exports.readback.values import digest
from core.model.keys import Form
from core.model.links import PrintedKey

_SHA256 = r"((?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2})"
_SHA1 = r"((?:[0-9A-Fa-f]{2}:){19}[0-9A-Fa-f]{2})"
_LINES = (
    (Form.CERT_SHA256, re.compile(rf"(?im)^\s*sha-?256 Fingerprint\s*=\s*{_SHA256}\s*$")),
    (Form.CERT_SHA1, re.compile(rf"(?im)^\s*sha-?1 Fingerprint\s*=\s*{_SHA1}\s*$")),
    (Form.CERT_SHA256, re.compile(rf"(?im)^\s*peer-fingerprint\s+{_SHA256}\s*$")),
    # verify.txt hashes the public key, so a bare digest is taken for one of that; anything else will not match.
    (Form.SPKI_SHA256, re.compile(r"(?m)^\\?([0-9a-f]{64})(?:\s+\*?\S+)?\s*$")),
    (Form.SPKI_SHA256, re.compile(r"(?im)^\s*SHA(?:2-)?256 ?\([^)\n]*\)\s*=\s*([0-9a-f]{64})\s*$")),
    (Form.SPKI_SHA256, re.compile(r"(?m)^\s+sha256:([0-9a-f]{64})\s*$")),
)
_BLOCK = re.compile(r"(?s)<peer-fingerprint>(.*?)</peer-fingerprint>")
_LINE = re.compile(rf"(?m)^\s*{_SHA256}\s*(?:[#;].*)?$")


def keys(text: str) -> list[PrintedKey]:
    lines = [(form, value) for form, pattern in _LINES for value in pattern.findall(text)]
    block = [(Form.CERT_SHA256, value) for part in _BLOCK.findall(text) for value in _LINE.findall(part)]
    return [PrintedKey("", own=False, values=(digest(form, value),)) for form, value in [*lines, *block]]
