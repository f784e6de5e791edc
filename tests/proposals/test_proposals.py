"""Proposals from asking to performing, among people who do what they should."""

import json

import pytest

from core.errors import people as people_errors
from core.errors import proposals as errors
from core.errors.base import Several
from core.errors.people import WrongPassphrase
from core.model.people import AddPerson, ChangeDuties, Duty
from core.model.proposals import Proposal, State, Step
from core.policy.duties import EVERYBODY
from core.services import approvals, audit, membership, people, proposals
from core.services.desk import Desk
from core.store import audit as ledger
from core.store import people as store
from core.words.proposals import sentence
from tests.desks import Room, make_room, passphrase

CAROL = AddPerson("carol", "Carol Ito", (Duty.REGISTRATION_OFFICER,))
ERIN = AddPerson("erin", "Erin Lund", (Duty.AUDITOR,), "2027-01-31")


@pytest.fixture
def room(tmp_path):  # type: ignore[no-untyped-def]
    made = make_room(tmp_path)
    yield made
    made.desk.close()


def approve(room: Room, name: str, *asked: Proposal) -> tuple[approvals.Outcome, ...]:
    """`name` approves having seen the sentences."""
    return approvals.approve(room.desk, name, passphrase(name), {each.digest: sentence(each) for each in asked})


def admit(room: Room, who: AddPerson = CAROL) -> None:
    """Alice proposes, bob approves and takes in."""
    approve(room, "bob", membership.add(room.sit("alice"), who))
    membership.accept(room.desk, who.name, passphrase(who.name), "bob", passphrase("bob"))
    room.sessions[who.name] = people.authenticate(room.desk, who.name, passphrase(who.name))


def newest(desk: Desk, back: int = 0) -> dict[str, object]:
    return ledger.recent(desk.file.read, back + 1)[back].body


def test_a_person_comes_by_two_and_their_own_acceptance(room: Room) -> None:
    asked = membership.add(room.sit("alice"), CAROL, "night shift", "CHG7")
    assert [(need.step, need.people) for need in proposals.needs(room.desk, asked)] == [
        (Step.APPROVAL, ("bob",)),
        (Step.ACCEPTANCE, ("carol",)),
    ]
    assert sentence(asked) == (
        "Carol Ito is to work here as carol with the duties Registration officer. "
        'Asked for by alice on 2026-11-24 02:17 UTC: "night shift". Ticket CHG7.'
    )
    with pytest.raises(people_errors.NotExpected):
        membership.accept(room.desk, "carol", passphrase("carol"), "bob", passphrase("bob"))
    (done,) = approve(room, "bob", asked)
    assert done.proposal is not None
    assert done.proposal.state is State.APPROVED
    assert store.find(room.desk.file.read, "carol") is None
    membership.accept(room.desk, "carol", passphrase("carol"), "bob", passphrase("bob"))

    person = store.find(room.desk.file.read, "carol")
    assert person is not None
    assert (person.full_name, person.duties, person.by_one_person) == (CAROL.full_name, CAROL.duties, False)
    admitted, accepted = newest(room.desk, 1), newest(room.desk)
    assert (admitted["action"], admitted["actor"]) == ("operator.admitted", "bob")
    assert (accepted["action"], accepted["actor"]) == ("operator.accepted", "carol")
    types = [each["statement"]["type"] for each in admitted["approvals"]]
    assert types == ["proposal", "approval", "acceptance"]
    assert admitted["approvals"][1]["statement"]["sentence"] == sentence(asked)
    assert audit.inspect(room.desk).faults == ()
    room.sessions["carol"] = people.authenticate(room.desk, "carol", passphrase("carol"))
    room.desk.session = room.sessions["carol"]
    room.device("gw1")


def test_duties_change_with_the_last_approval(room: Room) -> None:
    admit(room)
    change = ChangeDuties("carol", (Duty.REVOCATION_OFFICER,), (Duty.REGISTRATION_OFFICER,), "2027-03-31")
    asked = membership.change(room.sit("bob"), change, "new work")
    (done,) = approve(room, "alice", asked)
    assert done.proposal is not None
    assert done.proposal.state is State.PERFORMED
    person = store.find(room.desk.file.read, "carol")
    assert person is not None
    assert (person.duties, person.until) == ((Duty.REVOCATION_OFFICER,), "2027-03-31")
    row = newest(room.desk)
    assert (row["action"], row["actor"], len(row["approvals"])) == ("operator.duties-changed", "alice", 2)
    again = approve(room, "bob", membership.change(room.sit("alice"), ChangeDuties("carol", until="never")))
    assert again[0].proposal is not None
    assert store.find(room.desk.file.read, "carol").until == ""  # type: ignore[union-attr]
    assert audit.inspect(room.desk).faults == ()


