"""What the file itself refuses: facts that change, records that go, numbers that jump, guards that are not ours."""

import gzip
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core.errors import workspace as errors
from core.model.links import ExportLinks, ReadBackDevice
from core.services import exports, people, readback
from core.services.audit import inspect
from core.services.desk import open_desk
from core.services.perform import perform
from core.store.file import WorkspaceFile
from core.store.schema import MIGRATIONS, MOVING, foreign
from core.words.audit import fault
from core.words.say import sentence
from tests.desks import CHEAP, START, Room, make_room, passphrase
from tests.store.disks import sha256

GOLDEN = Path(__file__).parent / "data" / "version-1.anchorhold.gz"
TABLES = ("workspace", "operator", "ledger", "device", "key", "comparison", "link", "export", "readback", "pin")


def filled(folder: Path) -> Room:
    """A workspace with a record in every table of Links mode."""
    room = make_room(folder)
    room.ready_link()
    perform(room.sit("alice"), exports.EXPORT, ExportLinks(("lon-man",), folder / "out"))
    perform(room.sit("bob"), readback.READ_BACK, ReadBackDevice("lon", room.pems["lon"] + room.pems["man"]))
    return room


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = filled(tmp_path_factory.mktemp("filled"))
    room.desk.close()
    return room.path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "it.anchorhold"))


def _columns(table: str) -> list[str]:
    with closing(sqlite3.connect(":memory:")) as fresh:
        for script in MIGRATIONS:
            fresh.executescript(script)
        return [row[1] for row in fresh.execute(f"PRAGMA table_info({table})")]


FACTS = [(table, column) for table in TABLES for column in _columns(table) if column not in MOVING[table]]


def dump(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every record of every table, blobs as hex."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [
                {name: row[name].hex() if isinstance(row[name], bytes) else row[name] for name in row.keys()}  # noqa: SIM118
                for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")
            ]
            for table in sorted(tables)
        }


def _refused(path: Path, statement: str, *values: object) -> str:
    """The file's own answer to a statement; that it changed nothing is asserted."""
    before = dump(path)
    with closing(sqlite3.connect(path)) as connection:
        with pytest.raises(sqlite3.DatabaseError) as refusal:
            connection.execute(statement, values)
        connection.commit()
    assert dump(path) == before
    return str(refusal.value)


def test_every_table_is_named_and_strict(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        strict = {row[1]: row[5] for row in connection.execute("PRAGMA table_list") if not row[1].startswith("sqlite_")}
    assert set(strict) == set(MOVING)
    assert set(strict.values()) == {1}
    assert set(TABLES) <= set(MOVING)
    assert "is not" not in _refused(path, "INSERT INTO pin VALUES (3, 'one', 1, 1, 'exported', '')")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_record_here(made: Path, table: str) -> None:
    """Or the refusals below would prove nothing."""
    assert dump(made)[table]


@pytest.mark.parametrize(("table", "column"), FACTS, ids=lambda part: str(part))
def test_a_fact_is_never_changed(path: Path, table: str, column: str) -> None:
    old = dump(path)[table][0][column]
    new: object = 77 if isinstance(old, int) else "other"
    if column in ("spki", "certificate", "public_key", "signature", "leaf"):
        new = b"other"
    assert "a fact of" in _refused(path, f"UPDATE {table} SET {column} = ? WHERE rowid = 1", new)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET rowid = 99 WHERE rowid = 1",
        "UPDATE OR REPLACE {table} SET rowid = 99 WHERE rowid = 1",
        "DELETE FROM {table} WHERE rowid = 1",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE rowid = 1",
        "REPLACE INTO {table} SELECT * FROM {table}",
        "INSERT OR IGNORE INTO {table} SELECT * FROM {table} WHERE rowid = 1",
    ],
)
def test_nothing_is_deleted_renumbered_or_replaced(path: Path, table: str, statement: str) -> None:
    answer = _refused(path, statement.format(table=table))
    assert "is not changed" in answer or "nothing is deleted" in answer or "without gaps" in answer


def test_numbers_run_without_gaps(path: Path) -> None:
    assert "without gaps" in _refused(path, "INSERT INTO ledger VALUES (99, '', x'', x'', '', '', '')")
    assert "without gaps" in _refused(path, "INSERT INTO pin VALUES (99, 1, 1, 1, 'exported', '')")


