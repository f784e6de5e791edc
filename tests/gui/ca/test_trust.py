"""A CA of others from the window: taken in as pending, heard by two people, and nothing of its fingerprint before."""

from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from core.exports.encoding import pem
from core.model.trust import AddTrust, AnchorState
from core.model.workspace import Kind
from core.services import audit, authorities, trust
from core.services.perform import perform
from gui.pages.ca.trust import ForeignCas
from tests.desks import Room, make_room
from tests.gui.ca.conftest import Office
from tests.gui.wizards.drive import Driver, opened, texts, unnamed
from tests.pki.hierarchies import NOW, make_device, make_root, make_sub
from tests.pki.worlds import DUTIES


@pytest.fixture
def room(tmp_path: Path) -> Room:
    made = make_room(tmp_path, DUTIES, kind=Kind.ISSUING, duties=DUTIES, now=NOW)
    made.sit("alice")
    return made


def hear(driver: Driver, value: str) -> None:
    box = driver.to("heard")
    assert isinstance(box, QPlainTextEdit)
    box.setPlainText(value)
    driver.commit()


def test_from_the_file_to_what_relying_parties_get(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    root = make_root()
    path = tmp_path / "theirs.pem"
    path.write_bytes(pem("CERTIFICATE", root.der))
    value = sha256(root.der).hexdigest()
    driver = opened(qtbot, room, "trust-add", "", str(path))
    found = unnamed(driver.wizard)
    driver.next()
    driver.type(purpose="links to Oslo", owner="Oslo Exchange", until="2099-01-01", ticket="CHG1")
    driver.commit()
    assert driver.problem("until")
    driver.type(until=(NOW.date()).isoformat())
    found += unnamed(driver.wizard)
    driver.commit()
    assert "is pending" in driver.said("doneBannerText")
    assert value not in texts(driver.wizard)
    driver.press("nextCompareTrust")
    ((what, name),) = driver.wanted
    for who, said in (("alice", "A colleague compares it too"), ("bob", "listed for relying parties")):
        assert trust.relied_on(room.desk) == ()
        room.sit(who)
        driver = opened(qtbot, room, what, name)
        assert driver.wizard.currentPage().findChild(QComboBox, "name").currentData() == name
        found += unnamed(driver.wizard)
        hear(driver, value[:-1] + ("0" if value[-1] != "0" else "1"))
        assert "Probably misread" in driver.said("heardBannerText")
        assert value not in texts(driver.wizard).replace(driver.said("heard"), "")
        hear(driver, value.upper())
        assert said in driver.said("doneBannerText")
    (anchor,) = trust.relied_on(room.desk)
    assert f"foreign/{anchor.name}.pem" in [each.path for each in authorities.files(room.desk)]
    assert found == []
    assert audit.inspect(room.desk).faults == ()


def test_the_same_person_is_no_second_one_and_another_value_ends_it(qtbot: QtBot, room: Room) -> None:
    root = make_root()
    perform(room.desk, trust.ADD, AddTrust(root.der, "links", "Oslo", NOW.date().isoformat(), "CHG1"))
    driver = opened(qtbot, room, "trust-compare")
    hear(driver, sha256(root.der).hexdigest())
    again = opened(qtbot, room, "trust-compare")
    hear(again, sha256(root.der).hexdigest())
    assert "alice heard this fingerprint once already" in again.said("heardBannerText")
    room.sit("bob")
    last = opened(qtbot, room, "trust-compare")
    hear(last, sha256(b"another").hexdigest())
    assert "ANOTHER CERTIFICATE" in last.said("doneBannerText")
    (anchor,) = trust.rows(room.desk)
    assert anchor.state is AnchorState.REFUSED


def test_what_is_no_ca_is_refused_and_what_was_typed_stays(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    path = tmp_path / "gateway.der"
    path.write_bytes(make_device(make_sub(make_root())).der)
    driver = opened(qtbot, room, "trust-add", "", str(path))
    driver.next()
    driver.type(purpose="links to Oslo", owner="Oslo", until=NOW.date().isoformat(), ticket="CHG1")
    driver.commit()
    assert "is no CA" in driver.said("termsBannerText")
    assert driver.said("purpose") == "links to Oslo"
    assert trust.rows(room.desk) == ()


def test_the_page(office: Office, qtbot: QtBot, room: Room) -> None:
    root = make_root()
    perform(room.desk, trust.ADD, AddTrust(root.der, "links", "Oslo", NOW.date().isoformat(), "CHG1"))
    room.desk.close()
    window = office.open(room.path, "alice")
    window.work.go("trust")
    page = window.work.page
    assert isinstance(page, ForeignCas)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    assert page.compare.isEnabled()
    assert sha256(root.der).hexdigest() not in texts(page)
    assert unnamed(page) == []
