"""Rejecting, suspecting and retiring by keyboard."""

import pytest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from core.model.devices import DeviceState
from core.model.keys import KeyState
from core.model.links import LinkState
from tests.desks import Room
from tests.gui.wizards.drive import opened, texts, unnamed


def test_rejecting_a_waiting_key(qtbot: QtBot, room: Room) -> None:
    room.device("lon")
    room.receive("lon")
    driver = opened(qtbot, room, "reject", "lon")
    assert "waiting key of lon is rejected" in driver.said("follows")
    driver.commit()
    assert driver.problem("reason") == "This is needed."
    driver.type(reason="not theirs")
    driver.commit()
    assert driver.results[0].state is KeyState.WITHDRAWN
    assert unnamed(driver.wizard) == []


def test_withdrawing_says_what_it_costs(qtbot: QtBot, room: Room) -> None:
    room.ready_link()
    room.sit("alice")
    driver = opened(qtbot, room, "reject", "lon")
    assert "approved key of lon is withdrawn" in driver.said("follows")


def test_suspecting_makes_a_sheet_without_the_key(qtbot: QtBot, room: Room) -> None:
    room.ready_link()
    room.receive("lon")
    driver = opened(qtbot, room, "suspect", "lon")
    assert "lon-man" in driver.said("follows")
    driver.type(reason="the mail came from another address")
    driver.commit()
    assert driver.results[0].state is KeyState.QUARANTINED
    sheet = driver.wizard.currentPage().findChild(QPlainTextEdit, "incidentSheet")
    assert "the mail came from another address" in sheet.toPlainText()
    assert "lon-man" in sheet.toPlainText()
    assert room.heard("lon")[:16] not in texts(driver.wizard).lower().replace(" ", "")


@pytest.mark.parametrize(("what", "about"), [("retire-link", "lon-man"), ("retire-device", "lon")])
def test_retiring(qtbot: QtBot, room: Room, what: str, about: str) -> None:
    room.ready_link()
    room.sit("alice")
    driver = opened(qtbot, room, what, about)
    assert about in driver.said("follows")
    assert "lon-man" in driver.said("follows")
    typed = {"reason": "replaced"} | ({"ticket": "CHG1"} if what == "retire-device" else {})
    driver.type(**typed)
    driver.commit()
    assert driver.results[0].state in (LinkState.RETIRED, DeviceState.RETIRED)
    assert about in driver.said("doneBannerText")


def test_what_was_not_named_is_asked_for(qtbot: QtBot, room: Room) -> None:
    room.ready_link()
    room.device("par")
    room.receive("man")
    driver = opened(qtbot, room, "suspect")
    box = driver.wizard.currentPage().findChild(QComboBox, "device")
    assert [box.itemData(at) for at in range(box.count())] == ["", "man"]
    assert driver.said("follows") == ""
    driver.type(device="man")
    assert "lon-man" in driver.said("follows")
    driver.type(reason="odd mail")
    driver.commit()
    assert driver.results[0].state is KeyState.QUARANTINED
    retire = opened(qtbot, room, "retire-link")
    retire.type(link="lon-man", reason="over")
    retire.commit()
    assert retire.results[0].state is LinkState.RETIRED
