"""Signed notes against the example of the specification, and what is no note."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.crypto import checkpoints, notes, signing
from core.errors.audit import NotACheckpoint
from core.model.audit import Checkpoint

# The example of C2SP's signed note and Go's sumdb/note.
NAME = "example.com/foo"
KEY = base64.b64decode("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")[1:]
EXAMPLE = (
    "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1E"
    "RYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
SECRET = bytes(range(32))
PUBLIC = signing.public_of(SECRET)
CLAIM = Checkpoint("5b0d", 7, bytes(range(32)), bytes(32), "2026-11-24T02:17:40Z")


def test_the_example_of_the_specification() -> None:
    note = notes.read_note(EXAMPLE.encode())
    assert notes.key_id(NAME, KEY).hex() == "530d903a"
    assert note.signed_by(NAME, KEY) is True
    assert note.signed_by("example.com/bar", KEY) is None
    assert notes.read_note(EXAMPLE.replace("message.", "message!").encode()).signed_by(NAME, KEY) is False


def test_a_checkpoint_reads_back() -> None:
    claimed, note = checkpoints.read(checkpoints.signed(CLAIM, "alice", SECRET).encode())
    assert claimed == CLAIM
    assert note.signed_by("anchorhold/ledger/5b0d/alice", PUBLIC) is True
    assert note.signed_by("anchorhold/ledger/5b0d/bob", PUBLIC) is None


GOOD = checkpoints.signed(CLAIM, "alice", SECRET)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        GOOD[:-1],
        GOOD.replace("\n\n", "\n"),
        GOOD.replace("\u2014", "-"),
        GOOD.replace("\n7\n", "\n07\n"),
        GOOD.replace("\n7\n", "\n-7\n"),
        GOOD.replace("\n7\n", "\n0\n"),
        GOOD.replace("anchorhold/ledger/", "other/"),
        GOOD.replace("first ", ""),
        GOOD.replace("first 00", "first 0G"),
        GOOD.replace("time 2", "time x"),
        GOOD.replace("\ntime", "\nmore\ntime"),
        GOOD.replace("Hh8=", "Hh9="),  # padding bits that are not zero: a second spelling of one root
        GOOD + "\u2014 x y\n",
        GOOD + "\u2014 x QUJD\n",
        GOOD.replace("first", "first\t"),
        EXAMPLE,
    ],
)
def test_what_is_no_checkpoint(text: str) -> None:
    with pytest.raises(NotACheckpoint):
        checkpoints.read(text.encode())


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_checkpoint_or_refused(untrusted: bytes) -> None:
    with pytest.raises(NotACheckpoint):
        checkpoints.read(untrusted)


def test_too_long_is_refused() -> None:
    with pytest.raises(NotACheckpoint):
        notes.read_note(GOOD.encode() + b"\xe2\x80\x94 x QUJDREVG\n" * 65)
    with pytest.raises(NotACheckpoint):
        notes.read_note(b"a" * 70000 + GOOD.encode())
