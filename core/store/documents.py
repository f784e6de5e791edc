"""Approved versions of policy documents. Nothing of one changes but that it was made available."""

import json
import sqlite3
from datetime import datetime

from core.model.documents import Document, Version
from core.store.failures import understood
from core.store.schema import has
from core.store.unit import Unit


@understood
def _version(row: sqlite3.Row) -> Version:
    return Version(
        id=row["id"],
        document=Document(row["document"]),
        number=row["number"],
        sha256=row["sha256"],
        text=tuple((number, title, tuple(lines)) for number, title, lines in json.loads(row["text"])),
        proposer=row["proposer"],
        approver=row["approver"],
        reason=row["reason"],
        proposal=row["proposal"],
        made=datetime.fromisoformat(row["made"]),
        published=row["published"],
        published_by=row["published_by"],
        distribution=row["distribution"],
    )


def versions(connection: sqlite3.Connection, document: Document) -> tuple[Version, ...]:
    """Every approved version, newest first; files of versions before have no such table until something is written."""
    if not has(connection, "document"):
        return ()
    query = "SELECT * FROM document WHERE document = ? ORDER BY id DESC"
    return tuple(_version(row) for row in connection.execute(query, (document.value,)))


def add(unit: Unit, version: Version) -> int:
    """Enter an approved version; its `id` is given here."""
    return unit.insert(
        "document",
        document=version.document.value,
        number=version.number,
        sha256=version.sha256,
        text=json.dumps(version.text),
        proposer=version.proposer,
        approver=version.approver,
        reason=version.reason,
        proposal=version.proposal,
        made=version.made.isoformat(),
        published="",
        published_by="",
        distribution="",
    )


def publish(unit: Unit, number: int, when: datetime, who: str, distribution: str) -> None:
    """A version was made available."""
    unit.update("document", number, published=when.isoformat(), published_by=who, distribution=distribution)
