"""Choosing what is exported and where, and reading back, without a window."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors.base import Refused
from core.flows.exports import Export
from core.flows.facts import read
from core.flows.readback import ReadBack
from core.services import exports, readback
from core.services.perform import perform
from tests.desks import Room

SIGNED = {
    "MANIFEST.sha256", "MANIFEST.sig", "evidence/checkpoint.txt", "card/peer-card.json", "card/peer-card.json.sig",
}  # fmt: skip


def test_from_choice_to_folders(room: Room, tmp_path: Path) -> None:
    room.ready_link()
    facts = read(room.sit("alice"))
    state = Export(("lon-man",), str(tmp_path / "out"))
    assert state.problems(facts) == ()
    assert [each.name for each in state.folders(facts)] == ["lon", "man"]
    seen = dict(exports.preview(room.desk, "lon-man"))
    made = perform(room.desk, exports.EXPORT, state.command())
    assert [each.folder for each in made.exports] == [str(each) for each in state.folders(facts)]
    for device, files in seen.items():
        written = {path.relative_to(tmp_path / "out" / device).as_posix() for path in _files(tmp_path / "out" / device)}
        assert written - {file.path for file in files} == SIGNED
        assert all((tmp_path / "out" / device / file.path).read_bytes() == file.content for file in files)
    assert {each.field for each in state.problems(facts)} == {"to"}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_preview_leaves_no_row(room: Room) -> None:
    room.ready_link()
    before = room.desk.file.read.execute("SELECT count(*) FROM ledger").fetchone()[0]
    exports.preview(room.sit("alice"), "lon-man")
    assert room.desk.file.read.execute("SELECT count(*) FROM ledger").fetchone()[0] == before


def test_what_is_blocked_says_why(room: Room, tmp_path: Path) -> None:
    room.ready_link()
    room.receive("man")
    room.device("par")
    room.link("lon", "par")
    facts = read(room.sit("alice"))
    why = {link.name: [type(each).__name__ for each in found] for link, found in Export().offered(facts)}
    assert why == {"lon-man": ["KeyChanged"], "lon-par": ["KeyNotApproved"]}
    state = Export(("lon-man",), str(tmp_path / "out"))
    assert [type(each).__name__ for each in state.problems(facts)] == ["KeyChanged"]
    with pytest.raises(Refused):
        perform(room.desk, exports.EXPORT, state.command())
    with pytest.raises(Refused):
        exports.preview(room.desk, "lon-man")


def test_several_links_have_a_folder_each(room: Room, tmp_path: Path) -> None:
    room.ready_link()
    room.ready_link("par", "osl")
    facts = read(room.sit("alice"))
    state = Export(("lon-man", "par-osl"), str(tmp_path / "out"))
    made = perform(room.desk, exports.EXPORT, state.command())
    assert [each.folder for each in made.exports] == [str(each) for each in state.folders(facts)]


def test_nothing_chosen_and_no_folder(room: Room) -> None:
    assert [each.field for each in Export().problems(read(room.sit("alice")))] == ["names", "to"]


def test_read_back(room: Room) -> None:
    room.ready_link()
    facts = read(room.sit("alice"))
    commands = readback.commands(room.desk, "lon")
    assert any("swanctl --list-certs" in line for line in commands)
    assert any("/etc/swanctl/pubkey/man.pem" in line for line in commands)
    state = ReadBack("lon", room.pems["lon"] + room.pems["man"])
    assert state.problems(facts) == ()
    assert perform(room.desk, readback.READ_BACK, state.command()).passed
    assert "BEGIN" not in repr(state)


def test_read_back_findings(room: Room) -> None:
    room.ready_link()
    room.device("par")
    facts = read(room.sit("alice"))
    assert [each.field for each in ReadBack().problems(facts)] == ["device"]
    assert [type(each).__name__ for each in ReadBack("par", b"x").problems(facts)] == [
        "NothingPinnedHere",
        "NothingPrinted",
    ]
    assert [each.field for each in replace(ReadBack("lon"), untrusted=b"  ").problems(facts)] == ["untrusted"]
    secret = b"[Peer]\nPresharedKey = AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    found = ReadBack("lon", secret).problems(facts)
    assert [(each.field, type(each).__name__) for each in found] == [("untrusted", "SharedSecretInFile")]
