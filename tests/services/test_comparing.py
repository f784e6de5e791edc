"""Blind comparison from end to end: what counts, what does not, and that the expected value never leaves."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.errors import comparison as errors
from core.errors.base import Expected
from core.errors.linking import KeyChanged
from core.model.keys import Arrival, Channel, CompareKey, Form, KeyState, SuspectKey, Verdict, WithdrawKey
from core.model.links import ExportLinks, LinkState
from core.services import audit, exports, fingerprints, keys
from core.services.desk import open_desk
from core.services.perform import perform
from core.store import keys as store
from core.store import links
from core.words.say import sentence
from tests.crypto.makers import private, public
from tests.desks import CHEAP, Room, make_room
from tests.services.refusing import raw, refused, rows, says

WRONG = "a7f322b090c51e6df84a3c97b2510d8e6e74c03f18b9a5d25f0ce68194d72ba4"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path, ("alice", "bob", "carol"))
    made.device("lon")
    yield made
    made.desk.close()


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path, ("alice",))
    made.device("lon")
    made.receive("lon")
    yield made
    made.desk.close()


def state(room: Room, device: str = "lon") -> KeyState:
    """The state of the device's newest key."""
    number = next(each.id for each in keys.devices.all_devices(room.desk.file.read) if each.name == device)
    return store.of_device(room.desk.file.read, number)[0].state


def spoilt(value: str, *places: int) -> str:
    """The value with some characters read wrongly."""
    return "".join(("f" if each != "f" else "0") if at in places else each for at, each in enumerate(value))


@pytest.mark.parametrize("form", [Form.SPKI_SHA256, Form.SSH_SHA256, Form.JWK_SHA256, Form.DIGITS, Form.WORDS])
def test_two_people_approve(room: Room, form: Form) -> None:
    room.receive("lon")
    first = room.compare("alice", "lon", room.heard("lon", form))
    assert (first.finding.verdict, first.finding.form, first.compared) == (Verdict.MATCH, form, 1)
    assert first.key.state is KeyState.COMPARED
    second = room.compare("bob", "lon", room.heard("lon", form), channel="video")
    assert (second.key.state, second.compared) == (KeyState.APPROVED, 2)
    assert not second.key.by_one_person
    assert not second.key.telephone_only
    assert second.key.review_by == "2027-11-24"
    assert [row["action"] for row in rows(room)[-2:]] == ["key.compared", "key.approved"]
    assert rows(room)[-1]["ticket"] == "CHG1"


def values(room: Room, device: str = "lon") -> list[bytes]:
    """Every spelling of the key on file, also without separators."""
    spelt = [room.heard(device, form) for form in (Form.SPKI_SHA256, Form.SPKI_SHA1, Form.KEY_SHA1, Form.JWK_SHA256)]
    spelt += [room.heard(device, form) for form in (Form.SSH_SHA256, Form.DIGITS, Form.WORDS)]
    return [each.encode() for value in spelt for each in (value, value.replace(":", "").replace(" ", ""))]


@pytest.mark.parametrize("heard", [WRONG, "1 near", "2 alike", "3 short", "4 nothing", "5 md5", "6 match"])
def test_the_expected_value_never_leaves(room: Room, heard: str) -> None:
    """Not in an answer, an exception, its sentence, the ledger, or anywhere else in the file (SL2)."""
    room.receive("lon")
    known = room.heard("lon")
    typed = {
        "1 near": spoilt(known, 17),
        "2 alike": known[:8] + "0" * 48 + known[-8:],
        "3 short": known[:16],
        "4 nothing": "they say it is the right one",
        "5 md5": "MD5:" + ":".join("ab" for _ in range(16)),
        "6 match": room.heard("lon", Form.WORDS),
    }.get(heard, heard)
    try:
        answer: Any = room.compare("alice", "lon", typed)
        told = repr(answer.finding) + repr(answer.compared) + repr(answer.tries_left)
    except Expected as refusal:
        told = repr(refusal) + str(refusal) + sentence(refusal) + repr(vars(refusal))
    for value in values(room):
        assert value.decode() not in told
        assert value not in raw(room)
        assert value.decode() not in repr(rows(room))


