"""Judging ledger rows one after the other: chain, place, signature, clock, and whether the event is a known one."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from core.crypto.digest import canonical_plain, leaf
from core.crypto.signing import verify as verify_signature
from core.model.audit import Fault, StoredRow
from core.model.events import EVENTS
from core.policy.rules import gate
from core.services.ledger import PROGRAM, digest
from core.services.roster import Roster
from core.store import audit as store
from core.store.unit import Connection

FIELDS = {
    "type", "workspace", "number", "time", "actor", "duty", "action", "subjects", "ticket", "approvals", "details",
    "program", "previous",
}  # fmt: skip


class Reader:
    """Walks rows in order and keeps what the next one needs. It may begin after a row that was verified before."""

    def __init__(self, workspace_id: str, number: int = 0, previous: bytes = b"", time: str = "") -> None:
        self.workspace_id = workspace_id
        self.number = number
        self.previous = previous
        self.time = time
        self.roster = Roster(workspace_id)
        self.records: dict[tuple[str, int], str] = {}
        self.unsigned = 0

    def take(self, row: StoredRow) -> Iterator[Fault]:
        """The faults of one row."""
        self.number += 1
        if row.number != self.number:
            yield Fault(self.number, "missing-row")
            self.number = row.number
        body = parsed(row.text)
        if body is None:
            yield Fault(row.number, "not-canonical")
            self.previous = leaf(row.text.encode(), row.signature)
            return
        yield from self._place(row, body)
        yield from self._signature(row, body)
        if self.time > body["time"] and body["action"] != "clock.corrected":
            yield Fault(row.number, "clock-back", (self.time, body["time"]))
        self.previous, self.time = leaf(row.text.encode(), row.signature), body["time"]
        for subject in body["subjects"]:
            self.records[(subject["table"], subject["id"])] = subject["sha256"]

    @gate("S-i-5")
    def _place(self, row: StoredRow, body: dict[str, Any]) -> Iterator[Fault]:
        if body["number"] != row.number or body["workspace"] != self.workspace_id or body["type"] != "row":
            yield Fault(row.number, "misplaced")
        if body["previous"] != self.previous.hex():
            yield Fault(row.number, "chain")
        if leaf(row.text.encode(), row.signature) != row.leaf:
            yield Fault(row.number, "hash")
        if (row.time, row.actor, row.action) != (body["time"], body["actor"], body["action"]):
            yield Fault(row.number, "columns")
        if body["action"] not in EVENTS:
            yield Fault(row.number, "unknown-event", (str(body["action"]),))

    def _signature(self, row: StoredRow, body: dict[str, Any]) -> Iterator[Fault]:
        event, actor = EVENTS.get(body["action"]), body["actor"]
        if actor == PROGRAM and not row.signature:
            self.unsigned += 1
            if event is None or not event.unsigned or body["subjects"]:
                yield Fault(row.number, "unsigned")
            return
        if row.number == 1:
            yield from self.learn(body)
        key = self.roster.key(actor)
        if key is None or not verify_signature(key, row.signature, row.text.encode()):
            yield Fault(row.number, "signature", (str(actor),))
        elif row.number > 1:
            yield from self.learn(body)

    def learn(self, body: dict[str, Any]) -> Iterator[Fault]:
        """Take in what a row changes about people: row 1 by itself, every other one by the agreement it carries."""
        found = self.roster.take(body)
        if found:
            yield Fault(body["number"], "agreement", (", ".join(found),))


@gate("S-i-1")
def reconciled(connection: Connection, said: dict[tuple[str, int], str]) -> Iterator[Fault]:
    """Every record is what its newest row said; none is missing, none came from nowhere. `said` is emptied."""
    for table, number, record in store.records(connection):
        newest = said.pop((table, number), None)
        if newest is None:
            yield Fault(0, "inserted", (table, str(number)))
        elif newest != digest(record):
            yield Fault(0, "changed", (table, str(number)))
    for table, number in said:
        yield Fault(0, "removed", (table, str(number)))


def _refuse(_: str) -> NoReturn:
    raise ValueError("rows hold no fractions")


@gate("S-i-3")
def parsed(text: str) -> dict[str, Any] | None:
    """The row's body where it is canonical JSON of our shape."""
    try:
        body = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
        if not isinstance(body, dict) or set(body) != FIELDS:
            return None
        return body if canonical_plain(body) == text and _shaped(body) else None
    except (ValueError, RecursionError):
        return None


def _shaped(body: dict[str, Any]) -> bool:
    """Whether the parts that are read have the types that reading expects."""
    texts = ("type", "workspace", "time", "actor", "duty", "action", "ticket", "program", "previous")
    if not all(isinstance(body[name], str) for name in texts) or type(body["number"]) is not int:
        return False
    subjects, people = (
        body["subjects"],
        body["details"].get("operators", []) if isinstance(body["details"], dict) else 0,
    )
    return (
        isinstance(subjects, list)
        and all(isinstance(each, dict) and {(n, type(v)) for n, v in each.items()} >= _SUBJECT for each in subjects)
        and isinstance(people, list)
        and all(isinstance(each, dict) and _is_key(each.get("name"), each.get("key")) for each in people)
    )


_SUBJECT = {("table", str), ("id", int), ("name", str), ("sha256", str)}


def _is_key(name: object, key: object) -> bool:
    try:
        return isinstance(name, str) and isinstance(key, str) and len(bytes.fromhex(key)) == 32
    except ValueError:
        return False
