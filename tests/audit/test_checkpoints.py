"""Checkpoints that left the room: what each says about the file that stayed."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.cli.main import main
from core.model.audit import TAMPERED, Judged, Witness
from core.services import audit, checkpoints, membership, people
from core.services.desk import open_desk
from tests.desks import CHEAP, Room, make_room, passphrase
from tests.proposals.test_proposals import admit, approve


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path)
    made.ready_link()
    yield made
    made.desk.close()


def _judged(room: Room, note: str | bytes) -> Judged:
    content = note if isinstance(note, bytes) else note.encode()
    return audit.inspect(room.desk, None, {"kept.txt": content}).judged[0]


def test_a_checkpoint_vouches_for_its_rows_and_no_further(room: Room) -> None:
    note = checkpoints.make(room.sit("alice"))
    rows = audit.inspect(room.desk).rows
    assert _judged(room, note) == Judged("kept.txt", Witness.VOUCHES, rows, "alice", "2026-11-24T02:17:40Z")
    room.device("later")
    report = audit.inspect(room.desk, None, {"kept.txt": note.encode()})
    assert (report.vouched, report.rows) == (rows, rows + 1)
    assert report.sound


def test_several_checkpoints_at_once(room: Room) -> None:
    notes = {}
    for who in ("alice", "bob", "alice"):
        notes[f"{len(notes)}.txt"] = checkpoints.make(room.sit(who)).encode()
    report = audit.inspect(room.desk, None, notes)
    assert [(each.standing, each.signer) for each in report.judged] == [
        (Witness.VOUCHES, who) for who in ("alice", "bob", "alice")
    ]
    assert report.vouched == report.rows


def test_an_older_copy_put_back_is_found(room: Room, tmp_path: Path) -> None:
    old = tmp_path / "old.anchorhold"
    room.desk.file.close()
    shutil.copy(room.path, old)
    desk = open_desk(room.path, cost=CHEAP)
    desk.clock, desk.session = room.clock, room.sessions["alice"]
    note = checkpoints.make(desk)
    desk.close()
    back = open_desk(old, cost=CHEAP)
    report = audit.inspect(back, None, {"kept.txt": note.encode()})
    back.close()
    assert report.judged[0].standing is Witness.AHEAD
    assert not report.faults  # without the checkpoint nobody could tell
    assert not report.sound


def test_a_rewritten_ledger_is_found(tmp_path: Path) -> None:
    """Everybody's keys are stolen and history is told anew: same people, same number of rows, another device."""
    room = make_room(tmp_path)
    room.desk.close()
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(room.path, other / "room.anchorhold")
    notes = []
    for path, device in ((room.path, "lon"), (other / "room.anchorhold", "man")):
        desk = open_desk(path, cost=CHEAP)
        desk.clock = room.clock
        fork = Room(path, room.clock, desk, room.sessions)
        fork.device(device)
        notes.append(checkpoints.make(fork.sit("alice")))
        report = audit.inspect(desk, None, {"kept.txt": notes[0].encode()})
        standing = report.judged[0].standing
        desk.close()
    assert standing is Witness.FORKED
    assert not report.faults


def test_a_ledger_begun_anew_under_the_same_id_is_found(room: Room, tmp_path: Path) -> None:
    """The whole file is made again with other keys and given the old workspace's id."""
    note = checkpoints.make(room.sit("alice"))
    folder = tmp_path / "false"
    folder.mkdir()
    false = make_room(folder)
    text = note.replace(room.desk.workspace.id, false.desk.workspace.id)
    assert _judged(false, text).standing is Witness.REPLACED
    false.desk.close()


def test_another_workspace_says_nothing(room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "second"
    folder.mkdir()
    second = make_room(folder)
    note = checkpoints.make(second.sit("alice"))
    second.desk.close()
    assert _judged(room, note).standing is Witness.OTHER_WORKSPACE


def test_an_unknown_signer_vouches_for_nothing(room: Room, tmp_path: Path) -> None:
    note = checkpoints.make(room.sit("alice"))
    head, _, tail = note.rpartition("\n\n")
    strange = tail.replace("/alice ", "/mallory ")
    assert _judged(room, f"{head}\n\n{strange}").standing is Witness.UNKNOWN_SIGNER


def test_an_altered_checkpoint_vouches_for_nothing(room: Room) -> None:
    note = checkpoints.make(room.sit("alice"))
    assert _judged(room, note.replace("time 2026-11-24", "time 2026-11-25")).standing is Witness.ALTERED
    assert _judged(room, b"not a note").standing is Witness.UNREADABLE


def test_only_these_mean_tampering() -> None:
    assert set(Witness) - set(TAMPERED) == {
        Witness.VOUCHES, Witness.UNKNOWN_SIGNER, Witness.ALTERED, Witness.OTHER_WORKSPACE, Witness.UNREADABLE,
    }  # fmt: skip


def test_the_command_line_says_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = make_room(tmp_path)
    room.ready_link()
    kept = tmp_path / "kept.txt"
    kept.write_text(checkpoints.make(room.sit("bob")))
    room.desk.close()
    line = ["audit", "verify", str(room.path), "--checkpoint", str(kept), "--json"]
    assert main(line) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["vouched"] == told["rows"]
    assert told["checkpoints"][0]["standing"] == "vouches"
    with sqlite3.connect(room.path) as connection:  # cut the end off, as somebody with the file would
        guard = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_stays'").fetchone()[0]
        connection.execute("DROP TRIGGER ledger_stays")
        connection.execute("DELETE FROM ledger WHERE number = ?", (told["rows"],))
        connection.execute(guard)
    connection.close()
    assert main(line) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert "ALARM" in told["checkpoints"][0]["sentence"]
    kept.write_text("nothing of ours")
    assert main(line) == 4


def test_a_checkpoint_outlives_its_signers_key(room: Room) -> None:
    """Carol signed one, lost her passphrase, and has another key now: the older checkpoint still vouches."""
    admit(room)
    people.authenticate(room.desk, "carol", passphrase("carol"))
    note = checkpoints.make(room.desk)
    rows = audit.inspect(room.desk).rows
    approve(room, "bob", membership.restore(room.sit("alice"), "carol", "forgotten"))
    membership.accept(room.desk, "carol", "another phrase altogether", "bob", passphrase("bob"))
    judged = _judged(room, note)
    assert (judged.standing, judged.signer, judged.size) == (Witness.VOUCHES, "carol", rows)
