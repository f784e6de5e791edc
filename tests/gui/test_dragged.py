"""A row that is dragged out is a file; only what is public leaves, and of keys only approved ones."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from PySide6.QtCore import QMimeData

from core.services.views import Health
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
    return page.taken(row)


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
    assert path.name == f"{name}.pem"
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
    for health in (Health.RECEIVED, Health.COMPARED, Health.CHANGED):
        name = seat.device(health)
        seat.window.work.banner.hide()
        assert _taken(seat.window, "keys", name) is None
        assert seat.window.work.banner.isVisible()


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
