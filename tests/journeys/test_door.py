"""Coming in: a wrong passphrase, reading only, two windows on one file, and what stays of it when the program is ended."""

import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.model.devices import AddDevice
from core.services import devices
from core.services.desk import open_desk
from core.services.perform import perform
from tests.desks import CHEAP, Room
from tests.journeys.conftest import Sample, Start
from tests.journeys.hands import sign_in


def test_wrong_passphrases_make_the_next_try_wait(room: Room, start: Start) -> None:
    room.desk.close()
    seen = start(str(room.path))
    for _ in range(2):
        seen.type("lockPassphrase", "not the passphrase at all")
        seen.key("Return")
        seen.says("lockBannerText", "passphrase")
        seen.enabled("lockUnlock")
    seen.type("lockPassphrase", "not the passphrase at all")
    seen.key("Return")
    seen.says("lockUnlock", "Unlock in")
    assert "enabled" not in seen.find("lockUnlock")["states"]
    seen.shot("wrong-passphrase")
    seen.enabled("lockUnlock")
    sign_in(seen, "alice")


def test_reading_only_shows_everything_and_changes_nothing(sample: Sample, start: Start) -> None:
    before = sample.path.read_bytes()
    seen = start(str(sample.path), "--read-only", look="dark")
    seen.says("statusWho", "read only")
    seen.says("todo0Words", "ALARM")
    seen.key("ctrl+2")
    seen.find("linksTable")
    seen.key("ctrl+n")
    seen.key("ctrl+k")
    seen.says("stateBannerText", "read")
    assert not seen.shown("wizard_link")
    seen.shot("read-only-dark")
    seen.leave()
    assert sample.path.read_bytes() == before


def test_a_second_window_sees_the_first_ones_new_row(room: Room, start: Start) -> None:
    room.device("lon")
    room.desk.close()
    seen = start(str(room.path))
    sign_in(seen, "alice")
    seen.key("ctrl+3")
    seen.cell("lon")
    elsewhere = open_desk(room.path, cost=CHEAP)
    elsewhere.session = room.sessions["bob"]
    perform(elsewhere, devices.ADD, AddDevice("man", "strongswan", "man.example.net", "192.0.2.9", ("10.9.0.0/24",)))
    elsewhere.close()
    seen.cell("man")
    seen.shot("second-window")


def _newest(path: Path, folder: Path) -> str:
    """The newest row of somebody who takes only the one file along."""
    alone = folder / f"alone-{len(list(folder.glob('alone-*')))}.anchorhold"
    shutil.copy(path, alone)
    with closing(sqlite3.connect(alone)) as copy:
        return str(copy.execute("SELECT body FROM ledger ORDER BY number DESC LIMIT 1").fetchone()[0])


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGHUP], ids=["SIGTERM", "SIGHUP"])
def test_the_one_file_holds_every_row(room: Room, start: Start, tmp_path: Path, asked: signal.Signals) -> None:
    room.desk.close()
    seen = start(str(room.path))
    wal = room.path.with_name(f"{room.path.name}-wal")
    sign_in(seen, "alice")
    assert wal.exists()
    seen.until("an idle window with an empty WAL", lambda: wal.stat().st_size == 0)
    assert "sign-in.done" in _newest(room.path, tmp_path)
    seen.key("ctrl+l")
    seen.find("lockPassphrase")
    seen.process.send_signal(asked)
    assert seen.process.wait(20) == 0
    assert not wal.exists()
    assert "locked" in _newest(room.path, tmp_path)
