"""People and proposals by keyboard: asked for, approved with a passphrase, taken in, changed, ended."""

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from core.errors.people import NotExpected
from core.model.people import AddPerson, ChangeDuties, Duty
from core.model.proposals import State
from core.services import audit, membership, proposals
from core.store import people as store
from core.words.proposals import sentence
from tests.desks import Room, passphrase
from tests.gui.wizards.drive import Driver, opened, texts, unnamed

CAROL = AddPerson("carol", "Carol Ito", (Duty.REGISTRATION_OFFICER,))


def person(room: Room, name: str) -> object:
    return store.find(room.desk.file.read, name)


def test_a_person_is_proposed(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "person")
    driver.next()
    assert driver.problem("name") == "This is needed."
    driver.type(name="carol", full_name="Carol Ito")
    driver.next()
    driver.press("duty_auditor")
    driver.press("duty_registration-officer")
    assert "an auditor would judge acts of their own" in driver.said("pairs")
    driver.press("duty_auditor")
    assert driver.said("pairs") == ""
    driver.type(until="2027-12-31", reason="night shift")
    assert unnamed(driver.wizard) == []
    driver.next()
    driver.commit()
    (asked,) = proposals.waiting(room.desk)
    assert asked.facts["duties"] == ["registration-officer"]
    assert "Needs approval by bob" in driver.said("doneBannerText")
    driver.press("nextApprove")
    assert driver.wanted == [("approve", asked.digest)]


def approving(qtbot: QtBot, room: Room, digest: str = "") -> Driver:
    return opened(qtbot, room, "approve", digest)


def test_bob_approves_at_alices_desk(qtbot: QtBot, room: Room) -> None:
    """The sentence is on the page; only who may approve can be chosen; alice stays signed in."""
    asked = membership.add(room.sit("alice"), CAROL)
    driver = approving(qtbot, room, asked.digest)
    assert driver.said("sentence0") == sentence(asked)
    box = driver.wizard.currentPage().findChild(QComboBox, "who")
    assert [box.itemData(at) for at in range(box.count())] == ["bob"]
    driver.commit()
    assert driver.problem("passphrase") == "This is needed."
    driver.type(passphrase="not his passphrase")
    driver.commit()
    assert "not the passphrase of bob" in driver.problem("passphrase")
    driver.type(passphrase=passphrase("bob"))
    assert unnamed(driver.wizard) == []
    driver.commit()
    assert "Needs acceptance by carol" in driver.said("doneBannerText")
    assert proposals.find(room.desk, asked.digest).state is State.APPROVED
    assert room.desk.session is room.sessions["alice"]
    assert passphrase("bob") not in texts(driver.wizard) + repr(driver.wizard.flow)


def test_everything_that_waits_with_one_passphrase(qtbot: QtBot, room: Room) -> None:
    asked = [
        membership.change(room.sit("alice"), ChangeDuties(name, (Duty.REVOCATION_OFFICER,)))
        for name in ("alice", "bob")
    ]
    driver = approving(qtbot, room)
    assert [driver.said(f"sentence{place}") for place in range(2)] == [sentence(each) for each in asked]
    driver.type(passphrase=passphrase("bob"))
    driver.commit()
    assert [proposals.find(room.desk, each.digest).state for each in asked] == [State.PERFORMED] * 2
    assert audit.inspect(room.desk).faults == ()


def test_a_newcomer_takes_up_work(qtbot: QtBot, room: Room) -> None:
    with pytest.raises(NotExpected):
        opened(qtbot, room, "accept", "carol")
    asked = membership.add(room.sit("alice"), CAROL)
    driver = approving(qtbot, room, asked.digest)
    driver.type(passphrase=passphrase("bob"))
    driver.commit()
    driver = opened(qtbot, room, "accept", "carol")
    driver.type(passphrase="short", again="other")
    driver.next()
    assert "12" in driver.problem("passphrase")
    driver.type(passphrase=passphrase("carol"), again=passphrase("carol"))
    driver.next()
    box = driver.wizard.currentPage().findChild(QComboBox, "witness")
    assert [box.itemData(at) for at in range(box.count())] == ["bob"]
    driver.type(witness_passphrase=passphrase("bob"))
    driver.commit()
    assert "Carol Ito works here now" in driver.said("doneBannerText")
    assert person(room, "carol") is not None
    assert passphrase("carol") not in texts(driver.wizard) + repr(driver.wizard.flow)
    assert audit.inspect(room.desk).faults == ()


def test_duties_change_as_ticked(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "duties", "bob")
    driver.press("duty_revocation-officer")
    driver.press("duty_registration-officer")
    driver.commit()
    (asked,) = proposals.waiting(room.desk)
    assert (asked.facts["add"], asked.facts["remove"], asked.facts["until"]) == (
        ["revocation-officer"], ["registration-officer"], "",
    )  # fmt: skip


def test_nothing_ticked_is_said(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "duties", "bob")
    driver.commit()
    assert "how it stands already" in driver.said("dutiesBannerText")
    assert proposals.waiting(room.desk) == ()


def test_somebody_leaves(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "leave", "bob")
    assert "bob cannot sign in from this moment on" in driver.said("follows")
    driver.type(reason="moved on")
    driver.commit()
    assert "Bob Ruiz does not work here any more" in driver.said("doneBannerText")
    assert person(room, "bob").left  # type: ignore[attr-defined]


def test_a_lost_passphrase_is_asked_for(qtbot: QtBot, room: Room) -> None:
    driver = opened(qtbot, room, "restore", "bob")
    driver.type(reason="forgotten")
    driver.commit()
    assert proposals.waiting(room.desk)[0].kind == "people.restore"


@pytest.mark.parametrize(("who", "state"), [("alice", State.WITHDRAWN), ("bob", State.REFUSED)])
def test_turned_down(qtbot: QtBot, room: Room, who: str, state: State) -> None:
    asked = membership.add(room.sit("alice"), CAROL)
    room.sit(who)
    driver = opened(qtbot, room, "refuse", asked.digest)
    assert driver.said("follows") == sentence(asked)
    driver.commit()
    assert driver.problem("reason") == "This is needed."
    driver.type(reason="not before spring")
    driver.commit()
    assert proposals.find(room.desk, asked.digest).state is state
