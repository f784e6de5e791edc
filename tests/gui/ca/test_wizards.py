"""Enrol, approve, issue, publish, revoke by keyboard, over a real root and a real issuing CA."""

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from core.media import qr
from core.model.certificates import CertificateState
from core.services import audit, crls, enrolment, proposals, revocation
from tests.desks import Room, passphrase
from tests.gui.wizards.drive import Driver, opened, texts, unnamed
from tests.pki.worlds import World, agree, certify, csr, make_network, submit
from tests.real import need


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_network(tmp_path)


@pytest.fixture
def room(world: World) -> Room:
    return world.issuing


def custody(name: str) -> str:
    return f"{passphrase(name)} for keys"


def type_custodians(driver: Driver, *names: str) -> None:
    driver.type(**{f"hand_{name}": custody(name) for name in names})


@pytest.mark.parametrize("picture", [False, True], ids=["file", "picture"])
def test_a_request_is_submitted(qtbot: QtBot, room: Room, tmp_path: Path, picture: bool) -> None:
    """As a file, and as a photograph of the device's screen."""
    room.device("gw1")
    room.sit("alice")
    path, request = tmp_path / "gw1.csr", csr(ec.generate_private_key(ec.SECP256R1()))
    path.write_bytes(qr.png(request.decode()) if picture else request)
    driver = opened(qtbot, room, "enrol", "", str(path))
    driver.next()
    assert driver.problem("device") == "This is needed."
    driver.type(device="gw1")
    assert "pki --req" in driver.said("commands")
    found = unnamed(driver.wizard)
    driver.next()
    qtbot.waitUntil(lambda: "proof of possession" in driver.said("requestFound"))
    found += unnamed(driver.wizard)
    driver.next()
    profiles = driver.wizard.currentPage().findChild(QComboBox, "profile")
    assert profiles.itemData(0) == "ipsec-gateway"
    driver.next()
    assert driver.problem("ticket") == "This is needed."
    driver.type(ticket="CHG1")
    found += unnamed(driver.wizard)
    driver.next()
    assert "dns:gw1.example.net" in texts(driver.wizard)
    driver.commit()
    assert "Needs approval by dave" in driver.said("doneBannerText")
    assert [each.facts["device"] for each in proposals.waiting(room.desk)] == ["gw1"]
    assert found + unnamed(driver.wizard) == []


