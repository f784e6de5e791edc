"""Export and read-back at the desk: what leaves, what is taken back, and where each pin stands afterwards (SL3)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.crypto.fingerprints import fingerprints
from core.crypto.keys import read_key
from core.errors.base import Cancelled
from core.errors.linking import FolderNotEmpty, NothingPinnedHere, WrittenDifferently
from core.errors.links import KeyDoesNotFit
from core.errors.workspace import DiskFull
from core.media import folders
from core.model.devices import ChangeDevice, Device, RetireDevice
from core.model.keys import Form, WithdrawKey
from core.model.links import Bundle, ExportedFile, ExportLinks, ReadBackDevice, Reading, RetireLink, Standing
from core.policy.devices import identity
from core.services import audit, devices, exports, keys, links, readback, views
from core.services.desk import Progress
from core.services.perform import perform
from core.services.views import picture
from core.store import links as store
from core.store.unit import Connection
from tests.desks import Room, make_room
from tests.services.refusing import Nothing, refused, rows, tables
from tests.store.disks import mounted


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """lon-man and lon-par are ready."""
    made = make_room(tmp_path, ("alice", "bob"))
    made.ready_link()
    made.device("par")
    made.receive("par")
    made.approve("par")
    made.link("lon", "par")
    yield made
    made.desk.close()


def export(room: Room, *names: str, to: str = "out", progress: Progress | None = None) -> exports.Exported:
    return perform(room.sit("alice"), exports.EXPORT, ExportLinks(names, room.path.parent / to), progress)


def read_back(room: Room, device: str, printed: bytes) -> Any:
    return perform(room.sit("bob"), readback.READ_BACK, ReadBackDevice(device, printed))


def standings(room: Room) -> dict[tuple[str, str], Standing]:
    """(holder, peer): where the pin stands, as the matrix shows it."""
    return {(pin.holder, pin.peer): pin.standing for pin in picture(room.desk).pins}


def test_one_link_leaves_as_two_folders(room: Room) -> None:
    told = export(room, "lon-man")
    assert [Path(each.folder).name for each in told.exports] == ["lon", "man"]
    out = room.path.parent / "out"
    assert sorted(path.name for path in out.iterdir()) == ["lon", "man"]
    assert (out / "lon" / "install/swanctl/pubkey/man.pem").read_bytes().split() == room.pems["man"].split()
    assert standings(room) == {
        ("lon", "man"): Standing.EXPORTED, ("man", "lon"): Standing.EXPORTED,
        ("lon", "par"): Standing.MISSING, ("par", "lon"): Standing.MISSING,
    }  # fmt: skip
    assert rows(room)[-1]["details"]["links"] == ["lon-man"]
    assert audit.inspect(room.desk).faults == ()


def test_a_batch_leaves_out_what_is_blocked_and_says_so(room: Room) -> None:
    room.receive("par")
    told = export(room)
    assert [name for name, _ in told.refused] == ["lon-par"]
    assert sorted(path.name for path in (room.path.parent / "out").iterdir()) == ["lon-man"]
    assert rows(room)[-1]["details"]["links"] == ["lon-man"]  # the ledger names what left, nothing else
    assert {each.link_id for each in store.exports(room.desk.file.read)} == {1}


def test_a_batch_with_a_folder_in_the_way_writes_nothing(room: Room) -> None:
    """Not one end of a link without the other."""
    (room.path.parent / "out" / "lon-par" / "par").mkdir(parents=True)
    before = Nothing(room.path.parent / "out").names()
    refused(room, lambda: export(room), FolderNotEmpty)
    assert Nothing(room.path.parent / "out").names() == before


def test_a_link_named_twice_is_written_once(room: Room) -> None:
    assert len(export(room, "lon-man", "lon-man").exports) == 2


def test_one_end_that_cannot_hold_it_stops_both(room: Room) -> None:
    """Cisco pins raw RSA keys only; the other end's folder is not written either."""
    change = ChangeDevice("man", "new box", "CHG9", platform="cisco-ios")
    perform(room.sit("alice"), devices.CHANGE, change)
    refused(room, lambda: export(room, "lon-man"), KeyDoesNotFit)
    assert not (room.path.parent / "out").exists()


def test_cancelled_half_way_leaves_nothing(room: Room) -> None:
    class Impatient(Progress):
        def step(self, done: int, total: int) -> None:
            if done == 1:
                self.cancel()
            super().step(done, total)

    before = tables(room)
    with pytest.raises(Cancelled):
        export(room, progress=Impatient())
    assert tables(room) == before
    assert not (room.path.parent / "out").exists()


