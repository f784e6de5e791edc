"""Sticks and disks: write-protected, full, pulled out, not ours. One sentence each, and the file as it was."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import workspace as errors
from core.errors.base import Expected
from core.media.disk import takes_wal
from core.model.devices import AddDevice
from core.model.links import ExportLinks
from core.model.people import Duty, NewOperator
from core.model.workspace import Kind, NewWorkspace
from core.services import audit, devices, exports, people, workspace
from core.services.desk import Desk, open_desk
from core.services.perform import perform
from core.store.file import WorkspaceFile
from core.words.say import say
from tests.desks import CHEAP, WORKING, make_room, passphrase
from tests.house.sources import ROOT
from tests.store.disks import NOBODY, filled, listing, mounted, ordinary_user, protected, pulled, sha256
from tests.store.test_schema import dump

NEW = AddDevice("new", "strongswan", "new.example.net", "192.0.2.99")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that an ordinary user can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="ah-media-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def closed(folder: Path) -> Path:
    """A workspace with two devices and a link, closed."""
    room = make_room(folder)
    room.ready_link()
    room.desk.close()
    return room.path


def seated(path: Path) -> Desk:
    desk = open_desk(path, cost=CHEAP)
    people.sign_in(desk, "alice", passphrase("alice"))
    return desk


def _second(folder: Path) -> None:
    person = NewOperator("alice", "Alice Ng", WORKING)
    new = NewWorkspace(folder / "second.anchorhold", Kind.LINKS, "Second", (person,))
    workspace.create(new, {"alice": passphrase("alice")}, cost=CHEAP)


def refused(desk: Desk, expected: type[Expected]) -> str:
    with pytest.raises(expected) as refusal:
        perform(desk, devices.ADD, NEW)
    said = say(refusal.value)
    assert said.do.endswith(".")
    assert str(desk.file.path) in said.happened
    return said.happened


def reads_only(path: Path) -> None:
    """It opens for reading, says that it is read only, refuses to write, and stays as it is."""
    before = (listing(path.parent), sha256(path))
    desk = seated(path)
    assert desk.file.read_only
    assert audit.verify(desk).faults == ()
    assert "can only be read here" in refused(desk, errors.ReadOnlyWorkspace)
    desk.close()
    assert (listing(path.parent), sha256(path)) == before


def test_a_write_protected_disk(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk") as disk:
        path = closed(disk)
        assert takes_wal(path)
        protected(disk)
        assert not takes_wal(path)
        reads_only(path)
        with pytest.raises(errors.ReadOnlyWorkspace):
            _second(disk)
        assert listing(disk) == ["room.anchorhold"]


@pytest.mark.parametrize("wal", ["wal", ""], ids=["wal", "rollback"])
def test_a_crash_and_then_write_protected(tmp_path: Path, wal: str) -> None:
    """What the journal holds cannot be played back there; half a command is never shown as the truth."""
    with mounted(tmp_path / "disk") as disk:
        path = closed(disk)
        before = dump(path)
        words = [sys.executable, "-m", "tests.store.holder", "die", str(path), wal]
        assert subprocess.run(words, cwd=ROOT, stdout=subprocess.DEVNULL).returncode == -9
        protected(disk)
        left = listing(disk)
        if wal:  # the old state is whole without its journal
            desk = open_desk(path, cost=CHEAP)
            names = [row[0] for row in desk.file.read.execute("SELECT name FROM device ORDER BY id")]
            desk.close()
            assert names == [row["name"] for row in before["device"]]
        else:
            with pytest.raises(errors.ReadOnlyWorkspace) as refusal:
                open_desk(path, cost=CHEAP)
            assert "copy the file to a place that you may write to" in say(refusal.value).do
        assert listing(disk) == left


def test_a_write_protected_file(place: Path) -> None:
    path = closed(place)
    path.chmod(0o444)
    place.chmod(0o555)
    with ordinary_user():
        reads_only(path)


def test_a_write_protected_file_in_a_writable_folder(place: Path) -> None:
    path = closed(place)
    path.chmod(0o444)
    place.chmod(0o777)
    before = sha256(path)
    with ordinary_user():
        desk = seated(path)
        assert desk.file.read_only
        assert "can only be read here" in refused(desk, errors.ReadOnlyWorkspace)
        desk.close()
    assert sha256(path) == before


def test_a_write_protected_folder(place: Path) -> None:
    path = closed(place)
    if os.geteuid() == 0:
        os.chown(path, NOBODY, -1)
    place.chmod(0o555)
    with ordinary_user():
        reads_only(path)
        with pytest.raises(errors.NotPermitted) as refusal:
            _second(place)
    assert "does not let this program" in say(refusal.value).happened
    assert listing(place) == ["room.anchorhold"]


def test_somebody_elses_file(place: Path) -> None:
    path = closed(place)
    path.chmod(0o600 if os.geteuid() == 0 else 0)
    before = sha256(path) if os.geteuid() == 0 else ""
    with ordinary_user(), pytest.raises(errors.NotPermitted) as refusal:
        open_desk(path, cost=CHEAP)
    assert "permissions" in say(refusal.value).do
    assert listing(place) == ["room.anchorhold"]
    assert not before or sha256(path) == before


@pytest.mark.parametrize("wal", [True, False], ids=["wal", "rollback"])
def test_a_full_disk(tmp_path: Path, wal: bool) -> None:
    """Nothing is changed, not even by the refusal's row, which needs room as well; with room it goes on."""
    with mounted(tmp_path / "disk", options="size=2m,mode=755") as disk:
        path = closed(disk)
        desk = seated(path)
        if not wal:
            desk.file.close()
            desk.file = WorkspaceFile(path, wal=False)
        before = dump(path)
        filler = filled(disk)
        assert "is full, so nothing was changed" in refused(desk, errors.DiskFull)
        with pytest.raises(errors.DiskFull) as refusal:
            perform(desk, exports.EXPORT, ExportLinks(("lon-man",), disk / "out"))
        assert "is full" in say(refusal.value).happened
        with pytest.raises(errors.DiskFull):
            _second(disk)
        assert set(listing(disk)) <= {"filler", *(f"room.anchorhold{each}" for each in ("", "-shm", "-wal"))}
        assert dump(path) == before
        filler.unlink()
        perform(desk, devices.ADD, NEW)
        assert audit.inspect(desk).faults == ()
        desk.close()
        assert listing(disk) == ["room.anchorhold"]


