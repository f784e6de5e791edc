"""The ledger against edit, delete, reorder, insert: by somebody who has the file, and no key or only their own.

What can be seen from inside the file is found here. What cannot (the newest rows cut off together with what they
changed; everything written anew by other people) needs something outside the file: tests/audit/test_checkpoints.py.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core.crypto.digest import canonical, leaf
from core.crypto.signing import generate, sign
from core.errors.base import Damaged
from core.errors.people import NotSignedIn
from core.model.audit import Fault
from core.model.devices import AddDevice
from core.model.keys import WithdrawKey
from core.services import audit, devices, keys
from core.services.desk import open_desk
from core.services.ledger import write_row
from core.services.perform import perform
from core.store import audit as store
from core.words.audit import fault
from core.words.say import sentence
from tests.desks import CHEAP, Room, make_room
from tests.spoil import spoil

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """Rows of two people, one refusal that nobody signed, one record that changed twice."""
    room = make_room(tmp_path_factory.mktemp("whole"))
    room.ready_link()
    perform(room.sit("bob"), keys.WITHDRAW, WithdrawKey("man", "stolen"))
    room.desk.session = None
    with pytest.raises(NotSignedIn):
        perform(room.desk, devices.ADD, AddDevice("x", "other", "x", "x"))
    room.device("par")
    room.desk.close()
    return room


@pytest.fixture
def path(whole: Room, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole.path, tmp_path / "room.anchorhold"))


def faults(path: Path) -> tuple[Fault, ...]:
    desk = open_desk(path, cost=CHEAP)
    try:
        return audit.inspect(desk).faults
    finally:
        desk.close()


def kinds(found: tuple[Fault, ...]) -> set[tuple[int, str]]:
    return {(each.row, each.what) for each in found}


def written(path: Path, change: Callable[[Rows], Rows]) -> None:
    """Take the ledger out, change it, put it back as it is, the guards as well."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute("SELECT * FROM ledger ORDER BY number")]
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for guard in guards:
            connection.execute(f"DROP TRIGGER {guard['name']}")
        connection.execute("DELETE FROM ledger")
        for row in change(rows):
            columns = ("number", "body", "signature", "leaf", "time", "actor", "action")
            connection.execute("INSERT INTO ledger VALUES (?,?,?,?,?,?,?)", [row[name] for name in columns])
        for guard in guards:
            connection.execute(guard["sql"])
        connection.commit()


