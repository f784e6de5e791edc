"""Folders as the service writes them: what their README says to type is typed, whoever may have touched them."""

import errno
import os
import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.crypto.cards import read_card
from core.crypto.sample import sample_wireguard_key
from core.errors.linking import FolderNotEmpty, NameNotForMedium
from core.errors.workspace import NoSuchFolder
from core.media import folders
from core.media.folders import Staged
from core.model.devices import Platform
from core.model.keys import Channel, WithdrawKey
from core.model.links import ExportedFile, ExportLinks
from core.services import exports, keys
from core.services.perform import perform
from tests.crypto.makers import certificate, private
from tests.desks import Room, make_room
from tests.real import need

# What vfat refuses or treats as another name (Microsoft's FAT32 specification, section 6); a stick carries folders.
NOT_ON_VFAT = re.compile(r'[\x00-\x1f"*:<>?\\|]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path)
    made.ready_link()
    yield made
    made.desk.close()


def export(room: Room, to: Path, *names: str) -> Path:
    perform(room.sit("alice"), exports.EXPORT, ExportLinks(names or ("lon-man",), to))
    return to


def typed(folder: Path, page: str) -> list[str]:
    """The lines of a page that a shell can run there as they stand."""
    text = (folder / page).read_text()
    return [line.strip() for line in text.splitlines() if re.match(r"\s+(sha256sum|ssh-keygen) ", line)]


def shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=False, timeout=30)


def test_the_checks_in_the_readme_run_as_printed(room: Room, tmp_path: Path) -> None:
    need("sha256sum", "ssh-keygen")
    folder = export(room, tmp_path / "out") / "lon"
    lines = typed(folder, "README.txt")
    assert [line.split()[0] for line in lines] == ["sha256sum", "ssh-keygen", "ssh-keygen"]
    for line in lines:
        done = shell(folder, line)
        assert done.returncode == 0, (line, done.stderr)
        assert "Good" in done.stdout or ": OK" in done.stdout
    named = re.search(r"must name the key (SHA256:\S+)\.", (folder / "README.txt").read_text())
    assert named
    assert named[1] in shell(folder, lines[1]).stdout
    listed = {
        line.split("  ", 1)[1] for line in (folder / "MANIFEST.sha256").read_text().splitlines() if line[0] != "#"
    }
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there - listed == {"MANIFEST.sha256", "MANIFEST.sig"}


@pytest.mark.parametrize("page", ["README.txt", "install/swanctl/pubkey/man.pem", "card/peer-card.json"])
def test_a_changed_file_is_seen(room: Room, tmp_path: Path, page: str) -> None:
    need("sha256sum", "ssh-keygen")
    folder = export(room, tmp_path / "out") / "lon"
    lines = typed(folder, "README.txt")
    (folder / page).write_bytes((folder / page).read_bytes() + b"\n")
    assert shell(folder, lines[0]).returncode != 0


def test_a_changed_manifest_is_seen(room: Room, tmp_path: Path) -> None:
    """Somebody who changes a file and the list of sums has no key to sign the list with."""
    need("ssh-keygen")
    folder = export(room, tmp_path / "out") / "lon"
    lines = typed(folder, "README.txt")
    text = (folder / "MANIFEST.sha256").read_text()
    (folder / "MANIFEST.sha256").write_text(text.replace("a", "b"))
    assert shell(folder, lines[1]).returncode != 0


