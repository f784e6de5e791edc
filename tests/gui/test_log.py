"""The activity log in the window: looked through by person, kind and day; verified with progress; taken out of it."""

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from core.model.audit import LogFormat, Report
from core.services import audit, checkpoints
from core.services.desk import Desk, Progress
from core.store import audit as rows
from gui.pages.activity import Activity
from tests.desks import Room, passphrase
from tests.gui.conftest import Seat
from tests.gui.wizards.conftest import room  # noqa: F401 - a fixture
from tests.gui.wizards.drive import opened, texts, unnamed
from tests.spoil import spoil


def page(seat: Seat) -> Activity:
    seat.window.work.go("activity")
    made = seat.window.work.activity
    seat.qtbot.waitUntil(lambda: made.filter.person.count() > 2 and seat.window.lane.job is None)
    return made


def seek(seat: Seat, shown: Activity, said: str) -> None:
    shown.filter.press.click()
    seat.qtbot.waitUntil(lambda: said in shown.count.text() + shown.banner.text)


def cells(shown: Activity, column: int) -> set[str]:
    model = shown.table.rows
    return {str(model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole)) for row in range(model.rowCount())}


def test_by_person_kind_and_day(seat: Seat) -> None:
    shown = page(seat)
    assert "The newest entries" in shown.count.text()
    shown.filter.action.setCurrentIndex(shown.filter.action.findData("key.approved"))
    seek(seat, shown, "Found: ")
    seat.qtbot.waitUntil(lambda: cells(shown, 3) == {"compared a key and so approved it"})
    who = sorted(cells(shown, 2))[0]
    shown.filter.person.setCurrentIndex(shown.filter.person.findData(who))
    shown.filter.press.click()
    seat.qtbot.waitUntil(lambda: cells(shown, 2) == {who})
    desk = seat.window.desk
    assert desk is not None
    day = sorted(cells(shown, 1))[0][:10]
    for line in (shown.filter.since, shown.filter.until):
        line.setText(day)
    seek(seat, shown, "Found: ")
    seat.qtbot.waitUntil(lambda: {each[:10] for each in cells(shown, 1)} == {day})
    newest = next(rows.newest_of(desk.file.read, "audit.read"))
    told = newest.body["details"]
    assert {name: told[name] for name in ("person", "action", "since", "until")} == {
        "person": who, "action": "key.approved", "since": day, "until": day,
    }  # fmt: skip
    shown.filter.all.click()
    seat.qtbot.waitUntil(lambda: len(cells(shown, 2)) > 1)


def test_a_day_that_is_none_is_said(seat: Seat) -> None:
    shown = page(seat)
    before = cells(shown, 0)
    shown.filter.since.setText("yesterday")
    seek(seat, shown, "write the date as YYYY-MM-DD")
    assert cells(shown, 0) == before


def test_who_may_not_read_is_told_so(seat: Seat) -> None:
    seat.window.lock()
    seat.qtbot.waitUntil(lambda: seat.window.stack.currentWidget() is seat.window.card)
    seat.sign_in("bob")
    seat.window.work.go("activity")
    shown = seat.window.work.activity
    seat.qtbot.waitUntil(lambda: "for auditors and security officers" in texts(shown))
    assert not shown.filter.isEnabled()
    assert cells(shown, 0) == set()


