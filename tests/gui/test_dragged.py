"""A row that is dragged out is a file; only what is public leaves, and of keys only approved ones."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from core.errors.linking import KeyStaysHere, NothingToTake
from core.services import copies
from core.services.views import Health
from core.words.say import sentence
from gui.pages.base import TablePage
from gui.window import MainWindow
from tests.gui.ca.conftest import Office, made, office  # noqa: F401 - fixtures
from tests.gui.conftest import Seat


def _taken(window: MainWindow, section: str, key: object = None) -> QMimeData | None:
    window.work.go(section)
    page = window.work.page
    assert isinstance(page, TablePage)
    assert page.taken is not None
    assert page.table.dragEnabled()
    row = page.table.rows.row(page.table.rows.place(key) if key is not None else 0)
    return page.taken([row])


def _file(data: QMimeData | None) -> Path:
    assert data is not None
    assert data.formats() == ["text/uri-list", "text/plain"]
    (url,) = data.urls()
    assert data.urls() == [url]
    return Path(url.toLocalFile())


def test_an_approved_key_is_a_pem_file_until_the_workspace_is_closed(seat: Seat) -> None:
    name = seat.device(Health.VERIFIED)
    data = _taken(seat.window, "keys", name)
    assert data is not None
    assert data.text().startswith("-----BEGIN PUBLIC KEY-----")
    path = _file(data)
    assert path.name == f"REHEARSAL-{name}.pem"  # the sample is one, and a bare key says nothing of itself
    assert path.read_text() == data.text()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.parent.stat().st_mode & 0o077 == 0
    row = seat.window.shown.picture.device(name) if seat.window.shown else None
    assert row is not None
    assert row.key is not None
    spki = load_pem_public_key(path.read_bytes()).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert spki == row.key.public.spki
    seat.window.close_file()
    assert not path.parent.parent.exists()


def test_nothing_is_written_before_somebody_takes_it(seat: Seat) -> None:
    data = _taken(seat.window, "keys", seat.device(Health.VERIFIED))
    assert data is not None
    assert data.hasUrls()
    assert data.hasText()
    assert seat.window.work.handed.written == 0
    _file(data)
    assert seat.window.work.handed.written == 1


def test_a_key_that_is_not_approved_stays_and_says_why(seat: Seat) -> None:
    assert seat.window.shown is not None
    desk = seat.window.shown.desk
    for health in (Health.RECEIVED, Health.COMPARED, Health.CHANGED):
        name = seat.device(health)
        seat.window.work.banner.hide()
        assert _taken(seat.window, "keys", name) is None
        assert seat.window.work.banner.isVisible()
        assert "so no file was made of it" in seat.window.work.banner.text
        with pytest.raises(KeyStaysHere) as refusal:
            copies.key(desk, name)
        assert refusal.value.clause == "SL2"


def test_a_hub_leaves_while_a_link_is_stopped_because_of_its_other_end(seat: Seat) -> None:
    """The suspected end itself stays."""
    desk = seat.sample.desk()
    assert copies.key(desk, "edge-lon1").file.path == "REHEARSAL-edge-lon1.pem"
    with pytest.raises(KeyStaysHere) as refusal:
        copies.key(desk, "edge-liv1")
    assert refusal.value.why == "suspected"
    desk.close()


def test_certificates_and_crls_leave_under_their_names(office: Office) -> None:  # noqa: F811
    window = office.open(office.made.issuing, "bob")
    path = _file(_taken(window, "certificates"))
    assert path.suffix == ".crt"
    assert x509.load_pem_x509_certificate(path.read_bytes()).serial_number
    path = _file(_taken(window, "authorities", "ipsec-g1"))
    assert path.name == "ipsec-g1.pem"
    x509.load_pem_x509_certificate(path.read_bytes())
    data = _taken(window, "lists", "ipsec-g1")
    path = _file(data)
    assert path.suffix == ".crl"
    crl = x509.load_der_x509_crl(path.read_bytes())
    assert data is not None
    assert x509.load_pem_x509_crl(data.text().encode()) == crl
    window.close_file()


def test_several_rows_are_several_files_and_those_that_stay_are_told(seat: Seat) -> None:
    window = seat.window
    window.work.go("keys")
    page = window.work.page
    assert isinstance(page, TablePage)
    page.table.selectAll()
    assert page.taken is not None
    rows = page.table.selected()
    data = page.taken(rows)
    assert data is not None
    paths = [Path(each.toLocalFile()) for each in data.urls()]
    names = {each.stem.removeprefix("REHEARSAL-") for each in paths}
    assert {"edge-lon1", "edge-man2", "wg-lon1"} <= names
    unfit = (Health.RECEIVED, Health.COMPARED, Health.CHANGED, Health.QUARANTINED, Health.LOOKALIKE, Health.NO_KEY)
    stay = {row.device.name for row in rows if row.health in unfit}
    assert names == {row.device.name for row in rows} - stay
    assert data.text().count("BEGIN PUBLIC KEY") == len(paths)
    assert window.work.banner.text.startswith(f"{len(stay)} of {len(rows)} rows stay here.")


def test_marked_rows_stay_marked_over_a_reading_and_one_of_them_is_worked_on(seat: Seat) -> None:
    window = seat.window
    window.work.go("keys")
    page = window.work.page
    assert isinstance(page, TablePage)
    table = page.table
    for name, how in (("edge-lon1", Qt.KeyboardModifier.NoModifier), ("wg-cam1", Qt.KeyboardModifier.ControlModifier)):
        at = table.visualRect(table.rows.index(table.rows.place(name), 0)).center()
        seat.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, how, at)
    table.fill(window.shown.picture.devices if window.shown else ())
    assert [row.device.name for row in table.selected()] == ["edge-lon1", "wg-cam1"]
    assert table.current.device.name == "wg-cam1"
    assert table.stands_out(table.rows.place("wg-cam1"))
    assert not table.stands_out(table.rows.place("edge-lon1"))
    table.choose("edge-man2")
    assert not table.stands_out(table.rows.place("edge-man2"))


def test_the_mouse_drags_the_row_under_it(seat: Seat) -> None:
    """Offscreen there is no drag to see the end of (Qt lets go of it at once); what it would carry is asked for."""
    seat.window.work.go("keys")
    page = seat.window.work.page
    assert isinstance(page, TablePage)
    table, asked = page.table, []
    table.hand_out(lambda rows: asked.append([row.device.name for row in rows]))
    at = table.visualRect(table.rows.index(table.rows.place("edge-lon1"), 0)).center()
    seat.qtbot.mousePress(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    for step in (1, 2):
        point = at + QPoint(0, QApplication.startDragDistance() + step)
        move = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(point), QPointF(table.viewport().mapToGlobal(point)),
            Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(table.viewport(), move)
    assert asked == [["edge-lon1"]]


def test_a_row_without_a_file_says_so(office: Office) -> None:  # noqa: F811
    window = office.open(office.made.issuing, "bob")
    assert window.shown is not None
    with pytest.raises(NothingToTake) as refusal:
        copies.authority(window.shown.desk, "nobody")
    assert "has no certificate yet" in sentence(refusal.value)