def test_fingerprints_show_only_what_was_approved(room: Room) -> None:
    with pytest.raises(errors.NoKey):
        fingerprints.of_device(room.desk, "lon")
    room.receive("lon")
    room.compare("alice", "lon")
    with pytest.raises(errors.NotApprovedYet) as refusal:
        fingerprints.of_device(room.desk, "lon")
    says(refusal.value, "not shown")
    room.compare("bob", "lon", channel="video")
    approved = fingerprints.of_device(room.desk, "lon")
    assert approved[Form.SPKI_SHA256] == room.heard("lon")
    room.receive("lon")
    assert fingerprints.of_device(room.desk, "lon") == approved  # the new one waits unseen


ALLOWED = {
    (Arrival.EMAIL, Channel.EMAIL): errors.EmailNeverCounts,
    (Arrival.IN_PERSON, Channel.IN_PERSON): errors.SameChannelAsKey,
    (Arrival.IN_PERSON, Channel.EMAIL): errors.EmailNeverCounts,
    (Arrival.USB, Channel.EMAIL): errors.EmailNeverCounts,
    (Arrival.PORTAL, Channel.EMAIL): errors.EmailNeverCounts,
}


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("arrival", [each for each in Arrival if each is not Arrival.CARD])
def test_which_channel_counts_for_which_arrival(room: Room, arrival: Arrival, channel: Channel) -> None:
    room.receive("lon", arrival=arrival.value)
    expected = ALLOWED.get((arrival, channel))
    if expected is None:
        assert room.compare("alice", "lon", channel=channel.value).compared == 1
        return
    error = refused(room, lambda: room.compare("alice", "lon", channel=channel.value), expected)
    assert error.clause == "S-g-2"
    assert state(room) is KeyState.RECEIVED


def test_telephone_alone_stays_a_weak_point_until_somebody_else_looks(room: Room) -> None:
    room.receive("lon")
    room.compare("alice", "lon", reader="Mina Kay")
    assert room.compare("bob", "lon", reader="Dan Obi").key.telephone_only
    room.clock.passes(days=3)
    key = room.compare("alice", "lon", channel="in-person").key
    assert not key.telephone_only
    assert key.review_by == "2027-11-27"
    assert rows(room)[-1]["action"] == "key.reviewed"


def test_a_lone_administrator_over_two_channels(lone: Room) -> None:
    assert lone.compare("alice", "lon").compared == 1
    error = refused(lone, lambda: lone.compare("alice", "lon", reader="somebody else"), errors.OtherChannelNeeded)
    says(error, "two different channels")
    key = lone.compare("alice", "lon", channel="sheet").key
    assert key.state is KeyState.APPROVED
    assert key.by_one_person


def test_sha1_counts_only_beside_another_channel(room: Room) -> None:
    """Whichever of the two comes first."""
    room.receive("lon")
    sha1 = room.heard("lon", Form.KEY_SHA1)
    room.compare("alice", "lon", sha1)
    for heard in (sha1, room.heard("lon")):
        error = refused(room, lambda: room.compare("bob", "lon", heard, reader="x"), errors.Sha1NeedsOtherChannel)  # noqa: B023
        assert error.clause == "SL2"
    assert room.compare("bob", "lon", sha1, channel="video").key.state is KeyState.APPROVED


@pytest.mark.parametrize("heard", ["MD5:" + ":".join("ab" for _ in range(16)), "a7f322b0"])
def test_weak_values_count_for_nothing(room: Room, heard: str) -> None:
    room.receive("lon")
    answer = room.compare("alice", "lon", heard)
    assert (answer.finding.verdict, answer.compared, answer.tries_left) == (Verdict.TOO_WEAK, 0, 3)
    assert state(room) is KeyState.RECEIVED


def test_three_tries(room: Room) -> None:
    room.receive("lon")
    for left in (2, 1, 0):
        answer = room.compare("alice", "lon", spoilt(room.heard("lon"), 5))
        assert (answer.finding.verdict, answer.tries_left) == (Verdict.MISREAD, left)
        assert answer.finding.lines == (1,)
    assert state(room) is KeyState.QUARANTINED
    assert rows(room)[-1]["action"] == "key.quarantined"
    says(refused(room, lambda: room.compare("bob", "lon"), errors.KeyQuarantined), "Reject it")


def test_taking_the_file_again_gives_no_fresh_tries(room: Room) -> None:
    """Only after somebody rejected it with a reason does the comparison begin again, from nothing."""
    room.receive("lon")
    room.compare("alice", "lon")
    room.compare("bob", "lon", WRONG, channel="video")
    refused(room, lambda: room.receive("lon", room.pems["lon"]), errors.KeyQuarantined)
    perform(room.sit("carol"), keys.WITHDRAW, WithdrawKey("lon", "read from the wrong screen"))
    room.receive("lon", room.pems["lon"])
    assert room.compare("alice", "lon").compared == 1


