"""A file changed past the program, for attacks."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from core.errors.base import Expected
from core.model.proposals import Proposal
from core.services import membership
from core.store import people as store
from tests.desks import Room, passphrase


def raw(room: Room, *statements_: tuple[str, tuple[Any, ...]]) -> None:
    """Write to the file past the program, as somebody with an editor would: guards dropped and put back."""
    with closing(sqlite3.connect(room.path)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement, values in statements_:
            connection.execute(statement, values)
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()


def kept(room: Room, proposal: Proposal) -> tuple[str, bytes]:
    with closing(sqlite3.connect(room.path)) as connection:
        query = "SELECT body, signature FROM approval JOIN proposal ON proposal.id = proposal_id WHERE digest = ?"
        body, signature = connection.execute(
            query.replace("body, signature", "approval.body, approval.signature"), (proposal.digest,)
        ).fetchone()
        return str(body), bytes(signature)


def plant(room: Room, proposal: Proposal, body: str, signature: bytes) -> None:
    """An approval that was made elsewhere is put beside `proposal`, which then counts as approved."""
    raw(
        room,
        ("INSERT INTO approval SELECT coalesce(max(id), 0) + 1, (SELECT id FROM proposal WHERE digest = ?), ?, ? FROM approval", (proposal.digest, body, signature)),
        ("UPDATE proposal SET state = 'approved' WHERE digest = ?", (proposal.digest,)),
    )  # fmt: skip


def accept_fails(room: Room, name: str = "carol", witness: str = "bob") -> Expected:
    with pytest.raises(Expected) as refused:
        membership.accept(room.desk, name, passphrase(name), witness, passphrase(witness))
    assert store.find(room.desk.file.read, name) is None
    return refused.value
