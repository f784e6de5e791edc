"""Foreign roots and cross-certificates on file. Nothing of one changes but its state."""

import json
import sqlite3
from dataclasses import replace
from datetime import date, datetime

from core.model.keys import Form, Verdict
from core.model.trust import Anchor, AnchorComparison, AnchorKind, AnchorState
from core.store.failures import understood
from core.store.schema import has
from core.store.unit import Unit


@understood
def _anchor(row: sqlite3.Row) -> Anchor:
    return Anchor(
        id=row["id"],
        name=row["name"],
        kind=AnchorKind(row["kind"]),
        der=row["der"],
        sha256=row["sha256"],
        subject=tuple((short, value) for short, value in json.loads(row["subject"])),
        purpose=row["purpose"],
        owner=row["owner"],
        until=date.fromisoformat(row["until"]),
        ticket=row["ticket"],
        state=AnchorState(row["state"]),
        made=datetime.fromisoformat(row["made"]),
        made_by=row["made_by"],
    )


@understood
def _comparison(row: sqlite3.Row) -> AnchorComparison:
    return AnchorComparison(
        id=row["id"],
        anchor_id=row["anchor_id"],
        operator=row["operator"],
        verdict=Verdict(row["verdict"]),
        form=Form(row["form"]),
        time=datetime.fromisoformat(row["time"]),
    )


def all_anchors(connection: sqlite3.Connection) -> tuple[Anchor, ...]:
    """Every foreign CA, oldest first."""
    if not has(connection, "anchor"):
        return ()
    return tuple(_anchor(row) for row in connection.execute("SELECT * FROM anchor ORDER BY id"))


def comparisons(connection: sqlite3.Connection, anchor_id: int) -> tuple[AnchorComparison, ...]:
    """The comparisons of one of them, oldest first."""
    query = "SELECT * FROM anchor_comparison WHERE anchor_id = ? ORDER BY id"
    return tuple(_comparison(row) for row in connection.execute(query, (anchor_id,)))


def add(unit: Unit, anchor: Anchor) -> Anchor:
    """Enter it; its `id` is given here."""
    number = unit.insert(
        "anchor",
        name=anchor.name,
        kind=anchor.kind.value,
        der=anchor.der,
        sha256=anchor.sha256,
        subject=json.dumps(anchor.subject),
        purpose=anchor.purpose,
        owner=anchor.owner,
        until=anchor.until.isoformat(),
        ticket=anchor.ticket,
        state=anchor.state.value,
        made=anchor.made.isoformat(),
        made_by=anchor.made_by,
    )
    return replace(anchor, id=number)


def compared(unit: Unit, made: AnchorComparison, state: AnchorState) -> None:
    """Enter a comparison and what it makes of its anchor."""
    unit.insert(
        "anchor_comparison",
        anchor_id=made.anchor_id,
        operator=made.operator,
        verdict=made.verdict.value,
        form=made.form.value,
        time=made.time.isoformat(),
    )
    if state is not AnchorState.PENDING:
        unit.update("anchor", made.anchor_id, state=state.value)
