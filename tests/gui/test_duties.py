"""The Duties page: the calendar's days, what leads to each, the sign-off, the calendar file; what is late on the Overview."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from core.model.advice import Act, Task
from core.model.calendar import Due, Matter
from core.services import calendar
from core.words.advice import step
from gui.pages.duties import DutiesPage
from tests.gui.conftest import Seat
from tests.gui.test_access import unnamed


def page(seat: Seat) -> DutiesPage:
    seat.window.work.go("duties")
    shown = seat.window.work.duties
    seat.qtbot.waitUntil(lambda: shown.table.rows.total > 0)
    return shown


def due(seat: Seat) -> tuple[Due, ...]:
    desk = seat.sample.desk()
    found = calendar.due(desk)
    desk.close()
    return found


def test_the_days_are_those_of_the_service(seat: Seat) -> None:
    shown, found = page(seat), due(seat)
    assert [shown.table.rows.row(at).uid for at in range(shown.table.rows.rowCount())] == [each.uid for each in found]
    late = [each for each in found if each.overdue]
    assert late
    assert seat.window.shown is not None
    assert shown.badge(seat.window.shown) == len(late)
    which = shown.findChild(QComboBox, "dutiesWhich")
    which.setCurrentIndex(which.findData("late"))
    assert shown.table.rows.total == len(late)
    which.setCurrentIndex(which.findData(Matter.DEVICE_KEY.value))
    assert shown.table.rows.total == sum(1 for each in found if each.matter is Matter.DEVICE_KEY)
    assert unnamed(seat.window) == []


@pytest.mark.parametrize(("uid", "button", "wizard"), [
    ("duty-restore-drill", "offer_sign-off", "wizard_sign-off"),
    ("record-1", "offer_record-version", "wizard_record-version"),
    ("duty-backup", "offer_backup", "wizard_backup"),
])  # fmt: skip
def test_the_button_leads_to_what_does_it(seat: Seat, uid: str, button: str, wizard: str) -> None:
    shown = page(seat)
    assert shown.table.choose(uid)
    press = seat.window.work.pane.findChild(QPushButton, button)
    assert press.property("primary") == "true"
    press.click()
    dialog = seat.window.windows.dialog
    assert dialog is not None
    assert dialog.objectName() == wizard
    dialog.done(0)


def test_what_is_late_stands_on_the_overview(seat: Seat) -> None:
    late = {each.uid for each in due(seat) if each.overdue}
    assert {"duty-restore-drill", "record-1"} <= late
    seat.window.work.go("overview")
    assert seat.window.shown is not None
    found = {each.task: each for each in seat.window.shown.steps if each.task in (Task.DUTY, Task.RECORD)}
    assert found[Task.RECORD].act is Act.RECORD_VERSION
    words = step(found[Task.RECORD])
    assert words.startswith("Component: Anchorhold was due by 2")


def test_it_is_saved_as_a_calendar_file(seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = page(seat)
    monkeypatch.setattr("gui.shell.files.save_file", lambda *_: tmp_path / "due")
    shown.findChild(QPushButton, "dutiesSave").click()
    out = tmp_path / "due.ics"
    seat.qtbot.waitUntil(out.exists)
    seat.window.lane.wait()
    told = out.read_bytes()
    assert told.startswith(b"BEGIN:VCALENDAR\r\n")
    assert told.count(b"BEGIN:VEVENT") == shown.table.rows.total
