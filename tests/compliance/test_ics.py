"""The calendar file, read back by another program's parser."""

from datetime import UTC, date, datetime
from pathlib import Path

from icalendar import Calendar

from core.exports.calendar import calendar as written
from core.model.calendar import Due, Matter
from core.services import calendar
from core.words.calendar import MATTERS
from tests.desks import make_room

NASTY = "safe; bag, no\\7: \u00e9\u4eac " * 9
MADE = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_another_parser_reads_what_was_written() -> None:
    about, clauses = f"{NASTY}\nsecond line", ("C27", "S-b-4")
    due = Due(Matter.RECORD, "record-7", date(2027, 2, 28), about, "Alice, Ng", clauses, overdue=False)
    told = Calendar.from_ical(written("Data centres", "w1", MADE, [due], ["record"]))
    assert str(told["VERSION"]) == "2.0"
    assert str(told["X-WR-CALNAME"]) == "Data centres"
    (event,) = told.walk("VEVENT")
    assert str(event["UID"]) == "record-7@w1"
    assert str(event["SUMMARY"]) == f"record: {NASTY}\nsecond line"
    assert str(event["DESCRIPTION"]) == "C27, S-b-4 - Alice, Ng"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 2, 28), date(2027, 3, 1))
    assert event["DTSTAMP"].dt == MADE
    assert event.errors == []


def test_every_due_date_of_a_workspace_is_in_its_file(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    due = calendar.due(room.desk)
    assert due
    content = calendar.as_ics(room.desk, due, [MATTERS[each.matter] for each in due])
    told = {str(each["UID"]).partition("@")[0]: each for each in Calendar.from_ical(content).walk("VEVENT")}
    assert {uid: each["DTSTART"].dt for uid, each in told.items()} == {each.uid: each.day for each in due}
    for each in due:
        assert str(told[each.uid]["SUMMARY"]) == f"{MATTERS[each.matter]}: {each.about}"
    room.desk.close()
