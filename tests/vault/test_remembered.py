"""The own sign-in kept by the keyring: what it serves for, and what wants the passphrase all the same."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.crypto.signing import public_of
from core.errors.vault import KeyringAbsent, NothingKept, PassphraseNeeded
from core.errors.workspace import WrongKind
from core.model.keys import Channel, Verdict
from core.model.people import Duty
from core.model.workspace import Kind
from core.services import people, remembered
from core.services.desk import open_desk
from tests.desks import CHEAP, Room, make_room, passphrase
from tests.vault.session import Session

LIST = """\
import json, secretstorage
bus = secretstorage.dbus_init()
items = secretstorage.get_collection_by_alias(bus, "default").get_all_items()
print(json.dumps({item.get_attributes()["username"]: item.get_secret().decode() for item in items}))
"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path)
    yield made
    made.desk.close()


@pytest.mark.real
def test_kept_used_and_forgotten(room: Room, tmp_path: Path) -> None:
    room.desk.close()
    session = Session(tmp_path / "home")
    (session.home / "list.py").write_text(LIST)
    path = room.path
    session.run(
        session.device_by_keyring(path, "none"),
        f"anchorhold keyring keep {path} --as alice --secrets {session.secrets}",
        session.device_by_keyring(path, "one"),
        f"python {session.home}/list.py",
        f"anchorhold keyring status {path} --json",
        f"anchorhold keyring forget {path} --as alice",
        session.device_by_keyring(path, "two"),
        f"python {session.home}/list.py",
    )
    assert session.codes() == [2, 0, 0, 0, 0, 0, 2, 0]
    lines = (session.home / "out").read_text().splitlines()
    before, after = _kept(lines)
    desk = open_desk(path, cost=CHEAP)
    alice = next(each for each in people.operators(desk) if each.name == "alice")
    name = f"sign-in:{desk.workspace.id}/alice"
    desk.close()
    assert public_of(bytes.fromhex(before[name])) == alice.public_key
    assert name not in after
    assert all(passphrase("alice") not in text for text in before.values())
    status = next(json.loads(line) for line in lines if '"available"' in line)
    assert (status["available"], status["kept"]) == (True, ["alice"])


def _kept(lines: list[str]) -> list[dict[str, str]]:
    """What each listing of the keyring showed."""
    return [told for line in lines if line.startswith("{") for told in [json.loads(line)] if "state" not in told]


def test_a_second_comparison_wants_the_passphrase(room: Room) -> None:
    room.device("lon")
    room.receive("lon")
    typed = dict(room.sessions)
    room.sessions = {name: replace(each, remembered=True) for name, each in typed.items()}
    assert room.compare("alice", "lon").finding.verdict is Verdict.MATCH
    with pytest.raises(PassphraseNeeded):
        room.compare("bob", "lon", channel=Channel.SHEET.value)
    room.sessions = typed
    assert room.compare("bob", "lon", channel=Channel.SHEET.value).compared == 2


@pytest.mark.parametrize("kind", [Kind.ISSUING, Kind.ROOT])
def test_never_where_there_is_a_ca(tmp_path: Path, kind: Kind) -> None:
    duties = {"alice": (Duty.SECURITY_OFFICER,), "bob": (Duty.SYSTEM_ADMINISTRATOR,)}
    made = make_room(tmp_path, kind=kind, duties=duties)
    with pytest.raises(WrongKind):
        remembered.keep(made.desk, "alice", passphrase("alice"))
    with pytest.raises(NothingKept):
        remembered.sit(made.desk, "alice")
    made.desk.close()


def test_without_a_keyring_nothing_is_recorded(room: Room) -> None:
    rows = room.desk.file.read.execute("SELECT count(*) FROM ledger").fetchone()[0]
    with pytest.raises(KeyringAbsent):
        remembered.keep(room.desk, "alice", passphrase("alice"))
    assert room.desk.file.read.execute("SELECT count(*) FROM ledger").fetchone()[0] == rows
    with pytest.raises(NothingKept):
        remembered.sit(room.desk, "alice")
