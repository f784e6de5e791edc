"""Devices on file."""

import json
import sqlite3
from typing import Any

from core.model.devices import Device, DeviceState, Identity, IdentityKind, Platform
from core.store.failures import understood
from core.store.unit import Unit


@understood
def _device(row: sqlite3.Row) -> Device:
    return Device(
        id=row["id"],
        name=row["name"],
        platform=Platform(row["platform"]),
        identity=Identity(IdentityKind(row["identity_kind"]), row["identity"]),
        address=row["address"],
        networks=tuple(json.loads(row["networks"])),
        site=row["site"],
        end_of_life=row["end_of_life"],
        contact=row["contact"],
        phone=row["phone"],
        phone_from=row["phone_from"],
        state=DeviceState(row["state"]),
    )


def all_devices(connection: sqlite3.Connection) -> tuple[Device, ...]:
    """Every device, retired ones included, by name."""
    return tuple(_device(row) for row in connection.execute("SELECT * FROM device ORDER BY name"))


def find(connection: sqlite3.Connection, name: str) -> Device | None:
    """The device of that name."""
    row = connection.execute("SELECT * FROM device WHERE name = ?", (name,)).fetchone()
    return _device(row) if row else None


def get(connection: sqlite3.Connection, number: int) -> Device:
    """A device by its number, which must exist."""
    return _device(connection.execute("SELECT * FROM device WHERE id = ?", (number,)).fetchone())


def _columns(device: Device) -> dict[str, Any]:
    return {
        "platform": device.platform.value,
        "identity_kind": device.identity.kind.value,
        "identity": device.identity.value,
        "address": device.address,
        "networks": json.dumps(list(device.networks)),
        "site": device.site,
        "end_of_life": device.end_of_life,
        "contact": device.contact,
        "phone": device.phone,
        "phone_from": device.phone_from,
        "state": device.state.value,
    }


def add(unit: Unit, device: Device) -> int:
    """Enter a device; its `id` is given here."""
    return unit.insert("device", name=device.name, **_columns(device))


def change(unit: Unit, device: Device) -> None:
    """Write the moving columns of a device."""
    unit.update("device", device.id, **_columns(device))
