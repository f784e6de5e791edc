"""CA keys on a token (SoftHSM) by keyboard: the root at its ceremony, a sub CA; its SO-PIN ends with it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from core.model.custody import Drill, Source
from core.model.workspace import Kind
from core.services import audit, authorities, crls, custodians, opening
from core.services.opening import Hands
from tests.custody.tokens import SO_PIN, Token, softhsm
from tests.desks import make_room
from tests.gui.ca.test_ceremony import look, take_words, to_custodians
from tests.gui.ca.test_wizards import custody
from tests.gui.wizards.drive import Driver, opened, texts, unnamed
from tests.pki.worlds import DUTIES, HOLDERS, PAIR


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Token:
    """One token; no network is up, and this machine's settings name no library."""
    (tmp_path / "net").mkdir()
    monkeypatch.setattr("core.media.network._NET", tmp_path / "net")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return softhsm(monkeypatch, tmp_path / "hsm")


def so_pin(driver: Driver, token: Token) -> None:
    """Needed, judged by the token, and nowhere to be read afterwards."""
    driver.commit()
    assert driver.problem("so_pin") == "This is needed."
    driver.type(so_pin="87654321")
    driver.commit()
    assert token.label in driver.said("custodiansBannerText")
    driver.type(so_pin=SO_PIN)
    driver.commit()
    assert SO_PIN not in texts(driver.wizard) + repr(driver.wizard.flow)


def test_a_root_on_a_token(qtbot: QtBot, token: Token, tmp_path: Path) -> None:
    room = make_room(tmp_path, DUTIES, kind=Kind.ROOT, duties=DUTIES)
    room.sit("bob")
    driver = opened(qtbot, room, "root")
    driver.next()
    driver.wizard.back()
    to_custodians(driver, token)
    for name in HOLDERS:
        driver.type(**{f"hand_{name}": take_words(driver, name)})
    so_pin(driver, token)
    assert driver.step == "fingerprint", driver.said("custodiansBannerText")
    (key,) = opening.keys(room.desk)
    assert key.source is Source.TOKEN
    assert key.token is not None
    assert (key.token.label, key.token.serial, key.finding) == (token.label, token.serial, "")
    assert key.uid in token.tool("--list-objects", "--type", "pubkey").stdout
    (root,) = authorities.everyone(room.desk)
    assert root.certificate
    assert [row.number for row in crls.status(room.desk)] == [1]
    assert audit.inspect(room.desk).faults == ()


def test_a_sub_ca_on_a_token_and_its_next_signature(
    qtbot: QtBot, token: Token, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    softhsm(monkeypatch, tmp_path / "hsm", "OTHER")
    room = make_room(tmp_path, DUTIES, kind=Kind.ISSUING, duties=DUTIES)
    room.sit("bob")
    driver = opened(qtbot, room, "sub-request")
    driver.type(
        name="ipsec-g1",
        subject="CN=Example IPsec CA G1",
        crl_url="http://crl.example.net/ipsec.crl",
        to=str(tmp_path),
    )
    driver.next()
    driver.choose("medium", "token")
    driver.type(library=token.library)
    look(driver)
    box = driver.wizard.currentPage().findChild(QComboBox, "token")
    assert box.count() == 3
    driver.next()
    assert driver.problem("token") == "This is needed."
    box.setCurrentIndex(next(at for at in range(box.count()) if token.serial in box.itemText(at)))
    found = unnamed(driver.wizard)
    driver.next()
    driver.next()
    for name in HOLDERS:
        driver.type(**{f"hand_{name}": custody(name), f"again_{name}": custody(name)})
    so_pin(driver, token)
    assert "Carry it to the root" in driver.said("doneBannerText"), driver.said("custodiansBannerText")
    (key,) = opening.keys(room.desk)
    assert key.token is not None
    assert key.token.serial == token.serial
    bring = Hands({name: custody(name) for name in PAIR}, library=token.library)
    custodians.drill(room.sit("bob"), Drill(key.name, PAIR), bring)
    assert found == []
    assert audit.inspect(room.desk).faults == ()
