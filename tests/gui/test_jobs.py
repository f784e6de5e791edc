"""The lane: one thing at a time, exactly one end each, told seldom enough, cancelled until it commits."""

import threading
import time

from pytestqt.qtbot import QtBot

from core.errors.base import Cancelled
from core.services.desk import Progress
from gui.jobs import Job, Lane
from gui.shell.door import Door
from gui.shell.status import Status


def test_ends_come_once_in_order_and_in_the_window_s_thread(qtbot: QtBot) -> None:
    lane, ends, here = Lane(), [], threading.get_ident()
    for number in range(20):
        lane.do(lambda number=number: number, lambda result, error: ends.append((result, error, threading.get_ident())))
    qtbot.waitUntil(lambda: len(ends) == 20)
    assert [each[0] for each in ends] == list(range(20))
    assert all(error is None and thread == here for _, error, thread in ends)
    assert lane.job is None


def test_a_failure_is_an_end_too(qtbot: QtBot) -> None:
    lane, ends = Lane(), []
    lane.do(lambda: 1 // 0, lambda result, error: ends.append((result, type(error))))
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == [(None, ZeroDivisionError)]


def test_progress_is_told_at_most_twenty_times_a_second(qtbot: QtBot) -> None:
    lane, told, ends = Lane(), [], []

    def work(progress: Progress) -> None:
        for done in range(20000):
            progress.step(done, 20000)
        time.sleep(0.06)
        progress.step(20000, 20000)

    began = time.monotonic()
    lane.run(work, lambda result, error: ends.append(error), lambda done, total: told.append((done, total)))
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == [None]
    assert 1 <= len(told) <= (time.monotonic() - began) * 20 + 2
    assert told[-1] == (20000, 20000)


def test_cancel_stops_at_the_next_step(qtbot: QtBot) -> None:
    lane, ends, going = Lane(), [], threading.Event()

    def work(progress: Progress) -> None:
        going.set()
        for done in range(10**9):
            progress.step(done, 10**9)

    job = lane.run(work, lambda result, error: ends.append(type(error)))
    going.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == [Cancelled]


def test_what_commits_is_not_cancelled_and_the_button_says_so(qtbot: QtBot) -> None:
    lane, ends, commits, go = Lane(), [], threading.Event(), threading.Event()
    status = Status(lane, Door(lane, lane))
    qtbot.addWidget(status)
    status.show()

    def work(progress: Progress) -> str:
        progress.committing()
        commits.set()
        go.wait(5)
        progress.step(1, 2)
        return "kept"

    job: Job = lane.run(work, lambda result, error: ends.append(result), title="Exporting")
    commits.wait(5)
    qtbot.waitUntil(lambda: not status.cancel.isEnabled())
    assert status.cancel.isVisible()
    assert "cannot be cancelled" in status.job.text()
    job.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == ["kept"]
    assert not status.cancel.isVisible()
    assert status.job.text() == ""


def test_the_cancel_button_cancels_what_is_named(qtbot: QtBot) -> None:
    lane, ends = Lane(), []
    status = Status(lane, Door(lane, lane))
    qtbot.addWidget(status)
    status.show()

    def work(progress: Progress) -> None:
        while True:
            progress.step(1, 10)

    lane.run(work, lambda result, error: ends.append(type(error)), title="Verifying the log")
    assert status.job.text() == "Verifying the log"
    status.cancel.click()
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == [Cancelled]


def test_a_look_runs_beside_a_long_job(qtbot: QtBot) -> None:
    lane, looked, go = Lane(), [], threading.Event()
    lane.do(lambda: go.wait(10), lambda result, error: None)
    lane.look(lambda: 7, lambda result, error: looked.append(result))
    qtbot.waitUntil(lambda: looked == [7])
    go.set()
    lane.wait()
