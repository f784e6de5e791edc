"""Cards on the command line: two files, or one stream; signed in one workspace and taken in another."""

import json
from pathlib import Path

import pytest

from core.media.files import with_signature
from tests.cli.terminal import World, make_world, process, run


@pytest.fixture
def theirs(tmp_path: Path) -> World:
    """The other organisation, which knows lon as a device without a key."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    return make_world(folder, fill=lambda world: world.device("lon", 1))


@pytest.fixture
def card(world: World) -> Path:
    path = world.folder / "lon card.json"
    world.do("card", "sign", "lon", "--out", path)
    return path


def take(theirs: World, *words: str | Path, stdin: bytes = b"") -> tuple[int, dict[str, object]]:
    done = run(
        "key", "receive", theirs.path, "lon", *words, "--channel", "card", "--json", *theirs.who("alice"), stdin=stdin
    )
    return done.code, done.answer


def test_from_one_workspace_to_another(world: World, theirs: World, card: Path) -> None:
    read = run("card", "read", theirs.path, card, "--json")
    assert (read.code, read.answer["our_device"], read.answer["signer_known"]) == (0, "lon", 0)
    code, told = take(theirs, card)
    assert (code, told["source"], told["key_state"]) == (0, "peer card", "received")
    assert run("key", "fingerprints", theirs.path, "lon").code == 1  # blind: a signature is no comparison
    for who, channel in (("alice", "call-back"), ("bob", "video")):
        words = ("--heard", world.heard("lon"), "--channel", channel, "--reader", f"Carol {who}", "--ticket", "CHG1")
        theirs.do("key", "compare", "lon", *words, who=who)
    assert run("card", "read", theirs.path, card, "--json").answer["signer_known"] == 1
    assert run("audit", "verify", theirs.path).code == 0


def test_in_one_stream(theirs: World, card: Path) -> None:
    both = card.read_bytes() + b"\n" + card.with_name(card.name + ".sig").read_bytes()
    assert take(theirs, "-", stdin=both)[0] == 0
    assert run("card", "read", theirs.path, "-", stdin=both).code == 0


def test_both_files_are_read_as_one(card: Path) -> None:
    assert (
        with_signature(card, 1024 * 1024) == card.read_bytes() + b"\n" + card.with_name(card.name + ".sig").read_bytes()
    )


def test_without_its_signature(theirs: World, card: Path) -> None:
    card.with_name(card.name + ".sig").unlink()
    code, told = take(theirs, card)
    assert (code, told["refused"]) == (1, "CRD-02")
    assert ".sig" in str(told["do"])
    assert process("card", "read", theirs.path, card).code == 1


def test_with_the_signature_of_another(world: World, theirs: World, card: Path) -> None:
    world.do("card", "sign", "man", "--out", world.folder / "man.json")
    card.with_name(card.name + ".sig").write_bytes((world.folder / "man.json.sig").read_bytes())
    assert take(theirs, card)[1]["refused"] == "CRD-03"


def test_another_json(theirs: World, tmp_path: Path) -> None:
    path = tmp_path / "package.json"
    path.write_text(json.dumps({"name": "left-pad"}))
    code, told = take(theirs, path)
    assert (code, told["refused"]) == (1, "IMP-01")
    read = run("card", "read", theirs.path, path, "--json")
    assert (read.code, read.answer["refused"]) == (1, "CRD-01")


def test_the_card_of_an_exported_folder_is_taken(world: World, theirs: World) -> None:
    """man's folder has lon's card: what the far end's own Anchorhold takes."""
    world.do("link", "export", "lon-man", "--to", world.folder / "out")
    assert take(theirs, world.folder / "out" / "man" / "card" / "peer-card.json")[0] == 0
