"""What a manifest knows: a restore behind it takes two people, and nobody can pass another off."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.crypto import signing
from core.crypto.digest import canonical
from core.services.desk import open_desk
from core.store import audit
from tests.cli.terminal import World, run
from tests.desks import CHEAP


def make(world: World, name: str) -> Path:
    world.do("backup", "make", world.folder / name)
    return world.folder / name


def beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.manifest.json")


def test_it_says_what_it_is_beside(world: World) -> None:
    path = make(world, "copy")
    told = json.loads(beside(path).read_bytes())["statement"]
    drilled = run("backup", "drill", path, "--json").answer
    assert {name: told[name] for name in ("rows", "head", "sha256", "name", "newest")} == {
        name: drilled[name] for name in ("rows", "head", "sha256", "name", "newest")
    }
    assert (told["by"], told["key"], told["crls"]) == ("alice", "", {})


def test_a_restore_behind_a_later_manifest_takes_two(world: World) -> None:
    """One person puts it back and is told how far it lies behind; another one agrees."""
    old = make(world, "old")
    world.do("link", "retire", "lon-par", "--reason", "after the copy")
    new, to = make(world, "new"), world.folder / "back.anchorhold"
    new.unlink()  # what is left of the later backup is its manifest
    done = run("restore", old, to, "--manifest", beside(new), "--json", *world.who("bob"))
    assert done.code == 0, done.err
    later = json.loads(beside(new).read_bytes())["statement"]["rows"]
    assert done.answer["known"] == later > done.answer["rows"]
    asked = done.answer["proposal"]
    assert run("approve", to, asked, *world.who("bob")).code == 1  # not oneself
    assert run("approve", to, asked, *world.who("alice")).code == 0
    rows = run("audit", "read", to, "--json", *world.who("alice")).answer["rows"]
    assert [each["actor"] for each in rows if each["action"] == "audit.head-agreed"] == ["alice"]
    assert run("audit", "verify", to).code == 0


def test_nothing_is_behind_its_own_manifest(world: World) -> None:
    path, to = make(world, "copy"), world.folder / "back.anchorhold"
    done = run("restore", path, to, "--manifest", beside(path), "--json", *world.who("bob"))
    assert (done.answer["known"], done.answer["proposal"]) == (0, "")


def _changed(change: Callable[[dict[str, Any]], None]) -> Callable[[bytes], bytes]:
    def spoilt(content: bytes) -> bytes:
        outer = json.loads(content)
        change(outer)
        return canonical(outer) + b"\n"

    return spoilt


def _forged(outer: dict[str, Any]) -> None:
    outer["statement"]["rows"] += 7
    outer["signature"] = signing.sign(signing.generate()[0], canonical(outer["statement"])).hex()


SPOILT = {
    "empty": (lambda _: b"", "not the manifest"),
    "no JSON": (lambda _: b"[" * 9000, "not the manifest"),
    "spaces": (lambda content: content.replace(b":", b": "), "not the manifest"),
    "long": (lambda _: b" " * (1 << 20), "not the manifest"),
    "rows": (_changed(lambda outer: outer["statement"].update(rows=outer["statement"]["rows"] + 7)), "has signed it"),
    "a text of rows": (_changed(lambda outer: outer["statement"].update(rows="7")), "not the manifest"),
    "forged": (_changed(_forged), "has signed it"),
    "by": (_changed(lambda outer: outer["statement"].update(by="bob")), "has signed it"),
    "workspace": (_changed(lambda outer: outer["statement"].update(workspace="x")), "another workspace"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_manifest_that_is_none_of_ours(world: World, how: str) -> None:
    path, to = make(world, "copy"), world.folder / "back.anchorhold"
    spoil, expected = SPOILT[how]
    beside(path).write_bytes(spoil(beside(path).read_bytes()))
    done = run("restore", path, to, *world.who("bob"))
    assert (done.code, expected in done.err) == (1, True), done.err
    assert not to.exists()


def test_the_manifest_of_another_copy(world: World) -> None:
    path = make(world, "old")
    beside(make(world, "new")).replace(beside(path))
    done = run("restore", path, world.folder / "back.anchorhold", *world.who("bob"))
    assert (done.code, "another file" in done.err) == (1, True)


def test_a_drill_holds_the_copy_against_its_manifest(world: World) -> None:
    path = make(world, "copy")
    done = run("backup", "drill", path, "--json")
    assert (done.code, done.answer["ok"], done.answer["manifest"], done.answer["differs"]) == (0, True, True, [])
    beside(path).rename(world.folder / "away")
    done = run("backup", "drill", path, "--json")
    assert (done.code, done.answer["ok"], done.answer["manifest"]) == (0, True, False)


def test_a_drill_names_each_difference_and_records_it(world: World) -> None:
    """The manifest of a later copy beside this one, and one whose signature does not hold."""
    old = make(world, "old")
    world.do("link", "retire", "lon-par", "--reason", "after the copy")
    new = make(world, "new")
    beside(old).write_bytes(beside(new).read_bytes())
    done = run("backup", "drill", old, "--record", world.path, "--json", *world.who("alice"))
    assert (done.code, done.answer["ok"]) == (4, False)
    told = " ".join(done.answer["differs"])
    assert len(done.answer["differs"]) == 3
    assert all(part in told for part in ("SHA-256", "number of entries", "ends in another entry"))
    desk = open_desk(world.path, read_only=True, cost=CHEAP)
    row = next(audit.newest_of(desk.file.read, "backup.drilled"))
    desk.close()
    assert (row.body["details"]["manifest"], row.body["details"]["differs"]) == (True, ["sha256", "rows", "head"])
    beside(new).write_bytes(_changed(_forged)(beside(new).read_bytes()))
    done = run("backup", "drill", new)
    assert (done.code, "Nobody whom this copy knows" in done.out) == (4, True)
