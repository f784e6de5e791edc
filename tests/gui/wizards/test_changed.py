"""A changed key by keyboard: three ways, and what may be shown of the two keys."""

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QWizard
from pytestqt.qtbot import QtBot

from core.model.keys import Form, KeyState
from gui.widgets.fingerprint import Fingerprint
from tests.desks import Room
from tests.gui.wizards.drive import Driver, opened, texts, unnamed


@pytest.fixture
def changed(room: Room) -> Room:
    """An approved key of lon and a newer one that waits."""
    room.ready_link()
    room.pems["before"] = room.pems["lon"]
    room.receive("lon")
    return room


def _forms(room: Room, name: str) -> dict[Form, str]:
    from core.crypto.fingerprints import fingerprints
    from core.crypto.keys import read_key
    from core.policy.devices import identity

    known = identity("lon.example.net")
    assert known is not None
    return fingerprints(read_key(room.pems[name]), known)


def test_the_approved_key_is_shown_and_the_new_one_is_not(qtbot: QtBot, changed: Room) -> None:
    driver = opened(qtbot, changed, "changed", "lon")
    assert "By e-mail, on 2026-11-24, taken on file by alice" in driver.said("newKey")
    shown = driver.wizard.findChild(Fingerprint, "approvedFingerprint")
    assert shown.text.replace(" ", "").lower().endswith(_forms(changed, "before")[Form.SPKI_SHA256])
    everything = "".join(texts(driver.wizard).lower().split())
    for form, value in _forms(changed, "lon").items():
        parts = value.lower().replace(":", "").split()
        assert not any(part in everything for part in parts if len(part) >= 12), form
    assert unnamed(driver.wizard) == []


@pytest.mark.parametrize(("decision", "state"), [("reject", KeyState.WITHDRAWN), ("suspect", KeyState.QUARANTINED)])
def test_rejecting_and_suspecting(qtbot: QtBot, changed: Room, decision: str, state: KeyState) -> None:
    driver = opened(qtbot, changed, "changed", "lon")
    driver.next()
    driver.next()
    assert driver.problem("decision") == "This is needed."
    driver.choose("decision", decision)
    driver.next()
    words = {"reject": "&Reject the new key", "suspect": "&Suspend the links"}[decision]
    assert driver.wizard.button(QWizard.WizardButton.CommitButton).text() == words
    driver.type(reason="the owner knows nothing of it")
    driver.commit()
    assert driver.results[0].state is state
    assert unnamed(driver.wizard) == []
    sheet = driver.wizard.currentPage().findChild(QPlainTextEdit, "incidentSheet")
    assert sheet.isVisible() == (decision == "suspect")


def test_a_planned_change_goes_on_to_the_comparison_with_its_ticket(qtbot: QtBot, changed: Room) -> None:
    driver = opened(qtbot, changed, "changed", "lon")
    driver.next()
    driver.choose("decision", "planned")
    driver.next()
    driver.press("wizardFinish")
    assert driver.problem("ticket") == "This is needed."
    driver.type(ticket="CHG7")
    driver.press("wizardFinish")
    (compare,) = driver.opened
    assert compare.objectName() == "wizard_compare"
    assert compare.flow.value("ticket") == "CHG7"
    assert driver.results == []
    following = Driver(qtbot, changed, compare)
    assert following.step == "how"
