"""Keys and comparisons on file."""

import sqlite3
from datetime import datetime
from typing import Any

from core.model.keys import (
    Algorithm,
    Arrival,
    Channel,
    Comparison,
    Form,
    Key,
    KeyState,
    PublicKey,
    Source,
    Verdict,
)
from core.store.failures import understood
from core.store.unit import Unit


@understood
def _key(row: sqlite3.Row) -> Key:
    return Key(
        id=row["id"],
        device_id=row["device_id"],
        public=PublicKey(
            spki=row["spki"],
            algorithm=Algorithm(row["algorithm"]),
            bits=row["bits"],
            source=Source(row["source"]),
            certificate=row["certificate"],
            possession=bool(row["possession"]),
        ),
        state=KeyState(row["state"]),
        arrival=Arrival(row["arrival"]),
        received=datetime.fromisoformat(row["received"]),
        received_by=row["received_by"],
        waiver=row["waiver"],
        replace_by=row["replace_by"],
        review_by=row["review_by"],
        pinned_until=row["pinned_until"],
        telephone_only=bool(row["telephone_only"]),
        by_one_person=bool(row["by_one_person"]),
    )


def all_keys(connection: sqlite3.Connection) -> tuple[Key, ...]:
    """Every key, oldest first."""
    return tuple(_key(row) for row in connection.execute("SELECT * FROM key ORDER BY id"))


def of_device(connection: sqlite3.Connection, device_id: int) -> tuple[Key, ...]:
    """A device's keys, newest first."""
    found = connection.execute("SELECT * FROM key WHERE device_id = ? ORDER BY id DESC", (device_id,))
    return tuple(_key(row) for row in found)


def all_with_spki(connection: sqlite3.Connection, spki: bytes) -> tuple[Key, ...]:
    """Every key of that value, whatever became of it."""
    return tuple(_key(row) for row in connection.execute("SELECT * FROM key WHERE spki = ? ORDER BY id", (spki,)))


def get(connection: sqlite3.Connection, number: int) -> Key:
    """A key by its number, which must exist."""
    return _key(connection.execute("SELECT * FROM key WHERE id = ?", (number,)).fetchone())


def add(unit: Unit, key: Key, origin: str) -> int:
    """Enter a key; its `id` is given here. `origin` is the file's name as the person saw it."""
    return unit.insert(
        "key",
        device_id=key.device_id,
        spki=key.public.spki,
        algorithm=key.public.algorithm.value,
        bits=key.public.bits,
        source=key.public.source.value,
        certificate=key.public.certificate,
        possession=int(key.public.possession),
        arrival=key.arrival.value,
        received=key.received.isoformat(),
        received_by=key.received_by,
        origin=origin,
        waiver=key.waiver,
        replace_by=key.replace_by,
        state=key.state.value,
        review_by=key.review_by,
        pinned_until=key.pinned_until,
        telephone_only=int(key.telephone_only),
        by_one_person=int(key.by_one_person),
    )


def move(unit: Unit, number: int, state: KeyState, **moving: Any) -> None:
    """Give a key a new state (and other moving columns)."""
    unit.update("key", number, state=state.value, **moving)


@understood
def _comparison(row: sqlite3.Row) -> Comparison:
    return Comparison(
        id=row["id"],
        key_id=row["key_id"],
        operator=row["operator"],
        channel=Channel(row["channel"]),
        reader=row["reader"],
        number=row["number"],
        number_from=row["number_from"],
        ticket=row["ticket"],
        verdict=Verdict(row["verdict"]),
        form=Form(row["form"]),
        time=datetime.fromisoformat(row["time"]),
    )


def comparisons(connection: sqlite3.Connection, key_id: int) -> tuple[Comparison, ...]:
    """A key's comparisons, oldest first."""
    found = connection.execute("SELECT * FROM comparison WHERE key_id = ? ORDER BY id", (key_id,))
    return tuple(_comparison(row) for row in found)


def all_comparisons(connection: sqlite3.Connection) -> tuple[Comparison, ...]:
    """Every comparison, oldest first."""
    return tuple(_comparison(row) for row in connection.execute("SELECT * FROM comparison ORDER BY id"))


def add_comparison(unit: Unit, comparison: Comparison) -> int:
    """Enter a comparison; its `id` is given here."""
    return unit.insert(
        "comparison",
        key_id=comparison.key_id,
        operator=comparison.operator,
        channel=comparison.channel.value,
        reader=comparison.reader,
        number=comparison.number,
        number_from=comparison.number_from,
        ticket=comparison.ticket,
        verdict=comparison.verdict.value,
        form=comparison.form.value,
        time=comparison.time.isoformat(),
    )
