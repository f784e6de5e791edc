"""Links, exports, read-backs and pins on file."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from core.late import dataclass
from core.model.links import Export, Link, LinkState, ReadBack, Reading, ReadKey, Standing, Technology
from core.store.failures import understood
from core.store.unit import Record, Unit


@dataclass(frozen=True)
class StoredPin:
    """`Pin` by numbers; `since` is ISO 8601."""

    id: int
    link_id: int
    holder_id: int
    key_id: int
    standing: Standing
    since: str


@understood
def _link(row: sqlite3.Row) -> Link:
    return Link(
        id=row["id"],
        name=row["name"],
        left_id=row["left_id"],
        right_id=row["right_id"],
        technology=Technology(row["technology"]),
        ticket=row["ticket"],
        state=LinkState(row["state"]),
    )


def all_links(connection: sqlite3.Connection) -> tuple[Link, ...]:
    """Every link, by name."""
    return tuple(_link(row) for row in connection.execute("SELECT * FROM link ORDER BY name"))


def of_device(connection: sqlite3.Connection, device_id: int) -> tuple[Link, ...]:
    """The links that have the device at an end, by name."""
    found = connection.execute(
        "SELECT * FROM link WHERE left_id = ? OR right_id = ? ORDER BY name", (device_id, device_id)
    )
    return tuple(_link(row) for row in found)


def find(connection: sqlite3.Connection, name: str) -> Link | None:
    """The link of that name."""
    row = connection.execute("SELECT * FROM link WHERE name = ?", (name,)).fetchone()
    return _link(row) if row else None


def add(unit: Unit, link: Link, created: str) -> int:
    """Enter a link; its `id` is given here."""
    return unit.insert(
        "link",
        name=link.name,
        left_id=link.left_id,
        right_id=link.right_id,
        technology=link.technology.value,
        ticket=link.ticket,
        created=created,
        state=link.state.value,
    )


def move(unit: Unit, number: int, state: LinkState) -> None:
    """Give a link a new state."""
    unit.update("link", number, state=state.value)


def add_exports(unit: Unit, exported: Sequence[Export]) -> None:
    """Enter exported folders and their pins; their `id`s are given here."""
    unit.insert_all("export", [_columns(each) for each in exported])
    new: dict[tuple[int, int, int], Export] = {}
    for each in exported:
        for key_id in each.key_ids:
            pin = (each.link_id, each.device_id, key_id)
            if number := _pin_number(unit, *pin):
                unit.update("pin", number, standing=Standing.EXPORTED.value, since=each.time.isoformat())
            else:
                new[pin] = each
    unit.insert_all("pin", [_new_pin(*pin, Standing.EXPORTED, each.time.isoformat()) for pin, each in new.items()])


def _columns(export: Export) -> Record:
    return {
        "link_id": export.link_id,
        "device_id": export.device_id,
        "key_ids": json.dumps(list(export.key_ids)),
        "folder": export.folder,
        "manifest_sha256": export.manifest_sha256,
        "operator": export.by,
        "time": export.time.isoformat(),
    }


def exports(connection: sqlite3.Connection) -> tuple[Export, ...]:
    """Every export, newest first."""
    return tuple(_export(row) for row in connection.execute("SELECT * FROM export ORDER BY id DESC"))


def exports_of(connection: sqlite3.Connection, link_id: int, device_id: int) -> tuple[Export, ...]:
    """The folders that one end of a link got, newest first."""
    found = connection.execute(
        "SELECT * FROM export WHERE link_id = ? AND device_id = ? ORDER BY id DESC", (link_id, device_id)
    )
    return tuple(_export(row) for row in found)


@understood
def _export(row: sqlite3.Row) -> Export:
    return Export(
        id=row["id"],
        link_id=row["link_id"],
        device_id=row["device_id"],
        key_ids=tuple(json.loads(row["key_ids"])),
        folder=row["folder"],
        manifest_sha256=row["manifest_sha256"],
        by=row["operator"],
        time=datetime.fromisoformat(row["time"]),
    )


def add_readback(unit: Unit, device_id: int, passed: bool, keys: tuple[ReadKey, ...], by: str, time: str) -> int:
    """Enter a read-back."""
    told = json.dumps([{**asdict(key), "reading": key.reading.value} for key in keys])
    return unit.insert("readback", device_id=device_id, passed=int(passed), keys=told, operator=by, time=time)


def readbacks(connection: sqlite3.Connection) -> tuple[ReadBack, ...]:
    """Every read-back, newest first."""
    return tuple(_readback(row) for row in connection.execute("SELECT * FROM readback ORDER BY id DESC"))


@understood
def _readback(row: sqlite3.Row) -> ReadBack:
    return ReadBack(
        id=row["id"],
        device_id=row["device_id"],
        passed=bool(row["passed"]),
        keys=tuple(ReadKey(**{**told, "reading": Reading(told["reading"])}) for told in json.loads(row["keys"])),
        by=row["operator"],
        time=datetime.fromisoformat(row["time"]),
    )


def pins(connection: sqlite3.Connection) -> tuple[StoredPin, ...]:
    """Every pin that was ever exported."""
    return tuple(_pin(row) for row in connection.execute("SELECT * FROM pin ORDER BY id"))


def pins_of(connection: sqlite3.Connection, *, holder_id: int = 0, key_id: int = 0) -> tuple[StoredPin, ...]:
    """The pins on one holder, or of one key."""
    column, value = ("holder_id", holder_id) if holder_id else ("key_id", key_id)
    return tuple(_pin(row) for row in connection.execute(f"SELECT * FROM pin WHERE {column} = ?", (value,)))


@understood
def _pin(row: sqlite3.Row) -> StoredPin:
    return StoredPin(
        row["id"], row["link_id"], row["holder_id"], row["key_id"], Standing(row["standing"]), row["since"]
    )


def set_pin(unit: Unit, link_id: int, holder_id: int, key_id: int, standing: Standing, since: str) -> None:
    """Say where a pin stands, adding it when it is new."""
    if number := _pin_number(unit, link_id, holder_id, key_id):
        unit.update("pin", number, standing=standing.value, since=since)
    else:
        unit.insert("pin", **_new_pin(link_id, holder_id, key_id, standing, since))


def _pin_number(unit: Unit, link_id: int, holder_id: int, key_id: int) -> int:
    row = unit.connection.execute(
        "SELECT id FROM pin WHERE link_id = ? AND holder_id = ? AND key_id = ?", (link_id, holder_id, key_id)
    ).fetchone()
    return int(row["id"]) if row else 0


def _new_pin(link_id: int, holder_id: int, key_id: int, standing: Standing, since: str) -> Record:
    return {"link_id": link_id, "holder_id": holder_id, "key_id": key_id, "standing": standing.value, "since": since}


def outdate(unit: Unit, key_id: int, since: str) -> None:
    """A key ended: every device that holds it has to be read back."""
    for pin in pins_of(unit.connection, key_id=key_id):
        set_pin(unit, pin.link_id, pin.holder_id, pin.key_id, Standing.STALE, since)
