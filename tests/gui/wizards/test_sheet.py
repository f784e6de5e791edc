"""The own recovery sheet in the window: typed for anew, printed from memory, typed back from paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from core.crypto.custody import Generated
from core.errors.people import WrongPassphrase
from core.model.custody import ChangeCustodyPassphrase, SheetState, UseSheet
from core.services import audit, custodians, people, recovery
from core.services.opening import Hands
from tests.custody.printers import Queue, on_paper, queue
from tests.custody.vaults import hands, held, root_room
from tests.desks import Room, make_room, passphrase
from tests.gui.wizards.drive import Driver, clashing, opened, texts, unnamed

NEW = "fourteen pale lanterns by the quay"


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Queue:
    return queue(monkeypatch, tmp_path / "printer")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path)
    made.sit("bob")
    yield made
    made.desk.close()


def drawn(qtbot: QtBot, room: Room) -> Driver:
    driver = opened(qtbot, room, "sheet")
    driver.type(passphrase=passphrase("bob"))
    driver.commit()
    assert driver.step == "print", driver.said("ownerBannerText")
    return driver


def printed(driver: Driver) -> None:
    driver.press("printSheet")
    driver.qtbot.waitUntil(lambda: not driver.wizard.busy)


@pytest.mark.real
def test_from_the_passphrase_to_a_sheet_that_works(qtbot: QtBot, room: Room, printer: Queue) -> None:
    driver = opened(qtbot, room, "sheet")
    found = unnamed(driver.wizard) + clashing(driver.wizard)
    driver.type(passphrase="not what bob has in mind")
    driver.commit()
    assert driver.step == "owner"
    assert recovery.sheets(room.desk, "bob") == ()
    driver.type(passphrase=passphrase("bob"))
    driver.commit()
    assert driver.step == "print"
    found += unnamed(driver.wizard) + clashing(driver.wizard)
    driver.next()
    assert "was not printed" in driver.problem("printer")
    printed(driver)
    assert "on its way to paper" in driver.said("printBannerText")
    words = on_paper(printer.tray)
    assert len(words.split()) == 16
    assert words not in texts(driver.wizard) + repr(driver.wizard.flow)
    driver.next()
    assert driver.step == "typed"
    found += unnamed(driver.wizard)
    driver.type(words=words.replace(words.split()[3], "wrong", 1))
    driver.commit()
    assert driver.step == "typed"
    driver.type(words=words.upper())
    driver.commit()
    assert driver.step == "done", driver.said("typedBannerText")
    assert "Sheet 1 works" in driver.said("doneBannerText")
    assert [each.state for each in recovery.sheets(room.desk, "bob")] == [SheetState.PROVED]
    assert found + unnamed(driver.wizard) == []
    recovery.recover(room.sit("alice"), UseSheet("bob"), words, NEW)
    with pytest.raises(WrongPassphrase):
        people.authenticate(room.desk, "bob", passphrase("bob"))
    room.clock.passes(seconds=60)
    people.authenticate(room.desk, "bob", NEW)
    assert audit.inspect(room.desk).faults == ()


def test_what_writes_a_file_is_no_printer(qtbot: QtBot, room: Room, printer: Queue) -> None:
    driver = drawn(qtbot, room)
    driver.type(printer="pdf")
    printed(driver)
    assert "pdf-writer writes what is printed into a file" in driver.problem("printer")
    driver.next()
    assert driver.step == "print"
    assert not printer.tray.exists()


def test_nothing_of_it_is_on_a_disk(qtbot: QtBot, room: Room, printer: Queue, tmp_path: Path) -> None:
    """What came out of the printer aside, no file holds the sheet while it is printed; lp gets it over a pipe."""
    before = set(tmp_path.rglob("*"))
    printed(drawn(qtbot, room))
    made = {path.name for path in set(tmp_path.rglob("*")) - before if path.is_file()}
    assert made <= {"tray", "words", "room.anchorhold-wal", "room.anchorhold-shm"}
    assert printer.words.read_text().split() == ["-d", "paper", "-t", "Anchorhold", "-"]


def test_a_lock_between_is_its_end(qtbot: QtBot, room: Room, printer: Queue) -> None:
    driver = drawn(qtbot, room)
    driver.wizard.hide()
    QApplication.processEvents()
    assert driver.wizard.drawn is None  # type: ignore[attr-defined]
    assert [each.state for each in recovery.sheets(room.desk, "bob")] == [SheetState.PRINTED]


def test_no_printer_is_said(qtbot: QtBot, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queue(monkeypatch, tmp_path / "none", there=False)
    driver = drawn(qtbot, room)
    assert "lp is not there" in driver.problem("printer")


def test_a_custodians_sheet_asks_for_the_key_too(qtbot: QtBot, tmp_path: Path, printer: Queue) -> None:
    root = root_room(tmp_path)
    held(root)
    root.sit("bob")
    driver = opened(qtbot, root, "sheet")
    driver.type(passphrase=passphrase("bob"), held="not what bob keeps in mind")
    driver.commit()
    assert driver.step == "owner"
    driver.type(passphrase=passphrase("bob"), held=passphrase("bob"))
    driver.commit()
    assert driver.step == "print", driver.said("ownerBannerText")
    (sheet,) = recovery.sheets(root.desk, "bob")
    assert sheet.covers == ("sign-in", "root")
    root.desk.close()


def test_a_key_with_a_passphrase_of_its_own_is_asked_for(qtbot: QtBot, tmp_path: Path, printer: Queue) -> None:
    """Only once the one for all did not open it, and only that one; the sentence stands beside it."""
    root = root_room(tmp_path)
    held(root, name="one")
    held(root, name="two")
    new = Hands({"bob": Generated("another passphrase altogether")})
    custodians.change_passphrase(root.sit("bob"), ChangeCustodyPassphrase("two", "bob"), hands("bob"), new)
    driver = opened(qtbot, root, "sheet")
    rows = [driver.wizard.findChild(QLineEdit, f"own_{number}") for number in (0, 1)]
    assert [each.isVisible() for each in rows] == [False, False]
    driver.type(passphrase=passphrase("bob"), held=passphrase("bob"))
    driver.commit()
    assert driver.step == "owner"
    assert [each.isVisible() for each in rows] == [False, True]
    assert (driver.problem("own_1") != "", driver.problem("passphrase"), driver.problem("held")) == (True, "", "")
    assert unnamed(driver.wizard) + clashing(driver.wizard) == []
    root.clock.passes(minutes=5)
    driver.type(own_1="another passphrase altogether")
    driver.commit()
    assert driver.step == "print", driver.said("ownerBannerText")
    (sheet,) = recovery.sheets(root.desk, "bob")
    assert sheet.covers == ("sign-in", "one", "two")
    assert "altogether" not in repr(driver.wizard.flow)
    assert rows[1].text() == ""
    root.desk.close()
