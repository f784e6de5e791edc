"""Waivers and versions of the cap table on file; nothing of them is ever changed."""

import sqlite3
from datetime import date, datetime

from core.model.caps import CapTable
from core.model.compliance import Waiver
from core.store.failures import understood
from core.store.schema import has
from core.store.unit import Unit


@understood
def _waiver(row: sqlite3.Row) -> Waiver:
    return Waiver(
        id=row["id"],
        clause=row["clause"],
        until=date.fromisoformat(row["until"]),
        review=date.fromisoformat(row["review"]),
        reason=row["reason"],
        ticket=row["ticket"],
        proposal=row["proposal"],
        made=datetime.fromisoformat(row["made"]),
    )


@understood
def _table(row: sqlite3.Row) -> CapTable:
    return CapTable(
        version=row["id"] + 1,
        sub=date.fromisoformat(row["sub"]),
        root=date.fromisoformat(row["root"]),
        source=row["source"],
        dated=date.fromisoformat(row["dated"]),
        checked=date.fromisoformat(row["checked"]),
        reason=row["reason"],
        proposal=row["proposal"],
        made=datetime.fromisoformat(row["made"]),
    )


def all_waivers(connection: sqlite3.Connection) -> tuple[Waiver, ...]:
    """Every waiver, oldest first."""
    if not has(connection, "waiver"):
        return ()
    return tuple(_waiver(row) for row in connection.execute("SELECT * FROM waiver ORDER BY id"))


def add_waiver(unit: Unit, waiver: Waiver) -> int:
    """Enter a waiver; its `id` is given here."""
    return unit.insert(
        "waiver",
        clause=waiver.clause,
        until=waiver.until.isoformat(),
        review=waiver.review.isoformat(),
        reason=waiver.reason,
        ticket=waiver.ticket,
        proposal=waiver.proposal,
        made=waiver.made.isoformat(),
    )


def all_tables(connection: sqlite3.Connection) -> tuple[CapTable, ...]:
    """Every version after the published one, oldest first."""
    if not has(connection, "cap_table"):
        return ()
    return tuple(_table(row) for row in connection.execute("SELECT * FROM cap_table ORDER BY id"))


def add_table(unit: Unit, table: CapTable, made: datetime) -> int:
    """Enter a version; its number is given here."""
    return 1 + unit.insert(
        "cap_table",
        sub=table.sub.isoformat(),
        root=table.root.isoformat(),
        source=table.source,
        dated=table.dated.isoformat(),
        checked=table.checked.isoformat(),
        reason=table.reason,
        proposal=table.proposal,
        made=made.isoformat(),
    )


def note_version(unit: Unit, certificate: int, version: int) -> None:
    """The version of the table that a certificate is issued under."""
    unit.insert("issued_under", certificate_id=certificate, caps=version)


def noted(connection: sqlite3.Connection, certificate: int = 0) -> dict[int, int]:
    """The version of the table that each certificate (or that one) was issued under; none for those of files of before."""
    if not has(connection, "issued_under"):
        return {}
    query = "SELECT * FROM issued_under WHERE ? IN (0, certificate_id)"
    return {row["certificate_id"]: row["caps"] for row in connection.execute(query, (certificate,))}
