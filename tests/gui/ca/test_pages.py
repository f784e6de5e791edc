"""The window of Local CA mode: which sections there are, what they say, and what they offer to whom."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from core.model.advice import Act, Step, Task
from core.model.certificates import CertificateState
from core.model.workspace import Kind
from core.words.advice import step
from gui.widgets.banner import Banner
from gui.window import MainWindow
from tests.gui.ca.conftest import Office
from tests.gui.walk import controls
from tests.pki.worlds import csr

ISSUING = (
    "ca", "requests", "certificates", "authorities", "lists", "tickets", "trust", "custody", "documents", "links", "keys", "verify", "exports", "activity",
    "people", "backup", "compliance", "records", "duties", "settings",
)  # fmt: skip
ROOT = (
    "authorities",
    "lists",
    "trust",
    "custody",
    "documents",
    "activity",
    "people",
    "backup",
    "compliance",
    "records",
    "duties",
    "settings",
)


def sections(window: MainWindow) -> tuple[str, ...]:
    return tuple(page.objectName() for page in window.work.pages)


def said(root: QWidget, name: str) -> str:
    label = root.findChild(QLabel, name)
    assert isinstance(label, QLabel), name
    return label.text()


def pane(window: MainWindow) -> str:
    """Everything the detail pane says."""
    return "\n".join(each.text() for each in window.work.pane.findChildren(QLabel))


def test_sections_of_an_issuing_ca(office: Office) -> None:
    window = office.open(office.made.issuing, "bob")
    assert sections(window) == ISSUING
    assert [window.work.nav.item(at).text() for at in range(5)] == [
        "Overview", "Requests", "Certificates", "Authorities", "Revocation lists",
    ]  # fmt: skip
    assert window.windowTitle().startswith("ipsec-g1 ")
    office.qtbot.waitUntil(lambda: window.status.who.text().startswith("CA mode"), timeout=3000)
    assert not window.root_edge.isVisible()
    window.close_file()


def test_overview_says_what_cannot_wait(office: Office) -> None:
    window = office.open(office.made.issuing, "dave")
    page = window.work.page
    assert page.objectName() == "ca"
    assert "a revocation that no CRL tells yet" in said(page, "crlBannerText")
    assert (said(page, "cardRequestsNumber"), said(page, "cardRequestsWords")) == ("2", "requests wait, 1 for you")
    assert (said(page, "cardRevokedNumber"), said(page, "cardRevokedWords")) == ("1", "revoked, not all published")
    page.findChild(QPushButton, "cardRequests").click()
    assert window.work.page.objectName() == "requests"


def test_a_request_is_approved_by_who_did_not_submit_it(office: Office) -> None:
    window = office.open(office.made.issuing, "alice")
    window.work.go("requests")
    table = window.work.page.table  # type: ignore[attr-defined]
    row = next(at for at in range(2) if table.rows.row(at).proposal.facts["device"] == "gw3")
    table.setCurrentIndex(table.rows.index(row, 0))
    button = window.work.pane.findChild(QPushButton, "offer_approve")
    assert not button.isEnabled()
    assert "You submitted this request, so another person must approve it." in pane(window)
    assert "dns:gw3.example.net" in pane(window)


def test_the_second_person_gets_the_wizard(office: Office) -> None:
    window = office.open(office.made.issuing, "dave")
    window.work.go("requests")
    table = window.work.page.table  # type: ignore[attr-defined]
    row = next(at for at in range(2) if table.rows.row(at).proposal.facts["device"] == "gw3")
    table.setCurrentIndex(table.rows.index(row, 0))
    window.work.pane.findChild(QPushButton, "offer_approve").click()
    office.qtbot.waitUntil(lambda: window.windows.dialog is not None)
    dialog = window.windows.dialog
    assert dialog is not None
    assert dialog.objectName() == "wizard_approve"
    assert "gw3" in said(dialog, "sentence0")


def test_certificates_are_shown_by_state(office: Office) -> None:
    window = office.open(office.made.issuing, "carol")
    window.work.go("certificates")
    page = window.work.page
    rows = page.table.rows  # type: ignore[attr-defined]
    assert {rows.row(at).device for at in range(rows.rowCount())} == {"gw1", "gw2"}
    page.only(CertificateState.REVOKED)  # type: ignore[attr-defined]
    assert [rows.row(at).device for at in range(rows.rowCount())] == ["gw2"]
    page.table.setCurrentIndex(rows.index(0, 0))  # type: ignore[attr-defined]
    assert "The key is or may be in wrong hands" in pane(window)
    assert "http://crl.example.net/ipsec.crl" in pane(window)
    assert "1.3.6.1.5.5.7.3.17" in pane(window)


def test_authorities_and_lists(office: Office) -> None:
    window = office.open(office.made.issuing, "bob")
    window.work.go("authorities")
    table = window.work.page.table  # type: ignore[attr-defined]
    names = [table.rows.data(table.rows.index(at, 0)) for at in range(table.rows.rowCount())]
    assert names[1] == "\u2514 ipsec-g1"
    table.setCurrentIndex(table.rows.index(1, 0))
    assert "opened by 2 of alice, bob, carol" in pane(window)
    window.work.go("lists")
    table = window.work.page.table  # type: ignore[attr-defined]
    told = {table.rows.row(at).authority.name: table.rows.data(table.rows.index(at, 1)) for at in range(2)}
    assert told["ipsec-g1"] == "Revocation not published"


def test_a_root_session_is_marked_in_words(office: Office) -> None:
    window = office.open(office.made.root, "bob")
    assert sections(window) == ROOT
    assert window.root_edge.isVisible()
    assert window.root_edge.text() == "OFFLINE ROOT SESSION"
    assert not window.bars.menus.actions["actLink"].isVisible()
    window.close_file()
    assert not window.root_edge.isVisible()


@pytest.mark.parametrize("where", ["root", "issuing"])
def test_what_is_late_stands_on_the_first_page(office: Office, where: str) -> None:
    window = office.open(getattr(office.made, where), "bob")
    page, shown = window.work.page, window.shown
    assert shown is not None
    banner = page.findChild(Banner, "authorityLate" if where == "root" else "dutiesBanner")
    assert not banner.isVisible()
    late = Step(Task.DECISION, Act.DECIDE, "L2", "L2", "2027-01-31")
    page.fill(replace(shown, steps=(late, Step(Task.DUTY, Act.SIGN_OFF, "custody-check", "Look", "2027-02-01"))))
    assert banner.isVisible()
    assert banner.text == f"{step(late)} 1 more in the section Duties."
    with office.qtbot.waitSignal(page.wanted) as asked:
        banner.findChild(QPushButton).click()
    assert asked.args == ["decide", "L2"]
    window.windows.dialog.reject()  # type: ignore[union-attr]


def test_one_window_turns_from_root_to_issuing_and_back(office: Office) -> None:
    office.open(office.made.root, "bob")
    office.window.work.go("people")
    office.open(office.made.issuing, "bob")
    assert sections(office.window) == ISSUING
    assert office.window.bars.menus.actions["actLink"].isVisible()
    assert office.window.work.page.objectName() == "people"


@pytest.mark.parametrize("name", ISSUING[:5])
def test_every_control_is_named(office: Office, name: str) -> None:
    window = office.open(office.made.issuing, "dave")
    window.work.go(name)
    table = getattr(window.work.page, "table", None)
    if table is not None:
        table.setCurrentIndex(table.rows.index(0, 0))
    found = [each.objectName() for each, told in controls(window) if not told or not each.objectName()]
    assert found == []


@pytest.mark.parametrize("kind", ["issuing", "root"])
def test_every_action_has_a_letter_of_its_own(office: Office, kind: str) -> None:
    window = office.open(getattr(office.made, kind), "bob")
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        shown = [each.text() for each in menu.actions() if each.isVisible() and not each.isSeparator()]
        letters = [text.partition("&")[2][:1].casefold() for text in shown]
        assert len(set(letters)) == len(letters), menu.objectName()
        assert "" not in letters, menu.objectName()


def test_a_dropped_request_is_enrolled(office: Office, tmp_path: Path) -> None:
    window = office.open(office.made.issuing, "alice")
    path = tmp_path / "gw9.csr"
    path.write_bytes(csr(ec.generate_private_key(ec.SECP256R1())))
    window.taking.take((path,))
    dialog = window.windows.dialog
    assert dialog is not None
    assert dialog.objectName() == "wizard_enrol"


def test_several_dropped_requests_are_enrolled_at_once(office: Office, tmp_path: Path) -> None:
    """Two files let go together, and one file with two requests in it; in Links mode several are not taken."""
    window = office.open(office.made.issuing, "alice")
    paths = [tmp_path / f"gw{at}.csr" for at in (8, 9)]
    for path in paths:
        path.write_bytes(csr(ec.generate_private_key(ec.SECP256R1())))
    both = tmp_path / "both.pem"
    both.write_bytes(b"".join(path.read_bytes() for path in paths))
    for given in (paths, [both]):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in given])
        at, copy = QPointF(window.rect().center()), Qt.DropAction.CopyAction
        left, bare = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        entered = QDragEnterEvent(at.toPoint(), copy, mime, left, bare)
        QApplication.sendEvent(window, entered)
        assert entered.isAccepted()
        assert "take these requests in" in window.drops.overlay.text
        QApplication.sendEvent(window, QDropEvent(at, copy, mime, left, bare))
        dialog = window.windows.dialog
        assert dialog is not None
        assert dialog.objectName() == "wizard_enrol-many"
        assert dialog.flow.places() == tuple(map(str, given))  # type: ignore[attr-defined]
        dialog.reject()
    window.drops.kind = Kind.LINKS
    entered = QDragEnterEvent(at.toPoint(), copy, mime, left, bare)
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    QApplication.sendEvent(window, entered)
    assert window.drops.overlay.text == ""


@pytest.mark.parametrize(
    ("page", "button", "wizard"),
    [
        ("certificates", "offer_revoke", "revoke"),
        ("certificates", "offer_endpoint", "endpoint"),
        ("authorities", "offer_publish", "publish"),
        ("requests", "offer_issue", "issue"),
        ("ca", "crlBannerButton", "publish"),
    ],
)
def test_what_is_offered_opens_its_wizard(office: Office, page: str, button: str, wizard: str) -> None:
    window = office.open(office.made.issuing, "bob")
    window.work.go(page)
    table = getattr(window.work.page, "table", None)
    if table is not None:
        table.setCurrentIndex(table.rows.index(1, 0))
    press = window.findChild(QPushButton, button)
    assert press.isEnabled()
    press.click()
    office.qtbot.waitUntil(lambda: window.windows.dialog is not None)
    dialog = window.windows.dialog
    assert dialog is not None
    assert dialog.objectName() == f"wizard_{wizard}"
