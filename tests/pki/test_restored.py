"""After a restore no CRL is signed until what is published was read in, or two people record that nothing is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.cli.main import main
from core.crypto import crls as lists
from core.errors.authorities import NoSuchAuthority
from core.errors.backups import RestoreNotAgreed
from core.errors.revocation import CrlNotRead, NotRestored, PublishedUnread
from core.model.backups import MakeBackup, Restore
from core.model.checks import Trouble
from core.model.revocation import Published, RecordNone, Revoke
from core.policy import crls as policy
from core.services import audit, backups, checks, crls, issuing, keeping, manifests, restored, restoring, revocation
from core.services.desk import open_desk
from core.services.perform import Work, perform
from core.store import certificates
from core.store.copies import copy
from core.store.file import WorkspaceFile
from core.words.proposals import sentence
from tests.custody.here import KeyHere
from tests.desks import CHEAP, Room, passphrase
from tests.pki.test_crls import put_back
from tests.pki.worlds import PAIR, World, agree, certify, hands, make_network
from tests.services.refusing import refused, rows, says

NONE = RecordNone("ipsec-g1", "the publishing host burnt as well")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A sub CA with an empty CRL 1."""
    monkeypatch.setattr(keeping, "start", KeyHere)
    world = make_network(tmp_path)
    yield world
    for each in (world.root, world.issuing):
        each.desk.close()


def sign(room: Room) -> Published:
    return crls.sign(room.sit("bob"), "ipsec-g1", PAIR, hands())


def restore(world: World, folder: Path) -> Room:
    """A copy put back the way `restore` does it, a minute after it was made."""
    room = put_back(world.issuing, folder)
    room.clock.passes(minutes=1)
    perform(room.sit("bob"), backups.RESTORE, Restore(room.path, 1, "00"))
    return room


