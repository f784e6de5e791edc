"""The published page is enough to check who agreed: the verifier that shares no code with us reaches the same verdict."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.model.people import AddPerson, ChangeDuties, Duty, Leave
from core.services import audit, clock, membership, people, statements
from core.services.perform import Verb, perform
from tests.audit.verifier import Ledger
from tests.desks import Room, make_room, passphrase
from tests.proposals.test_proposals import admit, approve

ERIN = AddPerson("erin", "Erin Lund", (Duty.AUDITOR,), "2027-01-31")
MORE = ChangeDuties("carol", (Duty.REVOCATION_OFFICER,), (Duty.REGISTRATION_OFFICER,))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """Somebody came, changed duties, lost a passphrase, left; the clock was corrected."""
    made = make_room(tmp_path)
    admit(made)
    admit(made, ERIN)
    approve(made, "alice", membership.change(made.sit("bob"), MORE))
    approve(made, "bob", membership.restore(made.sit("alice"), "carol", "forgotten"))
    membership.accept(made.desk, "carol", "another phrase altogether", "bob", passphrase("bob"))
    membership.leave(made.sit("alice"), Leave("erin", "moved on"))
    made.clock.passes(days=200)
    perform(made.sit("alice"), people.SIGN_IN, people.SignIn())
    made.clock.passes(days=-200, minutes=1)
    approve(made, "alice", clock.correct(made.sit("bob"), "ran ahead"))
    yield made
    made.desk.close()


def test_both_find_nothing(room: Room) -> None:
    assert Ledger(room.path).check() == []
    assert audit.inspect(room.desk).faults == ()


@pytest.mark.parametrize("spoil", ["none", "own", "other digest", "old", "twice", "by who left", "without duty"])
def test_both_find_a_forged_agreement(room: Room, spoil: str) -> None:
    """Written by somebody signed in who goes past the services."""
    asked = membership.change(room.sit("bob"), ChangeDuties("carol", (Duty.CA_OPERATOR,)))
    spent = next(
        each for each in membership.proposals.all_of(room.desk) if each.kind == "people.duty" and each.approvals
    )

    def forged(work: Any, _: None) -> None:
        by = {"own": "bob", "by who left": "erin", "without duty": "carol"}.get(spoil, "alice")
        time = room.clock.now.replace(day=1) if spoil == "old" else work.now
        members = {"proposal": "0" * 64 if spoil == "other digest" else asked.digest, "kind": asked.kind}
        session = room.sessions[by]
        if by == "carol":
            session = people.unlock(room.desk, "carol", "another phrase altogether")
        shown = {"sentence": "x", "tbs_sha256": "", "batch": ""}
        given = statements.signed(session, work.desk.workspace.id, time, "approval", {**members, **shown})
        carried = [asked.statement] if spoil == "none" else [asked.statement, given]
        digest = asked.digest
        if spoil == "twice":
            carried, digest = [spent.statement, *spent.approvals], spent.digest
        work.action, work.approvals = "operator.duties-changed", [statements.as_json(each) for each in carried]
        work.details.update(proposal=digest)

    perform(room.sit("bob"), Verb("proposal.made", forged, frozenset(Duty)), None)
    assert [what for what, _ in Ledger(room.path).check()] == ["agreement"]
    assert [each.what for each in audit.inspect(room.desk).faults] == ["agreement"]


def test_a_changed_sentence_is_no_longer_signed(room: Room) -> None:
    said = membership.proposals.all_of(room.desk)[0].approvals[0]
    known = membership.rosters.read(room.desk.file.read, room.desk.workspace.id)
    ours = room.desk.workspace.id
    assert statements.holds(said, "approval", ours, known.key(said.by))
    other = replace(said, body={**said.body, "sentence": "something else"})
    assert not statements.holds(other, "approval", ours, known.key(said.by))
