"""A real root and a real issuing CA, made once: gw1 certified, gw2 revoked and not published, gw3 waits, gw4 approved."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.model.revocation import Revoke
from core.services import revocation
from gui.window import MainWindow
from tests.desks import passphrase
from tests.pki.worlds import agree, certify, make_network, submit


@dataclass(frozen=True)
class Made:
    """The files, and the serials of gw1 and gw2."""

    root: Path
    issuing: Path
    standing: str
    revoked: str


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The world, closed."""
    now = datetime.now(UTC).replace(microsecond=0)  # the window has the machine's clock
    world = make_network(tmp_path_factory.mktemp("world"), now)
    standing, revoked = certify(world, "gw1", "CHG1"), certify(world, "gw2", "CHG2")
    revocation.revoke(world.issuing.sit("carol"), Revoke(revoked, "key-compromise", "CHG3"))
    submit(world, "gw3", "CHG4")
    agree(world.issuing, "dave", submit(world, "gw4", "CHG5"))
    for room in (world.root, world.issuing):
        room.desk.close()
    return Made(world.root.path, world.issuing.path, standing, revoked)


@dataclass(frozen=True)
class Office:
    """The window over a copy of one of the files."""

    window: MainWindow
    made: Made
    qtbot: QtBot
    folder: Path

    def open(self, path: Path, who: str) -> MainWindow:
        """Open a copy and sign in at the card."""
        copy = self.folder / path.parent.name / path.name
        copy.parent.mkdir()
        for each in path.parent.glob(f"{path.name}*"):
            shutil.copy(each, copy.with_name(each.name))
        self.window.open(copy)
        card = self.window.card
        self.qtbot.waitUntil(lambda: card.go.isEnabled())
        card.person.setCurrentIndex(card.person.findData(who))
        self.qtbot.keyClicks(card.passphrase, passphrase(who))
        self.qtbot.keyClick(card.passphrase, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.window.stack.currentWidget() is self.window.work)
        return self.window


@pytest.fixture
def office(window: MainWindow, made: Made, qtbot: QtBot, tmp_path: Path) -> Office:
    return Office(window, made, qtbot, tmp_path)
