"""Records on file. Nothing of one changes but whether it is in force."""

import json
import sqlite3
from dataclasses import replace
from datetime import date, datetime

from core.model.records import Record, RecordState
from core.store.failures import understood
from core.store.schema import has
from core.store.unit import Unit


@understood
def _record(row: sqlite3.Row) -> Record:
    return Record(
        id=row["id"],
        kind=row["kind"],
        facts=json.loads(row["facts"]),
        owner=row["owner"],
        review=date.fromisoformat(row["review"]),
        evidence=row["evidence"],
        sha256=row["sha256"],
        replaces=row["replaces"],
        proposal=row["proposal"],
        made=datetime.fromisoformat(row["made"]),
        made_by=row["made_by"],
        state=RecordState(row["state"]),
        ended=row["ended"],
        ended_by=row["ended_by"],
        because=row["because"],
    )


def all_records(connection: sqlite3.Connection) -> tuple[Record, ...]:
    """Every record, oldest first, those that ended too."""
    if not has(connection, "record"):
        return ()
    return tuple(_record(row) for row in connection.execute("SELECT * FROM record ORDER BY id"))


def in_force(connection: sqlite3.Connection, kind: str) -> tuple[Record, ...]:
    """The records of a kind that hold now, oldest first."""
    if not has(connection, "record"):
        return ()
    query = "SELECT * FROM record WHERE kind = ? AND state = ? ORDER BY id"
    return tuple(_record(row) for row in connection.execute(query, (kind, RecordState.IN_FORCE.value)))


def find(connection: sqlite3.Connection, number: int) -> Record | None:
    """The record of that number."""
    row = connection.execute("SELECT * FROM record WHERE id = ?", (number,)).fetchone()
    return _record(row) if row else None


def add(unit: Unit, record: Record) -> Record:
    """Enter a record; its `id` is given here."""
    number = unit.insert(
        "record",
        kind=record.kind,
        facts=json.dumps(record.facts, sort_keys=True),
        owner=record.owner,
        review=record.review.isoformat(),
        evidence=record.evidence,
        sha256=record.sha256,
        replaces=record.replaces,
        proposal=record.proposal,
        made=record.made.isoformat(),
        made_by=record.made_by,
        state=record.state.value,
        ended="",
        ended_by="",
        because="",
    )
    return replace(record, id=number)


def end(unit: Unit, number: int, state: RecordState, when: datetime, who: str, because: str) -> None:
    """Take a record out of force."""
    unit.update("record", number, state=state.value, ended=when.isoformat(), ended_by=who, because=because)
