"""`audit verify`: the chain, the signatures, the clock, and that every table is what the rows say."""

import json
from collections.abc import Iterator
from typing import Any

from core.crypto.digest import canonical, leaf
from core.crypto.signing import verify as verify_signature
from core.model.audit import Fault, Report, Verify
from core.policy.duties import EVERYBODY
from core.services.desk import Desk, Progress
from core.services.ledger import PROGRAM, digest
from core.services.perform import Verb, Work, perform
from core.store import audit as store

# What the program itself may write unsigned: never a change of a record (design section 5).
UNSIGNED = ("sign-in.failed", "refused")


class _Reader:
    """Walks the rows once, keeping what the next row needs."""

    def __init__(self, workspace_id: str) -> None:
        self.workspace_id = workspace_id
        self.keys: dict[str, bytes] = {}
        self.records: dict[tuple[str, int], str] = {}
        self.previous = b""
        self.time = ""
        self.unsigned = 0
        self.number = 0

    def take(
        self, number: int, text: str, signature: bytes, stored_leaf: bytes, columns: tuple[str, str, str]
    ) -> Iterator[Fault]:
        """The faults of one row."""
        self.number += 1
        if number != self.number:
            yield Fault(self.number, "missing-row")
            self.number = number
        body = _parsed(text)
        if body is None:
            yield Fault(number, "not-canonical")
            self.previous = leaf(text.encode(), signature)
            return
        yield from self._chain(number, body, text, signature, stored_leaf)
        if columns != (body["time"], body["actor"], body["action"]):
            yield Fault(number, "columns")
        yield from self._signature(number, body, text, signature)
        if self.time > body["time"]:
            yield Fault(number, "clock-back", (self.time, body["time"]))
        self.previous, self.time = leaf(text.encode(), signature), body["time"]
        for subject in body["subjects"]:
            self.records[(subject["table"], subject["id"])] = subject["sha256"]

    def _chain(
        self, number: int, body: dict[str, Any], text: str, signature: bytes, stored_leaf: bytes
    ) -> Iterator[Fault]:
        if body["number"] != number or body["workspace"] != self.workspace_id or body["type"] != "row":
            yield Fault(number, "misplaced")
        if body["previous"] != self.previous.hex():
            yield Fault(number, "chain")
        if leaf(text.encode(), signature) != stored_leaf:
            yield Fault(number, "hash")

    def _signature(self, number: int, body: dict[str, Any], text: str, signature: bytes) -> Iterator[Fault]:
        actor = body["actor"]
        if actor == PROGRAM and not signature:
            self.unsigned += 1
            if body["action"] not in UNSIGNED or body["subjects"]:
                yield Fault(number, "unsigned")
            return
        if number == 1 and body["action"] == "workspace.created":
            self.keys = {each["name"]: bytes.fromhex(each["key"]) for each in body["details"]["operators"]}
        if actor not in self.keys or not verify_signature(self.keys[actor], signature, text.encode()):
            yield Fault(number, "signature", (str(actor),))


def _parsed(text: str) -> dict[str, Any] | None:
    """The row's body where it is canonical JSON of our shape."""
    try:
        body = json.loads(text)
        shaped = isinstance(body, dict) and canonical(body) == text.encode()
        fields = ("type", "number", "workspace", "previous", "actor", "action", "time", "subjects", "details")
        return body if shaped and all(name in body for name in fields) else None
    except ValueError:
        return None


def inspect(desk: Desk, progress: Progress | None = None) -> Report:
    """Read everything and say what is wrong; changes nothing and needs nobody signed in."""
    connection, told = desk.file.read, progress or Progress()
    faults = [Fault(0, "file", (line,)) for line in store.sound(connection)]
    reader = _Reader(desk.workspace.id)
    total = store.newest(connection)[0]
    for row in store.raw(connection):
        faults += reader.take(*row)
        if row[0] % 500 == 0:
            told.step(row[0], total)
    faults += _reconciled(desk, reader)
    return Report(reader.number, reader.previous.hex(), tuple(faults), 0, reader.unsigned)


def _reconciled(desk: Desk, reader: _Reader) -> Iterator[Fault]:
    """Every record is what its newest row says; none is missing, none came from nowhere."""
    left = dict(reader.records)
    for table, number, record in store.records(desk.file.read):
        said = left.pop((table, number), None)
        if said is None:
            yield Fault(0, "inserted", (table, str(number)))
        elif said != digest(record):
            yield Fault(0, "changed", (table, str(number)))
    for table, number in left:
        yield Fault(0, "removed", (str(table), str(number)))


def verify(desk: Desk, progress: Progress | None = None) -> Report:
    """Inspect, and leave a row that it was done where somebody is signed in."""
    report = inspect(desk, progress)
    if desk.session is not None and not desk.file.read_only and not report.faults:
        perform(desk, VERIFIED, Verify())
    return report


def _verified(work: Work, _: Verify) -> None:
    number, head, _time = store.newest(work.unit.connection)
    work.details.update(rows=number, head=head.hex())


VERIFIED = Verb("audit.verified", _verified, EVERYBODY)
