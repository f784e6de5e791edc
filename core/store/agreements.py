"""Agreements on file, the newest first."""

import sqlite3
from datetime import datetime

from core.model.agreements import Agreement, Allowing
from core.store.failures import understood
from core.store.schema import has
from core.store.unit import Unit


@understood
def _agreement(row: sqlite3.Row) -> Agreement:
    return Agreement(
        id=row["id"],
        allowing=Allowing(row["allowing"]),
        about=row["about"],
        value=row["value"],
        reason=row["reason"],
        ticket=row["ticket"],
        proposal=row["proposal"],
        made=datetime.fromisoformat(row["made"]),
    )


def all_of(connection: sqlite3.Connection, allowing: Allowing, about: str | None = None) -> tuple[Agreement, ...]:
    """The agreements of a kind, about one thing or about all."""
    if not has(connection, "agreement"):
        return ()
    query = "SELECT * FROM agreement WHERE allowing = ? AND (? IS NULL OR about = ?) ORDER BY id DESC"
    return tuple(_agreement(row) for row in connection.execute(query, (allowing.value, about, about)))


def add(unit: Unit, agreement: Agreement) -> int:
    """Enter an agreement; its `id` is given here."""
    return unit.insert(
        "agreement",
        allowing=agreement.allowing.value,
        about=agreement.about,
        value=agreement.value,
        reason=agreement.reason,
        ticket=agreement.ticket,
        proposal=agreement.proposal,
        made=agreement.made.isoformat(),
    )
