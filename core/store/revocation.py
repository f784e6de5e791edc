"""Revocations and CRLs on file. Nothing here takes a revocation back."""

import sqlite3
from datetime import datetime

from core.model.revocation import Published, Reason, Revocation
from core.store.unit import Unit


def _revocation(row: sqlite3.Row) -> Revocation:
    compromised = row["compromised_at"]
    return Revocation(
        id=row["id"],
        certificate_id=row["certificate_id"],
        reason=Reason(row["reason"]),
        suspected=bool(row["suspected"]),
        at=datetime.fromisoformat(row["at"]),
        compromised_at=datetime.fromisoformat(compromised) if compromised else None,
        ticket=row["ticket"],
        by=row["operator"],
        reviewed_by=row["reviewed_by"],
    )


def all_revocations(connection: sqlite3.Connection) -> tuple[Revocation, ...]:
    """Every revocation, oldest first."""
    return tuple(_revocation(row) for row in connection.execute("SELECT * FROM revocation ORDER BY id"))


def newest(connection: sqlite3.Connection, most: int) -> tuple[Revocation, ...]:
    """The last revocations, the newest first."""
    rows = connection.execute("SELECT * FROM revocation ORDER BY id DESC LIMIT ?", (most,))
    return tuple(_revocation(row) for row in rows)


def of_certificate(connection: sqlite3.Connection, certificate_id: int) -> Revocation | None:
    """The revocation of a certificate."""
    row = connection.execute("SELECT * FROM revocation WHERE certificate_id = ?", (certificate_id,)).fetchone()
    return _revocation(row) if row else None


def add(unit: Unit, revocation: Revocation) -> int:
    """Revoke; final."""
    return unit.insert(
        "revocation",
        certificate_id=revocation.certificate_id,
        reason=revocation.reason.value,
        suspected=int(revocation.suspected),
        at=revocation.at.isoformat(),
        compromised_at=revocation.compromised_at.isoformat() if revocation.compromised_at else "",
        ticket=revocation.ticket,
        operator=revocation.by,
        reviewed_by=revocation.reviewed_by,
    )


def reviewed(unit: Unit, number: int, by: str) -> None:
    """The second look at an urgent revocation."""
    unit.update("revocation", number, reviewed_by=by)


def _published(row: sqlite3.Row) -> Published:
    return Published(
        id=row["id"],
        authority_id=row["authority_id"],
        number=row["number"],
        this_update=datetime.fromisoformat(row["this_update"]),
        next_update=datetime.fromisoformat(row["next_update"]),
        entries=row["entries"],
        covers=row["covers"],
        tbs=row["tbs"],
        der=row["der"],
    )


_SIGNED = "SELECT * FROM crl WHERE authority_id = ? AND length(der) > 0"


def signed(connection: sqlite3.Connection, authority_id: int, number: int = 0) -> Published | None:
    """An authority's newest signed CRL, or the one of that number. There is one a day, for years: none is read in vain."""
    query, asked = (
        (f"{_SIGNED} AND number = ?", (number,)) if number else (f"{_SIGNED} ORDER BY number DESC LIMIT 1", ())
    )
    row = connection.execute(query, (authority_id, *asked)).fetchone()
    return _published(row) if row else None


def intended(connection: sqlite3.Connection, authority_id: int, number: int) -> Published | None:
    """The intent of that number, while it is not signed."""
    query = "SELECT * FROM crl WHERE authority_id = ? AND number = ? AND length(der) = 0"
    row = connection.execute(query, (authority_id, number)).fetchone()
    return _published(row) if row else None


def taken_home(connection: sqlite3.Connection, authority_id: int) -> tuple[Published, ...]:
    """Its CRLs that were not signed with this file."""
    return tuple(_published(row) for row in connection.execute(f"{_SIGNED} AND length(tbs) = 0", (authority_id,)))


def last_number(connection: sqlite3.Connection, authority_id: int) -> int:
    """The highest number that was taken, also by an intent that was never signed."""
    query = "SELECT coalesce(max(number), 0) FROM crl WHERE authority_id = ?"
    return int(connection.execute(query, (authority_id,)).fetchone()[0])


def covered(connection: sqlite3.Connection, authority_id: int, before: int) -> int:
    """The newest revocation that any CRL with a number below `before` could tell of."""
    query = "SELECT coalesce(max(covers), 0) FROM crl WHERE authority_id = ? AND number < ? AND length(der) > 0"
    return int(connection.execute(query, (authority_id, before)).fetchone()[0])


def get_crl(connection: sqlite3.Connection, number: int) -> Published:
    """A CRL by its number on file, which must exist."""
    return _published(connection.execute("SELECT * FROM crl WHERE id = ?", (number,)).fetchone())


def intend_crl(unit: Unit, crl: Published) -> int:
    """The intent: the number is taken, the bytes stand."""
    return unit.insert(
        "crl",
        authority_id=crl.authority_id,
        number=crl.number,
        this_update=crl.this_update.isoformat(),
        next_update=crl.next_update.isoformat(),
        entries=crl.entries,
        covers=crl.covers,
        tbs=crl.tbs,
        der=crl.der,
    )


def finish_crl(unit: Unit, number: int, der: bytes) -> None:
    """The outcome: the CRL itself."""
    unit.update("crl", number, der=der)
