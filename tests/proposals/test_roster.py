"""Duties come from signed rows: edited tables, forged rows, leavers and clocks give nobody anything."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.crypto.digest import canonical
from core.crypto.signing import generate
from core.errors import people as people_errors
from core.errors import proposals as errors
from core.errors.base import Expected
from core.errors.workspace import ClockBehind, ClockNotBehind
from core.model.people import AddPerson, Admit, ChangeDuties, Duty, Leave, Operator
from core.services import approvals, audit, clock, membership, people, proposals, statements
from core.services.desk import Session, open_desk
from core.services.perform import Verb, perform
from core.store import audit as ledger
from core.store import people as store
from tests.desks import CHEAP, Room, make_room, passphrase
from tests.proposals.tampering import accept_fails, plant, raw
from tests.proposals.test_proposals import CAROL, admit, approve, newest


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path)
    yield made
    made.desk.close()


def test_a_row_that_repeats_an_agreement_is_found(room: Room) -> None:
    """Bob, signed in, writes the same statements into a second row by hand: the ledger says they were spent."""
    admit(room)
    asked = membership.change(room.sit("bob"), ChangeDuties("carol", (Duty.REVOCATION_OFFICER,)))
    approve(room, "alice", asked)
    back = membership.change(room.sit("bob"), ChangeDuties("carol", remove=(Duty.REVOCATION_OFFICER,)))
    approve(room, "alice", back)
    spent = next(
        row
        for row in ledger.recent(room.desk.file.read, 9)
        if row.body["details"].get("proposal") == asked.digest and row.action == "operator.duties-changed"
    )

    def again(work: Any, _: None) -> None:
        work.action, work.approvals = spent.action, list(spent.body["approvals"])
        work.details.update(spent.body["details"])

    perform(room.sit("bob"), Verb("proposal.made", again, frozenset(Duty)), None)
    assert [(each.what, each.facts) for each in audit.inspect(room.desk).faults] == [
        ("agreement", ("agreement-twice",))
    ]
    with pytest.raises(Expected):
        perform(room.sit("alice"), people.SIGN_IN, people.SignIn())


@pytest.mark.parametrize("spoil", ["no approvals", "approved by the proposer", "sentence changed", "moved workspace"])
def test_verify_reads_every_agreement_again(room: Room, spoil: str) -> None:
    admit(room)
    asked = membership.change(room.sit("bob"), ChangeDuties("carol", (Duty.REVOCATION_OFFICER,)))
    bob = room.sessions["bob"]

    def forged(work: Any, _: None) -> None:
        ours = "another" if spoil == "moved workspace" else room.desk.workspace.id
        body = {"proposal": asked.digest, "kind": asked.kind, "sentence": "x", "tbs_sha256": "", "batch": ""}
        who = bob if spoil == "approved by the proposer" else room.sessions["alice"]
        given = statements.signed(who, ours, work.now, "approval", body)
        if spoil == "sentence changed":
            given = replace(given, body={**given.body, "sentence": "y"})
        carried = [asked.statement] if spoil == "no approvals" else [asked.statement, given]
        work.action, work.approvals = "operator.duties-changed", [statements.as_json(each) for each in carried]
        work.details.update(proposal=asked.digest, kind=asked.kind, name="carol")

    perform(room.sit("bob"), Verb("proposal.made", forged, frozenset(Duty)), None)
    assert [each.what for each in audit.inspect(room.desk).faults] == ["agreement"]


def test_duties_come_from_the_rows_not_from_the_table(room: Room) -> None:
    admit(room)
    raw(room, ("UPDATE operator SET duties = ? WHERE name = 'carol'", (json.dumps(["security-officer"]),)))
    with pytest.raises(people_errors.RosterTampered):
        membership.add(room.sit("carol"), AddPerson("mal", "Mal Lory", (Duty.SECURITY_OFFICER,)))
    assert [each.what for each in audit.inspect(room.desk).faults] == ["changed"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"by": 3}', "{" * 3000])
def test_an_approval_that_is_none_is_damage_not_a_crash(room: Room, text: str) -> None:
    plant(room, membership.add(room.sit("alice"), CAROL), text, b"")
    assert isinstance(accept_fails(room), errors.ProposalTampered)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access SET left_at = '', until = ''",
        "UPDATE operator SET public_key = x'00' WHERE name = 'bob'",
        "INSERT INTO operator SELECT 4, 'mal', 'Mal Lory', duties, public_key, envelope, created FROM operator WHERE id = 1",
    ],
)
def test_nobody_comes_back_or_in_by_an_edited_table(room: Room, statement: str) -> None:
    admit(room, AddPerson("carol", "Carol Ito", (Duty.AUDITOR,), "2027-01-31"))
    membership.leave(room.sit("alice"), Leave("carol", "gone"))
    raw(room, (statement, ()))
    with pytest.raises(people_errors.RosterTampered):
        perform(room.sit("alice"), people.SIGN_IN, people.SignIn())
    assert audit.inspect(room.desk).faults


def test_an_edited_row_about_people_is_noticed_by_the_guard(room: Room) -> None:
    """Also where everything was verified before and only an old row changes: duties are read from it each time."""
    perform(room.sit("alice"), people.SIGN_IN, people.SignIn())
    body = ledger.recent(room.desk.file.read, 99)[-1].body
    body["details"]["operators"][1]["duties"].append("ca-operator")
    raw(room, ("UPDATE ledger SET body = ? WHERE number = 1", (canonical(body).decode(),)))
    with pytest.raises(people_errors.RosterTampered) as refused:
        perform(room.sit("alice"), people.SIGN_IN, people.SignIn())
    assert (refused.value.about, refused.value.why) == ("1", "row")


def test_a_leavers_old_session_is_over(room: Room) -> None:
    other = open_desk(room.path, cost=CHEAP)
    other.clock = room.clock
    people.sign_in(other, "bob", passphrase("bob"))
    membership.leave(room.sit("alice"), Leave("bob", "gone"))
    with pytest.raises(people_errors.HasLeft):
        perform(other, people.SIGN_IN, people.SignIn())
    with pytest.raises(people_errors.HasLeft):
        people.sign_in(other, "bob", passphrase("bob"))
    with pytest.raises(people_errors.HasLeft):
        approvals.approve(other, "bob", passphrase("bob"), {})
    people.lock(other, "done")
    assert other.session is None
    assert audit.inspect(room.desk).faults == ()
    assert newest(room.desk)["actor"] == "program"
    other.close()


def test_the_proposer_does_not_take_the_newcomer_in(room: Room) -> None:
    """Or one person could make up a colleague: somebody else has to see them."""
    approve(room, "bob", membership.add(room.sit("alice"), CAROL))
    assert isinstance(accept_fails(room, witness="alice"), people_errors.WitnessNotFit)
    assert newest(room.desk)["details"]["findings"][0]["rule"] == "WitnessNotFit"


@pytest.mark.parametrize("spoil", ["another key", "another name", "another proposal"])
def test_a_key_the_newcomer_did_not_accept_with_is_not_signed_in(room: Room, spoil: str) -> None:
    """The acceptance is signed with the newcomer's own new key and names key and proposal."""
    asked = membership.add(room.sit("alice"), CAROL)
    approve(room, "bob", asked)
    secret, public = generate()
    _, other = generate()
    name = "bob" if spoil == "another name" else "carol"
    newcomer = Session(Operator(name, "", (), public), secret)
    digest = "0" * 64 if spoil == "another proposal" else asked.digest
    members = {"proposal": digest, "key": (other if spoil == "another key" else public).hex()}
    given = statements.signed(newcomer, room.desk.workspace.id, room.clock(), "acceptance", members)
    verb = Verb("operator.admitted", membership._admit, frozenset(Duty))
    with pytest.raises(errors.ProposalTampered):
        perform(room.sit("bob"), verb, Admit(asked.digest, asked.kind, public, "{}", given))
    assert store.find(room.desk.file.read, "carol") is None


