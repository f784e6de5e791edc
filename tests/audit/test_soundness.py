"""What is checked before anything is signed, and at opening."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.cli.main import main
from core.errors.audit import LedgerDamaged
from core.services import audit, soundness
from core.services.desk import open_desk
from core.store import audit as store
from core.vault import verified
from tests.desks import CHEAP, Room, make_room, passphrase
from tests.spoil import spoil


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path)
    for name in ("lon", "man", "par"):
        made.device(name)
    yield made
    made.desk.close()


EDIT = "UPDATE ledger SET body = replace(body, 'par', 'rap') WHERE number = 5"
ADD = (
    "INSERT INTO ledger SELECT 6, replace(body, '\"number\":5', '\"number\":6'), signature, leaf, time, actor, action "
    "FROM ledger WHERE number = 5"
)
CUT = "DELETE FROM ledger WHERE number = 4"
UNSIGN = "UPDATE ledger SET signature = x'' WHERE number = 5"


@pytest.mark.parametrize(("statement", "row"), [(EDIT, 5), (ADD, 6), (CUT, 4), (UNSIGN, 5)])
def test_nothing_is_signed_over_a_damaged_ledger(room: Room, statement: str, row: int) -> None:
    rows = store.newest(room.desk.file.read)
    room.desk.close()
    spoil(room.path, statement)
    spoilt = open_desk(room.path, cost=CHEAP)
    spoilt.clock = room.clock
    damage = soundness.at_opening(spoilt)
    assert damage is not None
    assert damage.row == row
    again = Room(room.path, room.clock, spoilt, room.sessions)
    before = spoilt.file.read.execute("SELECT count(*) FROM ledger").fetchone()[0]
    with pytest.raises(LedgerDamaged):
        again.device("osl")
    assert spoilt.file.read.execute("SELECT count(*) FROM ledger").fetchone()[0] == before
    assert rows[0] == 5
    spoilt.close()


def test_damage_is_exit_3_and_reading_goes_on(room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room.desk.close()
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'[passphrases]\nalice = "{passphrase("alice")}"\n')
    secrets.chmod(0o600)
    spoil(room.path, EDIT)
    ours = ["--as", "alice", "--secrets", str(secrets), "--json"]
    line = ["device", "add", str(room.path), "osl", "--platform", "iked", "--identity", "a.b", "--address", "192.0.2.9"]
    assert main([*line, *ours]) == 3
    assert json.loads(capsys.readouterr().out)["refused"] == "AUD-03"
    assert main(["device", "list", str(room.path), "--json"]) == 0
    told = capsys.readouterr()
    assert len(json.loads(told.out)["devices"]) == 3
    assert "AUD-03" in told.err


def test_what_was_verified_is_not_read_again(room: Room) -> None:
    """The price of a quick opening: an old row edited behind its stored hash is left to `audit verify`."""
    soundness.at_opening(room.desk)
    assert verified.verified(room.desk.workspace.id) == room.desk.verified
    room.desk.close()
    spoil(room.path, "UPDATE ledger SET body = replace(body, 'lon', 'nol') WHERE number = 3")
    spoilt = open_desk(room.path, cost=CHEAP)
    assert soundness.at_opening(spoilt) is None
    assert audit.inspect(spoilt).faults[0].row == 3
    spoilt.close()


def test_another_history_is_read_whole(room: Room) -> None:
    """The remembered row is another one now: nothing is taken on trust."""
    head = soundness.check(room.desk, room.desk.file.read)
    verified.keep(room.desk.workspace.id, head.__class__(head.number, "00" * 32, head.time))
    room.desk.verified = None
    spoil(room.path, "UPDATE ledger SET body = replace(body, 'lon', 'nol') WHERE number = 3")
    with pytest.raises(LedgerDamaged):
        soundness.check(room.desk, room.desk.file.read)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"ID": [1]}', '{"ID": ["1", "a", "b"]}', "\x00"])
def test_a_spoilt_memory_only_costs_time(room: Room, text: str) -> None:
    verified._path().parent.mkdir(parents=True, exist_ok=True)
    verified._path().write_text(text.replace("ID", room.desk.workspace.id))
    room.desk.verified = None
    assert soundness.at_opening(room.desk) is None
    assert verified.verified(room.desk.workspace.id) == room.desk.verified


def test_a_colleagues_rows_are_checked_before_ours(room: Room) -> None:
    """Two desks on one file; what the other one wrote, or a stranger did in its name, is read before the next row."""
    other = open_desk(room.path, cost=CHEAP)
    other.clock = room.clock
    soundness.at_opening(other)
    room.device("osl")
    theirs = Room(room.path, room.clock, other, room.sessions)
    theirs.device("cork")
    assert other.verified is not None
    assert other.verified.number == 6
    spoil(room.path, "UPDATE ledger SET body = replace(body, 'cork', 'krok') WHERE number = 7")
    with pytest.raises(LedgerDamaged):
        theirs.device("bri")
    other.close()
