"""Proposals and approvals on file: what was signed, word for word, and where each proposal stands."""

import json
import sqlite3
from typing import Any

from core.model.proposals import Proposal, State, Statement
from core.store.unit import Unit


def _statement(row: sqlite3.Row) -> Statement:
    """What stands in the file, which whoever reads it has to check; nothing where it is no object."""
    try:
        body = json.loads(row["body"])
    except (ValueError, RecursionError):
        body = {}
    return Statement(body if isinstance(body, dict) else {}, row["signature"])


def _proposal(connection: sqlite3.Connection, row: sqlite3.Row) -> Proposal:
    approvals = connection.execute("SELECT * FROM approval WHERE proposal_id = ? ORDER BY id", (row["id"],))
    return Proposal(
        digest=row["digest"],
        statement=_statement(row),
        state=State(row["state"]),
        approvals=tuple(_statement(each) for each in approvals),
        closed=row["closed"],
        closed_by=row["closed_by"],
        because=row["because"],
    )


def beginning(connection: sqlite3.Connection, prefix: str) -> tuple[Proposal, ...]:
    """The proposals whose digest begins with `prefix` (lower-case hex), two at most."""
    found = connection.execute(
        "SELECT * FROM proposal WHERE digest >= ? AND digest < ? LIMIT 2",
        (prefix, f"{prefix}g"),  # hex: by its index
    ).fetchall()
    return tuple(_proposal(connection, row) for row in found)


def in_states(connection: sqlite3.Connection, states: tuple[State, ...]) -> tuple[Proposal, ...]:
    """The proposals in these states, oldest first."""
    marks = ", ".join("?" for _ in states)
    query = f"SELECT * FROM proposal WHERE state IN ({marks}) ORDER BY id"
    found = connection.execute(query, tuple(state.value for state in states)).fetchall()
    return tuple(_proposal(connection, row) for row in found)


def performed(connection: sqlite3.Connection, kind: str, fact: str) -> tuple[Proposal, ...]:
    """The performed proposals of a kind that have that fact, oldest first."""
    query = (
        "SELECT * FROM proposal WHERE state = ? AND CASE WHEN json_valid(body) THEN json_extract(body, '$.kind') END = ? "
        "AND json_extract(body, '$.facts.' || ?) IS NOT NULL ORDER BY id"
    )
    return tuple(_proposal(connection, row) for row in connection.execute(query, (State.PERFORMED.value, kind, fact)))


def open_with_ticket(connection: sqlite3.Connection, ticket: str) -> tuple[Proposal, ...]:
    """The proposals of that ticket that wait or are approved, oldest first."""
    query = (
        "SELECT * FROM proposal WHERE state IN (?, ?) AND instr(body, ?) "  # a batch asks this for each of its requests
        "AND CASE WHEN json_valid(body) THEN json_extract(body, '$.ticket') END = ? ORDER BY id"
    )
    written = json.dumps(ticket, ensure_ascii=False)  # as RFC 8785 writes a text
    states = (State.WAITING.value, State.APPROVED.value)
    found = connection.execute(query, (*states, f'"ticket":{written}', ticket)).fetchall()
    return tuple(_proposal(connection, row) for row in found)


def of_desk(connection: sqlite3.Connection, digest: str) -> tuple[Proposal, ...]:
    """The proposals made from what a registration desk agreed to under that digest, refused and withdrawn ones aside."""
    query = (
        "SELECT * FROM proposal WHERE state IN (?, ?, ?) "
        "AND CASE WHEN json_valid(body) THEN json_extract(body, '$.facts.desk_digest') END = ? ORDER BY id"
    )
    states = (State.WAITING.value, State.APPROVED.value, State.PERFORMED.value)
    return tuple(_proposal(connection, row) for row in connection.execute(query, (*states, digest)).fetchall())


def add(unit: Unit, digest: str, body: str, signature: bytes) -> None:
    """Keep a new proposal."""
    unit.insert(
        "proposal",
        digest=digest,
        body=body,
        signature=signature,
        state=State.WAITING.value,
        closed="",
        closed_by="",
        because="",
    )


def add_approval(unit: Unit, digest: str, body: str, signature: bytes) -> None:
    """Keep an approval."""
    unit.insert("approval", proposal_id=_id(unit, digest), body=body, signature=signature)


def move(unit: Unit, digest: str, state: State, **closing: Any) -> None:
    """Change where a proposal stands; `closing` are `closed`, `closed_by`, `because`."""
    unit.update("proposal", _id(unit, digest), state=state.value, **closing)


def _id(unit: Unit, digest: str) -> int:
    return int(unit.connection.execute("SELECT id FROM proposal WHERE digest = ?", (digest,)).fetchone()["id"])