def test_the_sentence_says_every_change(room: Room) -> None:
    admit(room)
    asked = membership.change(room.sit("bob"), ChangeDuties("carol", (Duty.REVOCATION_OFFICER,), (), "never"))
    assert sentence(asked).startswith(
        "The duties of carol change, adding Revocation officer, without a last day of access. Asked for by bob"
    )


def test_one_person_alone_takes_in_a_second_who_accepts(tmp_path) -> None:  # type: ignore[no-untyped-def]
    room = make_room(tmp_path, ("alice",))
    asked = membership.add(room.sit("alice"), CAROL)
    assert [need.step for need in proposals.needs(room.desk, asked)] == [Step.ACCEPTANCE]
    membership.accept(room.desk, "carol", passphrase("carol"), "alice", passphrase("alice"))
    person = store.find(room.desk.file.read, "carol")
    assert person is not None
    assert not person.by_one_person
    assert audit.inspect(room.desk).faults == ()
    room.desk.close()


def test_whoever_is_left_alone_is_seen_to_have_added_somebody_alone(room: Room) -> None:
    membership.leave(room.sit("alice"), membership.Leave("bob", "moved on"))
    membership.add(room.sit("alice"), CAROL)
    membership.accept(room.desk, "carol", passphrase("carol"), "alice", passphrase("alice"))
    person = store.find(room.desk.file.read, "carol")
    assert person is not None
    assert person.by_one_person
    assert audit.inspect(room.desk).faults == ()


def test_a_lost_passphrase_is_mended_by_two_others(room: Room) -> None:
    admit(room)
    before = room.sessions["carol"]
    asked = membership.restore(room.sit("alice"), "carol", "forgotten")
    approve(room, "bob", asked)
    membership.accept(room.desk, "carol", "quite another phrase 77", "bob", passphrase("bob"))
    with pytest.raises(WrongPassphrase):
        people.unlock(room.desk, "carol", passphrase("carol"))
    now = people.unlock(room.desk, "carol", "quite another phrase 77")
    assert now.operator.public_key != before.operator.public_key
    room.desk.session = before
    with pytest.raises(people_errors.KeyReplaced):
        people.perform(room.desk, people.SIGN_IN, people.SignIn())
    assert newest(room.desk)["actor"] == "program"
    assert audit.inspect(room.desk).faults == ()


def test_nobody_agrees_to_their_own_lost_passphrase(room: Room) -> None:
    with pytest.raises(errors.OwnMatter):
        membership.restore(room.sit("alice"), "alice")
    asked = membership.restore(room.sit("alice"), "bob")
    with pytest.raises(errors.OwnMatter):
        approve(room, "bob", asked)


def test_refused_and_withdrawn_proposals_are_over(room: Room) -> None:
    asked = membership.add(room.sit("alice"), CAROL)
    kind = approvals.kind_of(asked)
    with pytest.raises(errors.NotYours):
        proposals.withdraw(room.sit("bob"), kind, asked.digest)
    done = proposals.turn_down(room.sit("bob"), kind, asked.digest, "not before spring")
    assert (done.state, done.closed_by, done.because) == (State.REFUSED, "bob", "not before spring")
    with pytest.raises(errors.ProposalClosed):
        approve(room, "bob", asked)
    room.clock.passes(seconds=1)
    other = membership.add(room.sit("alice"), CAROL)
    assert proposals.withdraw(room.sit("alice"), kind, other.digest).state is State.WITHDRAWN
    assert proposals.waiting(room.desk) == ()
    assert [each.state for each in proposals.all_of(room.desk)] == [State.REFUSED, State.WITHDRAWN]
    assert audit.inspect(room.desk).faults == ()


def test_the_same_is_asked_for_once(room: Room) -> None:
    membership.add(room.sit("alice"), CAROL)
    room.clock.passes(minutes=5)
    with pytest.raises(errors.ProposedAlready):
        membership.add(room.sit("bob"), CAROL)
    room.clock.passes(days=31)
    membership.add(room.sit("bob"), CAROL)


