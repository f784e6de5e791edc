"""Where the keyboard is when a wizard opens: in the first field that asks something, never on a button past it."""

import pytest
from pytestqt.qtbot import QtBot

from tests.desks import Room
from tests.gui.wizards.drive import opened


@pytest.mark.parametrize(
    ("what", "about", "first"),
    [
        ("device", "", "name"),
        ("link", "", "left"),
        ("receive", "", "device"),
        ("compare", "lon", "channel_call-back"),
        ("reject", "lon", "reason"),
    ],
)
def test_a_wizard_opens_in_its_first_field(qtbot: QtBot, room: Room, what: str, about: str, first: str) -> None:
    room.device("lon")
    room.sit("alice")
    at = opened(qtbot, room, what, about).at
    assert at is not None
    assert at.objectName() == first
