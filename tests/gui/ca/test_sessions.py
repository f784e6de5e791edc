"""The signing session in the status bar: its countdown, its button, and every way in which the window ends it."""

import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from core.model.custody import OpenSession, Signable
from core.services import crls, sessions
from core.services.desk import Desk, open_desk
from core.services.opening import Hands
from core.services.sessions import Signing
from core.store import audit as rows
from gui.window import MainWindow
from gui.wizards.ca.publish import PublishWizard
from gui.wizards.session import SessionBar
from tests.desks import passphrase
from tests.gui.ca.conftest import Office
from tests.gui.wizards.drive import texts, unnamed

PAIR = ("alice", "bob")


def begun(office: Office, seconds: int = 300) -> tuple[MainWindow, Signing]:
    """A session with the key of the issuing CA, opened in the lane as a wizard does."""
    window = office.open(office.made.issuing, "bob")
    desk = window.desk
    assert desk is not None
    command = OpenSession("ipsec-g1", PAIR, {Signable.CERTIFICATE: 1, Signable.CRL: 2}, seconds, because="test")
    hands = Hands({name: f"{passphrase(name)} for keys" for name in PAIR})
    made: list[Signing] = []
    failed: list[BaseException] = []

    def ended(result: Signing, error: BaseException | None) -> None:
        (failed.append(error) if error else made.append(result))

    window.lane.do(lambda: sessions.open_session(desk, command, hands), ended)
    office.qtbot.waitUntil(lambda: bool(made or failed))
    assert failed == []
    window.idle.ticked.emit(0)
    return window, made[0]


def gone(signing: Signing) -> bool:
    return not Path(f"/proc/{signing.pid}/stat").exists()


def row_of(office: Office, path: Path) -> tuple[str, str]:
    """The newest end of a session, as another process reads it."""
    other = open_desk(office.folder / path.parent.name / path.name, read_only=True)
    try:
        found = next(each for each in rows.recent(other.file.read, 5) if each.action == "session.ended")
        return found.action, str(found.body["details"]["because"])
    finally:
        other.close()


def test_it_counts_down_and_ends_by_its_button(office: Office) -> None:
    window, signing = begun(office)
    label, button = window.status.session, window.status.end
    assert label.isVisible()
    said = "Signing session: ipsec-g1, may still sign certificates: 1, CRLs: 2; ends in "
    assert label.text().startswith(said)
    assert label.text().removeprefix(said) in ("5:00", "4:59", "4:58", "4:57")
    assert label.accessibleName() == label.text()
    assert isinstance(button, QPushButton)
    assert button.accessibleName() == "End the signing session"
    button.setFocus()
    office.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert gone(signing)
    office.qtbot.waitUntil(lambda: window.lane.job is None)
    assert row_of(office, office.made.issuing) == ("session.ended", "done")
    window.idle.ticked.emit(0)
    assert not label.isVisible()
    assert not button.isVisible()


def test_a_wizard_shows_it_and_ends_it(office: Office) -> None:
    """A wizard keeps its owner from the status bar, so it has the countdown and the end of its own; keys end it too."""
    window, signing = begun(office)
    window.wanted("publish", "ipsec-g1")
    wizard = window.windows.dialog
    assert isinstance(wizard, PublishWizard)
    bar = wizard.findChild(SessionBar)
    office.qtbot.waitUntil(bar.isVisible)
    assert bar.said.text().startswith("Signing session: ipsec-g1, may still sign certificates: 1, CRLs: 2; ends in ")
    assert unnamed(wizard) == []
    office.qtbot.mouseClick(bar.press, Qt.MouseButton.LeftButton)
    assert gone(signing)
    assert not bar.isVisible()
    office.qtbot.waitUntil(lambda: window.lane.job is None)
    assert row_of(office, office.made.issuing) == ("session.ended", "done")


def test_it_is_ended_while_the_wizard_signs(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit of a wizard holds the lane and greys the page; its session still ends by the keys, and that is told."""
    signings: list[Signing] = []

    def slowly(desk: Desk, name: str, here: tuple[str, ...], hands: Hands, _network: object) -> None:
        command = OpenSession(name, here, {Signable.CRL: 1}, because="test")
        with sessions.open_session(desk, command, hands) as signing:
            signings.append(signing)
            while not isinstance(signing.look(), str):
                time.sleep(0.01)
            signing.standing()

    monkeypatch.setattr(crls, "sign", slowly)
    window = office.open(office.made.issuing, "bob")
    window.wanted("publish", "ipsec-g1")
    wizard = window.windows.dialog
    assert isinstance(wizard, PublishWizard)
    wizard.typed("to", str(office.folder))
    wizard.go_on().click()
    for name in PAIR:
        wizard.typed(f"hand_{name}", f"{passphrase(name)} for keys")
    wizard.go_on().click()
    bar = wizard.findChild(SessionBar)
    office.qtbot.waitUntil(bar.isVisible)
    assert wizard.busy
    assert bar.press.isEnabled()
    QTest.keyClick(wizard, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    office.qtbot.waitUntil(lambda: not wizard.busy)
    assert gone(signings[0])
    assert "Nothing more was signed" in texts(wizard)
    wizard.done(0)


def test_the_button_does_not_wait_for_what_runs(office: Office) -> None:
    window, signing = begun(office)
    stop = threading.Event()
    window.lane.do(lambda: stop.wait(10), lambda *_: None)
    window.status.end.click()
    assert gone(signing)
    stop.set()
    office.qtbot.waitUntil(lambda: window.lane.job is None)


def test_time_ends_it_and_leaves_the_row(office: Office) -> None:
    window, signing = begun(office, seconds=1)

    def over() -> bool:
        window.idle.ticked.emit(0)
        return not window.status.session.isVisible() and window.lane.job is None and gone(signing)

    office.qtbot.waitUntil(over)
    assert row_of(office, office.made.issuing) == ("session.ended", "time")


def test_the_lock_ends_it_and_idleness_is_said_to_be_the_reason(office: Office) -> None:
    window, signing = begun(office)
    window.idle.ticked.emit(window.preferences.lock_minutes * 60)
    assert gone(signing)
    office.qtbot.waitUntil(lambda: window.lane.job is None)
    assert not window.status.session.isVisible()
    assert row_of(office, office.made.issuing) == ("session.ended", "idle")


def test_closing_ends_it(office: Office) -> None:
    window, signing = begun(office)
    window.close_file()
    assert gone(signing)
    assert row_of(office, office.made.issuing) == ("session.ended", "quit")