def test_a_medium_that_writes_something_else(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worn stick: what was written reads back differently, so the whole export is taken back."""
    true = folders.write_file

    def worn(path: str, content: bytes) -> None:
        true(path, content[:-1] + b"?" if path.endswith("verify.txt") else content)

    monkeypatch.setattr(folders, "write_file", worn)
    with pytest.raises(WrittenDifferently):
        export(room, "lon-man")
    monkeypatch.undo()
    assert not (room.path.parent / "out").exists()
    assert store.exports(room.desk.file.read) == ()


def sha1_of(room: Room, name: str) -> bytes:
    """What strongSwan prints of a key: SHA-1 forms only."""
    known = identity(f"{name}.example.net")
    assert known is not None
    forms = fingerprints(read_key(room.pems[name]), known)
    return (
        f'  subject:  "{name}.example.net"\n  keyid:     {forms[Form.SPKI_SHA1]}\n  subjkey:   {forms[Form.KEY_SHA1]}\n'
    ).encode()


def test_read_back_by_the_whole_key_confirms(room: Room) -> None:
    export(room)
    told = read_back(room, "lon", room.pems["lon"] + room.pems["man"] + room.pems["par"])
    assert told.passed
    assert {each.reading for each in told.keys} == {Reading.AS_APPROVED}
    found = standings(room)
    assert found[("lon", "man")] is found[("lon", "par")] is Standing.CONFIRMED
    assert found[("man", "lon")] is Standing.EXPORTED
    assert picture(room.desk).links[0].installed == 1


def test_read_back_by_sha1_is_installed_and_no_more(room: Room) -> None:
    export(room, "lon-man")
    told = read_back(room, "man", sha1_of(room, "lon") + b"\n" + sha1_of(room, "man"))
    assert told.passed
    assert standings(room)[("man", "lon")] is Standing.INSTALLED


def test_what_is_missing_unknown_or_misplaced_does_not_pass(room: Room) -> None:
    export(room)
    told = read_back(room, "lon", room.pems["man"])
    assert not told.passed
    assert [(each.device, each.reading) for each in told.keys if each.reading is Reading.MISSING] == [
        ("par", Reading.MISSING)
    ]
    assert standings(room)[("lon", "par")] is Standing.STALE
    room.receive("par")
    stranger = room.pems["par"]  # received, not approved: unknown on a device
    told = read_back(room, "lon", room.pems["man"] + stranger)
    assert not told.passed
    assert Reading.UNKNOWN in {each.reading for each in told.keys}


def test_under_a_wrong_identity(room: Room) -> None:
    export(room, "lon-man")
    printed = sha1_of(room, "man").replace(b"man.example.net", b"par.example.net")
    told = read_back(room, "lon", printed)
    assert (told.keys[0].reading, told.keys[0].device, told.passed) == (Reading.WRONG_IDENTITY, "man", False)
    assert standings(room)[("lon", "man")] is Standing.STALE


def test_a_changed_key_turns_every_holder_amber_until_read_back(room: Room) -> None:
    export(room)
    for name in ("lon", "man", "par"):
        peers = {"lon": ("man", "par")}.get(name, ("lon",))
        read_back(room, name, b"".join(room.pems[each] for each in (name, *peers)))
    assert set(standings(room).values()) == {Standing.CONFIRMED}
    room.receive("lon")
    amber = {pair for pair, standing in standings(room).items() if standing is Standing.STALE}
    assert amber == {("man", "lon"), ("par", "lon")}
    room.approve("lon")
    assert standings(room)[("man", "lon")] is Standing.STALE
    export(room, to="again")
    read_back(room, "man", room.pems["man"] + room.pems["lon"])
    found = standings(room)
    assert found[("man", "lon")] is Standing.CONFIRMED
    par = {pin.standing for pin in picture(room.desk).pins if (pin.holder, pin.peer) == ("par", "lon")}
    assert par == {Standing.EXPORTED, Standing.STALE}  # the old pin stays amber until somebody reads it back


def test_a_roll_over_exports_both_pins_until_its_day(room: Room) -> None:
    old = room.pems["lon"]
    room.receive("lon", replace_by="2026-12-24")
    room.approve("lon")
    export(room, "lon-man")
    pins = sorted((room.path.parent / "out/man/install/swanctl/pubkey").glob("lon*"))
    assert [pin.read_bytes().split() for pin in pins] == [room.pems["lon"].split(), old.split()]
    assert read_back(room, "man", room.pems["man"] + room.pems["lon"] + old).passed
    room.clock.passes(days=30)  # the last day counts
    export(room, "lon-man", to="last")
    assert len(list((room.path.parent / "last/man/install/swanctl/pubkey").glob("lon*"))) == 2
    room.clock.passes(days=1)
    export(room, "lon-man", to="later")
    assert len(list((room.path.parent / "later/man/install/swanctl/pubkey").glob("lon*"))) == 1
    told = read_back(room, "man", room.pems["man"] + room.pems["lon"] + old)
    assert not told.passed
    assert Reading.UNKNOWN in {each.reading for each in told.keys}


def test_a_withdrawn_key_is_looked_for_no_more(room: Room) -> None:
    export(room, "lon-man")
    perform(room.sit("bob"), keys.WITHDRAW, WithdrawKey("man", "stolen"))
    assert store.pins_of(room.desk.file.read, key_id=2)[0].standing is Standing.STALE
    perform(room.sit("bob"), links.RETIRE, RetireLink("lon-par", "gone"))
    refused(room, lambda: read_back(room, "lon", room.pems["man"]), NothingPinnedHere)


def test_a_retired_devices_key_has_to_go_from_every_holder(room: Room) -> None:
    export(room)
    retired = perform(room.sit("alice"), devices.RETIRE, RetireDevice("par", "sold", "CHG7"))
    assert retired.state.value == "retired"
    pins = {(pin.holder_id, pin.key_id): pin.standing for pin in store.pins(room.desk.file.read)}
    assert pins[(1, 3)] is Standing.STALE
    assert [link.state.value for link in store.all_links(room.desk.file.read)] == ["active", "retired"]
    told = read_back(room, "lon", room.pems["lon"] + room.pems["man"] + room.pems["par"])
    assert not told.passed  # still on lon, though nobody vouches for it any more
    assert read_back(room, "lon", room.pems["lon"] + room.pems["man"]).passed
    pins = {(pin.holder_id, pin.key_id): pin.standing for pin in store.pins(room.desk.file.read)}
    assert pins[(1, 3)] is Standing.MISSING


def test_marks_go_on_every_page(tmp_path: Path) -> None:
    room = make_room(tmp_path, ("alice",))
    for name in ("lon", "man"):
        room.device(name)
        room.receive(name)
        room.compare("alice", name)
        room.compare("alice", name, channel="in-person")
    room.link("lon", "man")
    export(room, "lon-man")
    for page in ("README.txt", "verify.txt", "install/swanctl/conf.d/lon-man.conf"):
        assert "compared by one person" in (tmp_path / "out/lon" / page).read_text(encoding="utf-8")
    evidence = json.loads((tmp_path / "out/lon/evidence/verification.json").read_text(encoding="utf-8"))
    assert {each["by"] for key in evidence["keys"] for each in key["comparisons"]} == {"alice"}
    room.desk.close()


@pytest.mark.real
def test_a_batch_ends_where_the_disk_is_full(room: Room, tmp_path: Path) -> None:
    """One link's folders fit and the next one's do not: the batch ends, instead of leaving one link out."""
    with mounted(tmp_path / "disk", options="nr_inodes=60,mode=755") as disk:
        refused(room, lambda: export(room, to="disk/out"), DiskFull)
        assert list(disk.iterdir()) == []
    assert store.exports(room.desk.file.read) == ()


def test_a_batch_ends_where_the_disk_is_the_reason(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it is noticed while a link's files are made: that is nothing about the link."""
    true = exports.folder

    def full(bundle: Bundle, *rest: Any) -> list[ExportedFile]:
        if bundle.link.name == "lon-par":
            raise DiskFull("/tmp")
        return true(bundle, *rest)

    monkeypatch.setattr(exports, "folder", full)
    refused(room, lambda: export(room), DiskFull)
    assert not (room.path.parent / "out").exists()


def test_one_picture_is_of_one_moment(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another window adds a link of two new devices between two reads of ours; its ends would be unknown."""
    true = views.devices.all_devices

    def slow(connection: Connection) -> tuple[Device, ...]:
        monkeypatch.undo()
        found = true(connection)
        for name in ("ams", "ber"):
            room.device(name)
        room.link("ams", "ber")
        return found

    monkeypatch.setattr(views.devices, "all_devices", slow)
    assert len(picture(room.desk).links) == 2
    assert len(picture(room.desk).links) == 3
