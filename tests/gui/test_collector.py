"""Cycles are looked for in the window's thread alone: a worker that did would delete widgets under Qt's feet."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.collector import Collector
from gui.jobs import Lane


@pytest.fixture
def where() -> Iterator[list[threading.Thread]]:
    """The thread of every collection."""
    seen: list[threading.Thread] = []

    def told(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(threading.current_thread())

    gc.callbacks.append(told)
    yield seen
    gc.callbacks.remove(told)


def _cycles() -> None:
    for _ in range(100_000):
        ring: list[object] = []
        ring.append(ring)


def _in_a_lane(qtbot: QtBot) -> None:
    lane, ended = Lane(), []
    lane.look(_cycles, lambda _result, error: ended.append(error))
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [None]


def test_python_itself_collects_in_a_worker(qtbot: QtBot, where: list[threading.Thread]) -> None:
    """Why there is a collector."""
    _in_a_lane(qtbot)
    assert any(each is not threading.main_thread() for each in where)


def test_with_the_collector_no_worker_does(qtbot: QtBot, where: list[threading.Thread]) -> None:
    collector = Collector()
    try:
        _in_a_lane(qtbot)
        qtbot.waitUntil(lambda: bool(where))
    finally:
        collector.stop()
    assert {each is threading.main_thread() for each in where} == {True}
    assert gc.isenabled()


def test_a_dead_cycle_with_a_widget_goes(qtbot: QtBot) -> None:
    collector = Collector()
    try:
        widget = QWidget()
        widget.itself = widget  # type: ignore[attr-defined]
        gone: list[bool] = []
        widget.destroyed.connect(lambda: gone.append(True))
        assert isValid(widget)
        del widget
        _cycles()
        qtbot.waitUntil(lambda: gone == [True])
    finally:
        collector.stop()
