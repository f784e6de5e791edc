"""Backups closed to custodians: one administrator makes them, a quorum opens them, fewer get nothing."""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.crypto import backups as crypto
from core.crypto import custody as crypto_custody
from core.errors import custody as custody_errors
from core.errors.backups import BackupClosed, BackupNotClosable, ClosedBackupDamaged
from core.errors.workspace import DamagedWorkspace
from core.model.backups import Copied, MakeBackup
from core.model.custody import Drill, ReplaceCustodian
from core.model.workspace import PolicyName
from core.services import audit, backups, closed, custodians, opening
from core.services.perform import perform
from core.words.say import sentence
from tests.cli.terminal import run, secrets_of, write_private
from tests.custody.vaults import agreed, hands, held, root_room
from tests.desks import CHEAP, Room, make_room, passphrase
from tests.services.refusing import refused, rows, says
from tests.spoil import spoil


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A root whose key alice, bob and carol hold."""
    made = root_room(tmp_path, PolicyName.REHEARSAL)
    held(made)
    yield made
    made.desk.close()


def make(room: Room, name: str = "copy.closed") -> Copied:
    return perform(room.sit("bob"), backups.MAKE, MakeBackup(room.path.with_name(name), "root"))


def test_made_by_one_and_opened_by_two(room: Room, tmp_path: Path) -> None:
    """No passphrase but the administrator's own is there when it is made."""
    made = make(room)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".anchorhold-")] == []
    content = made.path.read_bytes()
    assert b"SQLite format" not in content
    assert opening.key(room.desk, "root").sealed.secret.encode() not in content  # not even the wrapped CA key
    row = rows(room)[-1]
    assert (row["action"], row["actor"], row["details"]["key"]) == ("backup.made", "bob", "root")
    with pytest.raises(BackupClosed) as found:
        backups.look(made.path, cost=CHEAP)
    assert "opens with 2 of the custodians of root: alice, bob, carol" in sentence(found.value)
    for pair in (("alice", "bob"), ("carol", "bob")):
        assert backups.look(made.path, cost=CHEAP, hands=hands(*pair)) == replace(made, manifest=True)
    to = tmp_path / "back.anchorhold"
    back = backups.put_back(made.path, to, cost=CHEAP, hands=hands("alice", "carol"))
    assert (back.sha256, back.report.head) == (made.sha256, made.report.head)
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []


def test_fewer_get_nothing(room: Room, tmp_path: Path) -> None:
    path, to = make(room).path, tmp_path / "back.anchorhold"
    for here, expected in (
        (hands("alice"), custody_errors.TooFewCustodians),
        (hands("alice", "erin"), custody_errors.NotACustodian),
    ):
        with pytest.raises(expected):
            backups.put_back(path, to, cost=CHEAP, hands=here)
    wrong = opening.Hands({"alice": passphrase("alice"), "bob": "not my passphrase"})
    with pytest.raises(custody_errors.WrongCustodianPassphrase) as found:
        backups.put_back(path, to, cost=CHEAP, hands=wrong)
    assert found.value.name == "bob"
    assert not to.exists()
    with path.open("rb") as file:
        head, opens, info = crypto.read_head(file)
    bound = opening.bound(room.desk, opening.key(room.desk, "root"))
    one = crypto_custody.custody_keys(head.sealed, {"alice": passphrase("alice")}, bound)
    for guess in (*one.values(), bytes(32)):  # one custody key is not the KEK
        with pytest.raises(ClosedBackupDamaged):
            crypto.file_key(opens, guess, bound, info)


@pytest.mark.parametrize("where", ["head", "opens", "middle", "cut", "cut at a piece", "swapped", "longer", "empty"])
def test_whatever_is_changed_is_found(room: Room, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crypto, "_PIECE", 4096)  # many pieces in a small file
    path, to = make(room).path, tmp_path / "back.anchorhold"
    content = path.read_bytes()
    start = content.index(b"\n", content.index(b"\n") + 1) + 1
    piece = 4096 + 16
    told = json.loads(content[:start].split(b"\n")[1])
    changed = {
        "head": content.replace(told["time"].encode(), told["time"].replace("2026", "2027").encode()),
        "opens": content.replace(told["opens"].encode(), told["opens"][::-1].encode()),
        "middle": content[: start + 9000] + bytes([content[start + 9000] ^ 1]) + content[start + 9001 :],
        "cut": content[:-100],
        "cut at a piece": content[: start + 2 * piece],
        "swapped": content[:start]
        + content[start + piece : start + 2 * piece]
        + content[start : start + piece]
        + content[start + 2 * piece :],
        "longer": content + bytes(32),
        "empty": content[:start],
    }[where]
    assert changed != content
    path.write_bytes(changed)
    with pytest.raises(ClosedBackupDamaged) as found:
        backups.put_back(path, to, cost=CHEAP, hands=hands("alice", "bob"))
    assert str(path) in sentence(found.value)
    assert not to.exists()


