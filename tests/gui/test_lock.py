"""The lock hides and forgets; it never discards."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from core.services import audit
from gui.pages.base import Target
from gui.window import MainWindow
from tests.gui.conftest import Seat


def _shown(window: MainWindow) -> list[QWidget]:
    """Windows in view beside the main one."""
    return [
        each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window and each.isWindow()
    ]


def test_half_typed_work_is_there_again(seat: Seat) -> None:
    window = seat.window
    window.wanted("device", "")
    dialog = window.windows.dialog
    assert dialog is not None
    field = next(each for each in dialog.findChildren(QLineEdit) if each.isVisible())
    seat.qtbot.keyClicks(field, "par1-gw")
    window.lock()
    assert _shown(window) == []
    assert window.stack.currentWidget() is window.card
    seat.sign_in()
    assert window.windows.dialog is dialog
    assert dialog.isVisible()
    assert field.text() == "par1-gw"


def test_detail_windows_hide_and_come_back(seat: Seat) -> None:
    window = seat.window
    assert window.shown is not None
    for row in window.shown.picture.devices[:2]:
        window.windows.details(Target("device", row.device.name), window.shown)
    before = _shown(window)
    assert len(before) == 2
    window.lock()
    assert _shown(window) == []
    seat.sign_in("bob")
    assert set(_shown(window)) == set(before)


def test_the_signing_key_is_forgotten_and_the_reason_recorded(seat: Seat) -> None:
    window = seat.window
    window.lock()
    assert window.desk is not None
    seat.qtbot.waitUntil(lambda: window.lane.job is None)
    assert window.desk.session is None
    other = seat.sample.desk()
    row = other.file.read.execute("SELECT action, actor FROM ledger ORDER BY number DESC LIMIT 1").fetchone()
    assert tuple(row) == ("sign-in.ended", "alice")
    assert audit.inspect(other).faults == ()
    other.close()


def test_it_locks_when_nobody_is_there(seat: Seat) -> None:
    seat.window.preferences.lock_minutes = 1
    seat.window.idle.ticked.emit(59)
    assert seat.window.stack.currentWidget() is seat.window.work
    seat.window.idle.ticked.emit(60)
    assert seat.window.stack.currentWidget() is seat.window.card
    assert "1 minute" in seat.window.card.findChild(QWidget, "lockBecause").text()  # type: ignore[attr-defined]


def test_a_key_anywhere_is_activity(seat: Seat) -> None:
    seat.window.idle.seconds = 50
    seat.qtbot.keyClick(seat.window.bars.search, Qt.Key.Key_A)
    assert seat.window.idle.seconds == 0


def test_the_desktop_s_lock_locks(seat: Seat) -> None:
    seat.window.idle.active_changed(True)  # noqa: FBT003 - D-Bus's own argument
    assert seat.window.stack.currentWidget() is seat.window.card


def test_while_locked_nothing_is_offered_but_the_passphrase(seat: Seat) -> None:
    window = seat.window
    window.lock()
    assert not window.card.read_button.isVisible()
    window.door.read_only()
    assert window.stack.currentWidget() is window.card
    enabled = {name for name, action in window.bars.menus.actions.items() if action.isEnabled()}
    assert enabled == {
        "actNew",
        "actOpen",
        "actRestore",
        "actWindow",
        "actQuit",
        "actNextWindow",
        "actLarger",
        "actSmaller",
        "actHelp",
        "actShortcuts",
    }
    assert not window.bars.bar.isVisible()


def test_a_wrong_passphrase_says_so_and_the_wait_grows(seat: Seat) -> None:
    window, card = seat.window, seat.window.card
    window.lock()
    for tries in range(1, 4):
        seat.qtbot.waitUntil(lambda: card.go.isEnabled() and window.lane.job is None)
        seat.qtbot.keyClicks(card.passphrase, "not this one at all")
        seat.qtbot.keyClick(card.passphrase, Qt.Key.Key_Return)
        seat.qtbot.waitUntil(lambda: "not the passphrase of alice" in card.banner.text)
        assert card.passphrase.text() == ""
        if tries < 3:
            card.banner.tell("info", "")
    assert not card.go.isEnabled()
    assert card.go.text().startswith("Unlock in ")
    card._wait = 1
    card._second()
    assert card.go.isEnabled()


def test_caps_lock_is_told(window: MainWindow, seat: Seat) -> None:
    seat.window.lock()
    caps = seat.window.card.findChild(QWidget, "lockCaps")
    seat.qtbot.keyClick(seat.window.card.passphrase, "A")
    assert caps.isVisible()
    seat.qtbot.keyClick(seat.window.card.passphrase, "b")
    assert not caps.isVisible()


def test_the_card_is_460_wide_and_shows_its_whole_sentence(seat: Seat) -> None:
    seat.window.lock()
    seat.window.card.refused("That is not the passphrase of alice. Nothing was changed. " * 3, 0)
    QApplication.processEvents()
    card = seat.window.card.findChild(QWidget, "lockCard")
    text = seat.window.card.findChild(QWidget, "lockBannerText")
    assert card.width() == 460
    assert text.height() >= text.heightForWidth(text.width())


def test_the_status_bar_says_at_once_who_came_in_and_that_it_is_locked(window: MainWindow, seat: Seat) -> None:
    said: list[str] = []
    for told in (window.door.asked, window.door.entered):
        told.connect(lambda *_: said.append(window.status.who.text()))
    window.lock()
    assert said == ["Locked"]
    seat.sign_in()
    assert "alice \u2014 " in said[-1]
