"""A backup closed to the custodians of a CA key: a quorum of them opens it; who makes it needs none of them.

The custody's key-encryption key (KEK) also yields an X25519 pair, whose public half lies in the workspace. A fresh file key
goes to it by HPKE (RFC 9180, base mode, bound to the head), and the copy follows in pieces under AES-256-GCM, numbered and
the last one marked (the STREAM construction), so that none can be left out, moved or cut off. The head carries envelopes and
wraps, never the CA key itself.
"""

import json
import os
from dataclasses import asdict
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.crypto.digest import canonical
from core.crypto.wraps import Bound
from core.errors.backups import ClosedBackupDamaged
from core.model.backups import Closed
from core.model.custody import Sealed
from core.model.workspace import Kind

_MAGIC = b"anchorhold closed backup 1\n"
_PIECE = 1 << 20
_TAG = 16
_LONGEST = 1 << 20
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def _pair(kek: bytes, bound: Bound) -> X25519PrivateKey:
    hkdf = HKDF(SHA256(), 32, salt=bound.key.encode(), info=bound.aad("backup"))
    return X25519PrivateKey.from_private_bytes(hkdf.derive(kek))


def public_of(kek: bytes, bound: Bound) -> str:
    """The raw public half of what a KEK yields for backups, hex."""
    return _pair(kek, bound).public_key().public_bytes_raw().hex()


def close(source: BinaryIO, sink: BinaryIO, head: Closed, public: str) -> bytes:
    """Write the closed form of `source`; returns its file key, for reading it back once."""
    key = os.urandom(32)
    told = _told(head)
    opens = _SUITE.encrypt(key, X25519PublicKey.from_public_bytes(bytes.fromhex(public)), info=canonical(told))
    sink.write(_MAGIC + canonical({**told, "opens": opens.hex()}) + b"\n")
    aead, number, piece = AESGCM(key), 0, source.read(_PIECE)
    while True:
        following = source.read(_PIECE)
        sink.write(aead.encrypt(_nonce(number, last=not following), piece, None))
        if not following:
            return key
        number, piece = number + 1, following


def disclose(source: BinaryIO, sink: BinaryIO, key: bytes) -> None:
    """Write the plain form; `source` stands behind the head. Raises `ClosedBackupDamaged`: then `sink` is worth nothing."""
    aead, number, piece = AESGCM(key), 0, source.read(_PIECE + _TAG)
    while True:
        following = source.read(_PIECE + _TAG)
        try:
            sink.write(aead.decrypt(_nonce(number, last=not following), piece, None))
        except (InvalidTag, ValueError):
            raise ClosedBackupDamaged from None
        if not following:
            return
        number, piece = number + 1, following


def file_key(opens: str, kek: bytes, bound: Bound, info: str) -> bytes:
    """The file key, in the signing process. `info` is the head as it was bound."""
    try:
        return _SUITE.decrypt(bytes.fromhex(opens), _pair(kek, bound), info=info.encode())
    except (InvalidTag, ValueError):
        raise ClosedBackupDamaged from None


def is_closed(source: BinaryIO) -> bool:
    """Whether a closed backup begins here."""
    return source.read(len(_MAGIC)) == _MAGIC


def read_head(source: BinaryIO) -> tuple[Closed, str, str]:
    """What it says of itself, nothing of it vouched for before it opens; the wrapped file key; what that is bound to.

    Raises `ClosedBackupDamaged`.
    """
    untrusted = source.readline(_LONGEST) if is_closed(source) else b""
    try:
        told = json.loads(untrusted)
        if canonical(told) + b"\n" != untrusted:
            raise ValueError("spelling")
        opens = str(told.pop("opens"))
        info = canonical(told).decode()
        return _read(told), opens, info
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ClosedBackupDamaged from None


def _told(head: Closed) -> dict[str, Any]:
    told = asdict(head)
    return {**told, "type": "closed-backup", "kind": head.kind.value, "sticks": list(head.sticks)}


def _read(told: dict[str, Any]) -> Closed:
    if told.pop("type") != "closed-backup":
        raise ValueError("type")
    sealed, kind, sticks = Sealed(**told.pop("sealed")), Kind(told.pop("kind")), tuple(told.pop("sticks"))
    head = Closed(sealed=sealed, kind=kind, sticks=sticks, **told)
    texts = (
        head.workspace,
        head.name,
        head.key,
        head.uid,
        head.time,
        *sealed.envelopes.values(),
        *sealed.wraps.values(),
    )
    if not all(isinstance(each, str) for each in (*texts, *head.sticks)) or type(head.rehearsal) is not bool:
        raise TypeError("members")
    if any(type(each) is not int for each in (sealed.quorum, sealed.generation)) or sealed.quorum < 1:
        raise TypeError("quorum")
    return head


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
