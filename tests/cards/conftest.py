"""Two workspaces: one hands out a card, one receives it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import Room, make_room


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Room]:
    """The workspace that hands out the card of its device lon."""
    (tmp_path / "ours").mkdir()
    room = make_room(tmp_path / "ours")
    room.device("lon", contact="NOC London", phone="+44 20 7946 0000", phone_from="contract")
    room.receive("lon")
    room.approve("lon")
    yield room
    room.desk.close()


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Room]:
    """The workspace at the other end, which knows lon as a device without a key."""
    (tmp_path / "theirs").mkdir()
    room = make_room(tmp_path / "theirs", ("carol", "dave"))
    room.sessions["alice"], room.sessions["bob"] = room.sessions["carol"], room.sessions["dave"]
    room.device("lon")
    yield room
    room.desk.close()
