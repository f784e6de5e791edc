"""Copies: consistent, private, never over another file, verified when made, tried out, put back to work."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from core.errors.workspace import CopyOfAnother
from core.services import backups
from core.services.desk import open_desk
from core.services.people import authenticate
from core.services.perform import perform
from tests.cli.terminal import World, process, run, write_private
from tests.desks import CHEAP, Room, make_room, passphrase
from tests.services.refusing import refused, says
from tests.spoil import spoil


def make(world: World, name: str = "copy") -> Path:
    world.do("backup", "make", world.folder / name)
    return world.folder / name


def test_a_copy_is_private_and_one_file(world: World) -> None:
    path = make(world)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    found = sorted(each.name for each in world.folder.iterdir() if each.name.startswith((".copy", "copy")))
    assert found == ["copy", "copy.manifest.json"]
    done = run("backup", "drill", path, "--json")
    assert (done.code, done.answer["ok"], done.answer["people"]) == (0, True, ["alice", "bob"])
    assert done.answer["name"] == "Data centre links"
    rows = run("audit", "read", world.path, "--json", *world.who("alice")).answer["rows"]
    assert any(each["action"] == "backup.made" for each in rows)


def test_a_copy_while_somebody_writes(world: World) -> None:
    """Committed rows that are still in the write-ahead log are in the copy."""
    other = sqlite3.connect(world.path, isolation_level=None)
    other.execute("PRAGMA wal_autocheckpoint=0")
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM ledger").fetchone()  # a reader holds the log
    world.do("device", "change", "lon", "--site", "Slough", "--reason", "x", "--ticket", "C")
    path = make(world)
    other.execute("COMMIT")
    other.close()
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT site FROM device WHERE name = 'lon'").fetchone() == ("Slough",)
    raw.close()


def test_nothing_is_overwritten(world: World) -> None:
    path = make(world)
    before = path.read_bytes()
    done = run("backup", "make", world.path, path, *world.who("alice"))
    assert (done.code, "was not overwritten" in done.err) == (1, True)
    done = run("restore", path, world.path, *world.who("alice"))
    assert (done.code, "was not overwritten" in done.err) == (1, True)
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there(world: World) -> None:
    done = run("backup", "make", world.path, world.folder / "none" / "copy", *world.who("alice"))
    assert done.code == 1
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE device SET address = '203.0.113.66' WHERE name = 'man'",
        "DELETE FROM comparison WHERE id = 1",
        "DELETE FROM ledger WHERE number = 5",
    ],
)
def test_a_tampered_copy_is_found_and_never_restored(world: World, script: str) -> None:
    path = make(world)
    spoil(path, script)
    done = run("backup", "drill", path, "--json")
    assert (done.code, done.answer["ok"]) == (3, False)
    assert done.answer["faults"]
    to = world.folder / "back.anchorhold"
    assert run("restore", path, to, *world.who("alice")).code == 3
    assert not to.exists()


def test_a_tampered_workspace_makes_no_copy(world: World) -> None:
    spoil(world.path, "UPDATE device SET address = '203.0.113.66' WHERE name = 'man'")
    done = run("backup", "make", world.path, world.folder / "copy", *world.who("alice"))
    assert done.code == 3
    assert not (world.folder / "copy").exists()


@pytest.mark.parametrize("size", [0, 50, 5000])
def test_a_cut_copy(world: World, size: int) -> None:
    path = make(world)
    path.write_bytes(path.read_bytes()[:size])
    done = run("backup", "drill", path)
    assert done.code in (1, 3)
    assert "Traceback" not in done.err


def test_a_drill_leaves_the_copy_as_it_is(world: World, tmp_path: Path) -> None:
    path = make(world)
    before, names = path.read_bytes(), sorted(os.listdir(world.folder))  # noqa: PTH208
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    path.chmod(0o400)
    assert process("backup", "drill", path, env={"TMPDIR": str(scratch)}).code == 0
    assert (path.read_bytes(), sorted(os.listdir(world.folder))) == (before, names)  # noqa: PTH208
    assert list(scratch.iterdir()) == []


def test_a_drill_is_recorded_in_the_workspace_it_is_a_copy_of(world: World) -> None:
    path = make(world)
    assert run("backup", "drill", path, "--record", world.path, *world.who("alice")).code == 0
    spoil(path, "UPDATE device SET address = '203.0.113.66' WHERE name = 'man'")
    assert run("backup", "drill", path, "--record", world.path, *world.who("alice")).code == 3
    rows = run("audit", "read", world.path, "--json", *world.who("alice")).answer["rows"]
    drilled = [each for each in rows if each["action"] == "backup.drilled"]
    assert [each["actor"] for each in drilled] == ["alice", "alice"]
    assert run("audit", "verify", world.path).code == 0


def test_a_drill_of_another_workspace_is_not_recorded(world: World, tmp_path: Path) -> None:
    other = make_room(tmp_path)
    room = Room(world.path, other.clock, open_desk(world.path, cost=CHEAP), {})
    room.sessions["alice"] = authenticate(room.desk, "alice", passphrase("alice"))
    act = lambda: perform(room.sit("alice"), backups.DRILLED, other.path)  # noqa: E731
    says(refused(room, act, CopyOfAnother), "another workspace", "not recorded")
    for each in (room, other):
        each.desk.close()


def test_restored_and_worked_with(world: World) -> None:
    path, to = make(world), world.folder / "back.anchorhold"
    world.do("link", "retire", "lon-par", "--reason", "after the copy")
    done = run("restore", path, to, "--json", *world.who("bob"))
    assert (done.code, done.err) == (0, "")
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    assert run("link", "list", to, "--json").answer["links"][1]["link_state"] == "active"
    assert run("link", "export", to, "lon-man", "--to", world.folder / "out", *world.who("alice")).code == 0
    assert run("audit", "verify", to).code == 0
    rows = run("audit", "read", to, "--json", *world.who("alice")).answer["rows"]
    assert [each["actor"] for each in rows if each["action"] == "backup.restored"] == ["bob"]


def test_only_somebody_of_the_workspace_puts_it_back(world: World) -> None:
    path, to = make(world), world.folder / "back.anchorhold"
    wrong = write_private(world.folder / "wrong.toml", '[passphrases]\nalice = "not my passphrase at all"\n')
    done = run("restore", path, to, "--as", "alice", "--secrets", wrong)
    assert (done.code, "PPL-01" in done.err) == (1, True)
    assert not list(world.folder.glob("back*"))


def test_a_workspace_has_its_suffix(world: World) -> None:
    done = run("restore", make(world), world.folder / "back.db", *world.who("alice"))
    assert (done.code, "does not end in .anchorhold" in done.err) == (1, True)
