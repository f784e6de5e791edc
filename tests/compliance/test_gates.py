"""The gates on the way: other communities, other organisations, changed profiles; and records that reopen their rows."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from core.errors.compliance import ChangeNotRecorded, NotPublished
from core.errors.proposals import OwnProposal
from core.model.certificates import SubmitRequest
from core.model.compliance import GREEN, ClauseState
from core.model.documents import Document, ProposeDocument, PublishDocument
from core.model.proposals import Proposal
from core.model.records import AddRecord, EndRecord, Record
from core.model.workspace import Kind
from core.policy import profiles, register
from core.policy.records import find
from core.services import compliance, documents, enrolment, records
from tests.desks import Room, make_room
from tests.pki.worlds import DUTIES, World, agree, certify, csr, make_network
from tests.records.test_records import sample
from tests.services.refusing import refused


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = make_network(tmp_path_factory.mktemp("gates"))
    yield made
    made.root.desk.close()
    made.issuing.desk.close()


def submit(world: World, name: str, organisation: str) -> Proposal:
    untrusted = csr(ec.generate_private_key(ec.SECP256R1()), f"{name}.example.net")
    typed = SubmitRequest(name, untrusted, f"CHG-{name}", subject=f"CN={name}.example.net, O={organisation}")
    return enrolment.submit(world.issuing.sit("alice"), typed)


def test_an_organisation_of_another_community_takes_two(world: World) -> None:
    facts = {"name": "Bank B", "community": "Banks", "contact": "Eve"}
    asked = records.add(
        world.issuing.sit("alice"),
        AddRecord("relying-organisation", facts, "Alice Ng", "2027-03-01", reason="they share a data centre"),
    )
    assert isinstance(asked, Proposal)
    assert records.in_force(world.issuing.desk, "relying-organisation") == ()
    refused(world.issuing, lambda: agree(world.issuing, "alice", asked), OwnProposal)
    agree(world.issuing, "bob", asked)
    assert [each.facts["name"] for each in records.in_force(world.issuing.desk, "relying-organisation")] == ["Bank B"]


@pytest.mark.parametrize("named", [True, False])
def test_a_second_organisation_gets_nothing_before_cp_and_cps_are_published(world: World, named: bool) -> None:
    """Also where the workspace names no organisation of its own: then the first that relies on it is the first."""
    room, own = world.issuing, world.issuing.desk.workspace.organisation
    room.sit("alice")
    room.desk.workspace = replace(room.desk.workspace, organisation=own if named else "")
    if not named:
        for each in ("Trust A", "Trust B"):
            facts = {"name": each, "community": records.community(room.desk), "contact": "Eve"}
            records.add(room.desk, replace(sample(find("relying-organisation")), facts=facts))
    name = f"gw-b{named:d}"
    room.device(name)
    try:
        refused(room, lambda: submit(world, name, "Trust B"), NotPublished)
        if named:
            return
        for each in Document:
            agree(room, "bob", documents.propose(room.sit("alice"), ProposeDocument(each, "first issue")))
            documents.publish(room.sit("alice"), PublishDocument(each, "sent to both"))
        assert submit(world, name, "Trust B").facts["device"] == name
    finally:
        room.desk.workspace = replace(room.desk.workspace, organisation=own)


def test_a_changed_profile_needs_its_change_record(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    certify(world, "gw-p1", "CHG-P1")
    known = profiles.profiles()
    changed = {**known, "ipsec-gateway": replace(known["ipsec-gateway"], days=300)}
    monkeypatch.setattr(profiles, "profiles", lambda: changed)
    monkeypatch.setattr("core.policy.enrolment.profiles", lambda: changed)
    own = world.issuing.desk.workspace.organisation or "Trust A"
    world.issuing.device("gw-p2")
    refused(world.issuing, lambda: submit(world, "gw-p2", own), ChangeNotRecorded)
    change = sample(find("change"))
    records.add(world.issuing.sit("alice"), replace(change, facts={**change.facts, "reference": "ipsec-gateway"}))
    assert submit(world, "gw-p2", own).facts["profile"] == "ipsec-gateway"


def room_of(folder: Path) -> Room:
    return make_room(folder, DUTIES, kind=Kind.ISSUING, duties=DUTIES)


def test_every_record_that_goes_reopens_its_row(tmp_path: Path) -> None:
    """Each row of the register that a record meets, one after the other in one workspace."""
    room, seen = room_of(tmp_path), 0
    records.add(
        room.sit("alice"), replace(sample(find("service-model")), facts={"shared": "yes", "why": "three trusts"})
    )
    for row in register.rows().values():
        for each in row.records if Kind.ISSUING in row.kinds and not row.when else ():
            kind, _, condition = each.partition(":")
            if kind in ("service-model", "procedure", "duty-done"):
                continue  # these have tests of their own
            before = compliance.clause(room.desk, row.clause).state
            command = sample(find(kind))
            extra = dict([condition.split("=")]) if condition else {}
            made = records.add(room.sit("alice"), replace(command, facts={**command.facts, **extra}))
            assert isinstance(made, Record)
            with_it = compliance.clause(room.desk, row.clause)
            assert made.id in [one.record.id for one in with_it.records], each
            assert with_it.state in (*GREEN, ClauseState.OVERDUE), each  # the sample's own end may have passed
            records.end(room.sit("alice"), EndRecord(made.id, "taken out again"))
            assert compliance.clause(room.desk, row.clause).state is before, each
            seen += before is ClauseState.OPEN
    assert seen > 20
    room.desk.close()
