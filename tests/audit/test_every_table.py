"""A record put in, taken out or changed in any table at all: a certification authority's file, no table left out.

The list is the schema's own, so a new table is attacked from its first day. What the authority's own work does not fill is filled through the
same door, a performed verb, because reconciliation knows nothing of what a record means.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.errors.workspace import DamagedWorkspace
from core.model.agreements import SetPattern
from core.model.audit import Fault
from core.model.links import ExportLinks, ReadBackDevice
from core.model.revocation import Revoke
from core.model.settings import SetCrlValidity
from core.policy.duties import EVERYBODY
from core.services import agreements, audit, exports, readback, revocation, settings
from core.services.desk import open_desk
from core.services.perform import Verb, Work, perform
from core.services.rows import reconciled
from core.store import audit as rows
from core.store.schema import RECORDS
from tests.desks import CHEAP
from tests.pki.worlds import agree, certify, make_network
from tests.spoil import spoil

OTHER = {"TEXT": "{0} || ' '", "INTEGER": "{0} + 1000", "BLOB": "CAST({0} || x'00' AS BLOB)"}  # than it was
pytestmark = pytest.mark.xdist_group("every-table")  # one world for all of them
BY_WORK = {
    "workspace", "operator", "proposal", "approval", "device", "key", "comparison", "link", "export", "readback", "pin", "authority",
    "certificate", "revocation", "crl", "partner", "carried", "ca_key", "custodian", "custody_entry", "record", "issued_under",
    "agreement", "setting", "backup_key", "decision",
}  # fmt: skip


def _empty(connection: sqlite3.Connection) -> list[str]:
    return [table for table in RECORDS if not connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]]


def _fill(work: Work, tables: list[str]) -> None:
    """One record for each of these tables, of the types that it wants."""
    plain: dict[str, Any] = {"TEXT": "x", "INTEGER": 1, "BLOB": b"x"}
    for table in tables:
        columns = work.unit.connection.execute(f"PRAGMA table_info({table})").fetchall()
        work.unit.insert(table, **{each["name"]: plain[each["type"]] for each in columns if each["name"] != "id"})


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issuing workspace with something in each table."""
    folder = tmp_path_factory.mktemp("every")
    world = make_network(folder)
    room = world.issuing
    revocation.revoke(room.sit("carol"), Revoke(certify(world, "gw1", "CHG1"), "key-compromise", "CHG2"))
    room.ready_link()
    perform(room.sit("alice"), exports.EXPORT, ExportLinks(("lon-man",), folder / "out"))
    perform(room.sit("alice"), readback.READ_BACK, ReadBackDevice("lon", room.pems["man"] + room.pems["lon"]))
    agree(room, "bob", agreements.set_pattern(room.sit("alice"), SetPattern("CHG#*", "new tool", "CHG3")))
    agree(room, "bob", settings.set_crl_validity(room.sit("alice"), SetCrlValidity("144", "bank holidays", "CHG4")))
    empty = _empty(room.desk.file.read)
    assert set(RECORDS) - set(empty) == BY_WORK
    perform(room.sit("alice"), Verb("record.added", _fill, EVERYBODY), empty)
    for each in (world.root, room):
        each.desk.close()
    return room.path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    shutil.copy(filled, tmp_path / "room.anchorhold")
    return tmp_path / "room.anchorhold"


@dataclass(frozen=True)
class Open:
    """The file in memory without its guards, and what its rows say: an attack costs a millisecond."""

    connection: sqlite3.Connection
    said: dict[tuple[str, int], str]

    def columns(self, table: str) -> dict[str, str]:
        return {row[1]: row[2] for row in self.connection.execute(f"PRAGMA table_info({table})")}

    def newest(self, table: str) -> int:
        return int(self.connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0])

    def single(self, table: str) -> set[str]:
        """Columns that no two records may share."""
        indexes = self.connection.execute(f"PRAGMA index_list({table})").fetchall()
        inside = [self.connection.execute(f"PRAGMA index_info({each[1]})").fetchall() for each in indexes if each[2]]
        return {column[2] for columns in inside for column in columns}

    def after(self, attack: str) -> list[Fault]:
        """What is found after that statement, which is then taken back."""
        self.connection.execute("BEGIN")
        try:
            assert self.connection.execute(attack).rowcount == 1
            return list(reconciled(self.connection, dict(self.said)))
        finally:
            self.connection.execute("ROLLBACK")


@pytest.fixture(scope="module")
def opened(filled: Path) -> Iterator[Open]:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with closing(sqlite3.connect(filled)) as file:
        file.backup(memory)
    memory.row_factory = sqlite3.Row
    memory.execute("PRAGMA ignore_check_constraints = ON")
    for (name,) in memory.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        memory.execute(f"DROP TRIGGER {name}")
    bodies = [json.loads(row.text) for row in rows.raw(memory)]
    said = {(each["table"], each["id"]): each["sha256"] for body in bodies for each in body["subjects"]}
    yield Open(memory, said)
    memory.close()


def faults(path: Path) -> set[tuple[str, str]]:
    """What is wrong with which table, as `audit verify` says it."""
    desk = open_desk(path, cost=CHEAP)
    try:
        return {(each.what, each.facts[0]) for each in audit.inspect(desk).faults if each.what != "file"}
    finally:
        desk.close()


def test_the_file_is_sound_and_no_table_is_empty_or_left_out(path: Path) -> None:
    assert faults(path) == set()
    with closing(sqlite3.connect(path)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == {*RECORDS, "ledger"}  # the ledger's own rows are attacked in test_soundness.py
        assert _empty(connection) == []


def test_verify_names_every_table_that_lost_a_record(path: Path) -> None:
    """All at once through the file; one by one below."""
    others = [table for table in RECORDS if table != "workspace"]
    spoil(path, *(f"DELETE FROM {each} WHERE id = (SELECT max(id) FROM {each})" for each in others))
    assert faults(path) == {("removed", each) for each in others}
    spoil(path, "DELETE FROM workspace")
    with pytest.raises(DamagedWorkspace):  # without its one record it is no workspace
        open_desk(path, cost=CHEAP)


@pytest.mark.parametrize("table", RECORDS)
def test_a_record_taken_out_is_found(opened: Open, table: str) -> None:
    number = opened.newest(table)
    assert opened.after(f"DELETE FROM {table} WHERE id = {number}") == [Fault(0, "removed", (table, str(number)))]


@pytest.mark.parametrize("table", RECORDS)
def test_a_record_put_in_is_found(opened: Open, table: str) -> None:
    """A copy of the newest, other only where the schema wants it so."""
    kinds, single, number = opened.columns(table), opened.single(table), opened.newest(table)
    copied = [
        "id + 1" if each == "id" else OTHER[kinds[each]].format(each) if each in single else each for each in kinds
    ]
    attack = f"INSERT INTO {table} ({', '.join(kinds)}) SELECT {', '.join(copied)} FROM {table} WHERE id = {number}"
    assert opened.after(attack) == [Fault(0, "inserted", (table, str(number + 1)))]


@pytest.mark.parametrize("table", RECORDS)
def test_every_column_is_part_of_what_the_rows_say(opened: Open, table: str) -> None:
    """Each column changed by itself, also those that no service reads back."""
    number = opened.newest(table)
    for name, kind in opened.columns(table).items():
        if name != "id":
            attack = f"UPDATE {table} SET {name} = {OTHER[kind].format(name)} WHERE id = {number}"
            assert opened.after(attack) == [Fault(0, "changed", (table, str(number)))], name
