"""A backup by keyboard: made and read back, tried out, put back from nothing, and what that asks of people."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from core.model.backups import MakeBackup
from core.services import audit, backups, logs, manifests, restored, restoring
from core.services.desk import open_desk
from core.services.perform import perform
from gui.pages.backups import BackupPage
from gui.pages.base import read
from tests.desks import CHEAP, Room, passphrase
from tests.gui.wizards.drive import Driver, opened, texts, unnamed
from tests.spoil import spoil


def made(room: Room, folder: Path) -> Path:
    path = folder / "copy.backup"
    perform(room.sit("alice"), backups.MAKE, MakeBackup(path))
    return path


def actions(room: Room) -> list[str]:
    return [each.action for each in logs.read(room.sit("alice"), 6)]


def test_a_backup_is_written_and_read_back(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    driver = opened(qtbot, room, "backup")
    driver.commit()
    assert driver.problem("to") == "This is needed."
    assert driver.said("file").endswith(".backup")
    driver.type(to=str(tmp_path), file="of-today.backup")
    assert unnamed(driver.wizard) == []
    driver.commit()
    assert driver.step == "done"
    assert "was opened again and holds together" in driver.said("doneBannerText")
    found = backups.look(tmp_path / "of-today.backup", cost=CHEAP)
    assert found.sha256 in driver.said("copied")
    keeping = restoring.keeping(room.desk)
    newest = keeping.newest("backup.made")
    assert newest is not None
    assert (newest.sha256, newest.actor, keeping.since, keeping.make_late) == (found.sha256, "alice", 0, False)
    again = opened(qtbot, room, "backup")
    again.type(to=str(tmp_path), file="of-today.backup")
    again.commit()
    assert "was not overwritten" in again.problem("file")


def test_a_folder_that_is_not_there(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    driver = opened(qtbot, room, "backup")
    driver.type(to=str(tmp_path / "none"))
    driver.commit()
    assert (driver.step, list(tmp_path.glob("*.backup"))) == ("where", [])
    assert "Something unexpected" not in texts(driver.wizard)


@pytest.mark.parametrize("how", ["drill", "look"])
def test_a_copy_is_tried_out(qtbot: QtBot, room: Room, tmp_path: Path, how: str) -> None:
    path = made(room, tmp_path)
    driver = opened(qtbot, room, "backup-try")
    assert unnamed(driver.wizard) == []
    driver.type(file=str(path))
    driver.choose("how", how)
    driver.commit()
    assert "holds together, and alice, bob can open it" in driver.said("doneBannerText")
    assert ("is on record" in driver.said("doneBannerText")) is (how == "drill")
    assert ("backup.drilled" in actions(room)) is (how == "drill")
    assert backups.look(path, cost=CHEAP).sha256 in driver.said("copied")  # of the file on the stick, not of the trial


def test_a_copy_that_does_not_serve(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    path = made(room, tmp_path)
    spoil(path, "DELETE FROM ledger WHERE number = 1")
    driver = opened(qtbot, room, "backup-try", path=str(path))
    driver.commit()
    assert "This copy does not serve" in driver.said("doneBannerText")
    trace = restoring.keeping(room.desk).newest("backup.drilled")
    assert trace is not None
    assert not trace.sound


def restoring_from(qtbot: QtBot, path: Path) -> Driver:
    """From the start page: no workspace is open."""
    return opened(qtbot, None, "put-back", path=str(path))


def test_put_back_from_nothing(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    path = made(room, tmp_path)
    room.desk.close()
    room.path.unlink()
    driver = restoring_from(qtbot, path)
    driver.commit()
    assert driver.step == "place"
    box = driver.wizard.currentPage().findChild(QComboBox, "name")
    assert [box.itemData(at) for at in range(box.count())] == ["alice", "bob"]
    assert str(path) in driver.said("copied")
    driver.type(to=str(room.path))
    assert unnamed(driver.wizard) == []
    driver.commit()
    assert driver.problem("passphrase") == "This is needed."
    driver.type(passphrase="not her passphrase")
    driver.commit()
    assert "not the passphrase of alice" in driver.problem("passphrase")
    assert not room.path.exists()
    driver.type(passphrase=passphrase("alice"))
    driver.commit()
    assert driver.step == "done", texts(driver.wizard)
    assert "Work in one file only" in driver.said("doneBannerText")
    assert passphrase("alice") not in texts(driver.wizard) + repr(driver.wizard.flow)
    driver.press("wizardFinish")
    assert driver.results == [room.path]
    desk = open_desk(room.path, cost=CHEAP)
    assert audit.inspect(desk).faults == ()
    assert restored.since(desk.file.read)[0] > 0
    desk.close()


def test_a_later_manifest_says_what_the_copy_cannot(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    """The restore then waits for a second person, and the page says so where no keyring does."""
    path = made(room, tmp_path)
    later = perform(room.sit("alice"), backups.MAKE, MakeBackup(tmp_path / "later.backup"))
    driver = restoring_from(qtbot, path)
    driver.commit()
    to = tmp_path / "back.anchorhold"
    driver.type(to=str(to), manifest=str(manifests.beside(later.path)), passphrase=passphrase("alice"))
    driver.commit()
    assert f"known outside up to entry {later.report.rows}" in driver.said("doneBannerText")
    assert "waits for a second person" in driver.said("doneBannerText")
    desk = open_desk(to, cost=CHEAP)
    page = BackupPage()
    qtbot.addWidget(page)
    page.looked_up(desk, page.look_up(desk), "")
    page.fill(read(desk))
    assert "No CA key opens before a second person agrees" in texts(page)
    assert page.badge(read(desk)) == 1
    desk.close()


@pytest.mark.parametrize("name", ["there.anchorhold", "back.db"])
def test_what_stands_in_the_way_is_said_at_the_file(qtbot: QtBot, room: Room, tmp_path: Path, name: str) -> None:
    path = made(room, tmp_path)
    (tmp_path / "there.anchorhold").write_bytes(b"something")
    driver = restoring_from(qtbot, path)
    driver.commit()
    driver.type(to=str(tmp_path / name), passphrase=passphrase("alice"))
    driver.commit()
    assert driver.step == "place"
    assert driver.problem("to")
    assert (tmp_path / "there.anchorhold").read_bytes() == b"something"
    assert not (tmp_path / "back.db").exists()


def test_a_damaged_copy_is_not_asked_about(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    path = made(room, tmp_path)
    spoil(path, "DELETE FROM ledger WHERE number = 1")
    driver = restoring_from(qtbot, path)
    driver.commit()
    assert driver.step == "copy"
    assert "damaged" in texts(driver.wizard) or "does not hold" in texts(driver.wizard)


def test_a_file_that_is_none(qtbot: QtBot, tmp_path: Path) -> None:
    driver = restoring_from(qtbot, tmp_path / "none.backup")
    driver.commit()
    assert driver.step == "copy"
    assert "Something unexpected" not in texts(driver.wizard)


def test_no_keyring_no_alarm(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "accept-head")
    qtbot.waitUntil(lambda: "nothing against this file" in driver.said("headAlarm"))
    driver.type(reason="a new machine")
    driver.commit()
    assert driver.step == "head"
    assert "keyring" in texts(driver.wizard)
