"""Kinds of records as data, what stands against a record, and when something is due about it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from core.errors import records as errors
from core.errors.base import Refused
from core.model.compliance import ClauseRow, ClauseState
from core.model.records import AddRecord, FieldType, Record, RecordField, RecordKind, RecordRow, RecordState, Timeliness
from core.policy import texts
from core.policy.calendar import duties
from core.policy.duties import same_person
from core.policy.rules import gate, rule

PATCH_DAYS = {"critical": 14, "important": 30}  # calendar days (S-e-6, S-e-7)
LONGEST_TEXT = 8000
EVIDENCE_MIB = 256
_TEST = "penetration-test"
_SCOPE = ("internal", "external", "application")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@cache
def kinds() -> dict[str, RecordKind]:
    """Every kind by name, in the order of the file."""
    text = (files("resources") / "policy" / "records.toml").read_text(encoding="utf-8")
    return {each["name"]: _kind(each) for each in tomllib.loads(text)["kind"]}


def _kind(told: dict[str, Any]) -> RecordKind:
    plain = {name: value for name, value in told.items() if name not in ("field", "clauses")}
    return RecordKind(clauses=tuple(told["clauses"]), fields=tuple(_field(each) for each in told["field"]), **plain)


def _field(told: dict[str, Any]) -> RecordField:
    return RecordField(
        name=told["name"],
        asks=told["asks"],
        type=FieldType(told.get("type", "line")),
        needed=told.get("needed", False),
        choices=tuple(duties()) if told.get("from") == "duties" else tuple(told.get("choices", ())),
    )


def find(name: str) -> RecordKind:
    """The kind of that name."""
    found = kinds().get(name)
    if found is None:
        raise errors.NoSuchKind(name, tuple(kinds()))
    return found


def serials(text: str) -> tuple[str, ...]:
    """The serials of a field, lower-case hex as they stand in the register."""
    return tuple(each.strip().lower().removeprefix("0x") for each in text.split(",") if each.strip())


def latest_review(kind: RecordKind, today: date) -> date:
    """The last day that a review may be put off to."""
    return today + timedelta(days=kind.every)


def findings(
    typed: AddRecord, facts: Mapping[str, str], today: date, known_serials: Iterable[str] = ()
) -> list[Refused]:
    """Everything that stands against a record; `facts` are the typed ones over those of the version before."""
    kind = find(typed.kind)
    found = texts.line("owner", typed.owner, needed=True)
    found += texts.line("reason", typed.reason) + texts.line("ticket", typed.ticket)
    found += [errors.RecordNotFit(kind.name, name, "unknown") for name in facts if kind.field(name) is None]
    for field in kind.fields:
        found += _value(kind, field, facts.get(field.name, ""), known_serials)
    found += scope(kind, facts) + two_people(kind, facts)
    return found + _order(kind, facts, found) + _review(kind, typed.review, today)


def _review(kind: RecordKind, review: str, today: date) -> list[Refused]:
    if not review:
        return texts.line("review", "", needed=True)
    shape = texts.day("review", review)
    if shape:
        return shape
    latest = latest_review(kind, today)
    fits = today < date.fromisoformat(review) <= latest
    return [] if fits else [errors.ReviewNotFit(review, latest.isoformat())]


def _value(kind: RecordKind, field: RecordField, value: str, known_serials: Iterable[str]) -> list[Refused]:
    if field.type is FieldType.TICK:
        return _tick(kind, field, value)
    if not value.strip():
        return [errors.RecordNotFit(kind.name, field.name, "empty")] if field.needed else []
    match field.type:
        case FieldType.DATE:
            return texts.day(field.name, value)
        case FieldType.CHOICE if value not in field.choices:
            return [errors.RecordNotFit(kind.name, field.name, "choice", field.choices)]
        case FieldType.SHA256 if not _SHA256.fullmatch(value):
            return [errors.RecordNotFit(kind.name, field.name, "sha256")]
        case FieldType.SERIALS if not set(serials(value)) <= set(known_serials):
            return [errors.RecordNotFit(kind.name, field.name, "serials")]
        case FieldType.TEXT:
            return [each for part in value.splitlines() for each in texts.line(field.name, part, limit=LONGEST_TEXT)][
                :1
            ]
    return texts.line(field.name, value)


def _tick(kind: RecordKind, field: RecordField, value: str) -> list[Refused]:
    if value == "yes" or (not value and not field.needed):
        return []
    if kind.name == _TEST and field.name in _SCOPE and not value:
        return []  # `scope` says it
    return [errors.RecordNotFit(kind.name, field.name, "tick" if value else "empty")]


def _order(kind: RecordKind, facts: Mapping[str, str], found: list[Refused]) -> list[Refused]:
    """What was done was not done before there was a reason to do it."""
    begun, done = facts.get(kind.due_from, ""), facts.get(kind.done, "")
    early = begun and done and not found and date.fromisoformat(done) < date.fromisoformat(begun)
    return [errors.RecordNotFit(kind.name, kind.done, "early")] if early else []


@rule("C26")
def scope(kind: RecordKind, facts: Mapping[str, str]) -> list[Refused]:
    """A penetration test covers attack from inside and outside, and the application layer."""
    missing = [each for each in _SCOPE if kind.name == _TEST and not facts.get(each, "")]
    return [errors.ScopeMissing(kind.name, each) for each in missing]


@rule("S-b-6")
def two_people(kind: RecordKind, facts: Mapping[str, str]) -> list[Refused]:
    """Who clears a medium and who sees it cleared are two."""
    first, second = facts.get("first", ""), facts.get("second", "")
    one = kind.field("second") is not None and first and same_person(first, second)
    return [errors.SameWitness(second)] if one else []


@gate("S-e-6")
def due(kind: RecordKind, facts: Mapping[str, str]) -> date | None:
    """The day the work has to be done by: 14 or 30 calendar days after the release; None where nothing is counted."""
    begun = facts.get(kind.due_from, "")
    days = PATCH_DAYS.get(facts.get("severity", ""))
    if not begun or days is None:
        return None
    return date.fromisoformat(begun) + timedelta(days=days)


def asked_for(rows: Iterable[ClauseRow]) -> frozenset[str]:
    """The kinds that an open or overdue clause asks for and has no record of."""
    waiting = [each for each in rows if each.state in (ClauseState.OPEN, ClauseState.OVERDUE) and not each.records]
    return frozenset(one.partition(":")[0] for each in waiting for one in each.register.records)


def versions(rows: Iterable[RecordRow], number: int) -> tuple[RecordRow, ...]:
    """The versions of one record that there were, the newest first: those before and after the one of that number."""
    before = {each.record.id: each for each in rows}
    after = {each.record.replaces: each for each in before.values() if each.record.replaces}
    newest = before.get(number)
    while newest is not None and newest.record.id in after:
        newest = after[newest.record.id]
    found = []
    while newest is not None:
        found.append(newest)
        newest = before.get(newest.record.replaces)
    return tuple(found)


def row(record: Record, today: date) -> RecordRow:
    """How a record stands. What ran out is worse than what is late, and that worse than a review."""
    kind = find(record.kind)
    ends, late = record.facts.get(kind.runs_out, ""), due(kind, record.facts)
    undone = bool(kind.done) and not record.facts.get(kind.done, "")
    next_due = min([record.review, *([late] if late and undone else []), *([date.fromisoformat(ends)] if ends else [])])
    if record.state is not RecordState.IN_FORCE:
        return RecordRow(record, kind, Timeliness.GOOD, next_due)
    if ends and date.fromisoformat(ends) < today:
        return RecordRow(record, kind, Timeliness.EXPIRED, next_due)
    if undone and late and late < today:
        return RecordRow(record, kind, Timeliness.LATE, next_due)
    if record.review < today:
        return RecordRow(record, kind, Timeliness.REVIEW, next_due)
    return RecordRow(record, kind, Timeliness.OPEN if undone else Timeliness.GOOD, next_due)
