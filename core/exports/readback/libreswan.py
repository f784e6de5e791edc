"""Libreswan: `ipsec showhostkey` in all its shapes, `ipsec auto --listpubkeys`, and lines of an exported conn.

`--listpubkeys` prints only the short keyid (54 bits; for RSA about 21), which tells nothing: it is passed over.
"""

import re

from core.exports.readback.values import bytes_of, digest, point_spki, rsa_spki, whole
from core.model.keys import Form
from core.model.links import PrintedKey

_LIST = re.compile(r"(?m)^\s*(?:000 )?<\s*\d+>\s+(RSA|ECDSA)\b.*\bckaid: ([0-9a-f]{40})\b")
_SHORT = re.compile(r"(?m)\b(?:RSA|ECDSA|ECP) Key \S{9} \((?:has|no) private key\)")
_HOST_KEY = re.compile(r"(?m)^\s*# (?:rsakey|ecdsakey) \S{9}\s*$")
_SETTING = re.compile(r"^\s*(left|right)(id|pubkey|rsasigkey|ecdsakey)=(\S+)\s*$")
_IPSECKEY = re.compile(r"(?m)\bIN\s+IPSECKEY\s+\d+\s+\d\s+([23])\s+\S+\s+([A-Za-z0-9+/=]+)")
_CKAID = {"RSA": Form.RSA_CKAID, "ECDSA": Form.KEY_SHA1}


def keys(text: str) -> list[PrintedKey]:
    listed = [PrintedKey("", own=True, values=(digest(_CKAID[kind], ckaid),)) for kind, ckaid in _LIST.findall(text)]
    return [*listed, *_settings(text), *_records(text)]


def has_short_ids(text: str) -> bool:
    return bool(_SHORT.search(text))


def _settings(text: str) -> list[PrintedKey]:
    """Keys of a conn or of `showhostkey --left`; there, whatever the side, it is the host's own key."""
    host = bool(_HOST_KEY.search(text))
    found, identities = [], {"left": "", "right": ""}
    for line in text.splitlines():
        if line.strip().startswith("conn "):
            identities = {"left": "", "right": ""}
        setting = _SETTING.match(line)
        if setting and setting[2] == "id":
            identities[setting[1]] = setting[3].removeprefix("@")
        elif setting and (spki := _spki(setting[2], setting[3])):
            found.append(whole(identities[setting[1]], spki, own=host or setting[1] == "left"))
    return found


def _spki(kind: str, text: str) -> bytes:
    data = bytes_of(text.removeprefix("0s"))
    if kind == "pubkey":
        return data
    return rsa_spki(data) if kind == "rsasigkey" else point_spki(data)


def _records(text: str) -> list[PrintedKey]:
    """RFC 4025: algorithm 2 is RSA (RFC 3110), 3 is ECDSA (RFC 6605 form)."""
    read = {"2": rsa_spki, "3": point_spki}
    spkis = [read[algorithm](bytes_of(data)) for algorithm, data in _IPSECKEY.findall(text)]
    return [whole("", spki, own=True) for spki in spkis if spki]
