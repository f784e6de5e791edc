"""Operators on file. The envelope holds the signing key, sealed with the operator's passphrase."""

import json
import sqlite3

from core.model.people import Duty, Operator
from core.store.unit import Unit


def _operator(row: sqlite3.Row) -> Operator:
    return Operator(
        name=row["name"],
        full_name=row["full_name"],
        duties=tuple(Duty(duty) for duty in json.loads(row["duties"])),
        public_key=row["public_key"],
    )


def all_operators(connection: sqlite3.Connection) -> tuple[Operator, ...]:
    """Every operator in the order of entry."""
    return tuple(_operator(row) for row in connection.execute("SELECT * FROM operator ORDER BY id"))


def find(connection: sqlite3.Connection, name: str) -> Operator | None:
    """The operator of that name."""
    row = connection.execute("SELECT * FROM operator WHERE name = ?", (name,)).fetchone()
    return _operator(row) if row else None


def envelope(connection: sqlite3.Connection, name: str) -> str:
    """The sealed signing key of an operator on file."""
    row = connection.execute("SELECT envelope FROM operator WHERE name = ?", (name,)).fetchone()
    return str(row["envelope"])


def add(unit: Unit, operator: Operator, sealed: str, created: str) -> None:
    """Enter a person."""
    unit.insert(
        "operator",
        name=operator.name,
        full_name=operator.full_name,
        duties=json.dumps([duty.value for duty in operator.duties]),
        public_key=operator.public_key,
        envelope=sealed,
        created=created,
    )


def reseal(unit: Unit, name: str, sealed: str) -> None:
    """Keep the signing key under a new passphrase."""
    row = unit.connection.execute("SELECT id FROM operator WHERE name = ?", (name,)).fetchone()
    unit.update("operator", int(row["id"]), envelope=sealed)