def test_a_review_has_tries_of_its_own(room: Room) -> None:
    """What was misread before the approval is not held against the key a year later."""
    room.receive("lon")
    for _ in range(2):
        room.compare("alice", "lon", spoilt(room.heard("lon"), 5))
    room.approve("lon")
    room.clock.passes(days=360)
    assert room.compare("alice", "lon", spoilt(room.heard("lon"), 5)).tries_left == 2
    assert room.compare("alice", "lon").key.review_by == "2028-11-18"
    assert room.compare("alice", "lon", spoilt(room.heard("lon"), 5)).tries_left == 2


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_a_different_key_is_quarantined_whoever_hears_it(room: Room, who: str) -> None:
    room.receive("lon")
    room.compare("alice", "lon", channel="sheet")
    if who == "bob":
        assert room.compare(who, "lon", WRONG).finding.verdict is Verdict.DIFFERENT
        assert state(room) is KeyState.QUARANTINED
    else:
        refused(room, lambda: room.compare(who, "lon", WRONG), errors.SamePerson)


def test_made_to_look_alike(room: Room) -> None:
    room.receive("lon")
    value = room.heard("lon")
    answer = room.compare("alice", "lon", value[:8] + "0" * 48 + value[-8:])
    assert answer.finding.verdict is Verdict.LOOKALIKE
    assert state(room) is KeyState.QUARANTINED


def test_one_person_at_two_desks_is_one_person(room: Room) -> None:
    room.receive("lon")
    second = open_desk(room.path, cost=CHEAP)
    second.clock, second.session = room.clock, room.sessions["alice"]
    room.compare("alice", "lon")
    command = CompareKey("lon", room.heard("lon"), "video", "another reader", "CHG2")
    with pytest.raises(errors.SamePerson):
        perform(second, keys.COMPARE, command)
    second.close()
    assert state(room) is KeyState.COMPARED