def test_everything_of_the_layout_is_there(room: Room, tmp_path: Path) -> None:
    """The tree of the specification, for one end; nothing that could be a private key."""
    folder = export(room, tmp_path / "out") / "lon"
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there >= {
        "README.txt", "verify.txt", "test.txt", "rollback.txt", "MANIFEST.sha256", "MANIFEST.sig",
        "install/swanctl/conf.d/lon-man.conf", "install/swanctl/pubkey/man.pem", "keys/peer.spki.pem",
        "keys/peer.fingerprints.txt", "card/peer-card.json", "card/peer-card.json.sig", "evidence/verification.json",
    }  # fmt: skip
    assert all(b"PRIVATE" not in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_card_is_the_other_ends(room: Room, tmp_path: Path) -> None:
    folder = export(room, tmp_path / "out")
    for own, peer in (("lon", "man"), ("man", "lon")):
        body = (folder / own / "card" / "peer-card.json").read_bytes()
        card = read_card(body + (folder / own / "card" / "peer-card.json.sig").read_bytes())
        assert (card.device, card.uses) == (peer, ("ipsec",))


def roll(room: Room, until: str = "") -> None:
    room.receive("man", replace_by=until)
    room.approve("man")


def test_rollback_after_a_changed_key_names_the_folder_before(room: Room, tmp_path: Path) -> None:
    before = room.heard("man")
    export(room, tmp_path / "first")
    room.clock.passes(days=3)
    roll(room)
    export(room, tmp_path / "second")
    page = (tmp_path / "second" / "lon" / "rollback.txt").read_text()
    assert f"{before}  (replaced, approved no longer)" in page
    assert f"2026-11-24: {tmp_path / 'first' / 'lon'}" in page
    assert (tmp_path / "first" / "lon" / "keys" / "peer.spki.pem").is_file()
    assert room.heard("man") not in page
    other = (tmp_path / "second" / "man" / "rollback.txt").read_text()
    assert "None: no other key" in other


def test_rollback_never_offers_a_withdrawn_key(room: Room, tmp_path: Path) -> None:
    before = room.heard("man")
    export(room, tmp_path / "first")
    perform(room.sit("alice"), keys.WITHDRAW, WithdrawKey("man", "its disk was stolen"))
    roll(room)
    page = (export(room, tmp_path / "second") / "lon" / "rollback.txt").read_text()
    assert f"{before}  (withdrawn)" in page
    assert "Never go back to it" in page
    assert "Go back to it only" not in page


def test_two_pins_until_their_day_and_one_after(room: Room, tmp_path: Path) -> None:
    before = room.heard("man")
    export(room, tmp_path / "first")
    roll(room, "2026-12-15")
    during = export(room, tmp_path / "during") / "lon"
    conf = (during / "install" / "swanctl" / "conf.d" / "lon-man.conf").read_text()
    assert "pubkeys = man.pem, man.previous.pem" in conf
    assert f"{before}  (approved until 2026-12-15)" in (during / "rollback.txt").read_text()
    assert "pinned until 2026-12-15. Then export the link again" in (during / "README.txt").read_text()
    room.clock.passes(days=22)
    after = export(room, tmp_path / "after") / "lon"
    conf = (after / "install" / "swanctl" / "conf.d" / "lon-man.conf").read_text()
    assert "pubkeys = man.pem\n" in conf
    assert not list(after.rglob("*previous*"))
    assert "replaced, approved no longer" in (after / "rollback.txt").read_text()


def test_marks_of_a_weak_comparison(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    for name in ("lon", "man"):
        room.device(name)
        room.receive(name)
        room.compare("alice", name)
        room.compare("bob", name, channel=Channel.CALL_BACK.value)
    room.link("lon", "man")
    for path in export(room, tmp_path / "out").rglob("*.txt"):
        if "install" not in path.parts and "evidence" not in path.parts:
            assert path.read_text().startswith("*** compared by telephone only ***")
    room.desk.close()


def test_every_name_goes_on_a_stick(tmp_path: Path) -> None:
    """Each platform; the one exception is iked's file for an IPv6 identity, which is named after it."""
    room = make_room(tmp_path)
    technology = {Platform.OPENVPN: "openvpn", Platform.STUNNEL: "tls", Platform.WIREGUARD: "wireguard"}
    for number, platform in enumerate(each for each in Platform if each not in (Platform.CISCO_IOS, Platform.NGINX)):
        ends = []
        for side in ("a", "b"):
            name = f"{platform.value}-{side}{number}"
            room.device(name, platform.value)
            pem = certificate(private(), tmp_path) if platform in (Platform.OPENVPN, Platform.STUNNEL) else b""
            room.receive(name, pem or (sample_wireguard_key() if platform is Platform.WIREGUARD else b""))
            room.approve(name)
            ends.append(name)
        room.link(*ends, technology=technology.get(platform, "ipsec"))
    out = tmp_path / "out"
    perform(room.sit("alice"), exports.EXPORT, ExportLinks((), out))
    names = [path.name for path in out.rglob("*")]
    assert len(names) > 150
    assert [name for name in names if NOT_ON_VFAT.search(name)] == []
    for folder in {path.parent for path in out.rglob("*")}:
        inside = [path.name.casefold() for path in folder.iterdir()]
        assert len(inside) == len(set(inside))
    room.desk.close()


@pytest.mark.parametrize("name", ["a:b", "con", "nul.txt", "what?", "end."])
def test_the_pattern_of_vfat_finds(name: str) -> None:
    assert NOT_ON_VFAT.search(name)


def test_a_name_that_the_medium_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """vfat answers EINVAL to a colon; no such medium can be had without root, so its answer stands in for it."""

    def refuse(path: str, _content: bytes) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)

    monkeypatch.setattr(folders, "write_file", refuse)
    staged = Staged(tmp_path / "out")
    with pytest.raises(NameNotForMedium) as caught:
        staged.write("lon", [ExportedFile("install/iked/pubkeys/ipv6/2001:db8::1", b"x")])
    staged.undo()
    assert caught.value.path.endswith("2001:db8::1")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/x"])
def test_a_path_that_leads_out_is_our_own_mistake(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        Staged(tmp_path / "out").write("lon", [ExportedFile(path, b"x")])


def test_nothing_is_overwritten_and_nothing_mixed(room: Room, tmp_path: Path) -> None:
    export(room, tmp_path / "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    with pytest.raises(FolderNotEmpty):
        export(room, tmp_path / "out")
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


def test_a_folder_that_cannot_be_written(room: Room, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NoSuchFolder):
        export(room, tmp_path / "file" / "out")
    assert (tmp_path / "file").read_text() == "x"


def test_a_folder_can_be_read_by_those_who_copy_it(room: Room, tmp_path: Path) -> None:
    """Nothing in it is confidential, and the person who carries it is often not the one who exports."""
    folder = export(room, tmp_path / "out") / "lon"
    expected = 0o666 & ~_umask()
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()} == {expected}


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
