"""Rooms for wizards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import Room, make_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """Alice and Bob; Alice sits at the desk."""
    made = make_room(tmp_path)
    made.sit("alice")
    yield made
    made.desk.close()
