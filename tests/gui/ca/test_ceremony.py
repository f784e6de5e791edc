"""The root key ceremony by keyboard: a network that is up stops it, every field is shown, the fingerprint is typed back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from core.crypto.certificates import read_certificate
from core.model.authorities import AuthorityState
from core.model.ceremony import ReadBack
from core.model.custody import Drill
from core.model.workspace import Kind
from core.services import audit, authorities, ceremony, crls, custodians, offline, opening
from core.services import custody as custody_service
from core.services.opening import Hands
from core.services.perform import perform
from gui.widgets.fingerprint import Fingerprint
from gui.widgets.paper import PaperView
from gui.wizards.ca.once import ShownOnce
from tests.custody.tokens import Token
from tests.desks import Room, make_room
from tests.gui.ca.test_wizards import custody
from tests.gui.wizards.drive import Driver, opened, texts, unnamed
from tests.pki.test_ceremony import ROOT
from tests.pki.worlds import DUTIES, HOLDERS, hands


@pytest.fixture
def net(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the kernel says is read from a folder that looks like its own: no cable is pulled in a test."""
    folder = tmp_path / "net"
    (folder / "eth0").mkdir(parents=True)
    (folder / "eth0" / "carrier").write_text("1\n")
    monkeypatch.setattr("core.media.network._NET", folder)
    return folder


@pytest.fixture
def room(tmp_path: Path) -> Room:
    made = make_room(tmp_path, DUTIES, kind=Kind.ROOT, duties=DUTIES)
    made.sit("bob")
    return made


def to_custodians(driver: Driver, token: Token | None = None) -> None:
    driver.next()
    driver.next()
    assert driver.problem("clock") == "This is needed."
    driver.choose("clock", "right")
    driver.next()
    if token is None:
        driver.next()
    else:
        on_token(driver, token)
    driver.type(subject="CN=Example Root CA, O=Example, C=GB", until="2040-01-01", crl_url="ldap://x")
    driver.next()
    assert driver.problem("until")
    assert driver.problem("crl_url")
    driver.type(until="2030-12-31", crl_url="http://crl.example.net/root.crl")
    driver.next()
    assert driver.step == "fields"
    shown = texts(driver.wizard.currentPage())
    for part in (
        "CN=Example Root CA, O=Example, C=GB",
        "2030-12-31",
        "ECDSA with SHA-384",
        "path length 1",
        "keyCertSign",
    ):
        assert part in shown
    driver.next()


def on_token(driver: Driver, token: Token) -> None:
    """Nothing goes on without a library that sees a token."""
    driver.choose("medium", "token")
    driver.next()
    assert driver.problem("library")
    assert driver.problem("token") == "This is needed."
    driver.type(library="/usr/lib/nothing.so")
    look(driver)
    assert "/usr/lib/nothing.so" in driver.problem("library")
    driver.type(library=token.library)
    look(driver)
    assert driver.problem("library") == ""
    told = driver.said("tokenFacts")
    for part in ("SoftHSM", "firmware", token.serial):
        assert part in told
    assert unnamed(driver.wizard) == []
    driver.next()


def look(driver: Driver) -> None:
    driver.press("lookForTokens")
    button = driver.wizard.currentPage().findChild(QPushButton, "lookForTokens")
    driver.qtbot.waitUntil(button.isEnabled)


def take_words(driver: Driver, name: str) -> str:
    """Press the button, write the words down, close."""
    page = driver.wizard.currentPage()
    page.findChild(QPushButton, f"words_{name}").click()
    (shown,) = driver.wizard.findChildren(ShownOnce)
    assert unnamed(shown) == []
    words = " ".join(shown.words.text().split("\n\n")[1].split())
    shown.findChild(QPushButton, "shownClose").click()
    assert shown.words.text() == ""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return words


def two_with_words_and_carol_with_her_stick(driver: Driver, room: Room, stick: Path) -> dict[str, str]:
    """What a person thought up is refused, and so is what was typed differently."""
    for name in HOLDERS:
        driver.type(**{f"hand_{name}": custody(name)})
    driver.commit()
    for name in HOLDERS:
        assert "thought up by a person" in driver.problem(f"hand_{name}")
    words = {name: take_words(driver, name) for name in ("alice", "bob")}
    assert {len(each.split()) for each in words.values()} == {10}
    driver.type(hand_alice=words["alice"], hand_bob=words["alice"])
    custody_service.make_stick(room.sit("carol"), stick)
    room.sit("bob")
    driver.type(stick_carol=str(stick))
    driver.wizard.currentPage().findChild(QLineEdit, "stick_carol").editingFinished.emit()
    driver.type(hand_carol=custody("carol"), again_carol="something else entirely")
    driver.commit()
    assert driver.problem("hand_bob")
    assert driver.problem("again_carol")
    assert authorities.everyone(room.desk) == ()
    driver.type(hand_bob=words["bob"].upper(), again_carol=custody("carol"))
    return words


