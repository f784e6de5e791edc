"""One filled workspace for all tests here; each test has its own copy."""

from pathlib import Path

import pytest

from tests.cli.terminal import World, filled, make_world


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Never changed: only copied."""
    return make_world(tmp_path_factory.mktemp("original"), fill=filled)


@pytest.fixture
def world(original: World, tmp_path: Path) -> World:
    """A filled rehearsal workspace."""
    folder = tmp_path / "world"
    folder.mkdir()
    return original.copy(folder)
