"""Joining two devices, without a window."""

import pytest

from core.flows.facts import read
from core.flows.links import EndLink, NewLink
from core.services import links
from core.services.perform import perform
from tests.desks import Room


def test_the_ends_decide_the_technology_and_suggest_a_name(room: Room) -> None:
    for name, platform in (("a", "other"), ("b", "openvpn")):
        room.device(name, platform)
    facts = read(room.sit("alice"))
    assert NewLink("a").choices(facts) == ()
    state = NewLink("a", "b").settled(facts)
    assert (state.technology, state.name) == ("openvpn", "a-b")
    assert state.problems(facts) == ()
    assert perform(room.desk, links.ADD, state.command()).name == "a-b"


def test_a_typed_name_and_a_fitting_technology_stay(room: Room) -> None:
    for name in ("a", "b"):
        room.device(name, "other")
    state = NewLink("a", "b", "mine", "wireguard").settled(read(room.sit("alice")))
    assert (state.technology, state.name) == ("wireguard", "mine")


def test_platforms_without_a_common_technology(room: Room) -> None:
    room.device("a", "openvpn")
    room.device("b", "strongswan")
    facts = read(room.sit("alice"))
    state = NewLink("a", "b").settled(facts)
    found = state.problems(facts)
    assert [(each.field, type(each).__name__) for each in found] == [("right", "NothingInCommon")]
    with pytest.raises(type(found[0])):
        perform(room.desk, links.ADD, state.command())


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        (NewLink(), {"left", "right", "name", "technology"}),
        (NewLink("lon", "lon", "x", "ipsec"), {"right"}),
        (NewLink("lon", "man", "lon-man", "tls"), {"name", "technology"}),
        (NewLink("lon", "man", "again", "ipsec"), {"right"}),
        (NewLink("lon", "gone", "x", "ipsec"), {"right"}),
        (NewLink("lon", "man", "two words", "ipsec", "a\nb"), {"name", "ticket", "right"}),
    ],
)
def test_findings(room: Room, state: NewLink, fields: set[str]) -> None:
    room.ready_link()
    assert {each.field for each in state.problems(read(room.sit("alice")))} == fields


def test_retiring_a_link(room: Room) -> None:
    room.ready_link()
    facts = read(room.sit("alice"))
    assert [each.field for each in EndLink("lon-man").problems(facts)] == ["reason"]
    assert [each.field for each in EndLink("nowhere", "over").problems(facts)] == ["link"]
    state = EndLink("lon-man", "over")
    perform(room.desk, links.RETIRE, state.command())
    assert [each.field for each in state.problems(read(room.desk))] == ["link"]
