"""Reading a device back by keyboard: the commands, the paste, the answer key by key."""

from PySide6.QtWidgets import QPlainTextEdit, QTableWidget
from pytestqt.qtbot import QtBot

from core.crypto.sample import sample_key
from tests.desks import Room
from tests.gui.wizards.drive import Driver, opened, unnamed


def _paste(driver: Driver, text: bytes) -> None:
    widget = driver.to("untrusted")
    assert isinstance(widget, QPlainTextEdit)
    widget.setPlainText(text.decode())


def _rows(driver: Driver) -> list[list[str]]:
    table = driver.wizard.currentPage().findChild(QTableWidget, "readings")
    return [[table.item(row, at).text() for at in range(3)] for row in range(table.rowCount())]


def test_by_keyboard_to_an_answer(qtbot: QtBot, room: Room) -> None:
    room.ready_link()
    room.sit("alice")
    driver = opened(qtbot, room, "readback")
    driver.type(device="lon")
    qtbot.waitUntil(lambda: "swanctl --list-certs" in driver.said("commands"))
    found = unnamed(driver.wizard)
    driver.next()
    _paste(driver, room.pems["lon"] + room.pems["man"])
    found += unnamed(driver.wizard)
    driver.commit()
    assert driver.step == "answer"
    assert "holds what was approved" in driver.said("answerBannerText")
    assert sorted(_rows(driver)) == [["lon", "", "as approved"], ["man", "", "as approved"]]
    assert found + unnamed(driver.wizard) == []


def test_an_unknown_and_a_missing_key_say_what_to_do(qtbot: QtBot, room: Room) -> None:
    room.ready_link()
    room.sit("alice")
    driver = opened(qtbot, room, "readback", "lon")
    driver.next()
    _paste(driver, sample_key())
    driver.commit()
    assert [row[2] for row in _rows(driver)] == ["unknown key", "missing"]
    assert _rows(driver)[0][0] == "nobody on file"
    assert not driver.results[0].passed
    table = driver.wizard.currentPage().findChild(QTableWidget, "readings")
    assert "remove it" in table.item(0, 3).text()
    driver.press("nextReadback")
    assert driver.wanted == [("readback", "lon")]


def test_what_is_refused_stands_at_the_paste(qtbot: QtBot, room: Room) -> None:
    room.ready_link()
    room.sit("alice")
    driver = opened(qtbot, room, "readback", "lon")
    driver.next()
    _paste(driver, b"[Peer]\nPresharedKey = AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
    driver.commit()
    assert "shared secret" in driver.problem("untrusted")
    assert driver.results == []
