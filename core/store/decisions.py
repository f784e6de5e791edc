"""Decisions on file; a newer one for the same clause stands in the place of an older."""

import sqlite3
from datetime import date, datetime

from core.model.decisions import Decision
from core.store.unit import Unit


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        id=row["id"],
        clause=row["clause"],
        value=date.fromisoformat(row["value"]),
        review=date.fromisoformat(row["review"]),
        reason=row["reason"],
        ticket=row["ticket"],
        proposal=row["proposal"],
        made=datetime.fromisoformat(row["made"]),
    )


def all_decisions(connection: sqlite3.Connection) -> tuple[Decision, ...]:
    """Every decision, newest first."""
    return tuple(_decision(row) for row in connection.execute("SELECT * FROM decision ORDER BY id DESC"))


def add(unit: Unit, decision: Decision) -> int:
    """Enter a decision; its `id` is given here."""
    return unit.insert(
        "decision",
        clause=decision.clause,
        value=decision.value.isoformat(),
        review=decision.review.isoformat(),
        reason=decision.reason,
        ticket=decision.ticket,
        proposal=decision.proposal,
        made=decision.made.isoformat(),
    )