def test_what_is_published_is_read_in_first(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two gateways: one was revoked after the copy, the other was even certified after it."""
    known = certify(world, "gw1", "CHG1")
    old = restore(world, tmp_path / "old")
    older = crls.newest(old.desk, crls.find(old.desk, "ipsec-g1"))
    sign(world.issuing)
    newer = certify(world, "gw2", "CHG2")
    for serial in (known, newer):
        revocation.revoke(world.issuing.sit("carol"), Revoke(serial, "key-compromise", "CHG9"))
    published = sign(world.issuing)
    stopped = refused(old, lambda: sign(old), PublishedUnread)
    says(stopped, "put back on", "ipsec-g1", "Nothing was signed", "crl take", "crl none")
    taken = crls.take(old.sit("carol"), published.der)
    assert taken.crl.number == published.number > older.number
    made = sign(old)
    assert made.number == published.number + 1
    listed = {f"{each.serial:x}" for each in lists.read_crl(made.der, crls.find(old.desk, "ipsec-g1").spki).entries}
    assert listed == {known, newer}
    assert sign(old).number == made.number + 1
    assert audit.inspect(old.desk).faults == ()
    assert {each.serial: each.here for each in restored.elsewhere(old.desk)} == {known: True, newer: False}
    assert restored.elsewhere(world.issuing.desk) == ()
    old.desk.close()
    assert main(["cert", "list", str(old.path), "--find", newer], cost=CHEAP) == 0
    assert "not in this file" in capsys.readouterr().out
    assert main(["cert", "list", str(old.path), "--state", "revoked"], cost=CHEAP) == 0
    assert f"{known}  unknown  ipsec-g1  key-compromise since" in capsys.readouterr().out


def test_an_older_list_than_those_on_file_settles_nothing(world: World, tmp_path: Path) -> None:
    older = crls.newest(world.issuing.desk, crls.find(world.issuing.desk, "ipsec-g1"))
    sign(world.issuing)
    old = restore(world, tmp_path / "old")
    crls.take(old.sit("carol"), older.der)
    refused(old, lambda: sign(old), PublishedUnread)
    latest = crls.newest(old.desk, crls.find(old.desk, "ipsec-g1"))
    crls.take(old.sit("carol"), latest.der)  # nothing was published since the copy
    assert sign(old).number == latest.number + 1
    perform(old.sit("bob"), backups.RESTORE, Restore(old.path, 1, "00"))  # and put back once more
    refused(old, lambda: sign(old), PublishedUnread)
    old.desk.close()


def test_two_people_record_that_none_is_published(world: World, tmp_path: Path) -> None:
    old = restore(world, tmp_path / "old")
    before = crls.newest(old.desk, crls.find(old.desk, "ipsec-g1")).number
    asked = restored.record_none(old.sit("bob"), NONE)
    assert f"has the number {before + 1 + policy.JUMP}," in sentence(asked)
    refused(old, lambda: sign(old), PublishedUnread)  # one alone records nothing
    agree(old, "alice", asked)
    assert rows(old)[-1]["action"] == "crl.none-recorded"
    assert [sign(old).number for _ in range(2)] == [before + 1001, before + 1002]
    assert audit.inspect(old.desk).faults == ()
    says(refused(old, lambda: restored.record_none(old.sit("bob"), NONE), NotRestored), "ipsec-g1", "crl sign")
    old.desk.close()


def test_nothing_is_recorded_where_nothing_was_restored(world: World, tmp_path: Path) -> None:
    says(
        refused(world.issuing, lambda: restored.record_none(world.issuing.sit("bob"), NONE), NotRestored), "No restore"
    )
    for name in ("nobody", "root"):
        with pytest.raises(NoSuchAuthority):
            restored.record_none(world.issuing.sit("bob"), RecordNone(name, "x"))
    old = restore(world, tmp_path / "old")
    asked = restored.record_none(old.sit("bob"), NONE)
    crls.take(old.sit("carol"), crls.newest(old.desk, crls.find(old.desk, "ipsec-g1")).der)
    refused(old, lambda: agree(old, "alice", asked), NotRestored)  # the list was found after all
    old.desk.close()


def test_an_authority_made_after_the_restore_has_published_nothing(tmp_path: Path, world: World) -> None:
    authority = crls.find(world.issuing.desk, "ipsec-g1")
    perform(world.issuing.sit("bob"), backups.RESTORE, Restore(world.issuing.path, 1, "00"))
    connection = world.issuing.desk.file.read
    assert restored.unread(connection, authority)
    younger = replace(authority, created=world.issuing.clock() + timedelta(seconds=1))
    assert restored.unread(connection, younger) == []


def test_the_command_line_asks(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = restore(world, tmp_path / "old")
    old.desk.close()
    (tmp_path / "secrets.toml").write_text(f'[passphrases]\nbob = "{passphrase("bob")}"\n')
    (tmp_path / "secrets.toml").chmod(0o600)
    asked = ["crl", "none", str(old.path), "--ca", "ipsec-g1", "--reason", "burnt"]
    assert main([*asked, "--as", "bob", "--secrets", str(tmp_path / "secrets.toml")], cost=CHEAP) == 0
    assert "No CRL of ipsec-g1 is published" in capsys.readouterr().out


def test_a_manifest_moves_numbers_on_and_two_people_stand_behind_it(world: World, tmp_path: Path) -> None:
    """What a later backup's manifest knows is below the next number, and no CA key opens for one person alone."""
    path = tmp_path / "copy"
    perform(world.issuing.sit("bob"), backups.MAKE, MakeBackup(path))
    for _ in range(3):
        newest = sign(world.issuing)
    perform(world.issuing.sit("bob"), backups.MAKE, MakeBackup(tmp_path / "later"))
    to = tmp_path / "back.anchorhold"
    made = backups.put_back(path, to, cost=CHEAP)
    desk = open_desk(to, cost=CHEAP)
    desk.clock = world.issuing.clock
    room = Room(to, world.issuing.clock, desk, world.issuing.sessions)
    put = restoring.signed_for(room.sit("bob"), path, made, (manifests.beside(tmp_path / "later"),))
    assert put.behind is not None
    assert put.waiting is not None
    authority = crls.find(desk, "ipsec-g1")
    assert restored.floor(desk.file.read, authority) == newest.number + 1
    assert not restored.takes_in(desk.file.read, authority, newest.number - 1)
    crls.take(room.sit("carol"), newest.der)
    says(refused(room, lambda: sign(room), RestoreNotAgreed), f"{put.behind.number} entries", "second person")
    agree(room, "alice", put.waiting)
    assert sign(room).number == newest.number + 1
    assert audit.inspect(desk).faults == ()
    desk.close()


def _crash(world: World, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Room, Published]:
    """A copy from between the intent of a CRL and its signature; the list itself was published after it."""
    copied: list[Room] = []
    signed = issuing.CRL_SIGNED.act

    def before(work: Work, outcome: Any) -> Published:
        path = folder / "between.anchorhold"
        copy(WorkspaceFile(world.issuing.path, wal=False, read_only=True), path)
        desk = open_desk(path, cost=CHEAP)
        desk.clock = world.issuing.clock
        copied.append(Room(path, world.issuing.clock, desk, world.issuing.sessions))
        return signed(work, outcome)

    with monkeypatch.context() as patch:
        patch.setattr(issuing, "CRL_SIGNED", replace(issuing.CRL_SIGNED, act=before))
        published = sign(world.issuing)
    return copied[0], published


def test_a_published_list_that_is_only_an_intent_here(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, published = _crash(world, tmp_path, monkeypatch)
    authority = crls.find(old.desk, "ipsec-g1")
    assert crls.newest(old.desk, authority).number == published.number - 1
    perform(old.sit("bob"), backups.RESTORE, Restore(old.path, 1, "00"))
    taken = crls.take(old.sit("carol"), published.der)
    assert (taken.crl.number, taken.crl.der) == (published.number, published.der)
    assert sign(old).number == published.number + 1
    assert audit.inspect(old.desk).faults == ()
    old.desk.close()


def test_another_list_under_an_intents_number(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signed by a third copy of the file: strange without a restore, and the one that counts after it."""
    third = put_back(world.issuing, tmp_path / "third")
    old, _ = _crash(world, tmp_path, monkeypatch)
    third.clock.passes(minutes=5)
    other = sign(third)
    says(refused(old, lambda: crls.take(old.sit("carol"), other.der), CrlNotRead), "not what we signed under it")
    perform(old.sit("bob"), backups.RESTORE, Restore(old.path, 1, "00"))
    assert crls.take(old.sit("carol"), other.der).crl.der == other.der
    assert sign(old).number == other.number + 1
    assert audit.inspect(old.desk).faults == ()
    for each in (third, old):
        each.desk.close()


def test_a_certificate_issued_after_the_copy_is_told_by_a_check(world: World, tmp_path: Path) -> None:
    old = restore(world, tmp_path / "old")
    serial = certify(world, "gw1", "CHG1")
    (issued,) = certificates.find(world.issuing.desk.file.read, serial)
    here = {each.trouble for each in checks.check(world.issuing.desk, issued.der, [], []).found}
    assert Trouble.NOT_ON_FILE not in here
    found = {each.trouble: each for each in checks.check(old.desk, issued.der, [], []).found}
    assert found[Trouble.NOT_ON_FILE].facts == ("ipsec-g1", serial)
    forged = bytearray(issued.der)
    forged[-1] ^= 1
    assert Trouble.NOT_ON_FILE not in {each.trouble for each in checks.check(old.desk, bytes(forged), [], []).found}
    old.desk.close()
