"""The monthly review of the ledger, by keyboard."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from core.model.people import Duty
from core.services import audit, reviews
from core.services.advice import hinders
from core.words.advice import step
from gui.widgets.table import DataTable
from tests.desks import Room, make_room
from tests.gui.wizards.drive import clashing, opened, unnamed


def test_a_sample_is_drawn_looked_up_and_signed_off(qtbot: QtBot, room: Room) -> None:
    for place in range(3):
        room.device(f"gw{place}")
    room.clock.passes(days=40)
    (late,) = reviews.steps(room.sit("alice"))
    assert step(late).startswith("The monthly review of the ledger was due by 2")
    driver = opened(qtbot, room, "ledger-review")
    found = unnamed(driver.wizard) + clashing(driver.wizard)
    driver.commit()
    assert driver.step == "look"
    assert driver.results == []
    table = driver.wizard.currentPage().findChild(DataTable, "sampleTable")
    assert table.model().rowCount() > 0
    assert "added a device" in driver.said("sampleCounts")
    found += unnamed(driver.wizard) + clashing(driver.wizard)
    driver.commit()
    assert driver.problem("note") == "This is needed."
    assert driver.step == "look"
    driver.type(note="All three stand in CHG 12.")
    driver.commit()
    assert driver.step == "done"
    assert "The next is due by" in driver.said("doneBannerText")
    assert found + unnamed(driver.wizard) == []
    assert reviews.steps(room.desk) == ()
    newest = room.desk.file.read.execute("SELECT action, actor FROM ledger ORDER BY number DESC LIMIT 1").fetchone()
    assert tuple(newest) == ("audit.reviewed", "alice")
    assert audit.inspect(room.desk).faults == ()


def test_who_may_change_nothing_may_still_review() -> None:
    assert hinders("duty", "ledger-review") == ""
    assert hinders("duty", "device") == "duty"
    assert hinders("signed-out", "ledger-review") == "signed-out"
    assert hinders("signed-out", "first-run") == ""


def test_who_does_not_review_is_refused(qtbot: QtBot, tmp_path: Path) -> None:
    duties = {"alice": (Duty.SECURITY_OFFICER, Duty.REGISTRATION_OFFICER), "bob": (Duty.REGISTRATION_OFFICER,)}
    room = make_room(tmp_path, duties, duties=duties)
    room.sit("bob")
    driver = opened(qtbot, room, "ledger-review")
    driver.commit()
    assert driver.step == "draw"
    assert "bob" in driver.said("drawBannerText")
    room.desk.close()
