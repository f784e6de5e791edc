"""One stage for all journeys, and workspaces to walk through; passphrases cost little, everything else is real."""

import os
import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from core.services.demo import make_demo
from core.services.desk import machine_clock
from tests.desks import CHEAP, Room, make_room
from tests.journeys.stage import Program, Stage, program, stage


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys share one screen, so one worker walks them all."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("journeys"))
            item.add_marker(pytest.mark.real)


@pytest.fixture(scope="session")
def on_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The screen. ANCHORHOLD_SHOTS names another folder for the pictures."""
    home = tmp_path_factory.mktemp("stage")
    with stage(home, Path(os.environ.get("ANCHORHOLD_SHOTS", home / "shots"))) as made:
        yield made


@dataclass(frozen=True)
class Sample:
    """A copy of the sample and the passphrases of its people."""

    path: Path
    passphrases: dict[str, str]


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, made once."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    make_demo(folder, cost=CHEAP)
    return folder


@pytest.fixture
def sample(finished: Path, tmp_path: Path) -> Sample:
    """A copy of one's own."""
    for each in finished.glob("links.anchorhold*"):
        shutil.copy(each, tmp_path / each.name)
    secrets = tomllib.loads((finished / "secrets.toml").read_text(encoding="utf-8"))
    return Sample(tmp_path / "links.anchorhold", secrets["passphrases"])


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """Alice and Bob, an hour ago. Leave the desk with `room.desk.close()` before the program opens the file."""
    made = make_room(tmp_path, now=machine_clock() - timedelta(hours=1))
    yield made
    made.desk.close()


Start = Callable[..., Program]


@pytest.fixture
def start(on_stage: Stage, tmp_path: Path) -> Iterator[Start]:
    """Start the program with arguments; `look`, `zoom`, `rtl`, `lock_minutes` are its preferences."""
    with ExitStack() as stack:

        def started(*arguments: str, **preferences: str | int) -> Program:
            home = tmp_path / f"home-{len(list(tmp_path.glob('home-*')))}"
            config = home / ".config" / "anchorhold"
            config.mkdir(parents=True)
            lines = [f"{name}={value}" for name, value in {"look": "light", **preferences}.items()]
            (config / "anchorhold.ini").write_text("\n".join(["[General]", *lines, ""]), encoding="utf-8")
            return stack.enter_context(program(on_stage, home, *arguments))

        yield started
