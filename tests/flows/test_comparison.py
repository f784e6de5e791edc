"""Comparing blind, without a window."""

from dataclasses import replace

import pytest

from core.crypto.sample import sample_key
from core.flows.comparison import Caution, Compare, already, words
from core.flows.facts import read
from core.flows.step import keeping
from core.model.keys import Channel, Form, Verdict
from core.services import keys
from core.services.perform import perform
from tests.desks import Room

HEX = "a7f3 22b0 90c5 1e6d f84a 3c97 b251 0d8e 6e74 c03f 18b9 a5d2 5f0c e681 94d7 2ba3"


def _call(heard: str = HEX, **more: str) -> Compare:
    state = Compare("lon", "call-back", "+44 161 496 0000", "contract", "Carol", "CHG1", heard)
    return replace(state, **more)


@pytest.fixture
def waiting(room: Room) -> Room:
    """A device whose key waits."""
    room.device("lon", phone="+44 20 7946 0000", phone_from="contract")
    room.receive("lon")
    return room


def test_two_people_walk_to_an_approved_key(waiting: Room) -> None:
    for who, channel, expected in (("alice", "call-back", 1), ("bob", "sheet", 2)):
        facts = read(waiting.sit(who))
        state = _call(waiting.heard("lon"), channel=channel, reader=f"{who}'s reader")
        assert all(not keeping(state, facts, step.name) for step in state.steps())
        told = perform(waiting.desk, keys.COMPARE, state.command())
        assert (told.finding.verdict, told.compared) == (Verdict.MATCH, expected)


def test_the_value_is_in_no_representation() -> None:
    assert "a7f3" not in repr(_call(line1="a7f3"))


def test_a_whole_value_in_a_line_fills_all_four() -> None:
    state = Compare("lon", heard="x").typed("line1", HEX)
    assert state.lines() == tuple(HEX[at : at + 19] for at in (0, 20, 40, 60))
    assert state.heard == ""
    assert state.whole().replace("\n", " ") == HEX


@pytest.mark.parametrize("text", ["SHA256:Pr0rV4bcIHPbQUAvrPzXWQ5YuHjnVpGvkkTdAcBXAQg", "12345 " * 12])
def test_another_whole_form_in_a_line_moves_to_the_large_field(text: str) -> None:
    state = Compare("lon").typed("line1", text)
    assert (state.heard, any(state.lines())) == (text, False)


def test_only_whole_lines_are_compared(waiting: Room) -> None:
    facts = read(waiting.sit("alice"))
    state = _call("", line1="a7f3 22b0 90c5 1e6d", line2="f84a", line3="", line4="1" * 16)
    found = keeping(state, facts, "type")
    assert [(each.field, vars(each)["characters"]) for each in found] == [("line2", 4), ("line3", 0)]
    assert [each.field for each in keeping(replace(state, heard="x"), facts, "type")] == ["heard"]
    assert [type(each).__name__ for each in keeping(_call(""), facts, "type")] == ["NothingHeard"]


def test_lines_compare_like_the_whole(waiting: Room) -> None:
    state = Compare("lon").typed("line1", waiting.heard("lon"))
    state = replace(state, channel="sheet", reader="Carol", ticket="CHG1")
    assert state.problems(read(waiting.sit("alice"))) == ()
    assert perform(waiting.desk, keys.COMPARE, state.command()).finding.form is Form.SPKI_SHA256


@pytest.mark.parametrize(
    ("more", "step", "field"),
    [
        ({"channel": ""}, "how", "channel"),
        ({"channel": "email"}, "how", "channel"),
        ({"channel": "pigeon"}, "how", "channel"),
        ({"number": "a\u202eb"}, "how", "number"),
        ({"reader": ""}, "reader", "reader"),
        ({"reader": "Alice Ng"}, "reader", "reader"),
        ({"reader": " alice "}, "reader", "reader"),
        ({"ticket": ""}, "reader", "ticket"),
    ],
)
def test_what_is_missing_stands_at_its_field(waiting: Room, more: dict[str, str], step: str, field: str) -> None:
    facts = read(waiting.sit("alice"))
    state = _call(**more)
    assert [each.field for each in keeping(state, facts, step)] == [field]
    with pytest.raises(type(state.problems(facts)[0]) if more != {"channel": ""} else Exception):
        perform(waiting.desk, keys.COMPARE, state.command())


