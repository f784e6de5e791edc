"""Somebody who has the file, and no passphrase."""

import sqlite3
from pathlib import Path


def spoil(path: Path, *statements: str) -> None:
    """Write to the file as somebody does who has it and no passphrase; the guards are put back, so as not to show."""
    connection = sqlite3.connect(path)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, guard in guards:
        connection.execute(guard)
    connection.commit()
    connection.close()
