"""Signed notes: a text and the Ed25519 signatures under it, as transparency logs use them (C2SP signed-note)."""

import base64
import binascii
import hashlib
import re

from core.crypto import signing
from core.errors.audit import NotACheckpoint
from core.late import dataclass

LONGEST = 64 * 1024
MOST_SIGNATURES = 64  # C2SP: a verifier takes at least 16
_LINE = re.compile("\u2014 ([^\\s+]+) ([A-Za-z0-9+/]+={0,2})")


@dataclass(frozen=True)
class Signature:
    """One signature line: the key's name, its four-byte id, the signature's bytes."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True)
class Note:
    """`text` ends in a line feed and is what is signed."""

    text: str
    signatures: tuple[Signature, ...]

    def signed_by(self, name: str, public_raw: bytes) -> bool | None:
        """Whether this key's signature fits; None where the note carries none of it."""
        for each in self.signatures:
            if each.name == name and each.key_id == key_id(name, public_raw):
                return signing.verify(public_raw, each.value, self.text.encode())
        return None


def key_id(name: str, public_raw: bytes) -> bytes:
    """The first four bytes of SHA-256(name, line feed, 0x01 for Ed25519, key)."""
    return hashlib.sha256(name.encode() + b"\n\x01" + public_raw).digest()[:4]


def sign_note(text: str, name: str, private_raw: bytes) -> str:
    """The note with its one signature, verified before it is given out."""
    public = signing.public_of(private_raw)
    told = base64.b64encode(key_id(name, public) + signing.sign(private_raw, text.encode())).decode()
    note = f"{text}\n\u2014 {name} {told}\n"
    if not read_note(note.encode()).signed_by(name, public):
        raise AssertionError("a signature just made does not verify")
    return note


def read_note(untrusted: bytes) -> Note:
    """Text and signatures; nothing is verified yet. Raises `NotACheckpoint`."""
    if len(untrusted) > LONGEST:
        raise NotACheckpoint("long")
    try:
        told = untrusted.decode("utf-8")
    except UnicodeDecodeError:
        raise NotACheckpoint("shape") from None
    text, blank, lines = told.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or any(ord(each) < 32 and each != "\n" for each in told):
        raise NotACheckpoint("shape")
    signatures = tuple(_signature(line) for line in lines.removesuffix("\n").split("\n"))
    if len(signatures) > MOST_SIGNATURES:
        raise NotACheckpoint("long")
    return Note(text + "\n", signatures)


def _signature(untrusted: str) -> Signature:
    found = _LINE.fullmatch(untrusted)
    try:
        value = base64.b64decode(found[2], validate=True) if found else b""
    except binascii.Error:
        value = b""
    if found is None or len(value) <= 4:
        raise NotACheckpoint("shape")
    return Signature(found[1], value[:4], value[4:])
