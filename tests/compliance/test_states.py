"""How clauses stand: by records, waivers and decisions, each over by itself, and never green for what was replaced."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.errors.base import Refused
from core.errors.certificates import ValidityTooLong
from core.errors.compliance import ChangeNotRecorded, NoCommunity, NoResponsiblePerson, NotWaivable, OtherCommunity
from core.errors.enrolment import PersonalName
from core.exports.calendar import escaped, folded
from core.model.advice import Act, Step, Task
from core.model.caps import CapState, ChangeCaps
from core.model.compliance import ClauseState, Effect, Todo, Waive
from core.model.decisions import Decide
from core.model.people import NewOperator
from core.model.records import AddRecord, EndRecord, Record
from core.model.workspace import Kind, NewWorkspace
from core.policy import gates, register
from core.policy.clauses import clauses
from core.policy.waivers import weighed
from core.services import audit, calendar, caps, compliance, decisions, perform, records, waivers, workspace
from core.words.advice import step
from core.words.compliance import DO, STATES, what_to_do
from tests.desks import Room, make_room
from tests.pki.worlds import DUTIES, agree
from tests.services.refusing import refused, says


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path, DUTIES, kind=Kind.ROOT, duties=DUTIES)
    yield made
    made.desk.close()


def state(room: Room, clause: str) -> ClauseState:
    return compliance.clause(room.desk, clause).state


def enter(room: Room, kind: str, **facts: str) -> Record:
    made = records.add(room.sit("alice"), AddRecord(kind, facts, "Alice Ng", "2026-12-15"))
    assert isinstance(made, Record)
    return made


def test_every_clause_has_its_state_and_what_to_do(room: Room) -> None:
    found = compliance.status(room.desk)
    assert [row.clause.id for row in found.rows] == list(clauses())
    assert not found.green
    assert set(STATES) == set(ClauseState)
    assert set(DO) == set(Todo)
    assert all(what_to_do(row).endswith(".") for row in found.rows)
    assert sum(found.counts.values()) == 105


def test_a_record_meets_its_row_and_its_end_opens_it_again(room: Room) -> None:
    assert state(room, "M9") is ClauseState.OPEN
    made = enter(room, "posture-review", person="Alice Ng", reviewed="2026-11-20", outcome="two rows are open")
    assert state(room, "M9") is ClauseState.ATTESTED
    room.clock.passes(days=30)
    assert state(room, "M9") is ClauseState.OVERDUE
    records.end(room.sit("alice"), EndRecord(made.id, "wrong year"))
    assert state(room, "M9") is ClauseState.OPEN


def test_five_procedures_are_needed(room: Room) -> None:
    for each in ("enrol", "revoke", "renew", "ceremony"):
        enter(room, "procedure", procedure=each, text="first this, then that")
    assert state(room, "M8") is ClauseState.OPEN
    enter(room, "procedure", procedure="incident", text="call the duty officer")
    assert state(room, "M8") is ClauseState.RECORDED


def test_a_shared_service_makes_section_4_due(room: Room) -> None:
    assert state(room, "S-d-2") is ClauseState.OPTIONAL
    before = compliance.status(room.desk).counts
    enter(room, "service-model", shared="yes", why="three trusts share it")
    assert state(room, "S-d-2") is ClauseState.OPEN
    assert compliance.status(room.desk).counts[ClauseState.OPEN] > before[ClauseState.OPEN]


def test_a_waiver_is_of_two_people_and_ends_by_itself(room: Room) -> None:
    typed = Waive("C25", "the tester comes in March", "2027-03-31", "2027-01-31", "CHG7")
    asked = waivers.waive(room.sit("alice"), typed)
    assert state(room, "C25") is ClauseState.OPEN
    agree(room, "bob", asked)
    assert state(room, "C25") is ClauseState.WAIVED
    assert not compliance.status(room.desk).green
    room.clock.passes(days=127)  # 2027-03-31, its last day
    assert state(room, "C25") is ClauseState.WAIVED
    room.clock.passes(days=1)
    assert state(room, "C25") is ClauseState.OPEN
    assert audit.inspect(room.desk).faults == ()


@pytest.mark.parametrize(
    ("clause", "why"),
    [
        ("C9", "must or shall"), ("A6", "enforced"), ("A8", "never"), ("A10", "never"), ("A13", "never"), ("M3", "never"), ("S-a-2", "never"),
        ("L2", "decided"), ("M10", "ceremony"), ("Z9", "not a clause"), ("S-g-1", "enforced"),
    ],
)  # fmt: skip
def test_what_is_not_waived(room: Room, clause: str, why: str) -> None:
    typed = Waive(clause, "no time", "2027-03-31", "2027-01-31", "CHG7")
    says(refused(room, lambda: waivers.waive(room.sit("alice"), typed), NotWaivable), why)


def test_must_is_weighed_as_before() -> None:
    must, should = NoResponsiblePerson("root"), PersonalName("john.smith@example.net", "mailbox")
    other = OtherCommunity("Bank", "Banks", "Hospitals")
    assert weighed([must, other, should], ["C24", "A6", "C11"]) == ([must, other], ["C11"])


WAIVABLE = {name: row.effect for name, row in register.rows().items() if row.effect}
ISSUING: dict[str, Refused] = {
    "M4": ValidityTooLong("2028-01-01", "2027-11-24", "year"),
    "C11": PersonalName("john.smith@example.net", "mailbox"),
    "S-e-2": ChangeNotRecorded("ipsec-gateway"),
}


def test_what_is_waivable_at_issuing_has_its_finding_here() -> None:
    assert {name for name, effect in WAIVABLE.items() if effect is Effect.ISSUING} == set(ISSUING)
    assert all(each.clause == name for name, each in ISSUING.items())


@pytest.mark.parametrize("clause", WAIVABLE)
def test_every_waiver_has_its_effect_and_ends_by_itself(room: Room, clause: str) -> None:
    if WAIVABLE[clause] is Effect.RECORD:
        enter(room, "service-model", shared="yes", why="three trusts share it")  # section 4 is due
    before = state(room, clause)
    agree(room, "bob", waivers.waive(room.sit("alice"), Waive(clause, "later", "2027-03-31", "2027-01-31", "CHG7")))
    for passed, counts in ((0, True), (127, True), (1, False)):
        room.clock.passes(days=passed)
        if WAIVABLE[clause] is Effect.RECORD:
            assert (state(room, clause) is ClauseState.WAIVED) is counts
            assert counts or state(room, clause) in (before, ClauseState.OVERDUE)
            continue
        with perform.reading(room.desk) as work:
            assert waivers.weigh(work, [ISSUING[clause]]) == ([] if counts else [ISSUING[clause]])
            assert work.details.get("waived") == ([clause] if counts else None)


def test_a_replaced_date_is_never_green(room: Room) -> None:
    assert state(room, "L2") is ClauseState.OPEN
    assert [each.state for each in caps.rows(room.desk)] == [CapState.EXPIRED, CapState.ACTIVE]
    typed = Decide("L2", "2029-12-31", "2027-06-30", "no newer date", "CHG9")
    agree(room, "bob", decisions.decide(room.sit("alice"), typed))
    row = compliance.clause(room.desk, "L2")
    assert (row.state, row.about) == (ClauseState.REPLACED, "D-1")
    assert state(room, "L1") is ClauseState.REPLACED
    assert "replaced by decision" in STATES[row.state]
    room.clock.passes(days=365)  # its review is overdue: it does not count any more
    assert state(room, "L2") is ClauseState.OVERDUE


def test_a_late_waiver_or_decision_is_told_with_what_renews_it(room: Room) -> None:
    def told() -> list[Step]:
        return [each for each in calendar.steps(room.desk) if each.task in (Task.WAIVER, Task.DECISION)]

    agree(room, "bob", waivers.waive(room.sit("alice"), Waive("C25", "in March", "2027-07-31", "2027-01-31", "CHG7")))
    typed = Decide("L2", "2029-12-31", "2027-01-31", "no newer date", "CHG9")
    agree(room, "bob", decisions.decide(room.sit("alice"), typed))
    assert told() == []
    room.clock.passes(days=127)
    assert {(each.task, each.act, each.about, each.day) for each in told()} == {
        (Task.WAIVER, Act.WAIVE, "C25", "2027-01-31"),
        (Task.DECISION, Act.DECIDE, "L2", "2027-01-31"),
    }
    assert {step(each) for each in told()} == {
        "The waiver of C25 was to be looked at again by 2027-01-31.",
        "The decision on L2 was to be looked at again by 2027-01-31.",
    }
    late = {each.uid: calendar.offers(each) for each in calendar.overdue(room.desk)}
    assert [(each.act, each.about, each.due) for each in late["waiver-1"]] == [(Act.WAIVE, "C25", True)]
    agree(room, "bob", waivers.waive(room.sit("alice"), Waive("C25", "in May", "2027-09-30", "2027-06-30", "CHG8")))
    assert [each.task for each in told()] == [Task.DECISION]  # the newer waiver was the look


def test_a_new_table_is_of_two_people_and_old_versions_stay(room: Room) -> None:
    typed = ChangeCaps("2029-12-31", "2034-12-31", "Guidance of 2026", "2026-10-01", "new dates", "CHG9")
    asked = caps.change(room.sit("alice"), typed)
    assert len(caps.versions(room.desk)) == 1
    agree(room, "bob", asked)
    assert [each.version for each in caps.versions(room.desk)] == [1, 2]
    assert [each.until for each in caps.rows(room.desk)] == [date(2029, 12, 31), date(2034, 12, 31)]
    assert state(room, "L2") is ClauseState.ENFORCED
    assert audit.inspect(room.desk).faults == ()


def test_no_responsible_person_and_no_community_stop_the_set_up(tmp_path: Path) -> None:
    people = tuple(NewOperator(name, f"{name.title()} Ng", DUTIES[name]) for name in ("alice", "bob"))
    new = NewWorkspace(tmp_path / "x.anchorhold", Kind.ROOT, "Root", people)
    found = {type(each) for each in workspace.findings(new)}
    assert {NoCommunity, NoResponsiblePerson} <= found
    assert gates.declared(Kind.LINKS, "") == gates.responsible(Kind.LINKS, "") == []


def test_a_late_duty_is_told_and_signed_off(room: Room) -> None:
    assert state(room, "S-e-0") is ClauseState.RECORDED
    room.clock.passes(days=184)
    late = {each.uid for each in calendar.overdue(room.desk)}
    assert "duty-custody-check" in late
    assert state(room, "S-e-0") is ClauseState.OVERDUE
    command = AddRecord("duty-done", {"duty": "custody-check", "found": "all there"}, "Bob Ruiz", "2027-06-15")
    records.add(room.sit("alice"), command)
    assert "duty-custody-check" not in {each.uid for each in calendar.overdue(room.desk)}


def test_calendar_lines() -> None:
    assert escaped("a,b;c\\d\ne\x07") == "a\\,b\\;c\\\\d\\ne?"
    line = folded("SUMMARY:" + "\u00e9" * 90)
    assert all(len(part.encode()) <= 75 for part in line.split("\r\n"))
    assert line.replace("\r\n ", "") == "SUMMARY:" + "\u00e9" * 90
