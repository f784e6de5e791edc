"""The ledger as it lies in the file, and every record for reconciliation."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime

from core.model.audit import Row, Sought, StoredRow
from core.store.failures import understood
from core.store.schema import MIGRATIONS, RECORDS, foreign
from core.store.unit import Record, plain


@understood
def _row(row: sqlite3.Row) -> Row:
    body = json.loads(row["body"])
    return Row(
        number=row["number"],
        time=datetime.fromisoformat(str(body["time"])),
        actor=str(body["actor"]),
        action=str(body["action"]),
        ticket=str(body["ticket"]),
        body=body,
        signature=row["signature"],
        leaf=row["leaf"],
    )


def newest(connection: sqlite3.Connection) -> tuple[int, bytes, str]:
    """Number, leaf and time of the last row; (0, b"", "") in a file that is being made."""
    row = connection.execute("SELECT number, leaf, time FROM ledger ORDER BY number DESC LIMIT 1").fetchone()
    return (row["number"], row["leaf"], row["time"]) if row else (0, b"", "")


def recent(connection: sqlite3.Connection, limit: int) -> tuple[Row, ...]:
    """The newest rows, newest first."""
    return tuple(_row(row) for row in connection.execute("SELECT * FROM ledger ORDER BY number DESC LIMIT ?", (limit,)))


def sought(connection: sqlite3.Connection, wanted: Sought, limit: int) -> tuple[tuple[Row, ...], int]:
    """The newest of the rows that are looked for, newest first, and how many there are in all."""
    asked = {
        "actor = ?": wanted.person,
        "action = ?": wanted.action,
        "time >= ?": wanted.since,
        "time < date(?, '+1 day')": wanted.until,
    }
    terms = [term for term, value in asked.items() if value]
    values = [value for value in asked.values() if value]
    where = f"FROM ledger WHERE {' AND '.join(terms) or 'true'}"
    count = connection.execute(f"SELECT count(*) {where}", values).fetchone()[0]
    rows = connection.execute(f"SELECT * {where} ORDER BY number DESC LIMIT ?", (*values, limit))
    return tuple(_row(row) for row in rows), count


def actors(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Everybody who stands in the ledger."""
    return tuple(row[0] for row in connection.execute("SELECT DISTINCT actor FROM ledger ORDER BY actor"))


def newest_about(connection: sqlite3.Connection, action: str, device: str) -> str:
    """The time of the newest row of an action about a device, "" where there is none."""
    for row in connection.execute("SELECT time, body FROM ledger WHERE action = ? ORDER BY number DESC", (action,)):
        if json.loads(row["body"])["details"].get("device") == device:
            return str(row["time"])
    return ""


def failures_since_success(connection: sqlite3.Connection, name: str, failed: str) -> tuple[int, str]:
    """How often `failed` was the last thing that happened under a name, and the time of the newest."""
    count, newest_time = 0, ""
    query = "SELECT time, action, body FROM ledger WHERE actor = ? OR action = ? ORDER BY number DESC LIMIT 200"
    for row in connection.execute(query, (name, failed)):
        if row["action"] != failed:
            break
        if json.loads(row["body"])["details"]["name"] == name:
            count, newest_time = count + 1, newest_time or row["time"]
    return count, newest_time


def row(connection: sqlite3.Connection, number: int) -> Row:
    """One row, which must exist."""
    return _row(connection.execute("SELECT * FROM ledger WHERE number = ?", (number,)).fetchone())


def acts(connection: sqlite3.Connection, first: int) -> list[tuple[int, str, str]]:
    """Number, actor and action of every row from `first` on."""
    found = connection.execute("SELECT number, actor, action FROM ledger WHERE number >= ? ORDER BY number", (first,))
    return [(each["number"], each["actor"], each["action"]) for each in found]


def tally(connection: sqlite3.Connection) -> dict[str, tuple[int, int, str, str]]:
    """For each action how often it stands here, and number, time and actor of the newest row; off the index, no body."""
    query = "SELECT action, count(*) AS times, max(number) AS newest FROM ledger GROUP BY action"
    found = {}
    for each in connection.execute(query).fetchall():
        row = connection.execute("SELECT time, actor FROM ledger WHERE number = ?", (each["newest"],)).fetchone()
        found[each["action"]] = (each["times"], each["newest"], row["time"], row["actor"])
    return found


def newest_of(connection: sqlite3.Connection, action: str) -> Iterator[Row]:
    """The rows of one action, newest first."""
    found = connection.execute("SELECT * FROM ledger WHERE action = ? ORDER BY number DESC", (action,))
    return (_row(row) for row in found)


def newest_act(connection: sqlite3.Connection, action: str) -> tuple[int, str]:
    """Number and time of the newest row of one action; (0, "") where there is none."""
    query = "SELECT number, time FROM ledger WHERE action = ? ORDER BY number DESC LIMIT 1"
    row = connection.execute(query, (action,)).fetchone()
    return (row["number"], row["time"]) if row else (0, "")


def raw(connection: sqlite3.Connection, after: int = 0, most: int = -1) -> Iterator[StoredRow]:
    """Every row behind row `after`, as stored; `most` of them, -1 for all."""
    query = "SELECT * FROM ledger WHERE number > ? ORDER BY number LIMIT ?"
    for row in connection.execute(query, (after, most)):
        yield StoredRow(
            row["number"], row["body"], row["signature"], row["leaf"], row["time"], row["actor"], row["action"]
        )


def leaf_of(connection: sqlite3.Connection, number: int) -> bytes | None:
    """The stored leaf hash of one row, if there is that row."""
    row = connection.execute("SELECT leaf FROM ledger WHERE number = ?", (number,)).fetchone()
    return bytes(row[0]) if row else None


def bodies(connection: sqlite3.Connection, actions: tuple[str, ...], until: int) -> Iterator[str]:
    """The body of every row up to `until` with one of these actions, in order."""
    marks = ", ".join("?" * len(actions))
    found = connection.execute(
        f"SELECT body FROM ledger WHERE action IN ({marks}) AND number <= ? ORDER BY number", (*actions, until)
    )
    return (str(row[0]) for row in found)


def leaves(connection: sqlite3.Connection) -> list[bytes]:
    """The stored leaf hash of every row, in order."""
    return [bytes(row[0]) for row in connection.execute("SELECT leaf FROM ledger ORDER BY number")]


def records(connection: sqlite3.Connection) -> Iterator[tuple[str, int, Record]]:
    """Every record of every table but the ledger. A file of an older format has fewer until it is next written."""
    there = {row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in (each for each in RECORDS if each in there):
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY id"):
            yield table, row["id"], plain(row)


def sound(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What SQLite itself finds wrong with the file; empty when nothing is."""
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    found += [f"foreign key {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
    if int(connection.execute("PRAGMA user_version").fetchone()[0]) == len(MIGRATIONS):
        found += [f"schema {name}" for name in foreign(connection)]
    return tuple(line for line in found if line != "ok")


def of_actions(connection: sqlite3.Connection, actions: tuple[str, ...]) -> Iterator[tuple[int, str, bytes]]:
    """Number, body text and signature of every row with one of these actions, oldest first."""
    marks = ", ".join("?" for _ in actions)
    for row in connection.execute(
        f"SELECT number, body, signature FROM ledger WHERE action IN ({marks}) ORDER BY number", actions
    ):
        yield row["number"], row["body"], row["signature"]
