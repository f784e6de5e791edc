"""A root key is opened on a machine that is alone (M10), whichever command opens it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors.authorities import NetworkUp
from core.errors.workspace import NotRehearsal
from core.model.custody import Drill, HeldKey, ReplaceCustodian
from core.model.workspace import Kind
from core.services import audit, custodians, offline, opening
from core.store import audit as rows
from tests.custody.vaults import DUTIES, agreed, hands, held, root_room
from tests.desks import Room, make_room

NOT_ASKED = offline.NetworkUp(asked=False)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = root_room(tmp_path)
    yield room
    room.desk.close()


def newest(room: Room) -> tuple[str, dict[str, object]]:
    """Action and details of the last row."""
    row = rows.recent(room.desk.file.read, 1)[0]
    return row.action, row.body["details"]


def drill(room: Room, *names: str) -> HeldKey:
    return custodians.drill(room.sit("alice"), Drill("root", names), hands(*names))


def plugged(net: Path) -> None:
    (net / "eth0").mkdir()
    (net / "eth0" / "carrier").write_text("1\n")


def test_a_root_key_is_not_opened_on_a_network(room: Room, net: Path) -> None:
    """The drill and the replacement ask what the ceremony asks; with a reason and a witness it is on record."""
    held(room)
    proposal = agreed(room, ReplaceCustodian("root", "carol", "dave"))
    plugged(net)
    with pytest.raises(NetworkUp):
        drill(room, "alice", "bob")
    assert newest(room)[0] == "refused"
    with pytest.raises(NetworkUp):
        custodians.replace(room.sit("alice"), proposal, hands("alice", "bob", "dave"))
    with pytest.raises(NotRehearsal):
        custodians.drill(room.sit("alice"), Drill("root", ("alice", "bob")), hands("alice", "bob"), NOT_ASKED)
    assert [each.what for each in opening.register(room.desk, opening.key(room.desk, "root"))] == ["made"]
    up = offline.NetworkUp("the switch is being moved", "erin")
    custodians.drill(room.sit("alice"), Drill("root", ("alice", "bob")), hands("alice", "bob"), up)
    assert newest(room)[1]["because"] == "network up: the switch is being moved; witness erin"
    custodians.replace(room.sit("bob"), proposal, hands("alice", "bob", "dave"), up)
    assert newest(room)[1]["because"] == "network up: the switch is being moved; witness erin"
    lines = opening.register(room.desk, opening.key(room.desk, "root"))
    assert [(each.what, each.holder) for each in lines[1:]] == [
        ("out", "alice"), ("in", "alice"), ("out", "bob"), ("in", "bob"),
    ]  # fmt: skip
    assert audit.inspect(room.desk).faults == ()


def test_an_issuing_key_is_opened_on_its_network(tmp_path: Path, net: Path) -> None:
    room = make_room(tmp_path, DUTIES, kind=Kind.ISSUING, duties=DUTIES)
    held(room)
    plugged(net)
    drill(room, "alice", "bob")
    assert [each.what for each in opening.register(room.desk, opening.key(room.desk, "root"))] == ["made"]
    room.desk.close()
