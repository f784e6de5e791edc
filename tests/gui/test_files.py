"""Files come and go: foreign rows, two windows, read-only, what cannot be opened, drops."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.crypto.sample import sample_key
from core.errors.vault import WorkspaceGone
from core.media import qr
from core.model.devices import AddDevice
from core.services import devices, heads, people
from core.services.perform import perform
from core.services.views import Health
from gui.window import MainWindow
from tests.gui.conftest import Sample, Seat


def _elsewhere(sample: Sample, name: str) -> None:
    """Another process adds a device."""
    desk = sample.desk()
    people.authenticate(desk, "bob", sample.passphrases["bob"])
    perform(desk, devices.ADD, AddDevice(name, "strongswan", f"{name}.example.net", "192.0.2.99"))
    desk.close()


def test_foreign_rows_are_noticed_and_the_choice_stays(seat: Seat) -> None:
    window = seat.window
    window.work.go("keys")
    table = window.work.page.table  # type: ignore[attr-defined]
    name = seat.device(Health.VERIFIED)
    table.choose(name)
    _elsewhere(seat.sample, "aaa-first")
    window.idle.ticked.emit(1)
    seat.qtbot.waitUntil(lambda: table.rows.place("aaa-first") >= 0)
    assert table.current.device.name == name
    assert window.work.pane.isVisible()


def test_two_windows_on_one_file(seat: Seat) -> None:
    other = MainWindow(seat.window.preferences)
    other.show()
    other.open(seat.sample.path)
    Seat(other, seat.sample, seat.qtbot).sign_in("bob")
    _elsewhere(seat.sample, "third")
    for each in (seat.window, other):
        each.idle.ticked.emit(1)
        seat.qtbot.waitUntil(lambda each=each: each.shown.picture.device("third") is not None)
    other.close()
    assert seat.window.desk is not None


def test_reading_only_by_choice(window: MainWindow, sample: Sample, qtbot: QtBot) -> None:
    window.open(sample.path)
    window.card.read_button.click()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.work)
    assert "Nobody is signed in" in window.work.state.text
    assert not window.bars.menus.actions["actLink"].isEnabled()
    window.wanted("device", "")
    assert window.stack.currentWidget() is window.card
    assert window.windows.dialog is None


def test_a_file_that_may_only_be_read(window: MainWindow, sample: Sample, qtbot: QtBot) -> None:
    window.open(sample.path, read_only=True)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.work)
    assert "reading only" in window.work.state.text
    window.wanted("device", "")
    assert window.windows.dialog is None
    assert "reading only" in window.work.banner.text


def test_a_file_that_is_not_ours_is_told_in_one_sentence(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "holiday.anchorhold"
    path.write_bytes(b"not a workspace")
    window.open(path)
    assert window.stack.currentWidget() is window.start
    assert "holiday.anchorhold" in window.start.banner.text
    assert path.read_bytes() == b"not a workspace"


def test_a_busy_file_offers_reading(
    window: MainWindow, sample: Sample, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes for longer than anybody waits."""
    monkeypatch.setattr("core.store.file.WAIT_SECONDS", 0.05)
    other = sample.desk()
    window.open(sample.path)
    with other.file.writing():
        window.door.unlock("alice", sample.passphrases["alice"])
        window.lane.wait()
        QApplication.processEvents()
        assert window.card.banner._button.text() == "Open read only"
        window.card.banner._button.click()
        qtbot.waitUntil(lambda: window.stack.currentWidget() is window.work)
        assert window.desk is not None
        assert window.desk.session is None
    other.close()


def test_recent_files_name_folder_and_kind_and_grey_what_is_gone(window: MainWindow, sample: Sample) -> None:
    window.preferences.opened(sample.path, "Sample", "links")
    window.preferences.opened(sample.path.with_name("gone.anchorhold"), "Gone", "links")
    window.start.refresh()
    gone, there = (window.start.findChild(QPushButton, f"recent{at}") for at in (0, 1))
    assert not gone.isEnabled()
    assert "not found" in gone.accessibleDescription()
    assert there.isEnabled()
    assert str(sample.path.parent) in there.accessibleDescription()
    assert "links" in there.accessibleDescription()
    there.click()
    assert window.stack.currentWidget() is window.card


# --- drops --------------------------------------------------------------------------------------