def test_a_call_needs_a_number(room: Room) -> None:
    room.device("lon")
    room.receive("lon")
    facts = read(room.sit("alice"))
    assert [each.field for each in keeping(_call(number=""), facts, "how")] == ["number"]
    assert keeping(_call(number="", channel="sheet"), facts, "how") == ()


def test_the_number_on_file_serves(waiting: Room) -> None:
    facts = read(waiting.sit("alice"))
    state = _call(number="", number_from="")
    assert state.phone(facts) == ("+44 20 7946 0000", "contract")
    assert state.problems(facts) == ()


def test_the_way_of_the_key_does_not_count(room: Room) -> None:
    room.device("lon")
    room.receive("lon", arrival="in-person")
    ways = dict(_call().ways(read(room.sit("alice"))))
    assert [type(each).__name__ for each in ways[Channel.IN_PERSON]] == ["SameChannelAsKey"]
    assert not any(found for channel, found in ways.items() if channel is not Channel.IN_PERSON)
    assert Channel.EMAIL not in ways


def test_the_same_person_is_told_before_the_call(waiting: Room) -> None:
    assert not already(read(waiting.sit("alice")), "lon")
    waiting.compare("alice", "lon")
    facts = read(waiting.sit("alice"))
    assert already(facts, "lon")
    assert "operator" in [each.field for each in keeping(Compare("lon"), facts, "how")]
    facts = read(waiting.sit("bob"))
    assert not already(facts, "lon")
    assert [each.field for each in keeping(_call(reader="alice's reader"), facts, "reader")] == ["reader"]


def test_a_lone_administrator_takes_another_channel(lone: Room) -> None:
    lone.device("lon")
    lone.receive("lon")
    assert Compare("lon").cautions(read(lone.sit("alice"))) == (Caution.ANOTHER_WAY_NEEDED,)
    lone.compare("alice", "lon")
    facts = read(lone.sit("alice"))
    assert not already(facts, "lon")
    assert [each.field for each in keeping(_call(), facts, "how")] == ["channel"]
    assert keeping(_call(channel="sheet"), facts, "how") == ()


def test_cautions(waiting: Room) -> None:
    assert Compare("lon").cautions(read(waiting.sit("alice"))) == (Caution.SECOND_NEEDED,)
    waiting.compare("alice", "lon")
    facts = read(waiting.sit("bob"))
    assert _call().cautions(facts) == (Caution.SECOND_NOW, Caution.TELEPHONE_ONLY)
    assert _call(channel="sheet").cautions(facts) == (Caution.SECOND_NOW,)
    waiting.compare("bob", "lon", channel="sheet")
    assert _call().cautions(read(waiting.sit("bob"))) == (Caution.RENEWS,)


def test_tries_run_out_and_quarantine_says_so(waiting: Room) -> None:
    heard = waiting.heard("lon")
    slip = ("0" if heard[0] != "0" else "1") + heard[1:]
    assert Compare("lon").tries_left(read(waiting.sit("alice"))) == 3
    waiting.compare("alice", "lon", slip)
    assert Compare("lon").tries_left(read(waiting.sit("alice"))) == 2
    other = sample_key()
    waiting.pems["lon"], kept = other, waiting.pems["lon"]
    waiting.compare("alice", "lon")
    waiting.pems["lon"] = kept
    found = Compare("lon").problems(read(waiting.sit("alice")))
    assert [type(each).__name__ for each in found] == ["KeyQuarantined"]


def test_nothing_to_compare(room: Room) -> None:
    room.device("lon")
    facts = read(room.sit("alice"))
    assert [type(each).__name__ for each in Compare("lon").problems(facts)] == ["NoKeyToCompare"]
    assert [type(each).__name__ for each in Compare("nowhere").problems(facts)] == ["NoSuchDevice"]
    assert Compare("lon").cautions(facts) == ()


def test_pgp_words_take_turns() -> None:
    assert words(0)[0] == "aardvark"
    assert words(1)[0] == "adroitness"
    assert len(words(0)) == len(words(1)) == 256
