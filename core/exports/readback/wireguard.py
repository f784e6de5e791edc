"""WireGuard: `wg show`, its `dump` and `peers`, and configurations. There the key itself is what is printed."""

import re

from core.exports.readback.values import WIREGUARD_BYTES, bytes_of, whole, x25519_spki
from core.model.links import PrintedKey

_KEY = r"([A-Za-z0-9+/]{43}=)"
_OWN = re.compile(rf"(?m)^\s*public key: {_KEY}\s*$")
_PEER = re.compile(rf"(?m)^peer: {_KEY}\s*$")
_SETTING = re.compile(rf"(?mi)^\s*PublicKey\s*=\s*{_KEY}\s*$")
_DUMP = re.compile(rf"(?m)^(?:\S+\t)?{_KEY}\t\(none\)\t\S+\t\S+\t\d+\t\d+\t\d+\t\S+$")
_OWN_DUMP = re.compile(rf"(?m)^(?:\S+\t)?\(none\)\t{_KEY}\t\d+\t\S+$")
# `wg show NAME peers`, `wg show NAME allowed-ips`, `wg show NAME latest-handshakes`: the key leads its line.
_LEADING = re.compile(rf"(?m)^{_KEY}(?:\t[^\t\n]*)?$")


def keys(text: str) -> list[PrintedKey]:
    own = [*_OWN.findall(text), *_OWN_DUMP.findall(text)]
    peers = [each for pattern in (_PEER, _SETTING, _DUMP, _LEADING) for each in pattern.findall(text)]
    found = [(bytes_of(key), mine) for keys, mine in ((own, True), (peers, False)) for key in keys]
    return [whole("", x25519_spki(raw), own=mine) for raw, mine in found if len(raw) == WIREGUARD_BYTES]
