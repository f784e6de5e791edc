"""CRLs follow one another: numbers rise, no entry goes early, and a copy that was put back does not begin again."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.cli.main import main
from core.crypto import crls as lists
from core.errors.base import Refused
from core.errors.certificates import LintRefuses, SelfCheckFailed
from core.errors.revocation import CrlNotContinuous, CrlNotRead
from core.model.checks import Lint, Trouble
from core.model.revocation import Crl, CrlPlan, Reason, Revoke, Revoked
from core.policy import crls as policy
from core.services import crls, issuing, keeping, people, revocation
from core.services.desk import open_desk
from core.words.checks import found
from tests.custody.here import KeyHere
from tests.desks import CHEAP, START, Room, passphrase
from tests.pki.worlds import PAIR, World, certify, hands, make_network
from tests.services.refusing import rows, says, tables

DAY = timedelta(days=1)
ENTRY = Revoked(7, START, Reason.SUPERSEDED)
BEFORE = Crl(b"", (), 41, START, START + 8 * DAY, (ENTRY,))
NEXT = CrlPlan((), b"", 42, START + DAY, START + 9 * DAY, (ENTRY,))


def whys(next_: CrlPlan, end: int) -> list[str]:
    """What is found where the entry's certificate ends so many days after the list before."""
    told = policy.continuity("ipsec-g1", BEFORE, next_, {7: START + end * DAY})
    assert all(isinstance(each, CrlNotContinuous) for each in told)
    return [each.why for each in told]  # type: ignore[attr-defined]


def test_what_follows_and_what_does_not() -> None:
    assert whys(NEXT, 300) == whys(replace(NEXT, entries=()), -1) == []
    assert whys(replace(NEXT, entries=()), 0) == ["gone"]  # the list before was not made after its end
    assert policy.continuity("x", BEFORE, replace(NEXT, entries=()), {})  # of a certificate that is not on file
    assert whys(replace(NEXT, number=41), 300) == whys(replace(NEXT, number=3), 300) == ["number"]
    assert whys(replace(NEXT, this_update=START - DAY), 300) == ["time"]
    other = replace(ENTRY, at=START + DAY), replace(ENTRY, reason=Reason.KEY_COMPROMISE)
    assert [whys(replace(NEXT, entries=(each,)), 300) for each in other] == [["changed"], ["changed"]]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A sub CA with one revoked gateway on its CRL 2."""
    monkeypatch.setattr(keeping, "start", KeyHere)
    world = make_network(tmp_path)
    revoke(world.issuing, certify(world, "gw1", "CHG1"))
    yield world
    for each in (world.root, world.issuing):
        each.desk.close()


def sign(room: Room, place: Path | None = None) -> Crl:
    made = crls.sign(room.sit("bob"), "ipsec-g1", PAIR, hands(), place=place)
    return lists.read_crl(made.der, crls.find(room.desk, "ipsec-g1").spki)


def revoke(room: Room, serial: str) -> None:
    revocation.revoke(room.sit("carol"), Revoke(serial, "key-compromise", "CHG9"))
    sign(room)


def not_signed(room: Room, expected: type[Refused], place: Path | None = None) -> Refused:
    before = tables(room)
    with pytest.raises(expected) as caught:
        sign(room, place)
    assert tables(room) == before
    assert "refused" in [row["action"] for row in rows(room)[-2:]]
    return caught.value


def test_an_entry_does_not_go_before_its_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(issuing, "entries", lambda *_: ())
        says(not_signed(world.issuing, CrlNotContinuous), "would be gone", "Nothing was signed")
    assert sign(world.issuing).number == 3


def test_a_revocation_that_went_out_of_the_file_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(issuing.revocations, "all_revocations", lambda _: ())
        says(not_signed(world.issuing, CrlNotContinuous), "would be gone")


def test_what_was_made_is_what_was_meant(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A builder that writes another number: it is signed, read back, and never kept nor published."""
    with monkeypatch.context() as patch:
        patch.setattr(lists, "rehearse", lambda plan, kept=lists.rehearse: kept(replace(plan, number=99)))
        with pytest.raises(SelfCheckFailed):
            sign(world.issuing)
    assert rows(world.issuing)[-2]["details"]["findings"][0]["code"] == "CRT-07"
    assert crls.newest(world.issuing.desk, crls.find(world.issuing.desk, "ipsec-g1")).number == 2
    assert sign(world.issuing).number == 4  # 3 stays taken


def test_the_linter_stops_a_list(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            issuing.lint, "revocation_list", lambda _: (Lint("ERROR", "pkix.planted", "certificateList", ""),)
        )
        says(not_signed(world.issuing, LintRefuses), "pkix.planted", "CRL")