def test_a_private_key_is_refused_at_once(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives import serialization as say

    room.device("gw1")
    room.sit("alice")
    key = ec.generate_private_key(ec.SECP256R1())
    path = tmp_path / "gw1.pem"
    path.write_bytes(key.private_bytes(say.Encoding.PEM, say.PrivateFormat.PKCS8, say.NoEncryption()))
    driver = opened(qtbot, room, "enrol", "gw1", str(path))
    driver.next()
    driver.next()
    assert driver.step == "request"
    assert "private key" in driver.problem("file")


def test_approved_requests_are_issued_with_their_folders(
    qtbot: QtBot, room: Room, world: World, tmp_path: Path
) -> None:
    agree(room, "dave", submit(world, "gw1", "CHG1"))
    room.sit("bob")
    driver = opened(qtbot, room, "issue")
    driver.type(to=str(tmp_path / "out"))
    found = unnamed(driver.wizard)
    driver.next()
    driver.commit()
    assert "2" in driver.said("custodiansBannerText")  # nobody typed
    type_custodians(driver, "alice")
    driver.type(hand_carol="not her passphrase")
    driver.commit()
    assert "carol" in driver.said("custodiansBannerText")
    room.clock.passes(minutes=5)
    type_custodians(driver, "bob")
    driver.type(hand_carol=" ")
    driver.to("hand_carol").clear()  # type: ignore[attr-defined]
    found += unnamed(driver.wizard)
    driver.commit()
    assert driver.step == "done", driver.said("custodiansBannerText")
    (row,) = enrolment.rows(room.desk)
    assert row.state is CertificateState.VALID
    assert row.issued.serial in driver.said("issued")
    assert (tmp_path / "out/gw1/keys/certificate.pem").exists()
    assert custody("alice") not in texts(driver.wizard) + repr(driver.wizard.flow)
    assert found + unnamed(driver.wizard) == []
    assert audit.inspect(room.desk).faults == ()


def test_who_submitted_does_not_issue(qtbot: QtBot, room: Room, world: World) -> None:
    agree(room, "dave", submit(world, "gw1", "CHG1"))
    room.sit("alice")
    driver = opened(qtbot, room, "issue")
    driver.next()
    assert driver.step == "which"
    assert driver.problem("chosen") == "This is needed."


def test_compromise_stands_at_once_and_leads_to_the_crl(qtbot: QtBot, room: Room, world: World, tmp_path: Path) -> None:
    serial = certify(world, "gw1", "CHG1")
    room.sit("carol")
    driver = opened(qtbot, room, "revoke")
    driver.type(find="gw1")
    found = unnamed(driver.wizard)
    driver.next()
    driver.choose("why", "key-compromise")
    driver.type(ticket="CHG2")
    found += unnamed(driver.wizard)
    driver.next()
    assert "at once" in texts(driver.wizard.currentPage())
    driver.commit()
    assert "Devices still trust it" in driver.said("doneBannerText")
    assert [row.state for row in enrolment.rows(room.desk)] == [CertificateState.REVOKED]
    driver.press("nextPublish")
    assert driver.wanted == [("publish", "ipsec-g1")]
    assert found == []
    room.clock.passes(minutes=1)
    driver = opened(qtbot, room, "publish", "ipsec-g1")
    driver.type(to=str(tmp_path / "pub"))
    driver.next()
    type_custodians(driver, "alice", "bob")
    driver.commit()
    assert driver.step == "done", driver.said("custodiansBannerText")
    assert "CRL 2 of ipsec-g1" in driver.said("doneBannerText")
    assert revocation.unpublished(room.desk) == ()
    published = tmp_path / "pub/ipsec-g1-crl-2/ipsec.crl"
    command = [need("openssl")[0], "crl", "-inform", "DER", "-in", str(published), "-noout", "-text"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert serial.upper() in said
    assert "Key Compromise" in said


def test_another_reason_waits_for_a_second_person(qtbot: QtBot, room: Room, world: World) -> None:
    serial = certify(world, "gw1", "CHG1")
    room.sit("carol")
    driver = opened(qtbot, room, "revoke", serial)
    driver.next()
    driver.choose("why", "superseded")
    driver.type(ticket="CHG2")
    driver.next()
    driver.commit()
    assert "Nothing is revoked yet" in driver.said("doneBannerText")
    assert [row.state for row in enrolment.rows(room.desk)] == [CertificateState.VALID]


def test_a_crl_that_was_signed_and_not_written_is_not_signed_again(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    (tmp_path / "pub").write_text("a file, not a folder")
    room.sit("bob")
    room.clock.passes(hours=20)
    driver = opened(qtbot, room, "publish")
    driver.type(to=str(tmp_path / "pub"))
    driver.next()
    type_custodians(driver, "alice", "bob")
    driver.commit()
    assert driver.step == "custodians"
    assert driver.said("custodiansBannerText")
    driver.press("wizardBack")
    driver.type(to=str(tmp_path / "other"))
    driver.next()
    driver.commit()
    assert driver.step == "done"
    (row,) = [each for each in crls.status(room.desk) if each.authority.name == "ipsec-g1"]
    assert row.number == 2
    assert (tmp_path / "other/ipsec-g1-crl-2/ipsec.crl").exists()


def test_hiding_forgets_what_custodians_typed(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.sit("bob")
    driver = opened(qtbot, room, "publish")
    driver.type(to=str(tmp_path))
    driver.next()
    type_custodians(driver, "alice", "bob")
    driver.wizard.hide()
    assert custody("alice") not in texts(driver.wizard)
    assert driver.wizard.flow.value("hand_alice") == ""


def test_a_folder_is_written_once_more(qtbot: QtBot, room: Room, world: World, tmp_path: Path) -> None:
    serial = certify(world, "gw1", "CHG1")
    room.sit("alice")
    driver = opened(qtbot, room, "endpoint", serial)
    driver.type(to=str(tmp_path / "out"))
    driver.commit()
    assert "gw1" in driver.said("doneBannerText")
    written = (tmp_path / "out/gw1/keys/certificate.pem").read_bytes()
    assert f"{read_certificate_pem(written):x}" == serial


def read_certificate_pem(pem: bytes) -> int:
    from cryptography.x509 import load_pem_x509_certificate

    return load_pem_x509_certificate(pem).serial_number
