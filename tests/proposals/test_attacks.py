"""Attacks on the agreement of two: each is refused, recorded or found, and none gives anybody anything."""

import json
import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.crypto.digest import canonical
from core.crypto.signing import sign
from core.errors import people as people_errors
from core.errors import proposals as errors
from core.errors.base import Expected
from core.model.people import AddPerson, ChangeDuties, Duty, Leave
from core.model.proposals import Proposal, State
from core.services import approvals, audit, membership, people, proposals, roster, statements
from core.services.desk import open_desk
from core.services.perform import Verb, perform
from core.store import audit as ledger
from core.store import people as store
from core.words.proposals import sentence
from tests.desks import CHEAP, Room, make_room, passphrase
from tests.proposals.tampering import accept_fails, kept, plant, raw
from tests.proposals.test_proposals import CAROL, approve, newest


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path)
    yield made
    made.desk.close()


def test_own_proposals_are_not_approved(room: Room) -> None:
    asked = membership.add(room.sit("alice"), CAROL)
    with pytest.raises(errors.OwnProposal) as refused:
        approve(room, "alice", asked)
    assert refused.value.others == ("bob",)
    assert newest(room.desk)["details"]["findings"][0]["rule"] == "OwnProposal"


def test_a_second_account_of_the_proposer_is_seen(room: Room) -> None:
    """Two accounts with one name cannot come about in the program; put there past it, the roster is not the table."""
    asked = membership.add(room.sit("alice"), CAROL)
    raw(room, ("UPDATE operator SET full_name = 'ALICE  ng' WHERE name = 'bob'", ()))
    with pytest.raises(people_errors.RosterTampered):
        approve(room, "bob", asked)


def test_the_rule_itself_refuses_one_person_with_two_accounts(room: Room) -> None:
    from core.policy.proposals import RULES, approver_findings

    asked = membership.add(room.sit("alice"), CAROL)
    known = roster.read(room.desk.file.read, room.desk.workspace.id).people
    twin = replace(known["bob"], full_name="Ng, ALICE")
    found = approver_findings(RULES["people.add"], asked.statement, twin, {**known, "bob": twin}, room.clock())
    assert [type(each) for each in found] == [errors.SamePerson]


def test_the_session_alone_does_not_approve(room: Room) -> None:
    """There is no way to an approval but the passphrase; a wrong one is a row, and the next try has to wait."""
    asked = membership.add(room.sit("alice"), CAROL)
    room.sit("bob")
    for _ in range(3):
        with pytest.raises(people_errors.WrongPassphrase):
            approvals.approve(room.desk, "bob", "not the passphrase", {asked.digest: sentence(asked)})
    with pytest.raises(people_errors.TooSoon):
        approve(room, "bob", asked)
    assert proposals.find(room.desk, asked.digest).approvals == ()
    public = [each for each in vars(approvals).values() if isinstance(each, Verb)]
    assert public == []


def test_nobody_approves_what_was_not_shown(room: Room) -> None:
    asked = membership.add(room.sit("alice"), CAROL)
    with pytest.raises(errors.SentenceMissing):
        approvals.approve(room.desk, "bob", passphrase("bob"), {asked.digest: "  "})


def test_an_approval_does_not_move_to_another_proposal(room: Room) -> None:
    one = membership.add(room.sit("alice"), AddPerson("erin", "Erin Lund", (Duty.AUDITOR,)))
    approve(room, "bob", one)
    other = membership.add(room.sit("alice"), CAROL)
    plant(room, other, *kept(room, one))
    assert isinstance(accept_fails(room), errors.ProposalTampered)


def test_an_approval_does_not_move_to_another_workspace(room: Room, tmp_path: Path) -> None:
    """The same people, the same question, the same moment, another file."""
    twin = tmp_path / "twin"
    twin.mkdir()
    second = make_room(twin)
    raw(second, ("UPDATE operator SET envelope = ? WHERE name = 'bob'", (store.envelope(room.desk.file.read, "bob"),)))
    one, other = membership.add(room.sit("alice"), CAROL), membership.add(second.sit("alice"), CAROL)
    approve(room, "bob", one)
    plant(second, other, *kept(room, one))
    assert isinstance(accept_fails(second), errors.ProposalTampered)
    second.desk.close()


