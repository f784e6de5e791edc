"""The switch, a decision and the second look, by keyboard."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from core.model.revocation import Revoke
from core.model.workspace import Kind
from core.services import decisions, proposals, revocation
from tests.desks import make_room
from tests.gui.wizards.drive import opened, unnamed
from tests.pki.worlds import DUTIES, agree, certify, decide, make_sub, make_world


def test_links_become_a_ca_when_two_agree(qtbot: QtBot, tmp_path: Path) -> None:
    room = make_room(tmp_path, DUTIES, duties=DUTIES)
    room.device("gw1")
    room.sit("bob")
    driver = opened(qtbot, room, "switch")
    driver.next()
    assert driver.problem("technologies") == "This is needed."
    driver.press("technologies")
    driver.type(community="Data centres", relying="Example Networks, Contoso")
    found = unnamed(driver.wizard)
    driver.next()
    driver.type(ticket="CHG1")
    found += unnamed(driver.wizard)
    driver.commit()
    (asked,) = proposals.waiting(room.desk)
    assert asked.facts["technologies"] == ["ipsec"]
    assert asked.facts["relying"] == ["Example Networks", "Contoso"]
    assert "Needs approval by one of: alice" in driver.said("doneBannerText")
    agree(room, "alice", asked)
    assert room.desk.workspace.kind is Kind.ISSUING
    assert found == []


def test_a_date_is_decided(qtbot: QtBot, tmp_path: Path) -> None:
    world = make_world(tmp_path)
    world.root.sit("alice")
    driver = opened(qtbot, world.root, "decide")
    driver.type(date="2040-01-01", review="2027-06-30", reason="no newer table", ticket="CHG1")
    assert unnamed(driver.wizard) == []
    driver.commit()
    assert driver.said("decisionBannerText")
    driver.type(date="2029-12-31")
    driver.commit()
    (asked,) = proposals.waiting(world.root.desk)
    agree(world.root, "bob", asked)
    assert [each.value.isoformat() for each in decisions.all_of(world.root.desk)] == ["2029-12-31"]


def test_the_second_look_is_another_persons(qtbot: QtBot, tmp_path: Path) -> None:
    world = make_world(tmp_path)
    decide(world)
    make_sub(world)
    serial = certify(world, "gw1", "CHG1")
    revocation.revoke(world.issuing.sit("carol"), Revoke(serial, "key-compromise", "CHG2"))
    driver = opened(qtbot, world.issuing, "second-look", serial)
    assert "was revoked by carol" in driver.said("looked")
    driver.commit()
    assert "does not review it as well" in driver.said("lookBannerText")
    world.issuing.sit("bob")
    driver.commit()
    assert driver.step == "done"
    assert revocation.waiting(world.issuing.desk) == ()
