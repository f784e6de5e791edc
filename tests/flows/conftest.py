"""A room with two people for every test of a flow."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import Room, make_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """Alice and Bob."""
    made = make_room(tmp_path)
    yield made
    made.desk.close()


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[Room]:
    """Alice alone."""
    folder = tmp_path / "lone"
    folder.mkdir()
    made = make_room(folder, ("alice",))
    yield made
    made.desk.close()
