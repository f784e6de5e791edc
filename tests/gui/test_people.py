"""The People page: the table person by duty, the review, and what waits for a second person."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.errors.people import RosterTampered
from core.model.people import AddPerson, Duty
from core.services import access, membership, people
from core.words.proposals import sentence
from core.words.say import sentence as said
from gui.pages.people import PeoplePage
from gui.window import MainWindow
from gui.wizards.approve import ApproveWizard
from tests.gui.conftest import Sample, Seat
from tests.spoil import spoil

DUTIES = list(Duty)


def page(seat: Seat) -> PeoplePage:
    seat.window.work.go("people")
    return seat.window.work.people


def cell(shown: PeoplePage, name: str, duty: Duty) -> tuple[str, str, object]:
    """Word, sentence and ground of a cell."""
    rows = [row.person.name for row in shown.duties.cells.rows]
    index = shown.duties.cells.index(rows.index(name), DUTIES.index(duty))
    shown.duties.setCurrentIndex(index)
    said = shown.findChild(QLabel, "dutiesSaid").text()
    ground = index.data(Qt.ItemDataRole.BackgroundRole)
    return str(index.data()), said, ground.style() if ground else None


def test_the_table_says_who_holds_what_and_why_not(seat: Seat) -> None:
    shown = page(seat)
    assert cell(shown, "alice", Duty.SECURITY_OFFICER)[:2] == ("held", "Alice Archer holds Security officer.")
    word, said, ground = cell(shown, "alice", Duty.AUDITOR)
    assert (word, ground) == ("not with these", Qt.BrushStyle.BDiagPattern)
    assert "an auditor would judge acts of their own" in said
    word, said, ground = cell(shown, "erin", Duty.CA_OPERATOR)
    assert (word, ground) == ("not with these", Qt.BrushStyle.BDiagPattern)
    assert cell(shown, "alice", Duty.SYSTEM_ADMINISTRATOR)[0] == "better not"
    word, said, ground = cell(shown, "carol", Duty.REGISTRATION_OFFICER)
    assert (word, said, ground) == ("", "Carol Carter could be given Registration officer.", None)


def test_what_waits_is_there_with_its_ways(seat: Seat, qtbot: QtBot) -> None:
    desk = seat.sample.desk()
    people.authenticate(desk, "bob", seat.sample.passphrases["bob"])
    asked = membership.add(desk, AddPerson("frank", "Frank Field", (Duty.REGISTRATION_OFFICER,)))
    desk.close()
    shown = page(seat)
    short = asked.digest[:8]
    qtbot.waitUntil(lambda: shown.findChild(QPushButton, f"approve_{short}") is not None)
    assert shown.findChild(QLabel, f"proposal_{short}").text() == sentence(asked)
    assert "approval by alice" in shown.findChild(QLabel, f"needs_{short}").text()
    shown.findChild(QPushButton, f"approve_{short}").click()
    qtbot.waitUntil(lambda: seat.window.windows.dialog is not None)
    dialog = seat.window.windows.dialog
    assert dialog is not None
    assert dialog.objectName() == "wizard_approve"
    assert seat.window.work.people.badge(seat.window.shown) == 1  # type: ignore[arg-type]


def test_what_is_asked_for_twice_opens_once_and_nothing_opens_once_the_file_is_closed(seat: Seat, qtbot: QtBot) -> None:
    """What the wizard shows is read beside the lane first: it comes a moment after it was asked for."""
    window = seat.window
    for _ in range(2):
        window.wanted("approve", "")
    qtbot.waitUntil(lambda: window.windows.dialog is not None)
    qtbot.waitUntil(lambda: not window.lane._looks)
    assert len(window.findChildren(ApproveWizard)) == 1
    window.windows.dialog.done(0)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: window.windows.dialog is None)
    window.wanted("refuse", "0" * 64)
    qtbot.waitUntil(window.work.banner.isVisible)
    assert window.windows.dialog is None
    window.wanted("approve", "")
    assert window.lane._looks
    window.close_file()
    qtbot.waitUntil(lambda: window.desk is None and not window.lane._looks)
    assert window.windows.dialog is None


def test_the_review_is_signed_off(seat: Seat, qtbot: QtBot) -> None:
    shown = page(seat)
    shown.findChild(QPushButton, "peopleReview").click()
    qtbot.waitUntil(lambda: seat.window.work.banner.isVisible())
    desk = seat.sample.desk()
    assert access.table(desk).reviewed
    desk.close()


def test_buttons_that_need_a_person_wait_for_one(seat: Seat) -> None:
    shown = page(seat)
    leave = shown.findChild(QPushButton, "people_leave")
    assert not leave.isEnabled()
    cell(shown, "dave", Duty.AUDITOR)
    assert leave.isEnabled()
    leave.click()
    dialog = seat.window.windows.dialog
    assert dialog is not None
    assert dialog.objectName() == "wizard_leave"


def test_rows_are_shown_before_the_people_are_verified_and_what_is_wrong_a_moment_later(
    window: MainWindow, sample: Sample, qtbot: QtBot
) -> None:
    spoil(sample.path, "UPDATE operator SET full_name = 'Mallory' WHERE name = 'alice'")
    window.open(sample.path, read_only=True)
    qtbot.waitUntil(lambda: window.shown is not None)
    assert window.shown is not None
    assert window.shown.people is None
    assert window.work.overview.findChild(QLabel, "todo0Words") is not None
    window.work.go("people")
    assert not window.work.people.banner.text
    qtbot.waitUntil(lambda: bool(window.work.people.banner.text))
    assert isinstance(window.shown.people, RosterTampered)
    assert window.work.people.banner.text == said(window.shown.people)
