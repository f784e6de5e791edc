"""A process that is killed (SIGKILL) at one of its commit points: before and after each COMMIT, rename, link and fsync.

`run` starts a real process. With `at` 0 it lives, and what it passed is the list of points; with another number it is
killed there. A fork server has the modules loaded, so that a hundred of them cost seconds.
"""

import multiprocessing
import os
import signal
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.errors.base import Expected
from core.media import network
from core.services import keeping
from tests.custody.here import KeyHere

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.store.test_kills"])
Act = Callable[[Path], object]


def run(act: Act, folder: Path, at: int = 0) -> tuple[list[str], str]:
    """The points passed, and how it ended: "" for done, "killed", or the code of the refusal."""
    log, refusal = folder.parent / f"{folder.name}.points", folder.parent / f"{folder.name}.refusal"
    for each in (log, refusal):
        each.write_text("")
    process = _SERVER.Process(target=_child, args=(act, folder, at, log, refusal))
    process.start()
    process.join(60)
    assert process.exitcode in (0, -signal.SIGKILL), "it broke: see its traceback above"
    killed = process.exitcode == -signal.SIGKILL
    return log.read_text().splitlines(), "killed" if killed else refusal.read_text()


def _child(act: Act, folder: Path, at: int, log: Path, refusal: Path) -> None:
    keeping.start = KeyHere  # the keeper's own process, and how it ends, is tests/custody/test_signing_process.py
    private, network._NET = folder / "tmp", folder.parent / "net"  # no interface: a machine that is alone
    for each in (private, network._NET):
        each.mkdir(exist_ok=True)
    tempfile.tempdir = str(private)  # what it leaves there is looked at as well
    _watch(log, at)
    try:
        act(folder)
    except Expected as refused:
        refusal.write_text(type(refused).__name__)


def _watch(log: Path, at: int) -> None:
    passed: list[str] = []

    def point(where: str) -> None:
        passed.append(where)
        with log.open("a") as file:
            file.write(f"{where}\n")
        if len(passed) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(module: Any, name: str) -> None:
        real = getattr(module, name)

        def watched(*words: Any, **more: Any) -> Any:
            point(f"before {name}")
            done = real(*words, **more)
            point(f"after {name}")
            return done

        setattr(module, name, watched)

    class Watched(sqlite3.Connection):
        def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
            if sql != "COMMIT":
                return super().execute(sql, *more)
            point("before COMMIT")
            done = super().execute(sql, *more)
            point("after COMMIT")
            return done

    def connect(*words: Any, factory: Any = sqlite3.Connection, **more: Any) -> sqlite3.Connection:
        return opened(*words, factory=Watched if factory is sqlite3.Connection else factory, **more)

    opened, sqlite3.connect = sqlite3.connect, connect  # type: ignore[assignment]
    for name in ("rename", "replace", "link", "fsync"):
        around(os, name)