def test_two_desks_at_the_same_moment(room: Room) -> None:
    """Three people compare at once: the key is approved once, by the first two; the third renews the review."""
    room.receive("lon")
    heard, start = room.heard("lon"), threading.Barrier(3)
    answers: list[int] = []

    def work(name: str, channel: str) -> None:
        desk = open_desk(room.path, cost=CHEAP)
        desk.clock, desk.session = room.clock, room.sessions[name]
        start.wait(timeout=30)
        command = CompareKey("lon", heard, channel, f"{name}'s reader", "CHG2")
        answers.append(perform(desk, keys.COMPARE, command).compared)
        desk.close()

    pairs = (("alice", "video"), ("bob", "sheet"), ("carol", "in-person"))
    threads = [threading.Thread(target=work, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(answers) == [1, 2, 2]
    assert [row["action"] for row in rows(room)[-3:]] == ["key.compared", "key.approved", "key.reviewed"]
    assert audit.inspect(room.desk).faults == ()


def test_a_changed_key_holds_everything_until_both_compared_again(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    room.ready_link()
    old = room.pems["lon"]
    room.receive("lon")

    def export(name: str) -> Any:
        return perform(room.sit("alice"), exports.EXPORT, ExportLinks(("lon-man",), tmp_path / name))

    refused(room, lambda: export("a"), KeyChanged)
    room.compare("alice", "lon", channel="sheet")
    refused(room, lambda: export("a"), KeyChanged)
    room.compare("bob", "lon", channel="video")
    assert len(export("b").exports) == 2
    assert not list(tmp_path.glob("a*/*"))
    pin = (tmp_path / "b" / "man" / "install" / "swanctl" / "pubkey" / "lon.pem").read_bytes()
    assert pin.split() == room.pems["lon"].split() != old.split()
    room.desk.close()


def link_state(room: Room) -> LinkState:
    found = links.find(room.desk.file.read, "lon-man")
    assert found is not None
    return found.state


def suspended(tmp_path: Path) -> Room:
    """An attack on lon is suspected; the strange key is rejected."""
    room = make_room(tmp_path, ("alice", "bob", "carol"))
    room.ready_link()
    room.clock.passes(minutes=1)
    room.receive("lon", public(private()))
    perform(room.sit("bob"), keys.SUSPECT, SuspectKey("lon", "an odd call"))
    assert link_state(room) is LinkState.SUSPENDED
    assert state(room) is KeyState.QUARANTINED
    perform(room.sit("bob"), keys.WITHDRAW, WithdrawKey("lon", "not theirs"))
    assert link_state(room) is LinkState.SUSPENDED
    return room


def _old_key(room: Room) -> str:
    return fingerprints.of_device(room.desk, "lon")[Form.SPKI_SHA256]


def test_the_other_ends_review_does_not_resume_a_suspended_link(tmp_path: Path) -> None:
    room = suspended(tmp_path)
    for who in ("alice", "bob"):
        room.compare(who, "man", channel="video")
    assert link_state(room) is LinkState.SUSPENDED
    room.desk.close()


def test_one_person_does_not_resume_a_suspended_link(tmp_path: Path) -> None:
    room = suspended(tmp_path)
    for channel in ("video", "sheet", "in-person"):
        room.compare("alice", "lon", _old_key(room), channel=channel)
    assert link_state(room) is LinkState.SUSPENDED
    room.compare("bob", "lon", _old_key(room), channel="video")
    assert link_state(room) is LinkState.ACTIVE
    room.desk.close()


def test_a_new_key_resumes_it_as_well(tmp_path: Path) -> None:
    room = suspended(tmp_path)
    room.receive("lon")
    room.compare("alice", "lon")
    assert link_state(room) is LinkState.SUSPENDED
    room.compare("carol", "lon", channel="sheet")
    assert link_state(room) is LinkState.ACTIVE
    room.desk.close()


def test_a_second_suspicion_starts_again(tmp_path: Path) -> None:
    room = suspended(tmp_path)
    room.compare("alice", "lon", _old_key(room), channel="video")
    room.clock.passes(minutes=1)
    room.receive("lon", public(private()))
    perform(room.sit("bob"), keys.SUSPECT, SuspectKey("lon", "again"))
    perform(room.sit("bob"), keys.WITHDRAW, WithdrawKey("lon", "not theirs"))
    room.compare("bob", "lon", _old_key(room), channel="video")
    assert link_state(room) is LinkState.SUSPENDED
    room.compare("alice", "lon", _old_key(room), channel="sheet")
    assert link_state(room) is LinkState.ACTIVE
    room.desk.close()


def test_roll_over_keeps_two_pins_at_most(room: Room) -> None:
    for _ in range(3):
        until = date.fromisoformat(room.clock.now.date().isoformat()).replace(year=2027, month=1, day=10).isoformat()
        room.receive("lon", **({"replace_by": until} if room.pems else {}))
        room.approve("lon")
    on_file = store.of_device(room.desk.file.read, 1)
    assert [each.state for each in on_file] == [KeyState.APPROVED, KeyState.ROLLING, KeyState.SUPERSEDED]
    assert [each.pinned_until for each in on_file] == ["", "2027-01-10", ""]


def test_a_hasty_change_ends_a_roll_over(room: Room) -> None:
    room.receive("lon")
    room.approve("lon")
    room.receive("lon", replace_by="2027-01-10")
    room.approve("lon")
    room.receive("lon")
    room.approve("lon")
    on_file = store.of_device(room.desk.file.read, 1)
    assert [each.state for each in on_file] == [KeyState.APPROVED, KeyState.SUPERSEDED, KeyState.SUPERSEDED]


def test_a_roll_over_that_was_approved_late_keeps_nothing(room: Room) -> None:
    room.receive("lon")
    room.approve("lon")
    room.receive("lon", replace_by="2026-12-01")
    room.clock.passes(days=7)
    room.approve("lon")
    assert [each.state for each in store.of_device(room.desk.file.read, 1)] == [KeyState.APPROVED, KeyState.SUPERSEDED]


def test_review_never_lies_beyond_the_end_of_life(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    room.device("lon", end_of_life="2027-03-01")
    room.receive("lon")
    room.approve("lon")
    assert store.of_device(room.desk.file.read, 1)[0].review_by == "2027-03-01"
    room.desk.close()


def test_a_second_person_who_joins_later_takes_the_mark_away(lone: Room, tmp_path: Path) -> None:
    """ "Compared by one person" is about who compared, not about how many there are today."""
    lone.compare("alice", "lon")
    assert lone.compare("alice", "lon", channel="sheet").key.by_one_person
    assert lone.compare("alice", "lon", channel="video").key.by_one_person
