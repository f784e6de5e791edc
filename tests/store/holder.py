"""Run as a process of its own: holds the writing lock, writes, or dies in the middle of a command.

`python -m tests.store.holder WHAT PATH`; it says "held" once it is where the test wants it, and goes on at a line on stdin.
"""

import os
import signal
import sys
from pathlib import Path

from core.model.devices import AddDevice
from core.services import devices, people
from core.services.desk import open_desk
from core.services.perform import LINK_KINDS, Verb, Work, perform
from core.store.file import WorkspaceFile
from tests.desks import CHEAP, START, passphrase


def _new(name: str) -> AddDevice:
    return AddDevice(name, "strongswan", f"{name}.example.net", f"{name}.example.net")


def _told() -> None:
    sys.stdout.write("held\n")
    sys.stdout.flush()


def hold(path: Path) -> None:
    file = WorkspaceFile(path, wal=True)
    with file.writing():
        _told()
        sys.stdin.readline()
    file.close()


def add(path: Path, *names: str) -> None:
    desk = open_desk(path, cost=CHEAP)
    desk.clock = lambda: START
    people.authenticate(desk, "bob", passphrase("bob"))
    _told()
    for name in names:
        perform(desk, devices.ADD, _new(name))
    desk.close()


def die(path: Path, wal: str) -> None:
    """Everything is written, nothing is committed; some pages are in the file already."""
    desk = open_desk(path, cost=CHEAP)
    desk.clock = lambda: START
    if not wal:
        desk.file.close()
        desk.file = WorkspaceFile(path, wal=False)
    people.authenticate(desk, "bob", passphrase("bob"))

    def act(work: Work, command: AddDevice) -> None:
        work.unit.connection.execute("PRAGMA cache_size=2")
        for number in range(100):
            devices.ADD.act(work, _new(f"{command.name}-{number}"))
        os.kill(os.getpid(), signal.SIGKILL)

    perform(desk, Verb("device.added", act, devices.ADD.duties, LINK_KINDS), _new("half"))


if __name__ == "__main__":
    {"hold": hold, "add": add, "die": die}[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
