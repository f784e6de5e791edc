"""The real window, offscreen, on a copy of the real sample: every state is in it, and everybody can sign in."""

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.services.demo import make_demo
from core.services.desk import Desk, open_desk
from core.services.views import Health
from gui.app import clothe
from gui.collector import Collector
from gui.preferences import Preferences
from gui.window import MainWindow
from tests.desks import CHEAP


@dataclass(frozen=True)
class Sample:
    """A workspace file of one's own and the passphrases of its people."""

    path: Path
    passphrases: dict[str, str]

    def desk(self) -> Desk:
        """A second door to the same file, as another process would have; close it."""
        return open_desk(self.path, cost=CHEAP)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, made once."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    make_demo(folder, cost=CHEAP)
    return folder


@pytest.fixture
def sample(finished: Path, tmp_path: Path) -> Sample:
    """A copy."""
    path = tmp_path / "links.anchorhold"
    for each in finished.glob("links.anchorhold*"):
        shutil.copy(each, path.with_name(each.name))
    secrets = tomllib.loads((finished / "secrets.toml").read_text(encoding="utf-8"))
    return Sample(path, secrets["passphrases"])


@pytest.fixture
def preferences(tmp_path: Path, qapp: QApplication) -> Preferences:
    """Preferences in a file of one's own."""
    made = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    made.look = "light"
    clothe(qapp, made)
    return made


@pytest.fixture
def window(qtbot: QtBot, preferences: Preferences) -> Iterator[MainWindow]:
    """The window as the program opens it."""
    collector = Collector()
    made = MainWindow(preferences)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.lane.wait()
    made.close()
    collector.stop()
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@dataclass(frozen=True)
class Seat:
    """The window with somebody signed in."""

    window: MainWindow
    sample: Sample
    qtbot: QtBot

    def device(self, health: Health) -> str:
        """A device of the sample in that state."""
        shown = self.window.shown
        assert shown is not None
        return next(row.device.name for row in shown.picture.devices if row.health is health)

    def sign_in(self, name: str = "alice") -> None:
        """Type the passphrase into the card, as a person does."""
        card = self.window.card
        self.qtbot.waitUntil(lambda: card.go.isEnabled())
        card.person.setCurrentIndex(card.person.findData(name))
        self.qtbot.keyClicks(card.passphrase, self.sample.passphrases[name])
        self.qtbot.keyClick(card.passphrase, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.window.stack.currentWidget() is self.window.work)


@pytest.fixture
def seat(window: MainWindow, sample: Sample, qtbot: QtBot) -> Seat:
    """Alice sits at the open sample."""
    made = Seat(window, sample, qtbot)
    window.open(sample.path)
    made.sign_in()
    return made