def test_a_clock_that_ran_ahead_is_corrected_by_two(room: Room) -> None:
    with pytest.raises(ClockNotBehind):
        clock.correct(room.sit("alice"), "no reason")
    room.clock.passes(days=400)
    perform(room.sit("alice"), people.SIGN_IN, people.SignIn())
    room.clock.passes(days=-400, hours=1)
    with pytest.raises(ClockBehind):
        perform(room.sit("alice"), people.SIGN_IN, people.SignIn())
    asked = clock.correct(room.sit("alice"), "battery of the machine was flat")
    with pytest.raises(errors.OwnProposal):
        approve(room, "alice", asked)
    approve(room, "bob", asked)
    assert newest(room.desk)["action"] == "clock.corrected"
    perform(room.sit("alice"), people.SIGN_IN, people.SignIn())
    assert audit.inspect(room.desk).faults == ()


def test_a_clock_set_back_by_one_is_found(room: Room) -> None:
    room.clock.passes(days=10)
    perform(room.sit("alice"), people.SIGN_IN, people.SignIn())
    room.clock.passes(days=-5)

    def back(work: Any, _: None) -> None:
        work.action, work.corrects_clock = "clock.corrected", True

    perform(room.sit("alice"), Verb("proposal.made", back, frozenset(Duty)), None)
    assert [each.what for each in audit.inspect(room.desk).faults] == ["agreement"]


def test_refusing_takes_the_duty(tmp_path: Path) -> None:
    room = make_room(tmp_path, ("alice", "bob", "erin"), duties={"erin": (Duty.AUDITOR,)})
    asked = membership.add(room.sit("alice"), CAROL)
    kind = approvals.kind_of(asked)
    with pytest.raises(people_errors.DutyMissing):
        approve(room, "erin", asked)
    with pytest.raises(people_errors.DutyMissing):
        proposals.turn_down(room.sit("erin"), kind, asked.digest, "no")
    with pytest.raises(people_errors.DutyMissing):
        membership.add(room.sit("erin"), AddPerson("x", "Some Body", (Duty.AUDITOR,)))
    with pytest.raises(people_errors.DutyMissing):
        membership.leave(room.sit("erin"), Leave("alice", "gone"))
    membership.leave(room.sit("erin"), Leave("erin", "moved on"))
    room.desk.close()