def test_a_list_is_approved_with_one_passphrase(room: Room) -> None:
    asked = [membership.add(room.sit("alice"), each) for each in (CAROL, ERIN)]
    shown = {each.digest: sentence(each) for each in asked}
    batch = approvals.batch_digest(shown)
    assert approvals.listed(room.desk, batch[:16], sentence) == shown
    done = approvals.approve(room.desk, "bob", passphrase("bob"), shown)
    assert [each.proposal.state for each in done if each.proposal] == [State.APPROVED] * 2
    given = [each.proposal.approvals[0].body["batch"] for each in done if each.proposal]
    assert given == [batch, batch]


def test_one_of_a_list_that_is_refused_leaves_the_others(room: Room) -> None:
    asked = [membership.add(room.sit("alice"), CAROL), membership.add(room.sit("bob"), ERIN)]
    first, second = approve(room, "bob", *asked)
    assert first.proposal is not None
    assert isinstance(second.refusal, errors.OwnProposal)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (AddPerson("Bob", "Other Person", (Duty.AUDITOR,)), people_errors.NameTaken),
        (AddPerson("bob2", "BOB  RUIZ", (Duty.AUDITOR,)), people_errors.SameFullName),
        (AddPerson("x", "Some Body", ()), people_errors.NothingChanges),
        (AddPerson("x", "Some Body", (Duty.AUDITOR, Duty.CUSTODIAN)), people_errors.DutiesClash),
        (AddPerson("x", "Some Body", (Duty.AUDITOR,), "2026-11-23"), people_errors.AccessPast),
    ],
)
def test_a_person_who_does_not_fit_is_not_proposed(room: Room, who: AddPerson, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        membership.add(room.sit("alice"), who)
    assert proposals.waiting(room.desk) == ()


def test_all_findings_at_once(room: Room) -> None:
    with pytest.raises(Several) as refused:
        membership.add(room.sit("alice"), AddPerson("bob", "Bob Ruiz", (), "tomorrow"))
    assert len(refused.value.findings) == 4


def test_a_security_officer_stays(tmp_path) -> None:  # type: ignore[no-untyped-def]
    duties = {"alice": (Duty.SECURITY_OFFICER,), "bob": (Duty.SYSTEM_ADMINISTRATOR,)}
    room = make_room(tmp_path, duties=duties)
    with pytest.raises(people_errors.LastSecurityOfficer):
        membership.change(room.sit("bob"), ChangeDuties("alice", remove=(Duty.SECURITY_OFFICER,)))
    with pytest.raises(people_errors.LastSecurityOfficer):
        membership.leave(room.sit("bob"), membership.Leave("alice", "gone"))
    with pytest.raises(Several):
        membership.leave(people_desk_of_one(room), membership.Leave("alice", "gone"))
    room.desk.close()


def people_desk_of_one(room: Room) -> Desk:
    membership.leave(room.sit("alice"), membership.Leave("bob", "moved on"))
    return room.sit("alice")


def test_access_ends_with_its_last_day(room: Room) -> None:
    admit(room, ERIN)
    room.clock.passes(days=68)
    room.desk.session = room.sessions["erin"]
    people.perform(room.desk, people.SIGN_IN, people.SignIn())
    room.clock.passes(days=1)
    with pytest.raises(people_errors.AccessEnded):
        people.perform(room.desk, people.SIGN_IN, people.SignIn())
    assert audit.inspect(room.desk).faults == ()


def test_the_access_review_is_of_the_table_that_was_shown(room: Room) -> None:
    table = store.everybody(room.desk.file.read)
    shown = membership.table_digest(table)
    membership.review(room.sit("alice"), shown)
    assert newest(room.desk)["action"] == "people.reviewed"
    admit(room)
    with pytest.raises(people_errors.RosterChanged):
        membership.review(room.sit("alice"), shown)


def test_no_passphrase_can_be_compared(room: Room) -> None:
    """Two people with one passphrase leave nothing equal behind: own salt, own nonce, own key."""
    people.change_passphrase(room.sit("alice"), passphrase("alice"), "one phrase for the two of us")
    people.change_passphrase(room.sit("bob"), passphrase("bob"), "one phrase for the two of us")
    one, other = (json.loads(store.envelope(room.desk.file.read, name)) for name in ("alice", "bob"))
    for part in ("salt", "nonce", "ciphertext"):
        assert one[part] != other[part]


def test_every_kind_has_its_sentence_and_its_row() -> None:
    from core.policy.proposals import RULES
    from core.words.proposals import SENTENCES

    assert set(RULES) == set(approvals.KINDS) == set(SENTENCES)
    for rule in RULES.values():
        assert rule.proposers
        assert rule.approvers
        assert rule.approvers != EVERYBODY
