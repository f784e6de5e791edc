"""One command's writes, remembered so that its ledger row can name every record it touched."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

Record = dict[str, Any]
Connection = sqlite3.Connection


class Unit:
    """The writing connection inside one transaction. Columns and tables come from our code, never from outside."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._touched: dict[tuple[str, int], None] = {}

    def insert(self, table: str, **values: Any) -> int:
        """Add a record under the next number and return it."""
        return self.insert_all(table, [values])[0]

    def insert_all(self, table: str, records: Sequence[Record]) -> list[int]:
        """Add records, all with the same columns, under the next numbers and return these.

        Plain SQL: sqlite-utils looks at the schema for each, 0.2 ms a record, a tenth of issuing a batch.
        """
        first = int(self.connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])
        numbers = list(range(first, first + len(records)))
        names = tuple(records[0]) if records else ()
        marks = ", ".join("?" * (len(names) + 1))
        self.connection.executemany(
            f"INSERT INTO {table} ({', '.join(('id', *names))}) VALUES ({marks})",
            [(number, *(values[name] for name in names)) for number, values in zip(numbers, records, strict=True)],
        )
        self._touched.update(((table, number), None) for number in numbers)
        return numbers

    def update(self, table: str, number: int, **values: Any) -> None:
        """Change moving columns of one record."""
        from sqlite_utils import Database  # 90 ms of imports that reading and starting do not need

        Database(self.connection, execute_plugins=False).table(table).update(number, values, alter=False)
        self._touched[(table, number)] = None

    @contextmanager
    def part(self) -> Iterator["Unit"]:
        """A part of the transaction with touched records of its own; an exception undoes the part and passes on."""
        self.connection.execute("SAVEPOINT part")
        try:
            yield Unit(self.connection)
        except BaseException:
            self.connection.execute("ROLLBACK TO part")
            raise
        finally:
            self.connection.execute("RELEASE part")

    def touched(self) -> list[tuple[str, int, Record]]:
        """Every record that was added or changed, as it stands now."""
        return [(table, number, record(self.connection, table, number)) for table, number in self._touched]

    def append(self, number: int, body: str, signature: bytes, leaf: bytes, columns: tuple[str, str, str]) -> None:
        """Add the ledger row; `columns` are its time, actor and action, for finding it (`audit verify` holds them
        against the body; generated columns are out, because trusted_schema=OFF forbids json_extract in a schema)."""
        self.connection.execute(
            "INSERT INTO ledger (number, body, signature, leaf, time, actor, action) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, body, signature, leaf, *columns),
        )


def plain(row: sqlite3.Row) -> Record:
    """A record as JSON-able values: blobs become lower-case hex."""
    return {
        name: value.hex() if isinstance(value, bytes) else value for name, value in zip(row.keys(), row, strict=True)
    }


def record(connection: sqlite3.Connection, table: str, number: int) -> Record:
    """One record by table and number."""
    row: sqlite3.Row = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (number,)).fetchone()
    return plain(row)
