"""One command, one lock: who waits, who is named, what a crash leaves, what readers see."""

import getpass
import os
import platform
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from core.errors import workspace as errors
from core.errors.base import Cancelled
from core.model.devices import AddDevice
from core.services import audit, devices, people
from core.services.desk import Progress, open_desk
from core.services.perform import perform
from core.store import devices as store
from core.store import file as files
from core.store.file import WorkspaceFile
from core.words.say import sentence
from tests.desks import CHEAP, Room, make_room, passphrase
from tests.house.sources import ROOT
from tests.store.disks import listing
from tests.store.test_schema import dump


def started(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.holder", *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _said(process: "subprocess.Popen[str]") -> str:
    pipe: IO[str] | None = process.stdout
    assert pipe is not None
    return pipe.readline().strip()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path)
    yield made
    made.desk.close()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "WAIT_SECONDS", 0.2)


def _new(name: str) -> AddDevice:
    return AddDevice(name, "strongswan", f"{name}.example.net", f"{name}.example.net")


def test_waiting_is_ten_seconds_at_most() -> None:
    assert files.WAIT_SECONDS == 10


def test_the_holder_is_named_and_waiting_ends(hasty: None, tmp_path: Path) -> None:
    room = make_room(tmp_path)
    before = dump(room.path)
    with started("hold", str(room.path)) as process:
        assert _said(process) == "held"
        room.sit("alice")
        asked: list[str] = []
        room.desk.file._writer().set_trace_callback(asked.append)
        begun = time.monotonic()
        with pytest.raises(errors.WorkspaceBusy) as refusal:
            perform(room.desk, devices.ADD, _new("lon"))
        assert time.monotonic() - begun > 0.15
        assert asked == ["BEGIN IMMEDIATE"]  # once: nobody waits a second time for the refusal's own row
        process.communicate("go\n", timeout=30)
    assert (refusal.value.host, refusal.value.user) == (platform.node(), getpass.getuser())
    since = datetime.strptime(refusal.value.since, "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - since) < timedelta(minutes=2)
    assert f"by {getpass.getuser()} on {platform.node()} since" in sentence(refusal.value)
    assert dump(room.path) == before
    perform(room.desk, devices.ADD, _new("lon"))  # they are done: it goes on
    assert listing(tmp_path) == [f"room.anchorhold{suffix}" for suffix in ("", "-shm", "-wal")]
    room.desk.close()
    assert listing(tmp_path) == ["room.anchorhold"]


def test_no_note_names_nobody(hasty: None, room: Room) -> None:
    with closing(sqlite3.connect(room.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(errors.WorkspaceBusy) as refusal:
            perform(room.sit("alice"), devices.ADD, _new("lon"))
    assert "another program" in sentence(refusal.value)


@pytest.mark.parametrize("note", ["", "{}", "[]", '{"host": 1}', "\x00", '"' * 10_000])
def test_a_note_that_does_not_read_names_nobody(room: Room, note: str) -> None:
    room.path.with_name("room.anchorhold.writing").write_text(note, encoding="utf-8")
    assert room.desk.file.holder().user == ""


def test_the_next_holders_note_is_left_alone(room: Room) -> None:
    """After our commit the lock, and with it the note, may be another's already."""
    note = room.path.with_name("room.anchorhold.writing")

    def traced(statement: str) -> None:
        if statement == "COMMIT":
            assert not note.exists()
            note.write_text("another's", encoding="utf-8")

    with room.desk.file.writing() as unit:
        assert note.exists()
        unit.connection.set_trace_callback(traced)
    assert note.read_text(encoding="utf-8") == "another's"


def test_a_killed_holder_leaves_no_lock(hasty: None, room: Room) -> None:
    with started("hold", str(room.path)) as process:
        assert _said(process) == "held"
        process.kill()
        process.wait(timeout=30)
    perform(room.sit("alice"), devices.ADD, _new("lon"))
    assert audit.inspect(room.desk).faults == ()


@pytest.mark.parametrize("wal", ["wal", ""], ids=["wal", "rollback"])
def test_a_killed_command_leaves_the_old_state(tmp_path: Path, wal: str) -> None:
    """On a stick, too, where a rollback journal is left that somebody has to play back."""
    room = make_room(tmp_path)
    room.ready_link()
    room.desk.close()
    before = dump(room.path)
    with started("die", str(room.path), wal) as process:
        assert process.wait(timeout=60) == -9
    left = listing(tmp_path)
    assert ("room.anchorhold-journal" in left) == (not wal)
    assert ("room.anchorhold-wal" in left) == bool(wal)
    desk = open_desk(room.path, cost=CHEAP)
    desk.clock = room.clock
    assert audit.inspect(desk).faults == ()
    people.sign_in(desk, "alice", passphrase("alice"))
    desk.close()
    after = dump(room.path)
    assert len(after["ledger"]) == len(before["ledger"]) + 1
    assert {**after, "ledger": before["ledger"]} == before
    assert listing(tmp_path) == ["room.anchorhold"]


def test_two_writers_in_turn(room: Room) -> None:
    """Two processes and this one, at the same time; every command counts and the chain holds."""
    names = [f"theirs-{number}" for number in range(10)]
    with started("add", str(room.path), *names) as process:
        assert _said(process) == "held"
        for number in range(10):
            perform(room.sit("alice"), devices.ADD, _new(f"ours-{number}"))
        assert process.wait(timeout=60) == 0
    assert len(store.all_devices(room.desk.file.read)) == 20
    assert audit.inspect(room.desk).faults == ()
    numbers = [row[0] for row in room.desk.file.read.execute("SELECT number FROM ledger ORDER BY number")]
    assert numbers == list(range(1, 23))


def test_two_threads_of_one_window(room: Room) -> None:
    room.sit("alice")

    def work(name: str) -> None:
        for number in range(5):
            perform(room.desk, devices.ADD, _new(f"{name}-{number}"))

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(store.all_devices(room.desk.file.read)) == 15
    assert audit.inspect(room.desk).faults == ()


@pytest.mark.parametrize("wal", [True, False], ids=["wal", "rollback"])
def test_a_reader_sees_the_old_state_until_the_commit(tmp_path: Path, wal: bool) -> None:
    room = make_room(tmp_path)
    room.desk.close()
    first, second = WorkspaceFile(room.path, wal=wal), WorkspaceFile(room.path, wal=wal)
    seen = second.version()
    with first.writing() as unit:
        unit.insert("device", **_row("lon"))
        assert store.all_devices(second.read) == ()
        assert second.version() == seen
    assert [device.name for device in store.all_devices(second.read)] == ["lon"]
    assert second.version() != seen  # the window reloads
    seen = second.version()
    assert second.version() == seen
    first.close()
    second.close()
    assert listing(tmp_path) == ["room.anchorhold"]


def _row(name: str) -> dict[str, str]:
    fields = ("address", "site", "end_of_life", "contact", "phone", "phone_from")
    named = {"name": name, "platform": "other", "identity_kind": "fqdn", "identity": name, "state": "active"}
    return {**dict.fromkeys(fields, ""), **named, "networks": "[]"}


def test_a_reader_in_the_way_of_a_commit_is_waited_for_and_named(hasty: None, tmp_path: Path) -> None:
    """With a rollback journal a half-read table holds the commit up; then nothing is changed."""
    room = make_room(tmp_path)
    room.desk.close()
    first, second = WorkspaceFile(room.path, wal=False), WorkspaceFile(room.path, wal=False)
    half = second.read.execute("SELECT * FROM operator")
    half.fetchone()
    with pytest.raises(errors.WorkspaceBusy), first.writing() as unit:
        unit.insert("device", **_row("lon"))
    half.close()
    assert store.all_devices(second.read) == ()
    with first.writing() as unit:
        unit.insert("device", **_row("lon"))
    assert len(store.all_devices(second.read)) == 1
    first.close()
    second.close()


def test_verifying_sees_one_moment(room: Room) -> None:
    """A timer that writes while we verify is no damage."""
    room.device("lon")
    other = open_desk(room.path, cost=CHEAP)
    other.clock, other.session = room.clock, room.sessions["bob"]

    class Writing(Progress):
        def step(self, done: int, total: int) -> None:
            perform(other, devices.ADD, _new(f"x{done}"))

    with room.desk.file.snapshot() as snapshot:
        before = len(store.all_devices(snapshot))
        Writing().step(1, 1)
        assert len(store.all_devices(snapshot)) == before
    assert len(store.all_devices(room.desk.file.read)) == before + 1
    other.close()


def test_cancelled_leaves_nothing(room: Room) -> None:
    before = dump(room.path)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        perform(room.sit("alice"), devices.ADD, _new("lon"), progress)
    assert dump(room.path) == before


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    """Mode 0600 whatever the umask, journals included."""
    before = os.umask(0)
    try:
        room = make_room(tmp_path)
        room.device("lon")
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}
    room.desk.close()


def test_what_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a[x]*.anchorhold"

    def interrupted() -> None:
        with files.creating(path, wal=True) as unit:
            unit.insert("device", **_row("lon"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert listing(tmp_path) == []


def test_making_never_overwrites(tmp_path: Path) -> None:
    """Not even a file that appears between looking and linking."""
    path = tmp_path / "a.anchorhold"
    with pytest.raises(errors.AlreadyThere), files.creating(path, wal=False):
        path.write_text("theirs", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "theirs"
    assert listing(tmp_path) == ["a.anchorhold"]
    with pytest.raises(errors.AlreadyThere), files.creating(path, wal=False):
        pytest.fail("it was let in")
    with pytest.raises(errors.NoSuchWorkspace), files.creating(tmp_path / "no" / "a.anchorhold", wal=False):
        pytest.fail("it was let in")
