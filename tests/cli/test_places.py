"""A stick that is not put in: every verb that writes to a chosen place says that the folder is not there, and what to do."""

import os
from pathlib import Path

import pytest

from core.errors.workspace import AlreadyThere, NoSuchFolder, NotPermitted
from core.media import places
from core.media.files import write_all, write_new, write_over
from core.model.links import ExportedFile
from tests.cli.terminal import World, run
from tests.store.disks import ordinary_user

# Verbs that make a file, where {} is the folder that is not there.
INTO = {
    "backup": ("backup", "make", "{}/copy"),
    "checkpoint": ("audit", "checkpoint", "--out", "{}/head.txt"),
    "proof": ("audit", "prove", "1", "--out", "{}/proof.json"),
    "entries": ("audit", "export", "--format", "jsonl", "--to", "{}/log.jsonl"),
    "card": ("card", "sign", "lon", "--out", "{}/lon.card"),
    "meeting": ("meet", "--out", "{}/we.carry"),
    "stick": ("custody", "stick", "{}/bytes.stick"),
    "statement": ("statement", "assurance", "--out", "{}/report.json"),
    "calendar": ("due", "--ics", "{}/due.ics"),
    "restore": ("restore", "{}/dc.anchorhold"),
    "request": (
        "ca", "request", "ipsec-g1", "--technology", "ipsec", "--subject", "CN=IPsec", "--custodian", "alice",
        "--custodian", "bob", "--quorum", "2", "--crl-url", "http://crl.example.net/i.crl", "--out", "{}/sub.carry",
    ),
}  # fmt: skip


@pytest.mark.parametrize("verb", INTO)
def test_no_such_folder(world: World, verb: str) -> None:
    """As root and as anybody."""
    noun, name, *rest = INTO[verb]
    gone = world.folder / "stick"
    told = [each.format(gone) for each in rest]
    if verb == "restore":
        world.do("backup", "make", world.folder / "copy")
        done = run("restore", world.folder / "copy", name.format(gone), *world.who("alice"))
    elif verb == "calendar":
        done = run("due", world.path, name, *told, *world.who("alice"))
    elif verb == "meeting":
        done = run("meet", world.path, name, *told, *world.who("alice"))
    else:
        done = run(noun, name, world.path, *told, *world.who("alice"))
    assert done.code == 1, done.err
    assert f"There is no folder {gone}, so nothing was written there." in done.err
    assert "Put in the stick or disk" in done.err
    assert not gone.exists()


def test_a_new_workspace(world: World) -> None:
    words = ("--name", "Second", "--people", world.folder / "people.toml", "--policy", "rehearsal")
    done = run("new", "links", world.folder / "stick" / "second.anchorhold", *words, *world.who("alice"))
    assert (done.code, "There is no folder" in done.err) == (1, True)


def test_folders_go_nowhere_either(world: World) -> None:
    """A folder that a verb makes itself cannot be made inside a file, or where the person may not write."""
    (world.folder / "note").write_text("x")
    done = run("link", "export", world.path, "lon-man", "--to", world.folder / "note" / "stick", *world.who("alice"))
    assert (done.code, "Put in the stick or disk" in done.err) == (1, True)
    assert (world.folder / "note").read_text() == "x"


@pytest.fixture
def mount(tmp_path: Path) -> Path:
    """Where sticks are mounted: the folder is the system's, and everybody comes as far as there."""
    folder = tmp_path / "media"
    folder.mkdir(mode=0o555)
    folder.chmod(0o555)
    for each in folder.parents:
        if each.stat().st_uid == os.geteuid() and each != Path("/"):
            each.chmod(each.stat().st_mode | 0o011)
    return folder


def test_nobody_may_make_the_mount_point(mount: Path) -> None:
    """What the system refuses as a matter of permissions there is a stick that is not put in."""
    gone, content = mount / "stick", ExportedFile("a.txt", b"a")
    with ordinary_user():
        assert [type(each) for each in places.against(gone / "a.txt")] == [NoSuchFolder]
        assert [type(each) for each in places.against_folder(gone / "deep")] == [NoSuchFolder]
        for write in (write_new, write_over):
            with pytest.raises(NoSuchFolder) as refusal:
                write(gone / "a.txt", b"a")
            assert refusal.value.path == str(gone)
        with pytest.raises(NoSuchFolder) as refusal:
            write_all(gone, [content])
        assert refusal.value.path == str(gone)


def test_a_folder_that_is_there_is_a_matter_of_permissions(mount: Path) -> None:
    with ordinary_user():
        assert [type(each) for each in places.against(mount / "a.txt")] == [NotPermitted]
        assert [type(each) for each in places.against_folder(mount)] == [NotPermitted]
        for write in (write_new, write_over):
            with pytest.raises(NotPermitted):
                write(mount / "a.txt", b"a")


def test_places_that_serve(tmp_path: Path) -> None:
    assert places.against(tmp_path / "a.txt") == places.against_folder(tmp_path / "a" / "b") == []
    (tmp_path / "a.txt").write_text("x")
    assert [type(each) for each in places.against(tmp_path / "a.txt")] == [AlreadyThere]
    assert [type(each) for each in places.against_folder(tmp_path / "a.txt" / "b")] == [NoSuchFolder]
