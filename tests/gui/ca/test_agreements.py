"""Tickets and exceptions from the window: each is asked for by one person, agreed by another, and then holds."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from core.model.agreements import Allowing
from core.model.workspace import Kind
from core.services import agreements, audit
from gui.pages.ca.agreements import Tickets
from tests.desks import Room, make_room
from tests.gui.ca.conftest import Office
from tests.gui.wizards.drive import Driver, opened, unnamed
from tests.pki.worlds import DUTIES, agree


@pytest.fixture(params=[Kind.ISSUING, Kind.REGISTRATION])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Room:
    made = make_room(tmp_path, DUTIES, kind=request.param, duties=DUTIES)
    for name in ("gw1", "gw2", "gw3"):
        made.device(name)
    made.sit("alice")
    return made


def agreed(driver: Driver, room: Room, who: str = "dave") -> None:
    """The commit asks; a second person of this workspace agrees."""
    assert unnamed(driver.wizard) == []
    driver.commit()
    assert "Needs" in driver.said("doneBannerText"), driver.wizard.currentPage().objectName()
    (asked,) = driver.results
    driver.press("nextApprove")
    assert driver.wanted == [("approve", asked.digest)]
    agree(room, who, asked)
    room.sit("alice")


def test_a_pattern(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "ticket-pattern")
    driver.type(pattern="CHG ## <b>")
    driver.commit()
    assert driver.problem("pattern")
    assert driver.problem("reason") == "This is needed."
    driver.type(pattern="CHG#######|INC*", reason="the ticket system writes them so")
    agreed(driver, room, "bob")
    assert agreements.pattern(room.desk.file.read) == "CHG#######|INC*"
    again = opened(qtbot, room, "ticket-pattern")
    assert again.said("pattern") == "CHG#######|INC*"
    assert audit.inspect(room.desk).faults == ()


def test_a_ticket_for_some_or_for_every_device(qtbot: QtBot, room: Room) -> None:
    """Naming none is not every one."""
    driver = opened(qtbot, room, "ticket-widen")
    driver.type(ticket="CHG7", reason="one change, two gateways")
    driver.commit()
    assert driver.problem("devices") == "This is needed."
    ticks = driver.wizard.currentPage().findChild(QListWidget, "devices")
    for place in (0, 2):
        ticks.item(place).setCheckState(Qt.CheckState.Checked)
    agreed(driver, room)
    driver = opened(qtbot, room, "ticket-widen")
    driver.type(ticket="CHG8", reason="the yearly renewal")
    driver.choose("whom", "all")
    assert not driver.wizard.currentPage().findChild(QListWidget, "devices").isVisible()
    agreed(driver, room)
    told = {each.about: each.value for each in agreements.all_of(room.desk) if each.allowing is Allowing.TICKET}
    assert told == {"CHG7": "gw1 gw3", "CHG8": ""}


def test_a_key_that_is_made_another_way(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "key-exception")
    driver.commit()
    for name in ("device", "how", "reason", "ticket"):
        assert driver.problem(name), name
    driver.type(device="gw2", how="on the card of the HSM team", reason="their procedure 7", ticket="CHG9")
    agreed(driver, room)
    assert agreements.key_made(room.desk.file.read, "gw2") == "on the card of the HSM team"


def test_the_page_tells_what_was_agreed(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    room = make_room(tmp_path, DUTIES, kind=Kind.ISSUING, duties=DUTIES)
    room.device("gw1")
    room.sit("alice")
    driver = opened(qtbot, room, "ticket-pattern")
    driver.type(pattern="CHG#######", reason="so they look")
    driver.commit()
    (asked,) = driver.results
    agree(room, "bob", asked)
    room.desk.close()
    window = office.open(room.path, "alice")
    window.work.go("tickets")
    page = window.work.page
    assert isinstance(page, Tickets)
    qtbot.waitUntil(lambda: page.pattern.text() == "Tickets look like CHG#######.")
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    assert unnamed(page) == []
