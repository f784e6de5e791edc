"""Signing a card by keyboard: OpenSSH takes what was written, a receiver too, and what may not leave is refused."""

import subprocess
from pathlib import Path

from pytestqt.qtbot import QtBot

from core.media.files import signature_of, with_signature
from core.services import cards
from tests.desks import Room
from tests.gui.wizards.drive import opened, unnamed
from tests.real import need


def test_a_card_is_signed_and_checked_by_what_the_page_says(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    (ssh_keygen,) = need("ssh-keygen")
    room.device("lon")
    room.receive("lon")
    room.approve("lon")
    room.sit("alice")
    driver = opened(qtbot, room, "card")
    driver.commit()
    assert driver.problem("device") == "This is needed."
    assert driver.problem("to") == "This is needed."
    found = unnamed(driver.wizard)
    file = tmp_path / "lon.card"
    driver.type(device="lon", to=str(file))
    driver.commit()
    assert driver.step == "done"
    assert f"The card of lon is {file}, its signature {signature_of(file)}" in driver.said("doneBannerText")
    assert "blind and by two people" in driver.said("cardStill")
    assert found + unnamed(driver.wizard) == []
    signers, command = driver.said("cardCommands").split("\n")
    (tmp_path / "allowed_signers").write_text(signers + "\n", encoding="ascii")
    typed = command.replace("ssh-keygen", ssh_keygen)
    assert subprocess.run(typed, shell=True, cwd=tmp_path, check=False).returncode == 0
    assert cards.inspect(room.desk, with_signature(file, 1 << 20)).device == "lon"


def test_only_an_approved_key_leaves(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.device("lon")
    room.receive("lon")
    room.sit("alice")
    driver = opened(qtbot, room, "card", "lon")
    driver.type(to=str(tmp_path / "lon.card"))
    driver.commit()
    assert driver.step == "card"
    assert "was not compared by two yet" in driver.said("cardBannerText")
    assert list(tmp_path.glob("*.card*")) == []


def test_what_is_there_stays(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.device("lon")
    room.receive("lon")
    room.approve("lon")
    room.sit("alice")
    file = tmp_path / "lon.card"
    file.write_text("another card", encoding="ascii")
    driver = opened(qtbot, room, "card", "lon")
    driver.type(to=str(file))
    driver.commit()
    assert driver.step == "card"
    assert str(file) in driver.said("cardBannerText") + driver.problem("to")
    assert file.read_text(encoding="ascii") == "another card"
    assert not signature_of(file).exists()
