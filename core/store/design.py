"""Design records; the newest one holds."""

import json
import sqlite3
from datetime import datetime

from core.model.design import Design
from core.store.unit import Unit


def newest(connection: sqlite3.Connection) -> Design | None:
    """The design record in force."""
    row = connection.execute("SELECT * FROM design ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        return None
    return Design(
        id=row["id"],
        technologies=tuple(json.loads(row["technologies"])),
        community=row["community"],
        relying=tuple(json.loads(row["relying"])),
        hierarchy=row["hierarchy"],
        proposal=row["proposal"],
        made=datetime.fromisoformat(row["made"]),
    )


def add(unit: Unit, design: Design) -> int:
    """Enter a design record; its `id` is given here."""
    return unit.insert(
        "design",
        technologies=json.dumps(list(design.technologies)),
        community=design.community,
        relying=json.dumps(list(design.relying)),
        hierarchy=design.hierarchy,
        proposal=design.proposal,
        made=design.made.isoformat(),
    )
