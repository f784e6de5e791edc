"""CA keys, their custodians, recovery sheets and the custody register."""

import json
import sqlite3
from dataclasses import asdict

from core.model.authorities import CaKey
from core.model.custody import Custodian, Entry, HeldKey, Sealed, Sheet, SheetState, Source, TokenFacts
from core.store.schema import has
from core.store.unit import Unit


def _key(connection: sqlite3.Connection, row: sqlite3.Row) -> HeldKey:
    people = connection.execute("SELECT * FROM custodian WHERE key_id = ? ORDER BY id", (row["id"],)).fetchall()
    token = json.loads(row["token"]) if row["token"] else None
    backup = _backup_half(connection, row["id"], row["generation"])
    return HeldKey(
        id=row["id"],
        uid=row["uid"],
        name=row["name"],
        type=CaKey(row["type"]),
        public_key=row["public_key"],
        source=Source(row["source"]),
        token=TokenFacts(**token) if token else None,
        approval=row["approval"],
        finding=row["finding"],
        created=row["created"],
        sealed=Sealed(
            row["quorum"],
            {each["name"]: each["envelope"] for each in people if not each["until"]},
            json.loads(row["wraps"]),
            row["secret"],
            row["generation"],
            backup,
        ),
        custodians=tuple(_custodian(each) for each in people),
    )


def _backup_half(connection: sqlite3.Connection, key_id: int, generation: int) -> str:
    if not has(connection, "backup_key"):
        return ""
    query = "SELECT public FROM backup_key WHERE key_id = ? AND generation = ?"
    found = connection.execute(query, (key_id, generation)).fetchone()
    return str(found["public"]) if found else ""


def set_backup_half(unit: Unit, key_id: int, generation: int, public: str) -> None:
    """To which public half backups are closed while the key has this generation."""
    unit.insert("backup_key", key_id=key_id, generation=generation, public=public)


def _custodian(row: sqlite3.Row) -> Custodian:
    return Custodian(
        row["id"], row["name"], bool(row["stick"]), row["since"], row["until"], row["failures"], row["failed_at"]
    )


def all_keys(connection: sqlite3.Connection) -> tuple[HeldKey, ...]:
    """Every CA key in the order of making."""
    return tuple(_key(connection, row) for row in connection.execute("SELECT * FROM ca_key ORDER BY id").fetchall())


def find(connection: sqlite3.Connection, name: str) -> HeldKey | None:
    """The CA key of that name."""
    row = connection.execute("SELECT * FROM ca_key WHERE name = ?", (name,)).fetchone()
    return _key(connection, row) if row else None


def add(unit: Unit, key: HeldKey) -> int:
    """Enter a new key and its custodians; returns its number."""
    number = unit.insert(
        "ca_key",
        uid=key.uid,
        name=key.name,
        type=key.type.value,
        public_key=key.public_key,
        source=key.source.value,
        token=json.dumps(asdict(key.token)) if key.token else "",
        approval=key.approval,
        finding=key.finding,
        created=key.created,
        quorum=key.sealed.quorum,
        generation=key.sealed.generation,
        wraps=json.dumps(key.sealed.wraps),
        secret=key.sealed.secret,
    )
    set_backup_half(unit, number, key.sealed.generation, key.sealed.backup)
    for person in key.custodians:
        add_custodian(unit, number, person, key.sealed.envelopes[person.name])
    return number


def add_custodian(unit: Unit, key_id: int, person: Custodian, envelope: str) -> None:
    """Enter somebody who holds a key from now on."""
    unit.insert(
        "custodian",
        key_id=key_id,
        name=person.name,
        stick=int(person.stick),
        since=person.since,
        envelope=envelope,
        until=person.until,
        failures=0,
        failed_at="",
    )


def reseal(unit: Unit, key_id: int, sealed: Sealed) -> None:
    """New KEK and wraps; the old ones are overwritten (secure_delete)."""
    wraps = json.dumps(sealed.wraps)
    unit.update("ca_key", key_id, generation=sealed.generation, wraps=wraps, secret=sealed.secret)
    set_backup_half(unit, key_id, sealed.generation, sealed.backup)


def wipe(unit: Unit, held: HeldKey, until: str) -> None:
    """Nothing that opens the key is left; what was there is overwritten (secure_delete)."""
    unit.update("ca_key", held.id, wraps="{}", secret="")
    for person in held.holders:
        leave(unit, person, until)


def leave(unit: Unit, person: Custodian, until: str) -> None:
    """Somebody holds it no more; their envelope goes."""
    unit.update("custodian", person.id, envelope="", until=until)


def enclose(unit: Unit, person: Custodian, envelope: str, *, stick: bool) -> None:
    """A new passphrase of a custodian, joined with a `stick` or not; wrong tries are forgotten."""
    unit.update("custodian", person.id, envelope=envelope, stick=int(stick), failures=0, failed_at="")


def count(unit: Unit, person: Custodian, failures: int, failed_at: str) -> None:
    """How often a custodian's passphrase was wrong in a row, and when last."""
    unit.update("custodian", person.id, failures=failures, failed_at=failed_at)


def add_entry(unit: Unit, key_id: int, entry: Entry) -> None:
    """A line of the custody register."""
    unit.insert(
        "custody_entry",
        key_id=key_id,
        what=entry.what,
        holder=entry.holder,
        place=entry.place,
        seal=entry.seal,
        time=entry.time,
    )


def entries(connection: sqlite3.Connection, key: HeldKey) -> tuple[Entry, ...]:
    """The custody register of one key, oldest first."""
    rows = connection.execute("SELECT * FROM custody_entry WHERE key_id = ? ORDER BY id", (key.id,))
    return tuple(Entry(key.name, row["what"], row["holder"], row["place"], row["seal"], row["time"]) for row in rows)


def add_sheet(unit: Unit, owner: str, covers: tuple[str, ...], envelope: str, created: str) -> int:
    """A sheet that was printed and not yet proved; returns its number."""
    printed = SheetState.PRINTED.value
    return unit.insert(
        "sheet", owner=owner, covers=json.dumps(list(covers)), envelope=envelope, created=created, state=printed
    )


def set_sheet(unit: Unit, number: int, state: SheetState) -> None:
    """A sheet was proved, used or voided."""
    unit.update("sheet", number, state=state.value)


def sheets(connection: sqlite3.Connection, owner: str = "") -> tuple[Sheet, ...]:
    """Everybody's sheets, or one person's, oldest first."""
    rows = connection.execute("SELECT * FROM sheet WHERE ? IN ('', owner) ORDER BY id", (owner,))
    return tuple(
        Sheet(row["id"], row["owner"], tuple(json.loads(row["covers"])), row["created"], SheetState(row["state"]))
        for row in rows
    )


def sheet_envelope(connection: sqlite3.Connection, number: int) -> str:
    """What a sheet's words open."""
    return str(connection.execute("SELECT envelope FROM sheet WHERE id = ?", (number,)).fetchone()["envelope"])