@pytest.mark.parametrize("line", [b"", b"{}\n", b"[]\n", b"[" * 5000 + b"\n", b'{"opens":"","type":"closed-backup"}\n'])
def test_a_head_that_is_none(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "copy"
    path.write_bytes(b"anchorhold closed backup 1\n" + line)
    with pytest.raises(ClosedBackupDamaged):
        closed.head(path)


def test_a_tampered_workspace_makes_none(room: Room) -> None:
    spoil(room.path, "UPDATE custodian SET failures = 7 WHERE name = 'alice'")
    with pytest.raises(DamagedWorkspace):
        make(room)
    assert not room.path.with_name("copy.closed").exists()
    assert [each for each in os.listdir(room.path.parent) if each.startswith(".anchorhold-")] == []  # noqa: PTH208


def test_a_workspace_without_custodians_says_so(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    act = lambda: perform(room.sit("alice"), backups.MAKE, MakeBackup(tmp_path / "copy", "root"))  # noqa: E731
    says(refused(room, act, BackupNotClosable), "no custodians", "stay wrapped", "plain")
    room.desk.close()


def test_a_key_from_before_takes_one_drill(room: Room) -> None:
    """A file of the version before has no public half for its key; the drill of a quorum finds it."""
    known = opening.key(room.desk, "root").sealed.backup
    spoil(room.path, "DELETE FROM backup_key")
    room.desk.verified = None
    with pytest.raises(BackupNotClosable) as found:
        make(room)
    assert "custody drill" in sentence(found.value)
    custodians.drill(room.sit("alice"), Drill("root", ("alice", "bob")), hands("alice", "bob"))
    assert opening.key(room.desk, "root").sealed.backup == known
    assert audit.inspect(room.desk).faults == ()


def test_a_half_that_is_not_the_keys_own_is_found_by_a_drill(room: Room) -> None:
    spoil(room.path, f"UPDATE backup_key SET public = '{'07' * 32}'")
    with pytest.raises(custody_errors.CustodyDamaged):
        custodians.drill(room.sit("alice"), Drill("root", ("alice", "bob")), hands("alice", "bob"))
    assert audit.inspect(room.desk).faults != ()


def test_who_left_opens_the_old_one_and_not_the_new_one(room: Room) -> None:
    old = make(room, "old.closed").path
    command = ReplaceCustodian("root", "carol", "dave")
    custodians.replace(room.sit("alice"), agreed(room, command), hands("alice", "bob", "dave"))
    room.clock.passes(minutes=1)
    new = make(room, "new.closed").path
    assert backups.look(old, cost=CHEAP, hands=hands("alice", "carol")).key == "root"
    with pytest.raises(custody_errors.NotACustodian):
        backups.look(new, cost=CHEAP, hands=hands("alice", "carol"))
    assert backups.look(new, cost=CHEAP, hands=hands("alice", "dave")).key == "root"
    assert len(custodians.old_copies(room.desk, opening.key(room.desk, "root"))) == 1


def test_the_command_line(room: Room, tmp_path: Path) -> None:
    who = ("--as", "bob", "--secrets", write_private(tmp_path / "s.toml", secrets_of("alice", "bob", "carol")))
    path, to = tmp_path / "copy.closed", tmp_path / "back.anchorhold"
    room.desk.close()
    done = run("backup", "make", room.path, path, "--encrypt", "root", *who, "--json")
    assert (done.code, done.answer["key"]) == (0, "root"), done.err
    done = run("backup", "drill", path)
    assert (done.code, "--custodian" in done.err) == (1, True)
    here = ("--custodian", "alice", "--custodian", "carol", *who)
    done = run("backup", "drill", path, "--record", room.path, *here, "--json")
    assert (done.code, done.answer["ok"]) == (0, True), done.err
    assert run("restore", path, to, *here).code == 0
    assert run("audit", "verify", to).code == 0
