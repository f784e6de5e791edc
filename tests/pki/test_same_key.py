"""A key in wrong hands is in wrong hands for all of its certificates: revoked in one step, and agreed to on one list."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from core.model.revocation import Revoke
from core.services import audit, crls, enrolment, proposals, revocation
from core.store import revocation as store
from core.words.proposals import sentence
from tests.desks import Room
from tests.gui.wizards.drive import opened, unnamed
from tests.pki.test_renewals import Gateway
from tests.pki.worlds import World, agree, make_network, sign_crl


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_network(tmp_path)


@pytest.fixture
def pair(world: World) -> tuple[Room, str, str]:
    """A device with two certificates over one key, and another device that has nothing to do with it."""
    gateway = Gateway(world.issuing, "gw1", "CHG1")
    second = gateway.issued(gateway.ask(gateway.key, "CHG2", same_key=True))
    Gateway(world.issuing, "gw2", "CHG3")
    return world.issuing, gateway.serial, second


def gone(room: Room) -> dict[str, str]:
    """Serial to who gave the second look."""
    connection = room.desk.file.read
    certificates = {each.issued.id: each.issued.serial for each in enrolment.rows(room.desk)}
    return {certificates[each.certificate_id]: each.reviewed_by for each in store.all_revocations(connection)}


def test_a_compromise_takes_all_of_them_at_once(pair: tuple[Room, str, str], world: World) -> None:
    room, first, second = pair
    made = revocation.revoke(room.sit("carol"), Revoke(first, "key-compromise", "CHG4", same_key=True))
    assert (made.same_key, made.together, made.waiting) == ((second,), True, None)
    assert gone(room) == {first: "", second: ""}
    assert len(revocation.waiting(room.desk)) == 2  # each still gets its second look
    room.clock.passes(minutes=1)
    sign_crl(world)
    assert max(row.entries for row in crls.status(room.desk)) == 2
    assert audit.inspect(room.desk).faults == ()


def test_alone_where_that_was_asked_for(pair: tuple[Room, str, str]) -> None:
    room, first, second = pair
    made = revocation.revoke(room.sit("carol"), Revoke(first, "key-compromise", "CHG4"))
    assert (made.same_key, made.together) == ((second,), False)
    assert list(gone(room)) == [first]


def test_another_reason_is_agreed_to_by_serial_on_one_list(pair: tuple[Room, str, str]) -> None:
    """What came between, or was revoked meanwhile, does not go along unseen."""
    room, first, second = pair
    made = revocation.revoke(room.sit("alice"), Revoke(first, "superseded", "CHG4", same_key=True))
    assert made.waiting is not None
    assert f"and with it every other one over its key: {second}" in sentence(made.waiting)
    assert gone(room) == {}
    agree(room, "carol", made.waiting)
    assert gone(room) == {first: "alice", second: "alice"}
    assert audit.inspect(room.desk).faults == ()


def test_in_the_window_it_is_no_further_decision(qtbot: QtBot, pair: tuple[Room, str, str]) -> None:
    room, first, second = pair
    room.sit("carol")
    driver = opened(qtbot, room, "revoke", first)
    driver.next()
    page = driver.wizard.currentPage()
    assert page.findChild(QRadioButton, "scope_all").isChecked()
    assert second in driver.said("scope_allWords")
    driver.choose("why", "key-compromise")
    driver.type(ticket="CHG4")
    found = unnamed(driver.wizard)
    driver.next()
    driver.commit()
    assert f"With it, over the same key: {second}" in driver.said("doneBannerText")
    assert set(gone(room)) == {first, second}
    assert found + unnamed(driver.wizard) == []
    (other,) = (row.issued.serial for row in enrolment.rows(room.desk) if row.device == "gw2")
    driver = opened(qtbot, room, "revoke", other)
    driver.next()
    assert not driver.wizard.currentPage().findChild(QRadioButton, "scope_all").isVisible()
    assert proposals.waiting(room.desk) == ()