@pytest.mark.parametrize(("table", "column"), [(t, c) for t in TABLES for c in MOVING[t]], ids=str)
def test_what_moves_may_move(path: Path, table: str, column: str) -> None:
    """The other side: the guards do not stop the program's own work."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE {table} SET {column} = {column} WHERE id = 1")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO device VALUES (9, 'x', 'other', 'fqdn', 'x', 'x', '[]', '', '', '', '', '', NULL)",
        "UPDATE operator SET envelope = NULL WHERE id = 1",
        "INSERT INTO link VALUES (2, 'x', 1, 1, 'ipsec', '', '', 'active')",
    ],
)
def test_the_shape_is_held(path: Path, statement: str) -> None:
    assert _refused(path, statement)


def test_a_key_belongs_to_a_device(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO pin VALUES (3, 9, 9, 9, 'exported', '')")
    with closing(sqlite3.connect(path)) as connection:  # somebody who leaves the check out is found afterwards
        connection.execute("INSERT INTO pin VALUES (3, 9, 9, 9, 'exported', '')")
        connection.commit()
    assert any("foreign key" in fault(each) for each in _faults(path))


def _faults(path: Path) -> tuple[Any, ...]:
    desk = open_desk(path, read_only=True, cost=CHEAP)
    try:
        return inspect(desk).faults
    finally:
        desk.close()


PLANTED = {
    "a guard gone": ("DROP TRIGGER key_facts", "key_facts"),
    "a guard weakened": (
        "DROP TRIGGER ledger_stays; CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN SELECT 1; END",
        "ledger_stays",
    ),
    "a trigger of their own": (
        "CREATE TRIGGER helpful AFTER INSERT ON key BEGIN UPDATE key SET state = 'approved' WHERE id = NEW.id; END",
        "helpful",
    ),
    "a table of their own": ("CREATE TABLE notes (text)", "notes"),
    "a view": ("CREATE VIEW keys AS SELECT * FROM key", "keys"),
    "an index gone": ("DROP INDEX key_spki", "key_spki"),
    "a column more": ("ALTER TABLE device ADD COLUMN note TEXT", "device"),
}


@pytest.mark.parametrize("case", PLANTED)
def test_foreign_guards_are_found_and_nothing_is_written(path: Path, case: str) -> None:
    """A planted trigger could change what a signed row is about to vouch for."""
    script, name = PLANTED[case]
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        connection.execute("PRAGMA journal_mode=DELETE")
    before = dump(path)
    assert any(name in fault(each) for each in _faults(path))
    file = WorkspaceFile(path, wal=False)
    try:
        with pytest.raises(errors.DamagedWorkspace) as refusal, file.writing():
            pytest.fail("it was let in")
        assert name in sentence(refusal.value)
    finally:
        file.close()
    assert dump(path) == before


def test_our_own_shape_is_not_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert foreign(connection) == ()
    assert _faults(path) == ()


def test_a_file_of_version_1_opens_and_loses_nothing(tmp_path: Path) -> None:
    """Kept as version 1 wrote it: read, verified, brought up to date by the first command, every value still there."""
    path = tmp_path / "old.anchorhold"
    path.write_bytes(gzip.decompress(GOLDEN.read_bytes()))
    old, whole = dump(path), sha256(path)
    assert {table: len(old[table]) for table in ("device", "key", "comparison", "link", "export")} == {
        "device": 2, "key": 2, "comparison": 4, "link": 1, "export": 2,
    }  # fmt: skip
    assert _faults(path) == ()
    assert sha256(path) == whole  # reading did not touch it
    desk = open_desk(path, cost=CHEAP)
    desk.clock = lambda: START
    people.sign_in(desk, "alice", passphrase("alice"))
    assert inspect(desk).faults == ()
    desk.close()
    new = dump(path)
    for table, rows in old.items():
        kept = [{name: row[name] for name in before} for before, row in zip(rows, new[table], strict=False)]
        assert json.dumps(kept) == json.dumps(rows), table
    assert len(new["ledger"]) == len(old["ledger"]) + 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        assert foreign(connection) == ()
