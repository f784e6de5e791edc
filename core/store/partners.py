"""Workspaces that were met, and the carried files that left or came."""

import json
import sqlite3
from datetime import datetime

from core.model.carry import Meeting, Partner, Person
from core.store.unit import Unit


def _partner(row: sqlite3.Row) -> Partner:
    people = tuple(Person(name, full, bytes.fromhex(key)) for name, full, key in json.loads(row["people"]))
    meeting = Meeting(
        workspace=row["uuid"],
        name=row["name"],
        kind=row["kind"],
        rehearsal=bool(row["rehearsal"]),
        people=people,
        root=row["root"],
        digest=row["digest"],
    )
    heard = tuple(json.loads(row["heard_by"]))
    return Partner(row["id"], meeting, heard, datetime.fromisoformat(row["met"]))


def _people(people: tuple[Person, ...]) -> str:
    return json.dumps([[each.name, each.full_name, each.key.hex()] for each in people])


def find(connection: sqlite3.Connection, uuid: str) -> Partner | None:
    """The newest introduction of a workspace."""
    row = connection.execute("SELECT * FROM partner WHERE uuid = ? ORDER BY id DESC LIMIT 1", (uuid,)).fetchone()
    return _partner(row) if row else None


def everyone(connection: sqlite3.Connection) -> tuple[Partner, ...]:
    """The newest introduction of every workspace."""
    newest = "SELECT max(id) FROM partner GROUP BY uuid"
    return tuple(
        _partner(row) for row in connection.execute(f"SELECT * FROM partner WHERE id IN ({newest}) ORDER BY id")
    )


def add(unit: Unit, meeting: Meeting, by: str, met: str) -> int:
    """Half met: one person typed the fingerprint."""
    return unit.insert(
        "partner",
        uuid=meeting.workspace,
        name=meeting.name,
        kind=meeting.kind,
        rehearsal=int(meeting.rehearsal),
        root=meeting.root,
        digest=meeting.digest,
        met=met,
        people=_people(meeting.people),
        heard_by=json.dumps([by]),
    )


def heard(unit: Unit, partner: Partner, by: str) -> None:
    """One more person typed it."""
    unit.update("partner", partner.id, heard_by=json.dumps([*partner.heard_by, by]))


def follow(unit: Unit, partner: Partner, people: tuple[Person, ...]) -> None:
    """The sender's people as a known sender now says they are."""
    unit.update("partner", partner.id, people=_people(people))


def sent(unit: Unit, sha256: str, kind: str, about: str, time: str) -> int:
    """A carried file left, or came: its digest is what an answer must name."""
    return unit.insert("carried", sha256=sha256, kind=kind, about=about, time=time)


def about(connection: sqlite3.Connection, sha256: str) -> str | None:
    """What a carried file that we know was about; None where we do not know it."""
    row = connection.execute("SELECT about FROM carried WHERE sha256 = ?", (sha256,)).fetchone()
    return str(row["about"]) if row else None
