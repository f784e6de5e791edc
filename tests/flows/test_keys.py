"""Receiving, rejecting, suspecting, and a changed key, without a window."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from core.crypto.sample import sample_key
from core.flows.facts import read
from core.flows.keys import Changed, Receive, Reject, Suspect
from core.model.keys import KeyState, PublicKey, WithdrawKey
from core.services import keys
from core.services.perform import perform
from core.words.names import doubt
from core.words.say import say
from tests.desks import Room


def _private() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _rsa(bits: int) -> bytes:
    key = rsa.generate_private_key(65537, bits)
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _received(**more: object) -> Receive:
    return replace(Receive("lon", sample_key(), "lon.pem", arrival="usb"), **more)


def test_a_key_is_recognised_and_kept(room: Room) -> None:
    room.device("lon")
    state = _received()
    found = state.recognised()
    assert isinstance(found, PublicKey)
    assert (found.source.value, found.algorithm.value, found.bits) == ("public key, PEM", "ecdsa-p256", 256)
    assert state.problems(read(room.sit("alice"))) == ()
    assert perform(room.desk, keys.RECEIVE, state.command()).state is KeyState.RECEIVED
    assert "BEGIN" not in repr(state)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (_private(), "PrivateKeyInFile"),
        (_rsa(1024), "RsaSizeNotAllowed"),
        (b"[Peer]\nPresharedKey = abc\n", "SharedSecretInFile"),
        (b"conn a\n  authby=secret\n", "SharedSecretInFile"),
        (b"hello", "NotAKey"),
        (b"", "TextNotFit"),
    ],
    ids=["private", "rsa-1024", "preshared", "authby-secret", "text", "empty"],
)
def test_what_is_refused_stands_at_the_file(room: Room, content: bytes, rule: str) -> None:
    room.device("lon")
    state = _received(untrusted=content)
    found = state.problems(read(room.sit("alice")))
    assert [(each.field, type(each).__name__) for each in found] == [("untrusted", rule)]
    assert say(found[0]).do or rule == "TextNotFit"


def test_a_legacy_key_asks_for_its_reason(room: Room) -> None:
    room.device("lon")
    facts = read(room.sit("alice"))
    state = _received(untrusted=_rsa(2048))
    assert state.asks_why()
    assert [type(each).__name__ for each in state.problems(facts)] == ["RsaSizeNotAllowed"]
    waived = state.typed("legacy_because", "old router until May")
    assert waived.asks_why()
    assert waived.problems(facts) == ()
    assert perform(room.desk, keys.RECEIVE, waived.command()).waiver == "old router until May"
    assert not _received().asks_why()
    assert not _received(untrusted=_rsa(1024)).asks_why()


def test_one_key_one_device(room: Room) -> None:
    for name in ("lon", "man"):
        room.device(name)
    room.receive("man")
    facts = read(room.sit("alice"))
    found = _received(untrusted=room.pems["man"]).problems(facts)
    assert [type(each).__name__ for each in found] == ["KeyOnOtherDevice"]
    same = replace(_received(untrusted=room.pems["man"]), device="man").problems(facts)
    assert [type(each).__name__ for each in same] == ["KeyAlreadyThere"]


def test_the_device_and_the_way_are_asked_for(room: Room) -> None:
    facts = read(room.sit("alice"))
    found = Receive(untrusted=sample_key()).problems(facts)
    assert [each.field for each in found] == ["device", "arrival"]


def test_a_card_has_to_be_one(room: Room) -> None:
    room.device("lon")
    found = _received(arrival="card").problems(read(room.sit("alice")))
    assert [(each.field, type(each).__name__) for each in found] == [("arrival", "NotACard")]


@pytest.mark.parametrize(("day", "rule"), [("2026-11-24", "DateNotAhead"), ("x", "TextNotFit"), ("2026-12-24", "")])
def test_roll_over(room: Room, day: str, rule: str) -> None:
    room.ready_link()
    found = _received(replace_by=day).problems(read(room.sit("alice")))
    assert [type(each).__name__ for each in found] == ([rule] if rule else [])


def test_nothing_rolls_without_an_approved_key(room: Room) -> None:
    room.device("lon")
    found = _received(replace_by="2026-12-24").problems(read(room.sit("alice")))
    assert [type(each).__name__ for each in found] == ["NothingToReplace"]


def test_rejecting(room: Room) -> None:
    room.device("lon")
    facts = read(room.sit("alice"))
    assert [type(each).__name__ for each in Reject("lon").problems(facts)] == ["NoKey", "TextNotFit"]
    room.receive("lon")
    state = Reject("lon", "not theirs")
    assert state.problems(read(room.sit("alice"))) == ()
    assert perform(room.desk, keys.WITHDRAW, state.command()).state is KeyState.WITHDRAWN


def test_suspecting_suspends(room: Room) -> None:
    room.ready_link()
    facts = read(room.sit("alice"))
    assert [type(each).__name__ for each in Suspect("lon", "odd").problems(facts)] == ["NoKeyToCompare"]
    room.receive("lon")
    facts = read(room.sit("alice"))
    state = Suspect("lon", "odd mail")
    assert state.suspended(facts) == ("lon-man",)
    assert state.problems(facts) == ()
    assert perform(room.desk, keys.SUSPECT, state.command()).state is KeyState.QUARANTINED


@pytest.mark.parametrize(
    ("decision", "steps", "field"),
    [
        ("", ["look", "decide", "planned"], "decision"),
        ("planned", ["look", "decide", "planned"], "ticket"),
        ("reject", ["look", "decide", "reason", "done"], "reason"),
        ("suspect", ["look", "decide", "reason", "done"], "reason"),
    ],
)
def test_a_changed_key_has_three_ways(room: Room, decision: str, steps: list[str], field: str) -> None:
    room.ready_link()
    room.receive("lon")
    facts = read(room.sit("alice"))
    state = Changed("lon", decision)
    assert [step.name for step in state.steps()] == steps
    assert field in [each.field for each in state.problems(facts)]
    done = replace(state, decision=decision or "planned", ticket="CHG1", reason="why")
    assert done.problems(facts) == ()
    assert (done.command() is None) == (done.decision == "planned")


def test_nothing_changed(room: Room) -> None:
    room.ready_link()
    found = Changed("lon", "planned", "CHG1").problems(read(room.sit("alice")))
    assert [type(each).__name__ for each in found] == ["NoKeyToCompare"]


def test_a_key_that_was_different_once_is_taken_again_with_its_history(room: Room) -> None:
    """The far end may have read another device's value; who receives the key again is told so."""
    room.device("lon")
    assert keys.doubt(room.desk, room.receive("lon")) is None
    room.compare("alice", "lon", "a7f322b090c51e6d" * 4, reader="Carol Ito")
    perform(room.sit("bob"), keys.WITHDRAW, WithdrawKey("lon", "another device was read out"))
    state, facts = _received(untrusted=room.pems["lon"]), read(room.sit("alice"))
    assert state.problems(facts) == ()
    told = state.doubt(facts)
    assert told is not None
    assert told == keys.doubt(room.desk, room.receive("lon", room.pems["lon"]))
    assert all(each in doubt(*told) for each in ("lon", "Carol Ito", "2026-11-24"))
    assert _received().doubt(facts) is None


def test_a_key_that_looked_alike_stands_refused_at_the_file(room: Room) -> None:
    room.device("lon")
    room.receive("lon")
    value = room.heard("lon")
    room.compare("alice", "lon", value[:8] + "0" * 48 + value[-8:])
    perform(room.sit("bob"), keys.WITHDRAW, WithdrawKey("lon", "not theirs"))
    found = _received(untrusted=room.pems["lon"]).problems(read(room.sit("alice")))
    assert [(each.field, type(each).__name__) for each in found] == [("untrusted", "KeyLookedAlike")]
