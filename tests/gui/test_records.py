"""The Records page: kinds and their records as the service has them; entered, replaced and ended by keyboard."""

from PySide6.QtWidgets import QComboBox, QLabel

from core.model.records import AddRecord
from core.policy import records as policy
from core.services import records
from gui.pages.records import RecordsPage
from tests.gui.conftest import Seat
from tests.gui.test_access import unnamed


def page(seat: Seat) -> RecordsPage:
    seat.window.work.go("records")
    shown = seat.window.work.records
    seat.qtbot.waitUntil(lambda: shown.table.rows.total > 0)
    return shown


def said(seat: Seat) -> list[str]:
    return [each.text().replace("\u200b", "") for each in seat.window.work.pane.findChildren(QLabel)]


def facility(seat: Seat, **facts: str) -> None:
    desk = seat.window.desk
    assert desk is not None
    told = {"name": "safe 1", "location": "Oslo", "holds": "tokens", "admits": "alice, bob", **facts}
    review = policy.latest_review(policy.find("facility"), desk.clock().date()).isoformat()
    before = records.in_force(desk, "facility")
    seat.window.lane.do(
        lambda: records.add(
            desk, AddRecord("facility", told, "alice", review, replaces=before[-1].id if before else 0)
        ),
        lambda _made, _error: seat.window.reload(),
    )


def test_kinds_and_records_are_those_of_the_service(seat: Seat) -> None:
    shown = page(seat)
    assert shown.table.rows.total == len(policy.kinds())
    facility(seat)
    assert shown.badge(seat.window.shown) == 1  # type: ignore[arg-type]  # the program's own record, of a year ago
    assert shown.table.choose("facility")
    seat.qtbot.waitUntil(lambda: shown.lines.rows.rowCount() == 1)
    assert "Secure facility: safe 1" in said(seat)
    facility(seat, location="Bergen")
    seat.qtbot.waitUntil(lambda: "Bergen" in said(seat))
    assert shown.lines.rows.rowCount() == 1
    shown.findChild(QComboBox, "recordsWhen").setCurrentIndex(1)
    assert shown.lines.rows.rowCount() == 2
    assert any("replaced by a newer version" in each for each in said(seat))
    assert unnamed(seat.window) == []


def test_kinds_with_and_without_records(seat: Seat) -> None:
    shown = page(seat)
    every = shown.table.rows.total
    facility(seat)
    which = shown.findChild(QComboBox, "recordsWhich")
    which.setCurrentIndex(which.findData("some"))
    seat.qtbot.waitUntil(lambda: shown.table.rows.place("facility") >= 0)
    some = shown.table.rows.total
    which.setCurrentIndex(which.findData("none"))
    assert shown.table.rows.total == every - some
    assert shown.table.rows.place("facility") == -1


def test_kinds_that_an_open_clause_asks_for_are_marked_and_filtered(seat: Seat) -> None:
    shown = page(seat)
    seat.qtbot.waitUntil(lambda: seat.window.shown is not None and "compliance" in seat.window.shown.also)
    seat.window.work.again(shown)
    which = shown.findChild(QComboBox, "recordsWhich")
    which.setCurrentIndex(which.findData("asked"))
    names = {shown.table.rows.row(at).kind.name for at in range(shown.table.rows.rowCount())}
    assert "service-model" in names
    assert "patch" not in names
    model = shown.table.rows
    assert {model.data(model.index(at, 1)) for at in range(model.rowCount())} == {"a clause is open"}
