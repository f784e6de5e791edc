"""The root key ceremony by keyboard: a network that is up stops it, every field is shown, the fingerprint is typed back."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.crypto.certificates import read_certificate
from core.model.authorities import AuthorityState
from core.model.workspace import Kind
from core.services import audit, authorities, crls
from gui.widgets.fingerprint import Fingerprint
from tests.desks import Room, make_room
from tests.gui.ca.test_wizards import custody
from tests.gui.wizards.drive import Driver, opened, texts, unnamed
from tests.pki.worlds import DUTIES, HOLDERS


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


def to_custodians(driver: Driver) -> None:
    driver.next()
    driver.next()
    assert driver.problem("clock") == "This is needed."
    driver.choose("clock", "right")
    driver.next()
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


def test_from_the_room_to_the_record(qtbot: QtBot, room: Room, net: Path) -> None:
    driver = opened(qtbot, room, "root")
    assert "eth0" in driver.said("network")
    driver.next()
    assert "eth0" in driver.problem("network_up_because")
    (net / "eth0" / "carrier").write_text("0\n")
    found = unnamed(driver.wizard)
    to_custodians(driver)
    for name in HOLDERS:
        driver.type(**{f"hand_{name}": custody(name), f"again_{name}": custody(name)})
    driver.type(again_carol="something else entirely")
    found += unnamed(driver.wizard)
    driver.commit()
    assert driver.problem("again_carol")
    assert authorities.everyone(room.desk) == ()
    driver.type(again_carol=custody("carol"))
    driver.commit()
    assert driver.step == "fingerprint", driver.said("custodiansBannerText")
    (root,) = authorities.everyone(room.desk)
    assert (root.state, read_certificate(root.certificate).path_length) == (AuthorityState.ACTIVE, 1)
    value = authorities.facts(root).sha256
    assert driver.wizard.currentPage().findChild(Fingerprint, "rootFingerprint").isVisible()
    found += unnamed(driver.wizard)
    driver.type(heard=value.replace(value[0], "0" if value[0] != "0" else "1"))
    driver.next()
    assert "not the fingerprint of the new root" in driver.problem("heard")
    driver.type(heard=" ".join(value[at : at + 4] for at in range(0, 64, 4)).upper())
    driver.next()
    assert driver.step == "done"
    record = driver.said("record")
    assert "Signatures: ___" in record
    assert " ".join(value[at : at + 4] for at in range(0, 64, 4)) in record
    assert [row.number for row in crls.status(room.desk)] == [1]
    assert found + unnamed(driver.wizard) == []
    assert custody("alice") not in texts(driver.wizard) + repr(driver.wizard.flow)
    assert audit.inspect(room.desk).faults == ()


def test_a_network_that_comes_up_meanwhile_stops_the_commit(qtbot: QtBot, room: Room, net: Path) -> None:
    (net / "eth0" / "carrier").write_text("0\n")
    driver = opened(qtbot, room, "root")
    to_custodians(driver)
    for name in HOLDERS:
        driver.type(**{f"hand_{name}": custody(name), f"again_{name}": custody(name)})
    (net / "eth0" / "carrier").write_text("1\n")
    driver.commit()
    assert "eth0" in driver.said("custodiansBannerText")
    assert authorities.everyone(room.desk) == ()