def test_the_published_copy_is_judged(world: World) -> None:
    room = world.issuing
    copy = crls.newest(room.desk, crls.find(room.desk, "ipsec-g1")).der
    assert crls.take(room.sit("carol"), copy).found == ()
    room.clock.passes(days=1)
    sign(room)
    assert [each.trouble for each in crls.take(room.sit("carol"), copy).found] == [Trouble.CRL_OLD]
    room.clock.passes(days=8)
    told = crls.take(room.sit("carol"), copy).found
    assert [each.trouble for each in told] == [Trouble.CRL_STALE, Trouble.CRL_OLD]
    assert "publish that one" in found(told[1])
    with pytest.raises(CrlNotRead):
        crls.take(room.sit("carol"), copy[:-1] + bytes([copy[-1] ^ 1]))


def put_back(room: Room, folder: Path) -> Room:
    """The same workspace from a copy."""
    folder.mkdir()
    for each in room.path.parent.glob(f"{room.path.name}*"):
        shutil.copy(each, folder)
    desk = open_desk(folder / room.path.name, cost=CHEAP)
    desk.clock = room.clock
    return Room(
        folder / room.path.name,
        room.clock,
        desk,
        {name: people.authenticate(desk, name, passphrase(name)) for name in room.sessions},
    )


def test_a_copy_that_was_put_back_goes_on_from_what_is_published(world: World, tmp_path: Path) -> None:
    """Gateways kept CRL 417 and ignored a later 0: numbers never go back, and what was revoked meanwhile stays so."""
    serial = certify(world, "gw2", "CHG2")
    old = put_back(world.issuing, tmp_path / "old")
    revoke(world.issuing, serial)
    published = tmp_path / "published"
    made = crls.newest(world.issuing.desk, crls.find(world.issuing.desk, "ipsec-g1"))
    published.mkdir()
    (published / "ipsec.crl").write_bytes(made.der)
    says(not_signed(old, CrlNotContinuous, published), "number 3, later than any on file", "crl take")
    taken = crls.take(old.sit("carol"), made.der)
    assert [each.trouble for each in taken.found] == [Trouble.CRL_UNTOLD]
    assert "older copy" in found(taken.found[0])
    for number in (4, 5):
        after = sign(old, published)
        assert (after.number, len(after.entries)) == (number, 2)
        assert policy.continuity("x", lists.read_crl(made.der, crls.find(old.desk, "ipsec-g1").spki), after, {}) == []
    (published / "ipsec.crl").write_bytes(made.der)
    sign(old, published)
    (published / "ipsec.crl").write_bytes(crls.newest(old.desk, crls.find(old.desk, "ipsec-g1")).der)
    assert isinstance(not_signed(world.issuing, CrlNotContinuous, published), CrlNotContinuous)
    (published / "ipsec.crl").write_bytes(b"somebody else's")
    assert sign(world.issuing, published).number == 4
    old.desk.close()


def test_the_command_line_tells_it(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = world.issuing
    serial = certify(world, "gw2", "CHG2")
    revocation.revoke(room.sit("carol"), Revoke(serial, "key-compromise", "CHG9"))
    room.clock.passes(minutes=7)
    made = crls.sign(room.sit("bob"), "ipsec-g1", PAIR, hands())
    assert [(each.serial, each.minutes) for each in crls.first_told(room.desk, made)] == [(serial, 7)]
    room.desk.close()
    (tmp_path / "secrets.toml").write_text(
        f'[passphrases]\ncarol = "{passphrase("carol")}"\nbob = "{passphrase("bob")}"\n'
    )
    (tmp_path / "secrets.toml").chmod(0o600)
    as_carol = ["--as", "carol", "--secrets", str(tmp_path / "secrets.toml")]
    published = tmp_path / "published"
    assert (
        main(["crl", "export", str(room.path), "--ca", "ipsec-g1", "--to", str(published), *as_carol], cost=CHEAP) == 0
    )
    assert f"first to tell of {serial}, 7 minutes" in capsys.readouterr().out
    assert (
        main(
            [
                "crl",
                "export",
                str(room.path),
                "--ca",
                "ipsec-g1",
                "--number",
                "2",
                "--to",
                str(published),
                *as_carol,
                "--json",
            ],
            cost=CHEAP,
        )
        == 0
    )
    assert len(json.loads(capsys.readouterr().out)["files"]) == 4
    assert main(["crl", "take", str(room.path), str(published / "ipsec.crl"), *as_carol], cost=CHEAP) == 4
    assert "the newest is 3" in capsys.readouterr().out