def edited(row: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The row with another body; its hash is made to fit, its signature stays what it was."""
    text = canonical({**json.loads(row["body"]), **changes}).decode()
    body = json.loads(text)
    columns = {name: body[name] for name in ("time", "actor", "action")}
    return {**row, "body": text, "leaf": leaf(text.encode(), row["signature"]), **columns}


def chained(rows: Rows, start: int, sign_with: bytes = b"") -> Rows:
    """Every row from number `start` on hangs on the one before it again, signed anew where there is a key."""
    for at in range(start - 1, len(rows)):
        previous = rows[at - 1]["leaf"].hex() if at else ""
        row = edited(rows[at], previous=previous, number=at + 1)
        if sign_with and row["signature"]:
            row["signature"] = sign(sign_with, row["body"].encode())
        rows[at] = {**row, "number": at + 1, "leaf": leaf(row["body"].encode(), row["signature"])}
    return rows


def _edit(rows: Rows) -> Rows:
    rows[3] = edited(rows[3], ticket="CHG-other")
    return rows


def _edit_behind_the_hash(rows: Rows) -> Rows:
    rows[3]["body"] = rows[3]["body"].replace("2026", "2025", 1)
    return rows


def _delete(rows: Rows) -> Rows:
    return [row for row in rows if row["number"] != 5]


def _delete_and_close_the_gap(rows: Rows) -> Rows:
    return chained(_delete(rows), 5)


def _swap(rows: Rows) -> Rows:
    rows[3], rows[4] = {**rows[4], "number": 4}, {**rows[3], "number": 5}
    return rows


def _swap_and_chain(rows: Rows) -> Rows:
    rows[3], rows[4] = rows[4], rows[3]
    return chained(rows, 4)


def _swap_signatures(rows: Rows) -> Rows:
    for one, other in ((rows[3], rows[4]),):
        one["signature"], other["signature"] = other["signature"], one["signature"]
    return chained(rows, 5)


def _insert_a_copy(rows: Rows) -> Rows:
    return chained([*rows[:4], rows[3], *rows[4:]], 5)


def _insert_unsigned(rows: Rows) -> Rows:
    """A row of the program itself, which needs no key, that claims to have changed something."""
    made = edited({**rows[-1], "signature": b""}, actor="program", duty="")
    return chained([*rows, made], len(rows) + 1)


def _unsign(rows: Rows) -> Rows:
    rows[3] = edited({**rows[3], "signature": b""}, actor="program")
    return chained(rows, 5)


def _edit_and_chain(rows: Rows) -> Rows:
    return chained(_edit(rows), 5)


def _new_key(rows: Rows) -> Rows:
    """Everything signed anew, by a key that the attacker made."""
    secret, _ = generate()
    return chained(_edit(rows), 1, secret)


def _another_name(rows: Rows) -> Rows:
    rows[3] = edited(rows[3], actor="mallory")
    return chained(rows, 5)


def _another_workspace(rows: Rows) -> Rows:
    rows[3] = edited(rows[3], workspace="3b1f3a8e-0000-4000-8000-000000000000")
    return rows


def _another_type(rows: Rows) -> Rows:
    rows[3] = edited(rows[3], type="checkpoint")
    return rows


def _clock_back(rows: Rows) -> Rows:
    rows[3] = edited(rows[3], time="2026-11-23T02:17:40Z")
    return rows


def _columns(rows: Rows) -> Rows:
    """The body is whole, but the row is filed under somebody else."""
    rows[3]["actor"] = "bob"
    return rows


def _not_canonical(rows: Rows) -> Rows:
    rows[3]["body"] = rows[3]["body"].replace(":", ": ", 1)
    return rows


def _not_json(rows: Rows) -> Rows:
    rows[3]["body"] = "{" * 5000
    return rows


def _odd_shapes(rows: Rows) -> Rows:
    rows[3] = edited(rows[3], subjects=5)
    return rows


def _odd_subject(rows: Rows) -> Rows:
    rows[3] = edited(rows[3], subjects=[{"table": "key"}])
    return rows


def _unknown_action(rows: Rows) -> Rows:
    rows[3] = edited(rows[3], action="key.blessed")
    return rows


def _number_inside(rows: Rows) -> Rows:
    rows[3] = edited(rows[3], number=7)
    return rows


ATTACKS: dict[str, tuple[Callable[[Rows], Rows], set[tuple[int, str]], str]] = {
    "edit": (_edit, {(4, "signature"), (5, "chain")}, "Entry 4 is not signed by alice"),
    "edit behind the hash": (_edit_behind_the_hash, {(4, "hash"), (4, "signature")}, "Entry 4 is not what its hash says"),
    "edit and chain anew": (_edit_and_chain, {(4, "signature"), (5, "signature")}, "Entry 5 is not signed"),
    "delete": (_delete, {(5, "missing-row"), (6, "chain")}, "Entry 5 is missing"),
    "delete and close the gap": (_delete_and_close_the_gap, {(5, "signature")}, "Entry 5 is not signed"),
    "swap": (_swap, {(4, "misplaced"), (4, "chain")}, "Entry 4 belongs to another place"),
    "swap and chain anew": (_swap_and_chain, {(4, "signature"), (5, "signature")}, "Entry 4 is not signed"),
    "swap signatures": (_swap_signatures, {(4, "signature"), (5, "signature")}, "Entry 4 is not signed"),
    "insert a copy": (_insert_a_copy, {(5, "signature")}, "Entry 5 is not signed"),
    "insert one nobody signed": (_insert_unsigned, {(15, "unsigned")}, "Entry 15 is not signed, though it changes"),
    "take a signature away": (_unsign, {(4, "unsigned"), (5, "signature")}, "Entry 4 is not signed"),
    "sign everything anew": (_new_key, {(1, "signature"), (4, "signature")}, "Entry 1 is not signed by alice"),
    "another person": (_another_name, {(4, "signature")}, "Entry 4 is not signed by mallory"),
    "another workspace": (_another_workspace, {(4, "misplaced")}, "another workspace"),
    "another type": (_another_type, {(4, "misplaced"), (4, "signature")}, "another place"),
    "clock back": (_clock_back, {(4, "clock-back")}, "Entry 4 is older"),
    "columns": (_columns, {(4, "columns")}, "filed under another"),
    "not canonical": (_not_canonical, {(4, "not-canonical")}, "canonical form"),
    "not JSON": (_not_json, {(4, "not-canonical")}, "canonical form"),
    "odd shapes": (_odd_shapes, {(4, "not-canonical")}, "canonical form"),
    "odd subject": (_odd_subject, {(4, "not-canonical")}, "canonical form"),
    "unknown action": (_unknown_action, {(4, "unknown-event")}, "Entry 4"),
    "number inside": (_number_inside, {(4, "misplaced")}, "another place"),
}  # fmt: skip


def test_the_whole_one_is_sound(path: Path) -> None:
    """Taking it out and putting it back is no fault; neither is the row that nobody signed."""
    written(path, lambda rows: rows)
    desk = open_desk(path, cost=CHEAP)
    report = audit.inspect(desk)
    desk.close()
    assert report.faults == ()
    assert (report.rows, report.unsigned) == (14, 1)


@pytest.mark.parametrize("attack", ATTACKS)
def test_found(attack: str, path: Path) -> None:
    change, expected, words = ATTACKS[attack]
    written(path, change)
    found = faults(path)
    assert expected <= kinds(found), kinds(found)
    told = [fault(each) for each in found]
    assert any(words in each for each in told), told
    assert all(each.endswith(".") for each in told)


@pytest.mark.parametrize("attack", [name for name in ATTACKS if name != "columns"])
def test_nothing_is_signed_on_top_of_it(attack: str, path: Path, whole: Room) -> None:
    """A failed verify blocks signing: the next command is refused as damage, and leaves no row."""
    written(path, ATTACKS[attack][0])
    desk = open_desk(path, cost=CHEAP)
    desk.clock, desk.session = whole.clock, whole.sessions["alice"]
    before = desk.file.read.execute("SELECT count(*) FROM ledger").fetchone()[0]
    with pytest.raises(Damaged) as damage:
        perform(desk, devices.ADD, AddDevice("new", "strongswan", "new.example.net", "192.0.2.99"))
    assert sentence(damage.value)
    assert desk.file.read.execute("SELECT count(*) FROM ledger").fetchone()[0] == before
    desk.close()


def test_signed_by_another_operator(path: Path, whole: Room) -> None:
    """An insider with an own key, who writes an act of somebody else's."""

    def change(rows: Rows) -> Rows:
        rows[3] = edited(rows[3], ticket="CHG-other")
        rows[3]["signature"] = sign(whole.sessions["bob"].secret, rows[3]["body"].encode())
        rows[3]["leaf"] = leaf(rows[3]["body"].encode(), rows[3]["signature"])
        return chained(rows, 5)

    written(path, change)
    assert (4, "signature") in kinds(faults(path))


def test_an_own_row_rewritten_breaks_the_rows_of_others(path: Path, whole: Room) -> None:
    """Alice edits what she did once and signs it and all her later rows anew; Bob's rows in between do not follow."""
    secret = whole.sessions["alice"].secret

    def change(rows: Rows) -> Rows:
        rows[3] = edited(rows[3], ticket="CHG-other")
        rows[3]["signature"] = sign(secret, rows[3]["body"].encode())
        rows[3]["leaf"] = leaf(rows[3]["body"].encode(), rows[3]["signature"])
        return chained(rows, 5, secret)

    written(path, change)
    found = {row for row, what in kinds(faults(path)) if what == "signature"}
    with closing(sqlite3.connect(path)) as connection:
        bobs = {row[0] for row in connection.execute("SELECT number FROM ledger WHERE actor = 'bob' AND number > 4")}
    assert found == bobs
    assert bobs


def test_the_newest_rows_cut_off(path: Path) -> None:
    """Their records stay behind and give it away."""
    written(path, lambda rows: rows[:-1])
    assert kinds(faults(path)) == {(0, "inserted")}
    assert any("put there from outside" in fault(each) for each in faults(path))


def test_newest_rows_without_records_cut_off_need_an_outside_witness(path: Path) -> None:
    """What verify cannot see from inside: said here, so that nobody believes more."""
    written(path, lambda rows: rows[:-1])
    spoil(path, "DELETE FROM device WHERE name = 'par'")
    desk = open_desk(path, cost=CHEAP)
    report = audit.inspect(desk)
    desk.close()
    assert report.faults == ()
    assert report.vouched == 0  # and it says that nothing outside vouches for any row


def test_two_rows_with_one_number_cannot_lie_in_the_file(path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        written(path, lambda rows: [*rows, rows[-1]])


def test_a_row_of_another_workspace_carried_over(path: Path, tmp_path: Path) -> None:
    """Properly signed by the same name, in a file of the same people: it still belongs elsewhere."""
    (tmp_path / "other").mkdir()
    other = make_room(tmp_path / "other")
    other.device("par")
    other.desk.close()
    with closing(sqlite3.connect(other.path)) as connection:
        connection.row_factory = sqlite3.Row
        stolen = dict(connection.execute("SELECT * FROM ledger ORDER BY number DESC LIMIT 1").fetchone())
    written(path, lambda rows: [*rows, {**stolen, "number": len(rows) + 1}])
    assert {(15, "misplaced"), (15, "chain"), (15, "signature")} <= kinds(faults(path))


def test_a_name_that_is_not_utf8_does_not_stop_a_row(tmp_path: Path) -> None:
    """File names on Linux are bytes; whichever verb puts one into its details, the row is written and verifies."""
    room = make_room(tmp_path)
    details = {"file": "stick-\udcff", "files": ["\udcff"], "within": {"place": "\udcff"}}
    with room.desk.file.writing() as unit:
        session = room.sit("alice").acting
        write_row(unit, room.desk.workspace.id, room.clock(), "sign-in.done", session=session, details=details)
    assert audit.inspect(room.desk).faults == ()
    kept = store.recent(room.desk.file.read, 1)[0].body["details"]
    assert kept == {"file": "stick-?", "files": ["?"], "within": {"place": "?"}}
    room.desk.close()
