"""Cisco IOS: `show crypto key pubkey-chain rsa`, `show crypto key mypubkey rsa`, and a configured key-string."""

import re

from core.exports.readback.values import whole
from core.model.links import PrintedKey

_NAME = re.compile(r"^\s*(?:Key name:|Key address:|named-key|addressed-key)\s*(\S+)")
_START = re.compile(r"^\s*(?:(?:Key )?Data:|key-string)\s*$")
_HEX = re.compile(r"^\s*[0-9A-Fa-f]{2,8}(?: +[0-9A-Fa-f]{2,8})*\s*$")
_SEQUENCE = 0x30


def keys(text: str) -> list[PrintedKey]:
    own = "mypubkey" in text or "Key pair was generated at" in text
    found: list[PrintedKey] = []
    identity, digits, reading = "", "", False
    for line in [*text.splitlines(), ""]:
        if reading and _HEX.match(line):
            digits += "".join(line.split())
            continue
        if reading and (spki := _bytes(digits)):
            found.append(whole("" if own else identity, spki, own=own))
        name = _NAME.match(line)
        identity = name[1] if name else identity
        reading, digits = bool(_START.match(line)), ""
    return found


def _bytes(digits: str) -> bytes:
    data = bytes.fromhex(digits) if len(digits) % 2 == 0 else b""
    return data if data[:1] == bytes([_SEQUENCE]) else b""
