"""Renewal, a folder of requests, and an approval in two decisions, by keyboard over a real issuing CA."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from core.model.agreements import WidenTicket
from core.model.certificates import IssueCertificates, SubmitRequest
from core.model.proposals import State
from core.model.workspace import Kind
from core.services import agreements, enrolment, proposals
from core.services.drops import Content, dropped
from gui.widgets.table import DataTable
from tests.desks import Room, passphrase
from tests.gui.wizards.drive import Driver, opened, texts, unnamed
from tests.pki.worlds import PAIR, World, agree, certify, csr, hands, make_network, submit

pytestmark = pytest.mark.xdist_group("renewing")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_network(tmp_path)


@pytest.fixture
def room(world: World) -> Room:
    return world.issuing


def gateway(room: Room, folder: Path) -> tuple[str, Path, Path]:
    """A certified gateway that made a new key: its serial, the request and the proof."""
    key, new = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    room.device("gw1")
    asked = enrolment.submit(room.sit("alice"), SubmitRequest("gw1", csr(key), "CHG1"))
    agree(room, "dave", asked)
    (made,) = enrolment.issue(room.sit("bob"), IssueCertificates((asked.digest,), PAIR), hands())
    assert made.issued is not None
    der = x509.load_pem_x509_csr(csr(new)).public_bytes(serialization.Encoding.DER)
    request, proof = folder / "gw1.csr", folder / "gw1.proof"
    request.write_bytes(der)
    proof.write_bytes(key.sign(der, ec.ECDSA(hashes.SHA256())))
    return made.issued.serial, request, proof


def test_a_certificate_is_renewed(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    serial, request, proof = gateway(room, tmp_path)
    room.sit("alice")
    driver = opened(qtbot, room, "renew", serial)
    assert "gw1.proof" in driver.said("commands")
    found = unnamed(driver.wizard)
    driver.next()
    assert driver.problem("untrusted") == "This is needed."
    driver.type(file=f"{request}\t")
    driver.next()
    assert driver.step == "proof"
    driver.next()
    assert driver.problem("proof") == "This is needed."
    driver.type(file=f"{proof}\t")
    found += unnamed(driver.wizard)
    driver.next()
    driver.type(ticket="CHG2")
    found += unnamed(driver.wizard)
    driver.next()
    assert "signed by the current key" in texts(driver.wizard)
    driver.commit()
    assert "Needs approval by dave" in driver.said("doneBannerText"), driver.said("reviewBannerText")
    (asked,) = proposals.waiting(room.desk)
    assert (asked.facts["renews"], asked.facts["proved"]) == (serial, "current-key")
    assert found + unnamed(driver.wizard) == []


def test_what_nobody_stands_for_is_not_renewed(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    serial, request, _ = gateway(room, tmp_path)
    room.sit("alice")
    driver = opened(qtbot, room, "renew", serial)
    driver.type(file=f"{request}\t")
    driver.next()
    driver.choose("how", "compared")
    driver.next()
    driver.type(ticket="CHG2")
    driver.next()
    driver.commit()
    assert driver.step == "review"
    assert "nobody compared the new key" in driver.said("reviewBannerText")
    assert proposals.waiting(room.desk) == ()


def test_a_folder_of_requests_has_a_row_for_each(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "requests"
    (folder / "a-folder").mkdir(parents=True)
    for name in ("gw1", "gw2"):
        room.device(name)
        (folder / f"{name}.csr").write_bytes(csr(ec.generate_private_key(ec.SECP256R1()), f"{name}.example.net"))
    (folder / "gw9.csr").write_bytes(csr(ec.generate_private_key(ec.SECP256R1()), "gw9.example.net"))
    (folder / "notes.txt").write_text("not a request")
    agree(room, "dave", agreements.widen(room.sit("alice"), WidenTicket("CHG5", (), "the whole site at once")))
    room.sit("alice")
    driver = opened(qtbot, room, "enrol-many")
    found = unnamed(driver.wizard)
    driver.commit()
    assert driver.problem("paths") == "This is needed."
    driver.type(paths=str(folder), ticket="CHG5")
    driver.commit()
    assert driver.step == "done", driver.said("requestsBannerText")
    assert "Waiting for approval: 2. Refused: 3." in driver.said("doneBannerText")
    table = driver.wizard.currentPage().findChild(DataTable, "rows").rows
    cells = [[str(table.index(row, column).data()) for column in (0, 2, 3)] for row in range(table.rowCount())]
    assert [each[0] for each in cells] == ["a-folder", "gw1.csr", "gw2.csr", "gw9.csr", "notes.txt"]
    assert cells[1][1:] == ["waits for approval", ""]
    assert driver.said("rowWhy").startswith("a-folder: ")
    assert cells[3][1] == "refused"
    assert "gw9" in cells[3][2]
    assert dropped(folder, room.desk, Kind.ISSUING).content is Content.FOLDER
    assert sorted(each.facts["device"] for each in proposals.waiting(room.desk)) == ["gw1", "gw2"]
    assert found + unnamed(driver.wizard) == []


def pem(name: str) -> bytes:
    return csr(ec.generate_private_key(ec.SECP256R1()), name)


def cells_of(driver: Driver) -> list[list[str]]:
    table = driver.wizard.currentPage().findChild(DataTable, "rows").rows
    return [[str(table.index(row, column).data()) for column in range(4)] for row in range(table.rowCount())]


def test_loose_files_and_a_pasted_text_have_a_row_for_each_request(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    """Two files chosen, a folder dropped on the page, four requests pasted, of which one is damaged and one nobody's."""
    for name in ("gw1", "gw2", "gw3", "gw4", "gw5"):
        room.device(name)
    agree(room, "dave", agreements.widen(room.sit("alice"), WidenTicket("CHG5", (), "the whole site at once")))
    room.sit("alice")
    (tmp_path / "a").mkdir()
    loose = [tmp_path / "gw1.csr", tmp_path / "gw2.csr", tmp_path / "a" / "gw1.csr"]
    for path in loose:
        path.write_bytes(pem(f"{path.stem}.example.net"))
    driver = opened(qtbot, room, "enrol-many", path="\n".join(map(str, loose[:2])))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a"))])
    drop_on(driver.wizard.currentPage(), mime)
    assert driver.said("paths").splitlines() == [*map(str, loose[:2]), str(tmp_path / "a")]
    damaged = pem("gw5.example.net").replace(b"REQUEST-----\n", b"REQUEST-----\n?", 1)
    edit = driver.wizard.currentPage().findChild(QPlainTextEdit, "untrusted")
    text = QMimeData()
    text.setText((b"notes\n" + pem("gw3.example.net") + damaged + pem("GW4") + pem("gw77")).decode())
    edit.insertFromMimeData(text)
    driver.type(ticket="CHG5")
    driver.commit()
    assert driver.step == "done", driver.said("requestsBannerText")
    cells = cells_of(driver)
    assert [(each[1], each[2]) for each in cells] == [
        ("gw1", "waits for approval"), ("gw2", "waits for approval"), ("gw1", "waits for approval"), ("gw3", "waits for approval"),
        ("", "refused"), ("gw4", "waits for approval"), ("", "refused"),
    ]  # fmt: skip
    assert [each[0] for each in cells] == [str(loose[0]), "gw2.csr", str(loose[2]), "1", "2", "3", "4"]
    assert "names no device in service here: it calls itself gw77" in cells[6][3]
    assert sorted(each.facts["device"] for each in proposals.waiting(room.desk)) == ["gw1", "gw1", "gw2", "gw3", "gw4"]


def drop_on(widget: QWidget, mime: QMimeData) -> None:
    at, copy = QPointF(widget.rect().center()), Qt.DropAction.CopyAction
    left, bare = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(at.toPoint(), copy, mime, left, bare)
    QApplication.sendEvent(widget, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(at, copy, mime, left, bare))


def test_a_request_is_approved_in_two_decisions(qtbot: QtBot, room: Room, world: World) -> None:
    """One: open it. Two: agree, with the passphrase typed; nothing else is asked."""
    asked = submit(world, "gw1", "CHG1")
    room.sit("dave")
    driver = opened(qtbot, room, "approve", asked.digest)
    assert "dns:gw1.example.net" in texts(driver.wizard)
    driver.type(passphrase=passphrase("dave"))
    driver.commit()
    assert proposals.find(room.desk, asked.digest).state is State.APPROVED
    assert certify(world, "gw2", "CHG2")
