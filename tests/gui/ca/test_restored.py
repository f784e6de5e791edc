"""A restored CA in the window: what stands in the way of the next CRL is told, and mended by wizards of two people."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.errors.revocation import PublishedUnread
from core.model.backups import Restore
from core.model.proposals import State
from core.services import backups, crls, proposals, restored
from core.services.perform import perform
from gui.pages.backups import BackupPage
from gui.pages.base import read
from tests.desks import Room, passphrase
from tests.gui.ca.test_wizards import room, world  # noqa: F401 - fixtures
from tests.gui.wizards.drive import Driver, opened, texts, unnamed
from tests.pki.worlds import PAIR, hands


@pytest.fixture
def back(room: Room) -> Room:  # noqa: F811
    """It is on record that the file was put back."""
    perform(room.sit("bob"), backups.RESTORE, Restore(room.path, 1, "00"))
    return room


def page_of(qtbot: QtBot, back: Room) -> BackupPage:
    page = BackupPage()
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.looked_up(back.desk, page.look_up(back.desk), "")
    page.fill(read(back.desk))
    return page


def test_nothing_is_published_says_two_people(qtbot: QtBot, back: Room) -> None:
    shown = read(back.desk)
    assert [each.about for each in shown.steps if each.act == "crl-take"] == ["ipsec-g1"]
    page = page_of(qtbot, back)
    assert "Before a CRL of ipsec-g1 is signed, read in the newest one" in texts(page)
    assert page.badge(shown) >= 1
    with pytest.raises(PublishedUnread):
        crls.sign(back.sit("bob"), "ipsec-g1", PAIR, hands())
    driver = opened(qtbot, back, "crl-none", "ipsec-g1")
    assert unnamed(driver.wizard) == []
    driver.commit()
    assert driver.problem("reason") == "This is needed."
    driver.type(reason="the publishing host burnt as well")
    driver.commit()
    asked = driver.results[0]
    assert "tells only of what this file knows" in driver.said("doneBannerText")
    driver.press("nextApprove")
    assert driver.wanted == [("approve", asked.digest)]  # type: ignore[attr-defined]
    driver = opened(qtbot, back, "approve", asked.digest)  # type: ignore[attr-defined]
    driver.type(passphrase=passphrase("alice"))
    driver.commit()
    assert proposals.find(back.desk, asked.digest).state is State.PERFORMED  # type: ignore[attr-defined]
    assert restored.open_ones(back.desk.file.read) == ()
    assert "Before a CRL" not in texts(page_of(qtbot, back))
    assert crls.sign(back.sit("bob"), "ipsec-g1", PAIR, hands()).number > 1000


def test_the_newest_published_is_taken_in(qtbot: QtBot, back: Room, tmp_path: Path) -> None:
    mine = crls.newest(back.desk, crls.find(back.desk, "ipsec-g1"))
    (tmp_path / "published.crl").write_bytes(mine.der)
    driver = opened(qtbot, back, "crl-take", path=str(tmp_path / "published.crl"))
    driver.commit()
    assert driver.step == "done", texts(driver.wizard)
    assert restored.open_ones(back.desk.file.read) == ()
    assert crls.sign(back.sit("bob"), "ipsec-g1", PAIR, hands()).number == mine.number + 1


def hold(driver: Driver, **typed: str) -> None:
    """Type into the fields of custodians; the journey of a restore does it by real keys."""
    for name, text in typed.items():
        field = driver.wizard.currentPage().findChild(QLineEdit, f"hand_{name}")
        assert field.isVisible()
        field.setText(text)


def test_a_backup_that_its_custodians_open(
    qtbot: QtBot,
    room: Room,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Made by one person, closed to the custodians; who they are is asked of the copy, by whoever opens it."""
    driver = opened(qtbot, room, "backup")
    room.sit("bob")
    assert driver.wizard.flow.key == "ipsec-g1"
    driver.type(to=str(tmp_path), file="closed.backup")
    driver.commit()
    assert "opens with the custodians of ipsec-g1 only" in driver.said("doneBannerText")
    path = tmp_path / "closed.backup"
    driver.wizard.done(0)
    driver = opened(qtbot, room, "backup-try", path=str(path))
    driver.commit()
    assert "2 of its custodians type now" in driver.said("copyBannerText")
    hold(driver, alice=f"{passphrase('alice')} for keys")
    driver.commit()
    assert driver.step == "copy"
    assert "Something unexpected" not in texts(driver.wizard)
    hold(driver, bob="a wrong one, all of it", alice=f"{passphrase('alice')} for keys")
    driver.commit()
    assert "bob" in driver.said("copyBannerText")
    hold(driver, bob=f"{passphrase('bob')} for keys")
    assert unnamed(driver.wizard) == []
    driver.commit()
    assert "holds together" in driver.said("doneBannerText")
    assert passphrase("bob") not in texts(driver.wizard) + repr(driver.wizard.flow)
    driver.wizard.done(0)
    room.desk.close()
    room.path.unlink()
    driver = opened(qtbot, None, "put-back", path=str(path))
    driver.commit()
    assert "2 of its custodians type now" in driver.said("copyBannerText"), texts(driver.wizard)
    hold(driver, **{name: f"{passphrase(name)} for keys" for name in PAIR})
    driver.commit()
    assert driver.step == "place", texts(driver.wizard)
    driver.type(to=str(room.path), passphrase=passphrase(driver.wizard.flow.name))
    driver.commit()
    assert "Before a CRL of ipsec-g1 is signed" in driver.said("doneBannerText")
    assert " for keys" not in texts(driver.wizard) + repr(driver.wizard.flow)
