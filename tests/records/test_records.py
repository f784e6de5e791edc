"""What people vouch for: entered, replaced, ended; never changed; evidence hashed; due dates counted."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import pytest

from core import __version__
from core.errors import records as errors
from core.errors.base import Refused, Several
from core.errors.people import DutyMissing
from core.model.people import Duty
from core.model.proposals import Proposal
from core.model.records import AddRecord, EndRecord, FieldType, Record, RecordKind, RecordState, Timeliness
from core.policy import records as policy
from core.policy.clauses import clauses
from core.services import audit, components, records
from core.services.perform import perform
from core.store import audit as ledger
from tests.desks import START, Room, make_room
from tests.pki.worlds import agree
from tests.services.refusing import refused, says

TODAY = date(2026, 11, 24)
REVIEW = "2026-12-15"
SAMPLES = {
    FieldType.LINE: "as agreed",
    FieldType.TEXT: "first\nsecond",
    FieldType.DATE: "2026-11-20",
    FieldType.TICK: "yes",
    FieldType.SHA256: "ab" * 32,
    FieldType.SERIALS: "",
}


def sample(kind: RecordKind, /, **facts: str) -> AddRecord:
    """A record of that kind with every field filled in."""
    told = {each.name: each.choices[0] if each.choices else SAMPLES[each.type] for each in kind.fields}
    told |= {"second": "Bob Ruiz"} if "second" in told else {}
    return AddRecord(kind.name, {**told, **facts}, "Alice Ng", REVIEW)


def known(name: str, /, **facts: str) -> AddRecord:
    return sample(policy.find(name), **facts)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path)
    yield made
    made.desk.close()


def enter(room: Room, command: AddRecord) -> Record:
    made = records.add(room.sit("alice"), command)
    assert isinstance(made, Record)
    return made


def test_kinds_name_clauses_that_exist() -> None:
    named = {clause for kind in policy.kinds().values() for clause in kind.clauses}
    assert named <= set(clauses())
    for kind in policy.kinds().values():
        fields = {each.name for each in kind.fields}
        assert {kind.each, kind.runs_out, kind.due_from, kind.done} - {""} <= fields
        assert all(bool(each.choices) == (each.type is FieldType.CHOICE) for each in kind.fields)
        assert any(each.needed for each in kind.fields)


@pytest.mark.parametrize("kind", policy.kinds().values(), ids=lambda kind: kind.name)
def test_each_kind_takes_a_whole_record_and_no_other(kind: RecordKind) -> None:
    typed = sample(kind)
    assert policy.findings(typed, typed.facts, TODAY) == []
    for field in kind.fields:
        short = {name: value for name, value in typed.facts.items() if name != field.name}
        assert bool(policy.findings(typed, short, TODAY)) == field.needed, field.name
    assert [type(each) for each in policy.findings(typed, {**typed.facts, "colour": "red"}, TODAY)] == [
        errors.RecordNotFit
    ]
    late = AddRecord(kind.name, typed.facts, "Alice Ng", "2036-01-01")
    assert [type(each) for each in policy.findings(late, late.facts, TODAY)] == [errors.ReviewNotFit]


def test_all_findings_at_once(room: Room) -> None:
    with pytest.raises(Several) as caught:
        enter(room, AddRecord("facility", {"name": "vault", "colour": "red"}, "", "soon"))
    found = [(type(each).__name__, each.field) for each in caught.value.findings]
    assert found == [
        ("TextNotFit", "owner"), ("RecordNotFit", "colour"), ("RecordNotFit", "location"), ("RecordNotFit", "holds"),
        ("RecordNotFit", "admits"), ("TextNotFit", "review"),
    ]  # fmt: skip


def test_evidence_is_hashed_and_not_kept(room: Room, tmp_path: Path) -> None:
    report = tmp_path / "Pen test 2026.pdf"
    report.write_bytes(b"canary-report" * 100_000)
    command = known("penetration-test")
    made = enter(room, AddRecord(command.kind, command.facts, "Alice Ng", REVIEW, report))
    assert (made.evidence, made.sha256) == ("Pen test 2026.pdf", sha256(report.read_bytes()).hexdigest())
    assert b"canary-report" not in room.path.read_bytes()
    assert next(ledger.newest_of(room.desk.file.read, "record.added")).body["details"]["sha256"] == made.sha256
    assert audit.inspect(room.desk).faults == ()


def test_a_newer_version_takes_the_place(room: Room, tmp_path: Path) -> None:
    proof = tmp_path / "proof.txt"
    proof.write_text("seen")
    first = enter(room, known("patch", patch="KB1", installed=""))
    assert records.rows(room.desk, "patch")[0].timeliness is Timeliness.OPEN
    second = enter(room, AddRecord("patch", {"installed": "2026-11-23"}, "Bob Ruiz", REVIEW, proof, first.id))
    assert second.facts == {**first.facts, "installed": "2026-11-23"}
    assert [each.record.id for each in records.rows(room.desk, "patch")] == [second.id]
    states = [each.record.state for each in records.rows(room.desk, "patch", all_of=True)]
    assert states == [RecordState.REPLACED, RecordState.IN_FORCE]
    third = enter(room, AddRecord("patch", {"component": "gw2"}, "Bob Ruiz", REVIEW, replaces=second.id))
    assert (third.evidence, third.sha256) == (second.evidence, second.sha256)
    refused(
        room, lambda: enter(room, AddRecord("patch", {}, "Bob Ruiz", REVIEW, replaces=first.id)), errors.NoSuchRecord
    )
    assert audit.inspect(room.desk).faults == ()


def test_one_at_a_time(room: Room) -> None:
    enter(room, known("responsible-person", person="Alice Ng"))
    enter(room, AddRecord("responsible-person", {"person": "Bob Ruiz"}, "Alice Ng", REVIEW))
    assert [each.facts["person"] for each in records.in_force(room.desk, "responsible-person")] == ["Bob Ruiz"]


def test_an_ended_record_is_over(room: Room) -> None:
    made = enter(room, known("supplier"))
    with pytest.raises(Refused):
        perform(room.sit("bob"), records.END, EndRecord(made.id, ""))
    ended = records.end(room.sit("bob"), EndRecord(made.id, "contract ended"))
    assert (ended.state, ended.ended_by) == (RecordState.ENDED, "bob")
    assert records.rows(room.desk, "supplier") == ()
    error = refused(room, lambda: records.end(room.sit("bob"), EndRecord(made.id, "again")), errors.NoSuchRecord)
    says(error, "in force")


@pytest.mark.parametrize(
    ("severity", "day", "expected"),
    [
        ("critical", "2026-12-08", Timeliness.OPEN), ("critical", "2026-12-09", Timeliness.LATE),
        ("important", "2026-12-24", Timeliness.OPEN), ("important", "2026-12-25", Timeliness.LATE),
        ("other", "2027-11-01", Timeliness.OPEN),
    ],
)  # fmt: skip
def test_patches_have_14_and_30_calendar_days(severity: str, day: str, expected: Timeliness) -> None:
    kind = policy.find("patch")
    facts = {**sample(kind).facts, "severity": severity, "released": "2026-11-24", "installed": ""}
    record = Record(1, "patch", facts, "Alice Ng", date(2027, 11, 24), "", "", 0, "", START, "alice")
    assert policy.row(record, date.fromisoformat(day)).timeliness is expected
    done = {**facts, "installed": "2026-12-20"}
    mended = Record(1, "patch", done, "Alice Ng", date(2027, 11, 24), "", "", 0, "", START, "alice")
    assert policy.row(mended, date.fromisoformat(day)).timeliness is Timeliness.GOOD


@pytest.mark.parametrize(
    ("released", "severity", "due"),
    [
        ("2028-02-20", "critical", date(2028, 3, 5)), ("2027-02-20", "critical", date(2027, 3, 6)),
        ("2026-12-31", "important", date(2027, 1, 30)), ("2026-12-31", "other", None),
    ],
)  # fmt: skip
def test_days_are_counted_over_months_and_leap_years(released: str, severity: str, due: date | None) -> None:
    assert policy.due(policy.find("patch"), {"released": released, "severity": severity}) == due
    assert policy.due(policy.find("vulnerability"), {"published": released, "severity": severity}) == due


def test_what_has_run_out_and_what_is_to_be_looked_at() -> None:
    def at(day: str, **facts: str) -> Timeliness:
        told = sample(policy.find("site-validation"), **facts).facts
        record = Record(1, "site-validation", told, "A", date(2027, 1, 31), "", "", 0, "", START, "alice")
        row = policy.row(record, date.fromisoformat(day))
        assert row.meets == (row.timeliness is Timeliness.GOOD)
        return row.timeliness

    assert at("2026-12-31", until="2026-12-31") is Timeliness.GOOD
    assert at("2027-01-01", until="2026-12-31") is Timeliness.EXPIRED
    assert at("2027-01-31", until="2027-12-31") is Timeliness.GOOD
    assert at("2027-02-01", until="2027-12-31") is Timeliness.REVIEW


def test_a_test_covers_all_three(room: Room) -> None:
    for scope in ("internal", "external", "application"):
        error = refused(
            room, lambda scope=scope: enter(room, known("penetration-test", **{scope: ""})), errors.ScopeMissing
        )
        says(error, scope)
        assert error.clause == "C26"
    says(refused(room, lambda: enter(room, known("penetration-test", internal="no")), errors.RecordNotFit), "yes")


def test_a_disposal_has_two_people(room: Room) -> None:
    says(
        refused(
            room, lambda: enter(room, known("medium-disposed", first="Al Ng", second="NG, al")), errors.SameWitness
        ),
        "NG",
    )


def test_an_incident_names_certificates_that_there_are(room: Room) -> None:
    assert enter(room, known("incident")).facts["title"]
    says(refused(room, lambda: enter(room, known("incident", serials="ab12")), errors.RecordNotFit), "serials")


def test_refusals(room: Room, tmp_path: Path) -> None:
    says(refused(room, lambda: enter(room, AddRecord("poem", {}, "A", REVIEW)), errors.NoSuchKind), "poem", "facility")
    gone = AddRecord("facility", known("facility").facts, "A", REVIEW, tmp_path / "none.pdf")
    says(refused(room, lambda: enter(room, gone), errors.EvidenceNotRead), "none.pdf")
    late = AddRecord("facility", known("facility").facts, "A", "2027-11-25")
    says(refused(room, lambda: enter(room, late), errors.ReviewNotFit), "2027-11-24")


def test_an_auditor_enters_nothing(tmp_path: Path) -> None:
    duties = {"alice": (Duty.SECURITY_OFFICER,), "bob": (Duty.AUDITOR,)}
    room = make_room(tmp_path, duties, duties=duties)
    with pytest.raises(DutyMissing):
        records.add(room.sit("bob"), known("facility"))
    room.desk.close()


def test_another_community_is_agreed_to_by_two(room: Room) -> None:
    enter(room, known("community", community="Hospitals"))
    own = enter(room, known("relying-organisation", name="Trust A", community=" hospitals "))
    assert own.proposal == ""
    command = known("relying-organisation", name="Bank B", community="Banks")
    with pytest.raises(Refused):
        records.add(room.sit("alice"), command)  # no reason
    asked = records.add(room.sit("alice"), AddRecord(command.kind, command.facts, "A", REVIEW, reason="a shared link"))
    assert isinstance(asked, Proposal)
    assert len(records.in_force(room.desk, "relying-organisation")) == 1
    agree(room, "bob", asked)
    there = records.in_force(room.desk, "relying-organisation")[-1]
    assert (there.facts["name"], there.proposal) == ("Bank B", asked.digest)
    moved = AddRecord("relying-organisation", {"community": "Banks"}, "A", REVIEW, replaces=own.id)
    says(refused(room, lambda: enter(room, moved), errors.RecordNotFit), "agreed to by two")
    assert audit.inspect(room.desk).faults == ()


def test_the_program_is_a_component_of_its_own(room: Room) -> None:
    (own,) = records.in_force(room.desk, "component")
    assert (own.facts["name"], own.facts["version"]) == ("Anchorhold", __version__)
    assert "cryptography" in own.facts["configuration"]
    rows = ledger.newest(room.desk.file.read)[0]
    with patch.object(components, "__version__", "99.0"):
        enter(room, known("facility"))
    assert ledger.newest(room.desk.file.read)[0] == rows + 1
    told = [
        (each.record.facts["version"], each.record.state) for each in records.rows(room.desk, "component", all_of=True)
    ]
    assert told == [(__version__, RecordState.REPLACED), ("99.0", RecordState.IN_FORCE)]
    assert audit.inspect(room.desk).faults == ()