def _drag(window: MainWindow, path: Path) -> str:
    """Hold a file over the window; what the overlay says."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    entered = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    return window.drops.overlay.text


def _drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    dropped = QDropEvent(
        QPointF(window.rect().center()),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, dropped)


def test_a_dropped_key_is_offered_to_be_received(seat: Seat, tmp_path: Path) -> None:
    path = tmp_path / "from-peer.txt"
    path.write_bytes(sample_key())
    assert "receive this key" in _drag(seat.window, path)
    _drop(seat.window, path)
    assert seat.window.drops.overlay.text == ""
    dialog = seat.window.windows.dialog
    assert dialog is not None
    assert dialog.objectName() == "wizard_receive"


def test_a_dropped_picture_of_a_key_is_offered_to_be_received(seat: Seat, tmp_path: Path) -> None:
    path = tmp_path / "photo"
    path.write_bytes(qr.png(sample_key().decode()))
    assert "QR code in this picture" in _drag(seat.window, path)
    _drop(seat.window, path)
    seat.qtbot.waitUntil(lambda: seat.window.windows.dialog is not None)
    assert seat.window.windows.dialog.objectName() == "wizard_receive"


def test_a_dropped_picture_of_anything_else_is_refused(seat: Seat, tmp_path: Path) -> None:
    """A fingerprint is compared in its wizard; no device printed it."""
    path = tmp_path / "photo"
    path.write_bytes(qr.png("SPKI-SHA256:" + "7f" * 32))
    assert "QR code in this picture" in _drag(seat.window, path)
    _drop(seat.window, path)
    seat.qtbot.waitUntil(lambda: "This is not a public key" in seat.window.work.banner.text)
    assert seat.window.windows.dialog is None


def test_a_dropped_workspace_is_opened(window: MainWindow, sample: Sample) -> None:
    path = sample.path.rename(sample.path.with_name("no-suffix-at-all"))
    assert "open this workspace" in _drag(window, path)
    _drop(window, path)
    assert window.stack.currentWidget() is window.card


PSK = 'connections {\n}\nsecrets {\n  ike-1 {\n    secret = "correct horse battery staple"\n  }\n}\n'


def test_a_dropped_configuration_with_a_shared_secret_is_refused_with_its_clause(seat: Seat, tmp_path: Path) -> None:
    path = tmp_path / "swanctl.conf"
    path.write_text(PSK, encoding="utf-8")
    assert "not taken" in _drag(seat.window, path)
    _drop(seat.window, path)
    assert seat.window.windows.dialog is None
    assert "IMP-04" in seat.window.work.banner.text
    other = seat.sample.desk()
    row = other.file.read.execute("SELECT action, body FROM ledger ORDER BY number DESC LIMIT 1").fetchone()
    other.close()
    assert row["action"] == "refused"
    assert "correct horse" not in row["body"]
    for part in seat.sample.path.parent.glob("links.anchorhold*"):
        assert b"correct horse" not in part.read_bytes()


def test_dropped_output_of_a_device_is_offered_to_be_read_back(seat: Seat, tmp_path: Path) -> None:
    path = tmp_path / "printed.txt"
    path.write_bytes(sample_key() + sample_key())
    assert "read back" in _drag(seat.window, path)
    _drop(seat.window, path)
    assert seat.window.windows.dialog is not None


def test_a_key_dropped_before_anybody_signed_in_says_what_to_do(
    window: MainWindow, sample: Sample, tmp_path: Path
) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(sample_key())
    window.open(sample.path)
    _drag(window, path)
    _drop(window, path)
    assert "sign in first" in window.card.banner.text
    assert window.windows.dialog is None


def test_nothing_is_taken_while_it_is_locked(seat: Seat, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(sample_key())
    seat.window.lock()
    _drag(seat.window, path)
    _drop(seat.window, path)
    assert seat.window.windows.dialog is None
    assert seat.window.card.banner.text == ""


def test_two_files_at_once_are_not_taken(window: MainWindow, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a", "b")])
    entered = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, entered)
    assert window.drops.overlay.text == ""


def test_a_workspace_that_the_keyring_knows_and_that_is_gone(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the keyring answers is tried with a real one in tests/vault; here that it reaches the start page."""
    path = tmp_path / "lost.anchorhold"
    monkeypatch.setattr(heads, "gone", lambda path: WorkspaceGone(str(path), 12, "2026-11-23T10:00:00Z"))
    window.open(path)
    qtbot.waitUntil(lambda: "You have seen a workspace of 12 entries" in window.start.banner.text)
