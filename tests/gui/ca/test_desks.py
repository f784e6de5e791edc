"""A registration desk by keyboard: a request, two people, the stick there, and the certificate home again."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from core.model.certificates import IssueCertificates
from core.model.workspace import Kind
from core.services import audit, enrolment, proposals
from core.services.drops import Content, dropped
from tests.desks import Room, make_room
from tests.gui.ca.conftest import Office
from tests.gui.wizards.drive import Driver, opened, unnamed
from tests.pki.worlds import DUTIES, PAIR, World, agree, csr, hands, make_network, meet


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_network(tmp_path)


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Room:
    """The desk and the issuing workspace know each other."""
    (tmp_path / "counter").mkdir()
    made = make_room(tmp_path / "counter", DUTIES, kind=Kind.REGISTRATION, duties=DUTIES)
    meet(made, world.issuing)
    meet(world.issuing, made)
    return made


def tick(driver: Driver, place: int) -> None:
    ticks = driver.wizard.currentPage().findChild(QListWidget, "chosen")
    ticks.item(place).setCheckState(Qt.CheckState.Checked)


def test_there_and_home_again(qtbot: QtBot, world: World, desk: Room, tmp_path: Path) -> None:
    desk.device("gw1")
    desk.sit("alice")
    path = tmp_path / "gw1.csr"
    path.write_bytes(csr(ec.generate_private_key(ec.SECP256R1())))
    driver = opened(qtbot, desk, "enrol", "gw1", str(path))
    driver.next()
    driver.next()
    assert driver.step == "names"
    found = unnamed(driver.wizard)
    driver.type(ticket="CHG1", profile="ipsec-gateway")
    driver.next()
    driver.commit()
    assert "then it is sent" in driver.said("doneBannerText"), driver.said("reviewBannerText")
    (asked,) = driver.results
    empty = opened(qtbot, desk, "carry-send")
    empty.type(to=str(tmp_path))
    empty.commit()
    assert empty.problem("chosen") == "This is needed."  # one person's word is nothing to send
    agree(desk, "dave", asked)
    desk.sit("alice")
    driver = opened(qtbot, desk, "carry-send")
    tick(driver, 0)
    driver.type(to=str(tmp_path))
    found += unnamed(driver.wizard)
    driver.commit()
    carried = tmp_path / "room-requests.carry"
    assert str(carried) in driver.said("doneBannerText")
    assert dropped(carried, None).content is Content.FROM_A_DESK
    serial = certified(qtbot, world.issuing, carried)
    driver = opened(qtbot, world.issuing, "carry-send")
    tick(driver, 0)
    driver.type(to=str(tmp_path))
    found += unnamed(driver.wizard)
    driver.commit()
    home = tmp_path / "room-certificates.carry"
    assert str(home) in driver.said("doneBannerText")
    desk.sit("alice")
    driver = opened(qtbot, desk, "carry-take", "", str(home))
    driver.commit()
    assert driver.problem("to") == "This is needed."
    driver.type(to=str(tmp_path / "devices"))
    found += unnamed(driver.wizard)
    driver.commit()
    assert serial in driver.said("rows")
    assert (tmp_path / "devices" / "gw1" / "keys" / "certificate.pem").is_file()
    assert found == []
    for room in (desk, world.issuing):
        assert audit.inspect(room.desk).faults == ()


def certified(qtbot: QtBot, room: Room, carried: Path) -> str:
    """Taken in, approved over its own bytes, issued."""
    room.sit("alice")
    driver = opened(qtbot, room, "carry-take", "", str(carried))
    assert unnamed(driver.wizard) == []
    driver.commit()
    assert "gw1: waits for approval" in driver.said("rows")
    again = opened(qtbot, room, "carry-take", "", str(carried))
    again.commit()
    assert "still open" in again.said("rows")
    (asked,) = proposals.waiting(room.desk)
    agree(room, "dave", asked)
    (outcome,) = enrolment.issue(room.sit("bob"), IssueCertificates((asked.digest,), PAIR), hands())
    assert outcome.issued is not None
    room.sit("alice")
    return outcome.issued.serial


def test_a_file_for_another_step_is_said_so(qtbot: QtBot, world: World, desk: Room, tmp_path: Path) -> None:
    other = tmp_path / "other.carry"
    other.write_text("nothing of ours")
    world.issuing.sit("alice")
    driver = opened(qtbot, world.issuing, "carry-take", "", str(other))
    driver.commit()
    assert "not a carried file" in driver.problem("file")


def test_the_window_of_a_desk(office: Office, qtbot: QtBot, desk: Room) -> None:
    desk.desk.close()
    office = replace(office, folder=office.folder / "window")
    office.folder.mkdir()
    window = office.open(desk.path, "alice")
    shown = {name for name, each in window.bars.menus.actions.items() if each.isVisible()}
    assert {"actEnrol", "actCarrySend", "actCarryTake", "actApprove"} <= shown
    assert not {"actIssue", "actRoot", "actPublish", "actRevoke"} & shown
    assert window.work.pages[0] is window.work.page is window.work.overview
    letters = [
        each.text().partition("&")[2][:1].casefold()
        for each in window.bars._authority.actions()
        if each.isVisible() and not each.isSeparator()
    ]
    assert len(set(letters)) == len(letters)
