"""Adding and retiring a device, without a window."""

from dataclasses import replace

import pytest

from core.flows.devices import EndDevice, NewDevice
from core.flows.facts import read
from core.flows.step import keeping
from core.services import devices
from core.services.perform import perform
from tests.desks import Room

GOOD = NewDevice("lon", "strongswan", identity="lon.example.net", address="192.0.2.1", networks="10.1.0.0/24")


def test_the_whole_way(room: Room) -> None:
    facts = read(room.sit("alice"))
    assert [step.name for step in GOOD.steps()] == ["what", "network", "contact", "review", "done"]
    assert all(not keeping(GOOD, facts, step.name) for step in GOOD.steps())
    made = perform(room.desk, devices.ADD, GOOD.command())
    assert (made.name, made.networks) == ("lon", ("10.1.0.0/24",))


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("name", "", "TextNotFit"),
        ("name", "two words", "TextNotFit"),
        ("platform", "junos", "UnknownPlatform"),
        ("identity", "%any", "IdentityNotFit"),
        ("address", "two words", "AddressNotFit"),
        ("networks", "10.1.0.1/24", "NetworkNotFit"),
        ("end_of_life", "soon", "TextNotFit"),
        ("contact", "a\u202eb", "TextNotFit"),
    ],
)
def test_each_finding_stands_at_its_field_and_the_service_has_the_same(
    room: Room, field: str, value: str, rule: str
) -> None:
    state = GOOD.typed(field, value)
    found = state.problems(read(room.sit("alice")))
    assert [(each.field, type(each).__name__) for each in found] == [(field, rule)]
    with pytest.raises(type(found[0])):
        perform(room.desk, devices.ADD, state.command())


def test_a_number_needs_its_origin(room: Room) -> None:
    state = replace(GOOD, phone="+44 161 496 0000")
    assert [each.field for each in state.problems(read(room.sit("alice")))] == ["phone_from"]


def test_everything_at_once(room: Room) -> None:
    found = NewDevice(end_of_life="x").problems(read(room.sit("alice")))
    assert {each.field for each in found} == {"name", "identity", "address", "end_of_life"}


def test_a_step_is_kept_by_its_own_fields_and_earlier_ones_only(room: Room) -> None:
    facts = read(room.sit("alice"))
    state = replace(GOOD, name="", address="")
    assert [each.field for each in keeping(state, facts, "what")] == ["name"]
    assert [each.field for each in keeping(state, facts, "network")] == ["name", "address"]
    assert len(keeping(state, facts, "review")) == 2


def test_another_device_stands_against_it(room: Room) -> None:
    room.device("lon")
    found = GOOD.problems(read(room.sit("alice")))
    assert [type(each).__name__ for each in found] == ["DeviceNameTaken", "IdentityTaken"]


@pytest.mark.parametrize(("typed", "known"), [("gw.example.net", "fqdn:gw.example.net"), ("%any", "None")])
def test_the_identity_is_explained_while_typed(typed: str, known: str) -> None:
    assert str(GOOD.typed("identity", typed).known_as()) == known


def test_retiring_names_what_ends(room: Room) -> None:
    room.ready_link()
    facts = read(room.sit("alice"))
    state = EndDevice("lon")
    assert [link.name for link in state.ending(facts)] == ["lon-man"]
    assert [each.field for each in state.problems(facts)] == ["reason", "ticket"]
    state = replace(state, reason="replaced", ticket="CHG1")
    assert state.problems(facts) == ()
    perform(room.desk, devices.RETIRE, state.command())
    after = read(room.desk)
    assert [each.field for each in state.problems(after)] == ["device"]
    assert after.link("lon-man") is None