def test_an_approval_does_not_come_back_later(room: Room) -> None:
    """Withdrawn, asked again a minute later: another digest, so the old approval says nothing about it."""
    one = membership.add(room.sit("alice"), CAROL)
    approve(room, "bob", one)
    proposals.withdraw(room.sit("alice"), approvals.kind_of(one), one.digest)
    room.clock.passes(minutes=1)
    again = membership.add(room.sit("alice"), CAROL)
    assert again.digest != one.digest
    plant(room, again, *kept(room, one))
    assert isinstance(accept_fails(room), errors.ProposalTampered)


def test_an_approval_grows_old(room: Room) -> None:
    asked = membership.add(room.sit("alice"), CAROL)
    approve(room, "bob", asked)
    room.clock.passes(days=7)
    assert proposals.standing(proposals.find(room.desk, asked.digest), room.clock()) is State.APPROVED
    room.clock.passes(seconds=1)
    assert proposals.standing(proposals.find(room.desk, asked.digest), room.clock()) is State.EXPIRED
    assert isinstance(accept_fails(room), people_errors.NotExpected)


def test_a_proposal_nobody_approves_grows_old(room: Room) -> None:
    asked = membership.add(room.sit("alice"), CAROL)
    room.clock.passes(days=30, seconds=1)
    with pytest.raises(errors.ProposalClosed) as refused:
        approve(room, "bob", asked)
    assert refused.value.state == "expired"


def edited(room: Room, asked: Proposal, **facts: Any) -> str:
    body = {**asked.statement.body, "facts": {**asked.facts, **facts}}
    return canonical(body).decode()


def test_an_approved_proposal_is_not_edited_afterwards(room: Room) -> None:
    asked = membership.add(room.sit("alice"), CAROL)
    approve(room, "bob", asked)
    text = edited(room, asked, duties=["security-officer"])
    raw(room, ("UPDATE proposal SET body = ?", (text,)))
    assert isinstance(accept_fails(room), errors.ProposalTampered)
    assert [each.what for each in audit.inspect(room.desk).faults] == ["changed"]


def test_nor_edited_and_named_anew(room: Room) -> None:
    """Body and digest agree, the approval is moved along: the proposer never signed it."""
    asked = membership.add(room.sit("alice"), CAROL)
    approve(room, "bob", asked)
    text = edited(room, asked, duties=["security-officer"])
    digest = statements.digest(json.loads(text))
    raw(room, ("UPDATE proposal SET body = ?, digest = ?", (text, digest)))
    assert isinstance(accept_fails(room), errors.ProposalTampered)


def test_nor_by_one_insider_with_both_passphrase_and_editor(room: Room) -> None:
    """Bob writes a proposal in alice's name and approves it himself: her signature is missing."""
    asked = membership.add(room.sit("alice"), CAROL)
    text = edited(room, asked, duties=["security-officer"])
    digest, bob = statements.digest(json.loads(text)), room.sessions["bob"]
    raw(
        room,
        ("UPDATE proposal SET body = ?, digest = ?, signature = ?", (text, digest, sign(bob.secret, text.encode()))),
    )
    with pytest.raises(errors.ProposalTampered):
        approvals.approve(room.desk, "bob", passphrase("bob"), {digest: "whatever"})


def test_the_signature_of_a_row_is_no_approval(room: Room) -> None:
    """Bob's own signed row, its body passed off as an approval."""
    asked = membership.add(room.sit("alice"), CAROL)
    perform(room.sit("bob"), people.SIGN_IN, people.SignIn())
    row = ledger.recent(room.desk.file.read, 1)[0]
    plant(room, asked, canonical(row.body).decode(), row.signature)
    assert isinstance(accept_fails(room), errors.ProposalTampered)
    for kind in statements.MEMBERS:
        assert not statements.holds(
            statements.Statement(row.body, row.signature),
            kind,
            room.desk.workspace.id,
            room.sessions["bob"].operator.public_key,
        )


def test_a_proposal_is_no_approval(room: Room) -> None:
    """What bob signed as a proposer does not read as bob's approval."""
    asked = membership.add(room.sit("alice"), CAROL)
    other = membership.add(room.sit("bob"), AddPerson("erin", "Erin Lund", (Duty.AUDITOR,)))
    text = canonical(other.statement.body).decode()
    plant(room, asked, text, other.statement.signature)
    assert isinstance(accept_fails(room), errors.ProposalTampered)


