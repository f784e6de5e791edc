"""Exporting by keyboard: what is blocked, every file before it is written, the folders afterwards."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QListWidget
from pytestqt.qtbot import QtBot

from tests.desks import Room
from tests.gui.wizards.drive import Driver, opened, unnamed


def _to_preview(driver: Driver, to: Path) -> None:
    driver.next()
    driver.type(to=str(to))
    driver.next()
    assert driver.step == "preview"
    driver.qtbot.waitUntil(lambda: driver.said("previewText") != "")


def test_by_keyboard_to_the_folders(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.ready_link()
    room.sit("alice")
    driver = opened(qtbot, room, "export", "lon-man")
    found = unnamed(driver.wizard)
    _to_preview(driver, tmp_path / "out")
    files = driver.wizard.currentPage().findChild(QComboBox, "previewFile")
    seen = {}
    for at in range(files.count()):
        files.setCurrentIndex(at)
        seen[files.itemText(at)] = driver.said("previewText")
    assert not (tmp_path / "out").exists()
    found += unnamed(driver.wizard)
    driver.commit()
    assert driver.step == "done"
    for name, text in seen.items():
        assert (tmp_path / "out" / name).read_text() == text, name
    assert "lon/install/swanctl/conf.d/lon-man.conf" in seen
    (made,) = driver.results
    for each in made.exports:
        assert each.manifest_sha256 in driver.said("manifests")
    assert "swanctl --load-all" in driver.said("readme")
    assert found + unnamed(driver.wizard) == []
    driver.press("nextReadback")
    assert driver.wanted == [("readback", "lon")]


def test_what_is_blocked_says_why_and_cannot_be_chosen(qtbot: QtBot, room: Room) -> None:
    room.ready_link()
    room.device("par")
    room.link("lon", "par")
    driver = opened(qtbot, room, "export")
    items = driver.to("names")
    assert isinstance(items, QListWidget)
    told = [items.item(at).text() for at in range(items.count())]
    assert told[0] == "lon-man"
    assert told[1].startswith("lon-par: blocked. The key of par is not approved")
    driver.next()
    assert "No link can be exported" in driver.problem("names")
    items.setCurrentRow(1)
    QTest.keyClick(items, Qt.Key.Key_Space)
    assert driver.wizard.flow.value("names") == ()
    driver.to("names")
    items.setCurrentRow(0)
    QTest.keyClick(items, Qt.Key.Key_Space)
    assert driver.wizard.flow.value("names") == ("lon-man",)
    driver.press("chooseNone")
    driver.press("chooseAll")
    assert driver.wizard.flow.value("names") == ("lon-man",)
    driver.next()
    assert driver.step == "folder"


def test_nothing_is_overwritten(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.ready_link()
    room.sit("alice")
    (tmp_path / "out" / "man").mkdir(parents=True)
    driver = opened(qtbot, room, "export", "lon-man")
    driver.next()
    driver.type(to=str(tmp_path / "out"))
    assert str(tmp_path / "out" / "man") in driver.said("foldersMade")
    driver.next()
    assert "exists already" in driver.problem("to")


def test_a_batch_can_be_stopped_and_leaves_nothing(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.ready_link()
    room.ready_link("par", "osl")
    room.sit("alice")
    driver = opened(qtbot, room, "export")
    driver.press("chooseAll")
    _to_preview(driver, tmp_path / "out")
    driver.wizard.bench.lane.do(lambda: QTest.qSleep(200), lambda _result, _error: None)
    driver.press("wizardCommit")
    QTest.keyClick(driver.wizard, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not driver.wizard.busy)
    assert "You stopped it" in driver.said("previewBannerText")
    assert not (tmp_path / "out").exists()
    driver.commit()
    assert len(driver.results[0].exports) == 4
