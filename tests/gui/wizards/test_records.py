"""Records by keyboard: a form of the kind's fields, the evidence hashed, the due day counted, newer versions and ends."""

from hashlib import sha256

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from core.model.records import AddRecord, RecordState
from core.policy import records as policy
from core.policy import register
from core.services import calendar, proposals, records
from tests.desks import Room
from tests.gui.wizards.drive import clashing, opened, unnamed


def test_a_record_is_entered_with_the_hash_of_its_evidence(qtbot: QtBot, room: Room) -> None:
    paper = room.path.parent / "plan.pdf"
    paper.write_bytes(b"the plan")
    room.sit("alice")
    driver = opened(qtbot, room, "record")
    assert driver.step == "kind"
    driver.type(kind="Secure")  # a space would open the list
    driver.next()
    assert driver.step == "record"
    assert unnamed(driver.wizard) + clashing(driver.wizard) == []
    driver.type(name="safe 1", location="Oslo", holds="tokens")
    driver.commit()
    assert driver.problem("admits") == "This is needed."
    driver.type(admits="alice, bob", evidence=str(paper))
    driver.commit()
    assert driver.step == "done"
    (made,) = records.in_force(room.desk, "facility")
    assert (made.owner, made.evidence, made.sha256) == ("alice", "plan.pdf", sha256(b"the plan").hexdigest())


def test_evidence_that_cannot_be_read_is_said_at_its_field(qtbot: QtBot, room: Room) -> None:
    room.sit("alice")
    driver = opened(qtbot, room, "record", "community")
    driver.type(community="data centres", expects="as the CP says", evidence="/nowhere/at all.pdf")
    driver.commit()
    assert "cannot be read" in driver.problem("evidence")
    assert records.in_force(room.desk, "community") == ()


def test_a_patch_shows_the_day_that_the_core_counts(qtbot: QtBot, room: Room) -> None:
    room.sit("alice")
    driver = opened(qtbot, room, "record", "patch")
    driver.type(patch="P-1", component="gateway", released="2026-11-20")
    driver.type(severity="critical")
    assert driver.said("recordDue") == "Has to be done by 2026-12-04."
    QTest.keyClick(driver.to("severity"), Qt.Key.Key_Down)
    assert driver.said("recordDue") == "Has to be done by 2026-12-20."
    driver.type(released="2026-11-")
    assert driver.wizard.currentPage().findChild(QLabel, "recordDue").isHidden()


def test_a_newer_version_keeps_what_is_not_changed_and_an_end_opens_again(qtbot: QtBot, room: Room) -> None:
    desk = room.sit("alice")
    told = {"name": "safe 1", "location": "Oslo", "holds": "tokens", "admits": "alice", "seal": "77"}
    first = records.add(desk, AddRecord("facility", told, "bob", "2027-01-15"))
    driver = opened(qtbot, room, "record-version", str(first.id))  # type: ignore[union-attr]
    assert driver.step == "record"
    driver.type(location="Bergen", seal="")
    driver.commit()
    (made,) = records.in_force(desk, "facility")
    assert made.facts == {"name": "safe 1", "location": "Bergen", "holds": "tokens", "admits": "alice"}
    assert (made.owner, made.replaces) == ("bob", 1 if first.id == 1 else first.id)  # type: ignore[union-attr]
    driver = opened(qtbot, room, "record-end", str(made.id))
    driver.commit()
    assert driver.problem("reason") == "This is needed."
    driver.type(reason="sold")
    driver.commit()
    assert driver.step == "done"
    assert records.in_force(desk, "facility") == ()
    assert [each.record.state for each in records.rows(desk, "facility", all_of=True)] == [
        RecordState.REPLACED,
        RecordState.ENDED,
    ]


def test_an_organisation_of_another_community_is_asked_for(qtbot: QtBot, room: Room) -> None:
    room.sit("alice")
    driver = opened(qtbot, room, "record", "relying-organisation")
    driver.type(name="Contoso", community="shops", contact="noc@contoso.example", reason="a shared site")
    driver.commit()
    assert driver.step == "done"
    assert records.in_force(room.desk, "relying-organisation") == ()
    assert [what for what, _ in driver.wanted] == []
    assert "Needs" in driver.said("doneBannerText")


@pytest.mark.parametrize("kind", list(policy.kinds()))
def test_every_kind_has_a_form_whose_controls_are_named(qtbot: QtBot, room: Room, kind: str) -> None:
    room.sit("alice")
    driver = opened(qtbot, room, "record", kind)
    assert driver.step == "record"
    page = driver.wizard.currentPage()
    assert {each.name for each in policy.find(kind).fields} <= set(page._problems)  # type: ignore[attr-defined]
    assert unnamed(driver.wizard) + clashing(driver.wizard) == []


def test_a_duty_is_signed_off_by_keyboard(qtbot: QtBot, room: Room) -> None:
    desk = room.sit("alice")
    room.clock.passes(days=200)
    assert "duty-restore-drill" in {each.uid for each in calendar.duties(desk) if each.overdue}
    driver = opened(qtbot, room, "sign-off", "restore-drill")
    driver.type(found="came up on the spare machine")
    driver.commit()
    assert driver.step == "done"
    (made,) = records.in_force(desk, "duty-done")
    assert made.facts == {"duty": "restore-drill", "found": "came up on the spare machine"}
    assert "duty-restore-drill" not in {each.uid for each in calendar.duties(desk) if each.overdue}


def test_a_waiver_is_asked_for_and_what_says_must_is_not_offered(qtbot: QtBot, room: Room) -> None:
    room.sit("alice")
    driver = opened(qtbot, room, "waive")
    offered = driver.wizard.currentPage().findChild(QComboBox, "clause")
    names = {offered.itemData(at) for at in range(1, offered.count())}
    assert names == {name for name, row in register.rows().items() if row.waivable}
    driver.commit()
    assert driver.problem("reason") == "This is needed."
    offered.setCurrentIndex(1)
    driver.type(until="2027-01-31", review="2027-02-01", reason="in spring", ticket="CHG1")
    driver.commit()
    assert driver.step == "waiver"
    assert "before the waiver ends" in driver.said("waiverBannerText") + driver.problem("clause")
    driver.type(review="2027-01-15")
    driver.commit()
    assert driver.step == "done"
    (asked,) = proposals.waiting(room.desk)
    assert asked.facts == {"clause": offered.itemData(1), "until": "2027-01-31", "review": "2027-01-15"}
