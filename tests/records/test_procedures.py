"""Procedure texts come from the settings in force, are seen to differ after a change, and own texts are left alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.model.compliance import ClauseRow, ClauseState, Todo
from core.model.documents import Document, ProposeDocument
from core.model.records import AddRecord, Record
from core.model.settings import SetCrlValidity
from core.model.workspace import Kind
from core.policy import procedures as policy
from core.policy.records import find
from core.services import compliance, documents, procedures, records, settings
from tests.desks import Room, make_room
from tests.pki.worlds import DUTIES, agree

VALIDITY = SetCrlValidity("144", "bank holidays are shorter now", "CHG1")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path, DUTIES, kind=Kind.ISSUING, duties=DUTIES)
    for each in policy.steps():
        enter(made, each)
    yield made
    made.desk.close()


def enter(room: Room, name: str, replaces: int = 0, **facts: str) -> Record:
    command = AddRecord("procedure", {"procedure": name, **facts}, "Alice Ng", "2027-03-31", replaces=replaces)
    made = records.add(room.sit("alice"), command)
    assert isinstance(made, Record)
    return made


def row(room: Room) -> ClauseRow:
    return compliance.clause(room.desk, "M8")


def change(room: Room) -> None:
    agree(room, "bob", settings.set_crl_validity(room.sit("alice"), VALIDITY))


def texts(room: Room) -> dict[str, str]:
    return {each.facts["procedure"]: each.facts["text"] for each in records.in_force(room.desk, "procedure")}


def test_every_procedure_has_its_steps() -> None:
    field = find("procedure").field("procedure")
    assert field is not None
    assert set(policy.steps()) == set(field.choices)


def test_a_text_left_empty_is_written_from_the_settings(room: Room) -> None:
    assert row(room).state is ClauseState.RECORDED
    assert "counts for 192 hours from its issue" in texts(room)["revoke"]
    assert all(policy.is_written(each) and "{" not in each for each in texts(room).values())
    assert texts(room)["renew"] == procedures.written(room.desk, "renew")


def test_another_crl_validity_makes_those_overdue_that_state_it(room: Room) -> None:
    agree(room, "bob", documents.propose(room.sit("alice"), ProposeDocument(Document.CPS, "first issue")))
    change(room)
    found = row(room)
    stale = {each.record.facts["procedure"]: each.record.id for each in procedures.differing(room.desk, found.records)}
    assert set(stale) == {"revoke", "incident"}
    assert (found.state, found.todo, found.about) == (
        ClauseState.OVERDUE, Todo.RENEW, f"procedure --replaces {stale['revoke']}",
    )  # fmt: skip
    for name, number in stale.items():
        enter(room, name, number)
    assert row(room).state is ClauseState.RECORDED
    assert "counts for 144 hours from its issue" in texts(room)["revoke"]
    changed = {each.number for each in documents.standing(room.desk, Document.CPS).drift}
    assert {"4.9.3", "5.7.1"} <= changed  # the CPS tells the procedures


def test_an_own_text_is_kept(room: Room) -> None:
    number = next(each.id for each in records.in_force(room.desk, "procedure") if each.facts["procedure"] == "revoke")
    edited = texts(room)["revoke"].replace("at once", "within the hour")
    made = enter(room, "revoke", number, text=edited)
    assert made.facts["text"] == edited
    assert not policy.is_written(edited)
    change(room)
    assert "revoke" not in {
        each.record.facts["procedure"] for each in procedures.differing(room.desk, row(room).records)
    }
    assert enter(room, "revoke", made.id).facts["text"] == edited