def test_from_the_room_to_the_record(qtbot: QtBot, room: Room, net: Path, tmp_path: Path) -> None:
    driver = opened(qtbot, room, "root")
    assert "eth0" in driver.said("network")
    driver.next()
    assert "eth0" in driver.problem("network_up_because")
    (net / "eth0" / "carrier").write_text("0\n")
    found = unnamed(driver.wizard)
    to_custodians(driver)
    stick = tmp_path / "carol.stick"
    words = two_with_words_and_carol_with_her_stick(driver, room, stick)
    found += unnamed(driver.wizard)
    driver.commit()
    assert driver.step == "fingerprint", driver.said("custodiansBannerText")
    (root,) = authorities.everyone(room.desk)
    assert (root.state, read_certificate(root.certificate).path_length) == (AuthorityState.ACTIVE, 1)
    value = authorities.facts(root).sha256
    assert driver.wizard.currentPage().findChild(Fingerprint, "rootFingerprint").isVisible()
    found += unnamed(driver.wizard)
    driver.type(heard=value.replace(value[0], "0" if value[0] != "0" else "1"))
    type_back(driver)
    assert "not the fingerprint of the new root" in driver.problem("heard")
    driver.type(heard=" ".join(value[at : at + 4] for at in range(0, 64, 4)).upper())
    type_back(driver)
    assert driver.step == "done"
    told = ceremony.record(room.desk)
    assert told.made is not None
    assert told.made.clock_checked
    assert told.made.network == ()
    assert told.read_back is not None
    assert told.read_back[1] == "alice"
    driver.press("goOn")
    assert driver.wanted == [("close-ceremony", "")]
    assert [row.number for row in crls.status(room.desk)] == [1]
    assert found + unnamed(driver.wizard) == []
    assert words["alice"] not in texts(driver.wizard) + repr(driver.wizard.flow)
    (key,) = opening.keys(room.desk)
    assert [(each.name, each.stick) for each in key.holders] == [("alice", False), ("bob", False), ("carol", True)]
    bring = Hands({**words, "carol": custody("carol")}, {"carol": stick.read_text()})
    up = offline.NetworkUp("none is", "a test")
    custodians.drill(room.sit("bob"), Drill(key.name, HOLDERS), bring, up)
    assert audit.inspect(room.desk).faults == ()


def type_back(driver: Driver) -> None:
    """Next on the page of the fingerprint: it is a row of its own."""
    driver.next()
    driver.qtbot.waitUntil(lambda: not driver.wizard.busy)


def test_from_the_copies_to_the_closed_record(
    qtbot: QtBot, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authorities.make_root(room.sit("bob"), ROOT, hands(), ())
    value = authorities.facts(authorities.only(room.desk.file.read, "")).sha256
    perform(room.sit("bob"), ceremony.READ_BACK, ReadBack(value, "alice"))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    driver = opened(qtbot, room, "close-ceremony")
    found = unnamed(driver.wizard)
    driver.type(first=str(tmp_path / "a" / "one.anchorhold"), second=str(tmp_path / "a" / "two.anchorhold"))
    driver.next()
    assert "lost together" in driver.problem("second")
    driver.type(second=str(tmp_path / "b" / "two.anchorhold"))
    driver.next()
    assert driver.step == "closing"
    found += unnamed(driver.wizard)
    driver.type(powered_off="soon", next_planned="2027-11-23")
    driver.next()
    for field in ("powered_off", "seal", "place", "next_planned"):
        assert driver.problem(field), field
    off = f"{room.clock():%Y-%m-%dT%H:%MZ}"
    driver.type(powered_off=off, seal="A-4711", place="safe 2", next_planned="2027-10-01", exceptions="none")
    driver.next()
    assert driver.step == "review"
    assert not (tmp_path / "a" / "one.anchorhold").exists()
    driver.commit()
    assert driver.step == "done", driver.said("reviewBannerText")
    found += unnamed(driver.wizard)
    view = driver.wizard.currentPage().findChild(PaperView, "record")
    for part in ("A-4711", "safe 2", "2027-10-01", "anchorhold/ledger/", value[:4].upper(), "Alice Ng"):
        assert part in view.toPlainText(), part
    closed = ceremony.record(room.desk).closed
    assert closed is not None
    assert len(closed.copies) == 2
    monkeypatch.setattr("gui.wizards.ca.closing.save_file", lambda *_: tmp_path / "record.pdf")
    driver.press("saveRecord")
    assert "record.pdf" in driver.said("doneBannerText")
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")
    assert found == []
    assert audit.inspect(room.desk).faults == ()


def test_a_network_that_comes_up_meanwhile_stops_the_commit(qtbot: QtBot, room: Room, net: Path) -> None:
    (net / "eth0" / "carrier").write_text("0\n")
    driver = opened(qtbot, room, "root")
    to_custodians(driver)
    for name in HOLDERS:
        driver.type(**{f"hand_{name}": take_words(driver, name)})
    (net / "eth0" / "carrier").write_text("1\n")
    driver.commit()
    assert "eth0" in driver.said("custodiansBannerText")
    assert authorities.everyone(room.desk) == ()
