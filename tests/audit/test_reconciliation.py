"""Every table's content is what the rows say: nothing added, changed or taken away behind the ledger's back."""

import shutil
import sqlite3
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from core.crypto.digest import canonical, canonical_plain
from core.errors.audit import RecordsDamaged
from core.model.audit import Fault
from core.model.keys import WithdrawKey
from core.model.links import ExportLinks, ReadBackDevice
from core.services import audit, exports, keys, people, readback
from core.services.desk import open_desk
from core.services.perform import perform
from core.store.schema import RECORDS, migrate
from tests.audit.test_soundness import spoil
from tests.desks import CHEAP, Clock, make_room, passphrase

FILLED = ("workspace", "operator", "device", "key", "comparison", "link", "export", "readback", "pin", "record")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with something in each table of Links mode; one key is withdrawn."""
    folder = tmp_path_factory.mktemp("filled")
    room = make_room(folder)
    room.ready_link()
    perform(room.sit("alice"), exports.EXPORT, ExportLinks(("lon-man",), folder / "out"))
    perform(room.sit("alice"), readback.READ_BACK, ReadBackDevice("lon", room.pems["man"] + room.pems["lon"]))
    room.device("par")
    room.receive("par")
    room.approve("par")
    perform(room.sit("bob"), keys.WITHDRAW, WithdrawKey("par", "device was stolen"))
    room.desk.close()
    return room.path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    shutil.copy(filled, tmp_path / "room.anchorhold")
    return tmp_path / "room.anchorhold"


def faults(path: Path) -> tuple[Fault, ...]:
    desk = open_desk(path, cost=CHEAP)
    found = audit.inspect(desk).faults
    desk.close()
    return found


def test_the_untouched_file_is_sound(path: Path) -> None:
    assert faults(path) == ()
    with sqlite3.connect(path) as connection:
        counts = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in FILLED}
    connection.close()
    assert all(counts.values())


@pytest.mark.parametrize("table", FILLED)
def test_a_deleted_record_is_found(path: Path, table: str) -> None:
    spoil(path, f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")
    if table == "workspace":
        return  # without its one record it is no workspace: refused at opening, see tests/store
    assert ("removed", table) in {(each.what, each.facts[0]) for each in faults(path) if each.facts}


@pytest.mark.parametrize("table", [table for table in FILLED if table != "workspace"])
def test_an_inserted_record_is_found(path: Path, table: str) -> None:
    connection = sqlite3.connect(path)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    connection.close()
    unique = {"operator": "name", "device": "name", "link": "name", "pin": "key_id"}.get(table)
    copied = [
        "id + 1" if each == "id"
        else "name || 'x'" if each == unique == "name"
        else "key_id + 2" if (table, each) == ("pin", "key_id")
        else each
        for each in columns
    ]  # fmt: skip
    newest = f"WHERE id = (SELECT max(id) FROM {table})"
    spoil(path, f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(copied)} FROM {table} {newest}")
    assert ("inserted", table) in {(each.what, each.facts[0]) for each in faults(path) if each.facts}


def _fresh() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("BEGIN")
    migrate(connection)
    return connection


def _columns() -> list[tuple[str, str]]:
    connection = _fresh()
    found = [
        (table, row[1])
        for table in FILLED
        for row in connection.execute(f"PRAGMA table_info({table})")
        if row[1] not in ("id", "uuid") and not row[1].endswith("_id")
    ]
    connection.close()
    return found


@pytest.mark.parametrize(("table", "column"), _columns())
def test_a_changed_column_is_found(path: Path, table: str, column: str) -> None:
    """Every column of every table, also those that no service ever reads back."""
    connection = sqlite3.connect(path)
    kind = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}[column]
    connection.close()
    other = {"TEXT": f"{column} || ' '", "INTEGER": f"{column} + 1", "BLOB": f"CAST({column} || x'00' AS BLOB)"}[kind]
    spoil(path, f"UPDATE {table} SET {column} = {other} WHERE id = 1")
    if (table, column) in {("workspace", "kind"), ("workspace", "policy"), ("workspace", "created")}:
        other_value = {"kind": "issuing", "policy": "rehearsal", "created": "2020-01-01T00:00:00+00:00"}[column]
        spoil(path, f"UPDATE workspace SET {column} = '{other_value}'")
    if (table, column) in {("operator", "duties"), ("workspace", "technologies")}:
        spoil(path, f"UPDATE {table} SET {column} = '[\"auditor\"]' WHERE id = 1")
    found = faults(path)
    assert Fault(0, "changed", (table, "1")) in found


def test_an_un_withdrawn_key_is_found_and_does_not_leave(path: Path, tmp_path: Path) -> None:
    """The attack that pays: a withdrawn key made good again, by somebody who has the file and no passphrase."""
    spoil(path, "UPDATE key SET state = 'approved' WHERE state = 'withdrawn'")
    assert [(each.what, each.facts[0]) for each in faults(path)] == [("changed", "key")]
    desk = open_desk(path, cost=CHEAP)
    desk.clock = Clock()
    people.authenticate(desk, "alice", passphrase("alice"))
    with pytest.raises(RecordsDamaged) as caught:
        perform(desk, exports.EXPORT, ExportLinks(("lon-man",), tmp_path / "out2"))
    assert (caught.value.table, caught.value.fault) == ("key", "changed")
    assert not (tmp_path / "out2").exists()
    desk.close()


def test_every_table_is_covered() -> None:
    """Reconciliation walks a list; a table that is not on it would be free to change."""
    connection = _fresh()
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert tables == {*RECORDS, "ledger"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner),
)


@given(JSON)
def test_the_quick_spelling_is_rfc_8785(value: object) -> None:
    assert canonical_plain(value).encode() == rfc8785.dumps(value)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)  # fmt: skip


@given(ANY_JSON)
def test_canonical_is_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), float("nan"), {1: 2}, "\ud800", b"bytes"])
def test_what_rfc_8785_cannot_say_is_refused(value: object) -> None:
    with pytest.raises((rfc8785.CanonicalizationError, UnicodeEncodeError)):
        canonical(value)
