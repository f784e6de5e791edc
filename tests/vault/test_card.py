"""The kept sign-in in the window: offered by the card, said in the status bar, taken out again in Settings."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors.vault import KeyringAbsent, PassphraseNeeded
from core.errors.workspace import WrongKind
from core.model.keys import Channel
from core.services import audit
from core.services.desk import open_desk
from core.words.say import sentence
from gui.widgets.own import OwnSignIn
from gui.wizards.wizard import Wizard
from tests.desks import CHEAP, Room, make_room, passphrase
from tests.gui.conftest import Seat, finished, preferences, sample, seat, window  # noqa: F401 - fixtures
from tests.gui.wizards.drive import clashing, opened, unnamed
from tests.vault.session import Session


@pytest.mark.real
def test_the_card_signs_in_by_the_keyring(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    room.desk.close()
    session = Session(tmp_path / "home")
    session.run(
        f"anchorhold keyring keep {room.path} --as alice --secrets {session.secrets}",
        f"python -m tests.vault.card {room.path}",
    )
    assert session.codes() == [0, 0], (session.home / "err.1").read_text()
    who, kept, forgotten = (session.home / "out").read_text().splitlines()[-3:]
    assert who.startswith("WHO Links mode")
    assert who.endswith("signed in by the keyring")
    assert kept.startswith("OWN The keyring of this workstation keeps your sign-in")
    assert "asked for at each sign-in" in forgotten
    desk = open_desk(room.path, cost=CHEAP)
    actions = [row[0] for row in desk.file.read.execute("SELECT action FROM ledger ORDER BY number DESC LIMIT 3")]
    assert actions[::-1] == ["sign-in.kept", "sign-in.done", "sign-in.forgotten"]
    assert audit.inspect(desk).faults == ()
    desk.close()


def test_settings_says_why_it_cannot_be(qtbot: QtBot) -> None:
    own = OwnSignIn()
    qtbot.addWidget(own)
    own.show()
    for error, said in (
        (KeyringAbsent("locked"), "The keyring of the operating system is locked."),
        (WrongKind("issuing", ("links",)), "Where there is a CA key, no sign-in is kept"),
    ):
        own.tell(None, error)
        assert own.words.text().startswith(said)
        assert not own.keep.isVisible()
        assert not own.forget.isVisible()
    own.tell(0, None)
    assert own.keep.isVisible()
    assert not own.forget.isVisible()


def test_without_a_keyring_the_window_says_so(seat: Seat) -> None:  # noqa: F811
    assert not seat.window.card.keyring.isVisible()
    seat.window.work.go("settings")
    own = seat.window.work.settings.own
    seat.qtbot.waitUntil(lambda: own.words.text() == sentence(KeyringAbsent("headless")))


def test_behind_a_lock_it_is_not_offered(seat: Seat) -> None:  # noqa: F811
    card = seat.window.card
    seat.window.lock()
    assert not card.keyring.isVisible()
    seat.window.door.unlock_kept("alice")
    seat.qtbot.waitUntil(lambda: seat.window.lane.job is None)
    assert seat.window.stack.currentWidget() is card


def test_the_offer_goes_with_the_person(seat: Seat) -> None:  # noqa: F811
    card = seat.window.card
    seat.window.sign_in()
    card.offer(("bob",))
    card.person.setCurrentIndex(card.person.findData("bob"))
    assert card.keyring.isVisible()
    card.person.setCurrentIndex(card.person.findData("alice"))
    assert not card.keyring.isVisible()


def test_the_wizard_asks_for_the_passphrase_and_forgets_it(qtbot: QtBot, tmp_path: Path) -> None:
    room = make_room(tmp_path)
    room.sit("alice")
    driver = opened(qtbot, room, "keep-sign-in")
    found = unnamed(driver.wizard) + clashing(driver.wizard)
    driver.commit()
    assert driver.problem("passphrase") == "This is needed."
    driver.type(passphrase=passphrase("alice"))
    assert passphrase("alice") not in repr(driver.wizard.flow)
    driver.commit()
    assert driver.step == "keep"  # no keyring in a test's session
    assert driver.said("keepBannerText").startswith("This session has no keyring")
    assert found == []
    room.desk.close()


def test_a_second_comparison_asks_the_card_for_the_passphrase(qtbot: QtBot, tmp_path: Path) -> None:
    room: Room = make_room(tmp_path)
    room.device("lon")
    room.receive("lon")
    room.compare("alice", "lon")
    room.sessions["bob"] = replace(room.sessions["bob"], remembered=True)
    room.sit("bob")
    with pytest.raises(PassphraseNeeded) as needed:
        room.compare("bob", "lon", channel=Channel.SHEET.value)
    driver = opened(qtbot, room, "device")
    asked: list[str] = []
    wizard: Wizard = driver.wizard
    wizard.hand_over.connect(asked.append)
    page = wizard.here()
    assert page is not None
    wizard._refused(page, needed.value)
    assert asked == [sentence(needed.value)]
    room.desk.close()