def test_who_loses_the_duty_between_approval_and_performing(tmp_path: Path) -> None:
    room = make_room(tmp_path, ("alice", "bob", "dave"))
    asked = membership.add(room.sit("alice"), CAROL)
    approve(room, "bob", asked)
    taken = ChangeDuties("bob", remove=(Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR))
    approve(room, "dave", membership.change(room.sit("alice"), taken))
    refused = accept_fails(room, witness="dave")
    assert isinstance(refused, errors.ApprovalStale)
    assert (refused.name, refused.why) == ("bob", "duty")
    room.desk.close()


def test_who_leaves_between_approval_and_performing(tmp_path: Path) -> None:
    room = make_room(tmp_path, ("alice", "bob", "dave"))
    asked = membership.add(room.sit("alice"), CAROL)
    approve(room, "bob", asked)
    membership.leave(room.sit("dave"), Leave("bob", "gone"))
    refused = accept_fails(room, witness="dave")
    assert isinstance(refused, errors.ApprovalStale)
    assert (refused.name, refused.why) == ("bob", "gone")
    membership.leave(room.sit("dave"), Leave("alice", "gone"))
    room.desk.close()


def test_an_approval_under_a_lost_key_does_not_count(tmp_path: Path) -> None:
    room = make_room(tmp_path, ("alice", "bob", "dave"))
    asked = membership.add(room.sit("alice"), CAROL)
    approve(room, "bob", asked)
    approve(room, "dave", membership.restore(room.sit("alice"), "bob"))
    membership.accept(room.desk, "bob", "another phrase altogether", "dave", passphrase("dave"))
    refused = accept_fails(room, witness="dave")
    assert isinstance(refused, errors.ApprovalStale)
    assert refused.why == "key"
    assert audit.inspect(room.desk).faults == ()
    room.desk.close()


def test_the_list_is_the_one_that_was_shown(room: Room) -> None:
    one = membership.add(room.sit("alice"), CAROL)
    batch = approvals.batch_digest({one.digest: sentence(one)})
    membership.add(room.sit("alice"), AddPerson("erin", "Erin Lund", (Duty.AUDITOR,)))
    with pytest.raises(errors.ListChanged):
        approvals.listed(room.desk, batch, sentence)
    other = approvals.batch_digest({one.digest: sentence(one).replace("registration", "security")})
    with pytest.raises(errors.ListChanged):
        approvals.listed(room.desk, other, sentence)
    assert newest(room.desk)["details"]["findings"][0]["rule"] == "ListChanged"


def _twice(path: str, digest: str, text: str, barrier: Any, told: Any) -> None:
    desk = open_desk(Path(path), cost=CHEAP)
    try:
        barrier.wait()
        done = approvals.approve(desk, "alice", passphrase("alice"), {digest: text})
        told.put(done[0].proposal.state.value if done[0].proposal else "")
    except Expected as refused:
        told.put(refused.code)
    finally:
        desk.close()


def test_two_processes_perform_it_once(tmp_path: Path) -> None:
    """A real clock, since each process opens the file with its own."""
    room = make_room(tmp_path)
    room.desk.clock = type(room.desk).__init__.__kwdefaults__["clock"]
    asked = membership.change(room.sit("bob"), ChangeDuties("bob", (Duty.REVOCATION_OFFICER,)))
    ways = multiprocessing.get_context("spawn")
    barrier, told = ways.Barrier(2), ways.Queue()
    both = [
        ways.Process(target=_twice, args=(str(room.path), asked.digest, sentence(asked), barrier, told))
        for _ in range(2)
    ]
    for each in both:
        each.start()
    answers = sorted(told.get(timeout=60) for _ in both)
    for each in both:
        each.join(timeout=60)
    assert answers == ["APR-04", "performed"]
    actions = [row.action for row in ledger.recent(room.desk.file.read, 20)]
    assert actions.count("operator.duties-changed") == 1
    assert audit.inspect(room.desk).faults == ()
    room.desk.close()


def test_performed_is_over(room: Room) -> None:
    asked = membership.change(room.sit("bob"), ChangeDuties("bob", (Duty.REVOCATION_OFFICER,)))
    approve(room, "alice", asked)
    with pytest.raises(errors.ProposalClosed):
        approve(room, "alice", asked)
    raw(room, ("UPDATE proposal SET state = 'waiting'", ()))
    with pytest.raises(Expected):
        approve(room, "alice", asked)
    assert "changed" in [each.what for each in audit.inspect(room.desk).faults]
