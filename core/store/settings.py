"""Settings on file; the newest of a name is in force."""

import sqlite3
from datetime import datetime

from core.model.settings import Setting, SettingName
from core.store.failures import understood
from core.store.schema import has
from core.store.unit import Unit


@understood
def _setting(row: sqlite3.Row) -> Setting:
    return Setting(
        id=row["id"],
        name=SettingName(row["name"]),
        value=row["value"],
        reason=row["reason"],
        ticket=row["ticket"],
        proposal=row["proposal"],
        made=datetime.fromisoformat(row["made"]),
    )


def newest(connection: sqlite3.Connection, name: SettingName) -> Setting | None:
    """The setting in force; files of versions before have no such table until something is written."""
    if not has(connection, "setting"):
        return None
    query = "SELECT * FROM setting WHERE name = ? ORDER BY id DESC LIMIT 1"
    row = connection.execute(query, (name.value,)).fetchone()
    return _setting(row) if row else None


def add(unit: Unit, setting: Setting) -> int:
    """Enter a setting; its `id` is given here."""
    return unit.insert(
        "setting",
        name=setting.name.value,
        value=setting.value,
        reason=setting.reason,
        ticket=setting.ticket,
        proposal=setting.proposal,
        made=setting.made.isoformat(),
    )
