"""Before anything is signed: do the rows since the last verified one hold together?

What was verified before is not read again, so this costs what is new; `audit verify` reads everything.
"""

import json

from core.errors.audit import LedgerDamaged, RecordsDamaged
from core.model.audit import Head
from core.model.events import EVENTS
from core.policy.rules import gate
from core.services.desk import Desk
from core.services.rows import Reader, parsed, reconciled
from core.store import audit as store
from core.store.unit import Connection
from core.vault import verified

_OF_PEOPLE = tuple(event.action for event in EVENTS.values() if event.of_people)


@gate("A3")
def check(desk: Desk, connection: Connection) -> Head:
    """The newest row, every row up to it being sound as far as it was read. Raises `LedgerDamaged`."""
    known = desk.verified or verified.verified(desk.workspace.id)
    reader = _after(desk, connection, known) or Reader(desk.workspace.id)
    for row in store.raw(connection, reader.number):
        fault = next(reader.take(row), None)
        if fault is not None:
            raise LedgerDamaged(str(desk.file.path), fault.row, fault.what)
    desk.verified = Head(reader.number, reader.previous.hex(), reader.time)
    return desk.verified


def at_opening(desk: Desk) -> LedgerDamaged | None:
    """The same when a file is opened, remembered for the next time; damage is told, since reading stays possible."""
    try:
        with desk.file.snapshot() as connection:
            verified.keep(desk.workspace.id, check(desk, connection))
    except LedgerDamaged as damage:
        return damage
    return None


def tables(desk: Desk, connection: Connection) -> None:
    """Before something leaves the room: every record is what the rows say. Raises `RecordsDamaged`."""
    said = {}
    for row in store.raw(connection):
        for subject in json.loads(row.text)["subjects"]:
            said[(subject["table"], subject["id"])] = subject["sha256"]
    fault = next(reconciled(connection, said), None)
    if fault is not None:
        raise RecordsDamaged(str(desk.file.path), fault.facts[0], int(fault.facts[1]), fault.what)


def _after(desk: Desk, connection: Connection, known: Head | None) -> Reader | None:
    """A reader that goes on after the row that was verified, where the file still has that very row."""
    if known is None or store.leaf_of(connection, known.number) != bytes.fromhex(known.leaf):
        return None
    reader = Reader(desk.workspace.id, known.number, bytes.fromhex(known.leaf), known.time)
    for text in store.bodies(connection, _OF_PEOPLE, known.number):
        body = parsed(text)
        if body is None or next(reader.learn(body), None) is not None:
            return None
    return reader
