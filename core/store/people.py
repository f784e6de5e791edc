"""Operators on file. The envelope holds the signing key, sealed with the operator's passphrase."""

import json
import sqlite3

from core.model.people import Duty, Operator
from core.store.failures import understood
from core.store.schema import has
from core.store.unit import Unit


@understood
def _operator(row: sqlite3.Row) -> Operator:
    return Operator(
        name=row["name"],
        full_name=row["full_name"],
        duties=tuple(Duty(duty) for duty in json.loads(row["duties"])),
        public_key=row["public_key"],
        until=row["until"] or "",
        left=row["left_at"] or "",
        by_one_person=bool(row["by_one_person"]),
    )


def _people(connection: sqlite3.Connection) -> str:
    """Nobody has a row in `access` until something about their access is out of the ordinary; files of versions
    before it have no such table until something is written."""
    access = (
        "access"
        if has(connection, "access")
        else "(SELECT 0 AS operator_id, '' AS until, '' AS left_at, 0 AS by_one_person) AS access"
    )
    return f"SELECT * FROM operator LEFT JOIN {access} ON access.operator_id = operator.id"


def everybody(connection: sqlite3.Connection) -> tuple[Operator, ...]:
    """Every operator in the order of entry, those who left too."""
    return tuple(_operator(row) for row in connection.execute(f"{_people(connection)} ORDER BY operator.id"))


def all_operators(connection: sqlite3.Connection) -> tuple[Operator, ...]:
    """The operators who work here, in the order of entry."""
    return tuple(each for each in everybody(connection) if not each.left)


def find(connection: sqlite3.Connection, name: str) -> Operator | None:
    """The operator of that name, whether they left or not."""
    row = connection.execute(f"{_people(connection)} WHERE name = ?", (name,)).fetchone()
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
    unit.update("operator", _id(unit, name), envelope=sealed)


def rekey(unit: Unit, name: str, public_key: bytes, sealed: str) -> None:
    """Give somebody a new signing key; rows signed with the old one keep their key in the ledger."""
    unit.update("operator", _id(unit, name), public_key=public_key, envelope=sealed)


def give_duties(unit: Unit, name: str, duties: tuple[Duty, ...]) -> None:
    """Change somebody's duties."""
    unit.update("operator", _id(unit, name), duties=json.dumps([duty.value for duty in duties]))


def give_access(unit: Unit, person: Operator) -> None:
    """Keep `until`, `left` and `by_one_person` of somebody."""
    number = _id(unit, person.name)
    values = {"until": person.until, "left_at": person.left, "by_one_person": int(person.by_one_person)}
    known = unit.connection.execute("SELECT id FROM access WHERE operator_id = ?", (number,)).fetchone()
    if known:
        unit.update("access", int(known["id"]), **values)
    elif person.until or person.left or person.by_one_person:
        unit.insert("access", operator_id=number, **values)


def _id(unit: Unit, name: str) -> int:
    return int(unit.connection.execute("SELECT id FROM operator WHERE name = ?", (name,)).fetchone()["id"])
