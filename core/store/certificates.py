"""Certificates of ours, from their intent on."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from core.model.certificates import Issued, IssueState, Listed
from core.store.authorities import name_of, text_of
from core.store.unit import Unit

_LISTED = (
    "id, serial, authority_id, device_id, profile, subject, spki, not_before, not_after, ticket, proposal, state, made"
)


def _facts(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "serial": row["serial"],
        "authority_id": row["authority_id"],
        "device_id": row["device_id"],
        "profile": row["profile"],
        "subject": name_of(row["subject"]),
        "spki": row["spki"],
        "not_before": datetime.fromisoformat(row["not_before"]),
        "not_after": datetime.fromisoformat(row["not_after"]),
        "ticket": row["ticket"],
        "proposal": row["proposal"],
        "state": IssueState(row["state"]),
        "made": datetime.fromisoformat(row["made"]),
    }


def _issued(row: sqlite3.Row) -> Issued:
    return Issued(**_facts(row), tbs=row["tbs"], der=row["der"])


def _many(connection: sqlite3.Connection, where: str, *values: object) -> Iterator[Issued]:
    query = f"SELECT * FROM certificate WHERE {where} ORDER BY id"
    return (_issued(row) for row in connection.execute(query, values))


def listed(connection: sqlite3.Connection) -> tuple[Listed, ...]:
    """Every certificate without its bytes, oldest first, with what was only intended."""
    return tuple(Listed(**_facts(row)) for row in connection.execute(f"SELECT {_LISTED} FROM certificate ORDER BY id"))


def of_device(connection: sqlite3.Connection, device_id: int) -> tuple[Issued, ...]:
    """A device's certificates, oldest first."""
    return tuple(_many(connection, "device_id = ?", device_id))


def of_authority(connection: sqlite3.Connection, authority_id: int) -> tuple[Issued, ...]:
    """What an authority signed or was about to sign, oldest first."""
    return tuple(_many(connection, "authority_id = ?", authority_id))


def of_proposal(connection: sqlite3.Connection, digest: str) -> tuple[Issued, ...]:
    """What an approved proposal became, oldest first."""
    return tuple(_many(connection, "proposal = ?", digest))


def with_key(connection: sqlite3.Connection, spki: bytes) -> tuple[Issued, ...]:
    """Every certificate over that key."""
    return tuple(_many(connection, "spki = ?", spki))


def devices_with_ticket(connection: sqlite3.Connection, ticket: str) -> tuple[int, ...]:
    """The devices that have a certificate of that ticket, 0 for an authority's."""
    found = connection.execute("SELECT DISTINCT device_id FROM certificate WHERE ticket = ?", (ticket,))
    return tuple(int(row[0]) for row in found)


def named(connection: sqlite3.Connection, folded_subject: str) -> tuple[Issued, ...]:
    """Every certificate whose subject is that name as RFC 5280 7.1 compares names."""
    return tuple(_many(connection, "folded = ?", folded_subject))


def find(connection: sqlite3.Connection, serial: str) -> tuple[Issued, ...]:
    """The certificates of a serial (hex, lower case); more than one only where two authorities gave the same."""
    return tuple(_many(connection, "serial = ?", serial))


def get(connection: sqlite3.Connection, number: int) -> Issued:
    """A certificate by its number, which must exist."""
    return _issued(connection.execute("SELECT * FROM certificate WHERE id = ?", (number,)).fetchone())


def intend(unit: Unit, issued: Issued, folded_subject: str) -> int:
    """The intent: the serial is taken and the bytes stand, before anything is signed."""
    return unit.insert(
        "certificate",
        serial=issued.serial,
        authority_id=issued.authority_id,
        device_id=issued.device_id,
        profile=issued.profile,
        subject=text_of(issued.subject),
        folded=folded_subject,
        spki=issued.spki,
        not_before=issued.not_before.isoformat(),
        not_after=issued.not_after.isoformat(),
        tbs=issued.tbs,
        ticket=issued.ticket,
        proposal=issued.proposal,
        made=issued.made.isoformat(),
        der=b"",
        state=IssueState.INTENDED.value,
    )


def finish(unit: Unit, number: int, der: bytes) -> None:
    """The outcome: the certificate itself."""
    unit.update("certificate", number, der=der, state=IssueState.ISSUED.value)
