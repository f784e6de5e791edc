"""The command line without --json and the exported folders speak in words."""

from pathlib import Path

import pytest

from tests.cli.terminal import World, run
from tests.words.shown import left

LISTS = [
    ("people", "list"),
    ("device", "list"),
    ("key", "list"),
    ("link", "list"),
    ("link", "matrix"),
    ("key", "fingerprints"),
]


@pytest.mark.parametrize(("noun", "verb"), LISTS, ids=[" ".join(each).strip() for each in LISTS])
def test_no_answer_shows_one(world: World, noun: str, verb: str) -> None:
    more = ("lon",) if verb == "fingerprints" else ()
    assert left(world.do(noun, verb, *more).out) == []


def test_info_shows_none(world: World) -> None:
    done = run("info", world.path)
    assert "links with pinned keys" in done.out
    assert left(done.out) == []


def test_no_exported_text_shows_one(world: World, tmp_path: Path) -> None:
    assert left(world.do("link", "export", "lon-man", "--to", tmp_path / "out").out) == []
    written = [path for path in (tmp_path / "out").rglob("*.txt") if path.name != "checkpoint.txt"]
    assert len(written) >= 8
    for path in written:
        assert left(path.read_text(encoding="utf-8")) == [], path.name