def test_opening_on_a_full_disk(tmp_path: Path) -> None:
    """SQLite needs 32 KiB beside a file in WAL, even to read it."""
    with mounted(tmp_path / "disk", options="size=2m,mode=755") as disk:
        path = closed(disk)
        before = sha256(path)
        filler = filled(disk)
        with pytest.raises(errors.DiskFull) as refusal:
            open_desk(path, cost=CHEAP)
        assert str(path) in say(refusal.value).happened
        assert sha256(path) == before
        filler.unlink()
        desk = seated(path)
        desk.close()
        assert listing(disk) == ["room.anchorhold"]


def test_room_for_the_folders_but_not_for_the_row(tmp_path: Path) -> None:
    """The row cannot be written, so the folders are taken back: nothing leaves unrecorded."""
    out = tmp_path / "out"
    with mounted(tmp_path / "disk", options="size=2m,mode=755") as disk:
        desk = seated(closed(disk))
        filled(disk)
        with pytest.raises(errors.DiskFull):
            perform(desk, exports.EXPORT, ExportLinks(("lon-man",), out))
        desk.close()
    assert not out.exists()


@pytest.mark.parametrize("kind", ["ramfs", "tmpfs"], ids=["rollback", "wal"])
def test_a_stick_pulled_out(tmp_path: Path, kind: str) -> None:
    with mounted(tmp_path / "disk", kind) as disk:
        path = closed(disk)
        desk = seated(path)
        pulled(disk)
        assert "disk or stick" in refused(desk, errors.MediumGone)
        assert listing(disk) == []  # nothing is left where the stick was
        with pytest.raises(errors.NoSuchWorkspace):
            open_desk(path, cost=CHEAP)
        desk.close()


def test_another_file_in_its_place(tmp_path: Path) -> None:
    """Somebody puts an older copy back while a window is open: nothing is written to a file that nobody can open."""
    path = closed(tmp_path)
    older = tmp_path / "older"
    shutil.copy(path, older)
    desk = seated(path)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()
    older.replace(path)
    before = sha256(path)
    refused(desk, errors.MediumGone)
    assert sha256(path) == before
    desk.close()
    assert sha256(path) == before


def test_a_stick_holds_one_file(tmp_path: Path) -> None:
    """At every moment, also while it is open, and also when it was made on a disk."""
    made = closed(tmp_path)
    assert made.read_bytes()[18] == 2  # WAL
    with mounted(tmp_path / "stick", "ramfs") as stick:
        path = stick / "room.anchorhold"
        shutil.copy(made, path)
        assert not takes_wal(path)
        desk = seated(path)
        assert listing(stick) == ["room.anchorhold"]
        perform(desk, devices.ADD, NEW)
        assert listing(stick) == ["room.anchorhold"]
        desk.close()
        assert path.read_bytes()[18] == 1
        home = tmp_path / "home.anchorhold"
        shutil.copy(path, home)
    desk = seated(home)
    assert home.read_bytes()[18] == 2
    desk.close()
    assert sorted(listing(tmp_path)) == ["home.anchorhold", "room.anchorhold", "stick"]


def test_a_file_in_use_stays_in_its_mode(tmp_path: Path) -> None:
    """Another window has it open in WAL: whoever would take it out of WAL works beside it all the same."""
    path = closed(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM ledger").fetchone()
        file = WorkspaceFile(path, wal=False)
        with file.writing() as unit:
            assert unit.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        file.close()


@pytest.mark.parametrize("kind", ["root", "registration"])
def test_what_travels_is_one_file_everywhere(tmp_path: Path, kind: str) -> None:
    assert takes_wal(tmp_path / "room.anchorhold")
    duties = {"alice": (Duty.SECURITY_OFFICER,), "bob": (Duty.SYSTEM_ADMINISTRATOR,)}
    room = make_room(tmp_path, kind=Kind(kind), duties=duties)
    people.sign_in(room.desk, "alice", passphrase("alice"))
    assert listing(tmp_path) == ["room.anchorhold"]
    room.desk.close()
