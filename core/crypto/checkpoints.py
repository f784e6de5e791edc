"""Checkpoints (C2SP tlog-checkpoint) and inclusion proofs (C2SP tlog-proof) of one workspace's ledger.

A checkpoint is the one thing of ours that is signed and is not canonical JSON: its first line, the origin, is its
type and its workspace, and no JSON begins like that. Two extension lines carry the leaf hash of row 1, in which
everybody's keys begin, and the time.
"""

import base64
import binascii
import re

from core.crypto.notes import Note, read_note, sign_note
from core.errors.audit import NotACheckpoint
from core.model.audit import Checkpoint

ORIGIN = "anchorhold/ledger/"
_HEX64 = re.compile("[0-9a-f]{64}")
_SIZE = re.compile("[1-9][0-9]{0,14}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def key_name(workspace: str, operator: str) -> str:
    """The name under which an operator's key signs checkpoints."""
    return f"{ORIGIN}{workspace}/{operator}"


def signed(checkpoint: Checkpoint, operator: str, private_raw: bytes) -> str:
    """The checkpoint as a note, signed by one operator."""
    lines = (
        ORIGIN + checkpoint.workspace,
        str(checkpoint.size),
        base64.b64encode(checkpoint.root).decode(),
        f"first {checkpoint.first.hex()}",
        f"time {checkpoint.time}",
    )
    return sign_note("\n".join(lines) + "\n", key_name(checkpoint.workspace, operator), private_raw)


def read(untrusted: bytes) -> tuple[Checkpoint, Note]:
    """What a checkpoint claims, and its note for judging who signed it. Raises `NotACheckpoint`."""
    note = read_note(untrusted)
    lines = note.text.split("\n")
    if len(lines) != 6 or not lines[0].startswith(ORIGIN) or not _SIZE.fullmatch(lines[1]):
        raise NotACheckpoint("shape")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except binascii.Error:
        raise NotACheckpoint("shape") from None
    first, time = lines[3].removeprefix("first "), lines[4].removeprefix("time ")
    if len(root) != 32 or not _HEX64.fullmatch(first) or not _TIME.fullmatch(time):
        raise NotACheckpoint("shape")
    claimed = Checkpoint(lines[0].removeprefix(ORIGIN), int(lines[1]), root, bytes.fromhex(first), time)
    if note.text != "\n".join(
        (lines[0], lines[1], base64.b64encode(root).decode(), f"first {first}", f"time {time}", "")
    ):
        raise NotACheckpoint("shape")
    return claimed, note


def proof_file(entry: bytes, index: int, path: list[bytes], checkpoint: str) -> str:
    """An inclusion proof for others: the entry itself travels as the extra data (row body, line feed, signature)."""
    lines = [
        "c2sp.org/tlog-proof@v1",
        f"extra {base64.b64encode(entry).decode()}",
        f"index {index}",
        *(base64.b64encode(each).decode() for each in path),
    ]
    return "\n".join(lines) + "\n\n" + checkpoint
