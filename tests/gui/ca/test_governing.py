"""The switch, a decision and the second look, by keyboard."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.errors.compliance import NoResponsiblePerson
from core.model.design import SwitchToCa
from core.model.records import AddRecord
from core.model.revocation import Revoke
from core.model.workspace import Kind
from core.services import decisions, proposals, records, revocation, switching
from tests.desks import make_room
from tests.gui.wizards.drive import opened, unnamed
from tests.pki.worlds import DUTIES, agree, certify, make_network, make_world


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
    assert "Needs approval by alice" in driver.said("doneBannerText")
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
    world = make_network(tmp_path)
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


def test_without_a_responsible_person_there_is_no_ca_and_a_way_to_name_one(qtbot: QtBot, tmp_path: Path) -> None:
    room = make_room(tmp_path, DUTIES, duties=DUTIES)
    desk = room.sit("bob")
    desk.workspace = replace(desk.workspace, responsible="")
    with pytest.raises(NoResponsiblePerson):
        switching.to_ca(desk, SwitchToCa(("ipsec",), "Data centres", ("Example",), "", "", "CHG1"))
    driver = opened(qtbot, room, "switch")
    driver.press("responsibleName")
    assert driver.wanted == [("record", "responsible-person")]
    told = {"person": "Erin Hale", "deputy": "Bob Ruiz", "since": "2026-01-01"}
    records.add(desk, AddRecord("responsible-person", told, "bob", "2027-06-01"))
    driver = opened(qtbot, room, "switch")
    assert driver.said("responsible") == "Erin Hale"
    switching.to_ca(desk, SwitchToCa(("ipsec",), "Data centres", ("Example",), "", "", "CHG1"))


def test_every_wizard_says_whom_the_workspace_serves(qtbot: QtBot, tmp_path: Path) -> None:
    room = make_room(tmp_path, DUTIES, duties=DUTIES)
    desk = room.sit("bob")
    for what in ("device", "record", "switch"):
        driver = opened(qtbot, room, what)
        assert driver.wizard.findChild(QLabel, "wizardCommunity").text() == f"For: {desk.workspace.community}"
        driver.wizard.done(0)
    told = {"community": "Hospitals", "expects": "as the CP says"}
    records.add(desk, AddRecord("community", told, "bob", "2027-06-01"))
    driver = opened(qtbot, room, "device")
    assert driver.wizard.findChild(QLabel, "wizardCommunity").text() == "For: Hospitals"
