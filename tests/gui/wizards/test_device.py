"""Adding a device by keyboard, and what every wizard does: findings, steps, leaving, locking."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from gui.wizards.steplist import StepList
from tests.desks import Room
from tests.gui.wizards.drive import Driver, opened, unnamed


def _walk(driver: Driver) -> None:
    driver.type(name="edge-lon1", platform="Open", site="London")
    driver.next()
    driver.type(identity="edge-lon1.example.net", address="192.0.2.1", networks="10.1.0.0/24, 10.2.0.0/24")
    driver.next()
    driver.type(contact="NOC London", phone="+44 20 7946 0000", phone_from="contract")
    driver.next()


def test_by_keyboard_to_the_commit(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "device")
    assert driver.wizard.windowTitle() == "Add device"
    _walk(driver)
    assert driver.step == "review"
    assert driver.wizard.button(driver.wizard.WizardButton.CommitButton).text() == "&Add device"
    driver.commit()
    assert driver.step == "done"
    assert not driver.wizard.button(driver.wizard.WizardButton.BackButton).isEnabled()
    (made,) = driver.results
    assert (made.name, made.networks, made.phone_from) == ("edge-lon1", ("10.1.0.0/24", "10.2.0.0/24"), "contract")
    driver.press("nextReceive")
    assert driver.wanted == [("receive", "edge-lon1")]
    assert not driver.wizard.isVisible()


def test_every_control_has_a_name(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "device")
    found = unnamed(driver.wizard)
    _walk(driver)
    driver.commit()
    assert found + unnamed(driver.wizard) == []


def test_a_control_without_a_name_is_found(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "device")
    planted = QPushButton(driver.wizard)
    planted.show()
    assert unnamed(driver.wizard) == ["QPushButton '' ''"]


def test_findings_stand_beside_their_fields_and_the_first_has_the_focus(qtbot: QtBot, room: Room) -> None:
    room.device("edge-lon1")
    room.sit("alice")
    driver = opened(qtbot, room, "device")
    driver.type(name="edge-lon1", end_of_life="soon")
    driver.next()
    assert driver.step == "what"
    assert "exists already" in driver.problem("name")
    assert driver.problem("end_of_life") == "Write the date as YYYY-MM-DD."
    assert driver.problem("site") == ""
    assert QApplication.focusWidget().objectName() == "name"
    driver.type(name="edge-lon2")
    assert driver.problem("name") == ""
    assert driver.problem("end_of_life") != ""


def test_the_identity_is_explained_while_typed(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "device")
    driver.type(name="a")
    driver.next()
    driver.type(identity="%any")
    assert "Not yet an identity" in driver.said("identityExplained")
    driver.type(identity="gw@example.net")
    assert "A mailbox" in driver.said("identityExplained")


def test_the_steps_are_told(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "device")
    steps = driver.wizard.findChild(StepList)
    assert steps.accessibleName() == "Step 1 of 5: What it is"
    driver.type(name="a")
    driver.next()
    assert steps.accessibleName() == "Step 2 of 5: Network"


def test_back_keeps_what_was_typed(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "device")
    driver.type(name="edge", site="London")
    driver.next()
    driver.type(address="192.0.2.1")
    driver.press("wizardBack")
    assert driver.said("site") == "London"
    driver.next()
    assert driver.said("address") == "192.0.2.1"


def test_leaving_asks_only_where_something_was_typed(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "device")
    QTest.keyClick(driver.wizard, Qt.Key.Key_Escape)
    assert not driver.wizard.isVisible()
    again = opened(qtbot, room, "device")
    again.type(name="edge")
    QTest.keyClick(again.wizard, Qt.Key.Key_Escape)
    question = again.wizard.findChild(QDialog, "discardQuestion")
    assert again.wizard.isVisible()
    assert question.isVisible()
    QTest.keyClick(question.findChild(QPushButton, "keepTyping"), Qt.Key.Key_Space)
    assert again.wizard.isVisible()
    assert again.said("name") == "edge"
    QTest.keyClick(again.wizard, Qt.Key.Key_Escape)
    question = again.wizard.findChildren(QDialog, "discardQuestion")[-1]
    QTest.keyClick(question.findChild(QPushButton, "discard"), Qt.Key.Key_Space)
    assert not again.wizard.isVisible()
    assert again.results == []


def test_hiding_for_the_lock_keeps_everything(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "device")
    driver.type(name="edge")
    driver.next()
    driver.type(address="192.0.2.1")
    driver.wizard.hide()
    room.desk.lock()
    room.sit("bob")
    driver.wizard.show()
    assert driver.step == "network"
    assert driver.said("address") == "192.0.2.1"
    assert driver.wizard.known.actor.name == "bob"


def test_a_refusal_at_the_commit_loses_nothing(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "device")
    _walk(driver)
    room.desk.lock()
    driver.commit()
    assert driver.step == "review"
    assert "Nobody is signed in" in driver.said("reviewBannerText")
    room.sit("alice")
    driver.commit()
    assert driver.step == "done"


def test_a_refusal_with_a_clause_is_a_row_once(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "device")
    driver.type(name="a")
    driver.next()
    driver.type(identity="%any", address="192.0.2.1")
    driver.next()
    driver.next()
    driver.wizard.bench.lane.wait()
    rows = room.desk.file.read.execute("SELECT body FROM ledger WHERE action = 'refused'").fetchall()
    assert len(rows) == 1
    assert "IdentityNotFit" in rows[0][0]
