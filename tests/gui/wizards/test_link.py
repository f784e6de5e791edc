"""Adding a link by keyboard, with a device made on the way."""

from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from tests.desks import Room
from tests.gui.wizards.drive import Driver, opened, unnamed


def test_by_keyboard_to_the_commit(qtbot: QtBot, room: Room) -> None:
    room.device("lon")
    room.device("man", "other")
    room.sit("alice")
    driver = opened(qtbot, room, "link")
    driver.type(left="lon", right="man")
    assert unnamed(driver.wizard) == []
    driver.next()
    box = driver.wizard.currentPage().findChild(QComboBox, "technology")
    assert [box.itemData(at) for at in range(box.count())] == ["ipsec"]
    assert driver.said("name") == "lon-man"
    driver.type(ticket="CHG1")
    driver.next()
    driver.commit()
    (made,) = driver.results
    assert (made.name, made.technology.value, made.ticket) == ("lon-man", "ipsec", "CHG1")
    driver.press("nextReceive")
    assert driver.wanted == [("receive", "lon")]


def test_devices_that_carry_nothing_together(qtbot: QtBot, room: Room) -> None:
    room.device("lon")
    room.device("vpn", "openvpn")
    room.sit("alice")
    driver = opened(qtbot, room, "link", "lon")
    driver.type(right="vpn")
    driver.next()
    assert "carry no technology together" in driver.problem("right")
    assert driver.step == "ends"


def test_a_device_made_on_the_way_becomes_the_end(qtbot: QtBot, room: Room) -> None:
    room.device("lon")
    room.sit("alice")
    driver = opened(qtbot, room, "link", "lon")
    driver.press("newDevice")
    (inner,) = driver.opened
    qtbot.waitUntil(lambda: QApplication.activeWindow() is inner)
    second = Driver(qtbot, room, inner)
    second.type(name="par")
    second.next()
    second.type(identity="par.example.net", address="192.0.2.9")
    second.next()
    second.next()
    second.commit()
    second.press("wizardFinish")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is driver.wizard)
    driver.next()
    assert driver.said("name") == "lon-par"
