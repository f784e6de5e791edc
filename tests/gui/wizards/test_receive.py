"""Receiving a key by keyboard: what is told of it, what is refused, and that its value is nowhere."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from core.crypto.fingerprints import fingerprints
from core.crypto.keys import read_key
from core.crypto.sample import sample_key
from core.model.cards import SignCard
from core.model.keys import Form, KeyState, Source
from core.policy.devices import identity
from core.services import cards
from core.services.perform import perform
from gui.wizards.source import SourcePage
from tests.desks import Room, make_room
from tests.gui.wizards.drive import opened, texts, unnamed


def _rsa(bits: int) -> bytes:
    public = rsa.generate_private_key(65537, bits).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _private() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _refusals(room: Room) -> list[str]:
    return [row[0] for row in room.desk.file.read.execute("SELECT body FROM ledger WHERE action = 'refused'")]


def test_a_dropped_file_by_keyboard_to_the_commit(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.device("lon")
    room.sit("alice")
    file = tmp_path / "lon.pem"
    file.write_bytes(sample_key())
    driver = opened(qtbot, room, "receive", path=str(file))
    driver.type(device="lon")
    assert driver.said("recognised").startswith("This is a public key (PEM): ECDSA P-256, 256 bits. Nothing in it")
    assert not driver.wizard.currentPage().findChild(object, "legacy_because").isVisible()
    found = unnamed(driver.wizard)
    driver.next()
    driver.next()
    assert driver.problem("arrival") == "This is needed."
    driver.choose("arrival", "usb")
    found += unnamed(driver.wizard)
    driver.next()
    driver.commit()
    (key,) = driver.results
    assert (key.state, key.arrival.value) == (KeyState.RECEIVED, "usb")
    assert found + unnamed(driver.wizard) == []
    driver.press("nextCompare")
    assert driver.wanted == [("compare", "lon")]


def test_it_says_what_the_device_prints_its_key_with(qtbot: QtBot, room: Room) -> None:
    """The line for this platform, with a button that copies it; another device, another line."""
    room.device("lon")
    room.device("man", "wireguard")
    room.sit("alice")
    driver = opened(qtbot, room, "receive")
    page = driver.wizard.currentPage()
    shown = page.findChild(QPlainTextEdit, "commands")
    assert isinstance(shown, QPlainTextEdit)
    assert not shown.isVisible()
    driver.type(device="lon")
    assert shown.toPlainText() == "openssl pkey -in /etc/swanctl/private/lon.pem -pubout"
    driver.press("commandsCopy")
    assert QApplication.clipboard().text() == shown.toPlainText()
    device = page.findChild(QComboBox, "device")
    assert isinstance(device, QComboBox)
    device.setCurrentText("man")
    assert shown.toPlainText() == "wg pubkey < /etc/wireguard/man.key"
    assert unnamed(driver.wizard) == []


def test_a_peer_card_is_read_with_the_signature_beside_it(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    """Its key is received like any other; without the .sig file nothing is kept."""
    (tmp_path / "far").mkdir()
    far = make_room(tmp_path / "far")
    far.device("lon")
    far.receive("lon")
    far.approve("lon")
    file = tmp_path / "lon.json"
    perform(far.sit("alice"), cards.SIGN, SignCard("lon", file))
    far.desk.close()
    room.device("lon")
    room.sit("alice")
    driver = opened(qtbot, room, "receive", path=str(file))
    driver.type(device="lon")
    assert driver.said("recognised").startswith("This is a peer card: ECDSA P-256")
    driver.next()
    driver.choose("arrival", "card")
    driver.next()
    driver.commit()
    (key,) = driver.results
    assert (key.state, key.public.source) == (KeyState.RECEIVED, Source.CARD)
    (tmp_path / "lon.json.sig").unlink()
    driver = opened(qtbot, room, "receive", path=str(file))
    driver.type(device="lon")
    driver.next()
    assert ".sig" in driver.problem("file")


def test_the_value_is_nowhere(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.device("lon")
    room.sit("alice")
    file = tmp_path / "lon.pem"
    file.write_bytes(sample_key())
    known = identity("lon.example.net")
    assert known is not None
    spelt = fingerprints(read_key(file.read_bytes()), known)
    driver = opened(qtbot, room, "receive", "lon", str(file))
    shown = texts(driver.wizard)
    driver.next()
    driver.choose("arrival", "email")
    driver.next()
    shown += texts(driver.wizard)
    driver.commit()
    shown = "".join((shown + texts(driver.wizard)).lower().split()).replace(":", "")
    for form, value in spelt.items():
        parts = value.lower().replace(":", "").split()
        assert not any(part in shown for part in parts if len(part) >= 12), form
    assert spelt[Form.SPKI_SHA256][:12] not in shown


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (_private(), "holds a private key"),
        (_rsa(1024), "1024 bits"),
        (b"[Peer]\nPresharedKey = AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "shared secret"),
        (b"hello", "not a public key"),
    ],
    ids=["private", "rsa-1024", "preshared", "text"],
)
def test_refusals_have_their_sentence_and_their_row(qtbot: QtBot, room: Room, content: bytes, words: str) -> None:
    room.device("lon")
    room.sit("alice")
    driver = opened(qtbot, room, "receive", "lon")
    page = driver.wizard.currentPage()
    assert isinstance(page, SourcePage)
    driver.to("untrusted")
    page.pasted.setPlainText(content.decode())
    driver.next()
    assert driver.step == "file"
    assert words in driver.problem("untrusted")
    driver.wizard.bench.lane.wait()
    assert len(_refusals(room)) == (0 if content == b"hello" else 1)
    assert room.desk.file.read.execute("SELECT count(*) FROM key").fetchone()[0] == 0


def test_the_key_of_another_device(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    for name in ("lon", "man"):
        room.device(name)
    room.receive("man")
    file = tmp_path / "lon.pem"
    file.write_bytes(room.pems["man"])
    driver = opened(qtbot, room, "receive", "lon", str(file))
    driver.next()
    assert "already in use by man" in driver.problem("file")


def test_a_legacy_key_needs_its_reason(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.device("lon")
    room.sit("alice")
    file = tmp_path / "lon.pem"
    file.write_bytes(_rsa(2048))
    driver = opened(qtbot, room, "receive", "lon", str(file))
    driver.next()
    assert "2048 bits" in driver.problem("file")
    driver.type(legacy_because="old router until May")
    assert driver.problem("untrusted") == ""
    driver.next()
    driver.choose("arrival", "usb")
    driver.next()
    driver.commit()
    assert driver.results[0].waiver == "old router until May"


def test_rolling_over_is_asked_where_there_is_something_to_roll(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.ready_link()
    room.sit("alice")
    file = tmp_path / "lon.pem"
    file.write_bytes(sample_key())
    driver = opened(qtbot, room, "receive", "lon", str(file))
    driver.next()
    driver.choose("arrival", "usb")
    driver.type(replace_by="2027-11-24")
    driver.next()
    assert "within the next 90 days" in driver.problem("replace_by")
    driver.type(replace_by="2026-12-24")
    driver.next()
    driver.commit()
    assert driver.results[0].replace_by == "2026-12-24"


def test_a_file_that_cannot_be_read(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.device("lon")
    room.sit("alice")
    driver = opened(qtbot, room, "receive", "lon", str(tmp_path / "gone.pem"))
    assert "cannot be read" in driver.said("fileBannerText")


def test_what_a_file_holds_is_told_at_the_file(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.device("lon")
    room.sit("alice")
    (tmp_path / "lon.key").write_bytes(_private())
    driver = opened(qtbot, room, "receive", "lon", str(tmp_path / "lon.key"))
    driver.next()
    assert "holds a private key" in driver.problem("file")
    assert driver.problem("untrusted") == ""
    assert driver.at is not None
    assert driver.at.objectName() == "file"
