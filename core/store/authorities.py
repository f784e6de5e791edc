"""Authorities on file."""

import json
import sqlite3
from datetime import datetime

from core.model.authorities import Authority, AuthorityState, Layer, Name, Service
from core.store.unit import Unit


def name_of(text: str) -> Name:
    """A distinguished name as it is kept."""
    return tuple((str(short), str(value)) for short, value in json.loads(text))


def text_of(name: Name) -> str:
    """A distinguished name for keeping."""
    return json.dumps([list(each) for each in name])


def _authority(row: sqlite3.Row) -> Authority:
    return Authority(
        id=row["id"],
        name=row["name"],
        layer=Layer(row["layer"]),
        service=Service(row["service"]) if row["service"] else None,
        subject=name_of(row["subject"]),
        spki=row["spki"],
        key=row["ca_key"],
        certificate=row["certificate"],
        request=row["request"],
        policy=row["policy"],
        crl_url=row["crl_url"],
        state=AuthorityState(row["state"]),
        created=datetime.fromisoformat(row["created"]),
    )


def all_authorities(connection: sqlite3.Connection) -> tuple[Authority, ...]:
    """Every authority, roots first, then by name."""
    return tuple(_authority(row) for row in connection.execute("SELECT * FROM authority ORDER BY layer, name"))


def find(connection: sqlite3.Connection, name: str) -> Authority | None:
    """The authority of that name."""
    row = connection.execute("SELECT * FROM authority WHERE name = ?", (name,)).fetchone()
    return _authority(row) if row else None


def get(connection: sqlite3.Connection, number: int) -> Authority:
    """An authority by its number, which must exist."""
    return _authority(connection.execute("SELECT * FROM authority WHERE id = ?", (number,)).fetchone())


def add(unit: Unit, authority: Authority) -> int:
    """Enter an authority; its `id` is given here."""
    return unit.insert(
        "authority",
        name=authority.name,
        layer=authority.layer.value,
        service=authority.service.value if authority.service else "",
        subject=text_of(authority.subject),
        spki=authority.spki,
        ca_key=authority.key,
        request=authority.request,
        policy=authority.policy,
        crl_url=authority.crl_url,
        created=authority.created.isoformat(),
        certificate=authority.certificate,
        state=authority.state.value,
    )


def move(unit: Unit, number: int, state: AuthorityState) -> None:
    """What an authority may do from now on."""
    unit.update("authority", number, state=state.value)


def install(unit: Unit, number: int, certificate: bytes) -> None:
    """The certificate that came back, and the authority at work with it."""
    unit.update("authority", number, certificate=certificate, state=AuthorityState.ACTIVE.value)