def test_verifying_shows_how_far_it_is_and_stops(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, going = page(seat), threading.Event()
    real = audit.verify

    def slowly(desk: Desk, progress: Progress, outside: Mapping[str, bytes]) -> Report:
        for step in range(10**9):
            if going.is_set():
                break
            progress.step(step % 1000, 1000)
        return real(desk, progress, outside)

    monkeypatch.setattr(audit, "verify", slowly)
    shown.press.click()
    seat.qtbot.waitUntil(lambda: shown.progress.isVisible() and shown.progress.maximum() == 1000)
    assert not shown.press.isEnabled()
    shown.stop.click()
    seat.qtbot.waitUntil(lambda: not shown.progress.isVisible())
    assert "You stopped it before anything was changed" in shown.banner.text
    going.set()
    shown.press.click()
    seat.qtbot.waitUntil(lambda: "fit together" in shown.banner.text)
    assert shown.press.isEnabled()


def test_against_checkpoints_from_outside(seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, desk = page(seat), seat.window.desk
    assert desk is not None
    (tmp_path / "kept.txt").write_text(checkpoints.make(desk))
    (tmp_path / "odd.txt").write_bytes(b"\xff\xfe")
    chosen = [(tmp_path / "kept.txt",)]
    monkeypatch.setattr("gui.shell.files.open_files", lambda *_: chosen[0])
    shown.witnesses.click()
    seat.qtbot.waitUntil(lambda: "kept.txt" in shown.banner.text)
    assert shown.banner.property("kind") == "ok"
    chosen[0] = (tmp_path / "kept.txt", tmp_path / "odd.txt")
    shown.witnesses.click()
    seat.qtbot.waitUntil(lambda: "odd.txt" in shown.banner.text)
    assert shown.banner.property("kind") == "warn"


def test_one_entry_is_proved(seat: Seat, tmp_path: Path) -> None:
    shown, window = page(seat), seat.window
    shown.table.setCurrentIndex(shown.table.rows.index(3, 0))
    number = str(shown.table.current.number)
    prove = next(each for each in shown.findChildren(type(shown.press)) if each.objectName() == "activityProve")
    prove.click()
    wizard = window.windows.dialog
    assert wizard is not None
    assert wizard.flow.number == number  # type: ignore[attr-defined]
    wizard.typed("to", str(tmp_path / "entry.proof"))  # type: ignore[attr-defined]
    wizard.go_on().click()  # type: ignore[attr-defined]
    seat.qtbot.waitUntil((tmp_path / "entry.proof").exists)
    seat.qtbot.waitUntil(lambda: not wizard.busy)  # type: ignore[attr-defined]
    assert (tmp_path / "entry.proof").read_text().startswith("c2sp.org/tlog-proof")
    wizard.done(0)


def test_batches_go_on_where_the_last_one_ended(qtbot, room: Room, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    driver = opened(qtbot, room, "log-export")
    assert unnamed(driver.wizard) == []
    driver.type(to=str(tmp_path / "one.jsonl"), first="x")
    driver.commit()
    assert driver.problem("first")
    driver.type(first="")
    driver.commit()
    assert "Entries 1 to" in driver.said("doneBannerText")
    assert all(str(each) in driver.said("written") for each in tmp_path.glob("one.jsonl*"))
    assert len(list(tmp_path.glob("one.jsonl*"))) == 3
    again = opened(qtbot, room, "log-export")
    again.type(to=str(tmp_path / "two.jsonl"))
    again.commit()
    lines = (tmp_path / "two.jsonl").read_text().splitlines()
    assert len(lines) == 1  # the export itself
    assert LogFormat.JSONL.value in lines[0]


@pytest.mark.parametrize("what", ["log-prove", "log-checkpoint"])
def test_nothing_is_overwritten(qtbot, room: Room, tmp_path: Path, what: str) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    (tmp_path / "there").write_text("something")
    driver = opened(qtbot, room, what, "1")
    assert unnamed(driver.wizard) == []
    driver.type(to=str(tmp_path / "there"))
    driver.commit()
    assert (driver.step, (tmp_path / "there").read_text()) == ("take", "something")
    assert "Something unexpected" not in texts(driver.wizard)
    driver.type(to=str(tmp_path / "new"))
    driver.commit()
    assert driver.step == "done", texts(driver.wizard)
    assert (tmp_path / "new").stat().st_size > 100
    assert passphrase("alice") not in (tmp_path / "new").read_text()


def test_a_damaged_log_is_told_in_red(seat: Seat) -> None:
    shown = page(seat)
    spoil(seat.sample.path, "UPDATE ledger SET time = '2020-01-01T00:00:00Z' WHERE number = 5")
    shown.press.click()
    seat.qtbot.waitUntil(lambda: "does not hold together" in shown.banner.text)
    assert shown.banner.property("kind") == "bad"
