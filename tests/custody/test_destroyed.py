"""The end of an authority's key: two people, nothing of it left in the file, and the copies that still open it."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import jsonschema
import pytest

from core.errors import custody as errors
from core.errors.authorities import NoSuchAuthority
from core.errors.base import Several
from core.errors.proposals import OwnProposal
from core.model.authorities import AuthorityState, DestroyKey, MakeRoot
from core.model.backups import MakeBackup
from core.model.custody import Drill, HeldKey, ReplaceCustodian
from core.model.workspace import Kind, PolicyName
from core.services import audit, authorities, backups, custodians, ending, opening
from core.services.perform import perform
from core.store import audit as rows
from tests.cli.terminal import run, secrets_of, write_private
from tests.custody.tokens import request_on, softhsm
from tests.desks import START, Room, make_room
from tests.pki.worlds import DUTIES, HOLDERS, PAIR, agree, hands


def make(folder: Path, policy: PolicyName = PolicyName.NCSC, now: datetime = START) -> Room:
    """A root with its key; no certificate but its own."""
    room = make_room(folder, DUTIES, kind=Kind.ROOT, duties=DUTIES, policy=policy, now=now)
    subject = "CN=Example Root CA, O=Example Networks, C=GB"
    command = MakeRoot(subject, HOLDERS, 2, "2030-12-31", "http://crl.example.net/root.crl")
    authorities.make_root(room.sit("bob"), command, hands(), ())
    return room


def kept(held: HeldKey) -> list[bytes]:
    """What opens the key, as it is written in the file."""
    texts = [held.sealed.secret, *held.sealed.envelopes.values(), *held.sealed.wraps.values()]
    return [each for text in texts for each in (text.encode(), json.dumps(text).encode())]


def on_disk(room: Room, held: HeldKey) -> list[bytes]:
    """Which of it is in the file or what SQLite keeps beside it."""
    data = b"".join(each.read_bytes() for each in room.path.parent.glob(f"{room.path.name}*"))
    return [each for each in kept(held) if each in data]


def test_two_people_destroy_a_key(tmp_path: Path) -> None:
    room = make(tmp_path)
    name = authorities.only(room.desk.file.read, "").name
    command = DestroyKey(name, "its time", "CHG75")
    perform(room.sit("bob"), backups.MAKE, MakeBackup(room.path.with_name("copy.backup")))
    digest = sha256(room.path.with_name("copy.backup").read_bytes()).hexdigest()
    before = opening.key(room.desk, name)
    assert len(on_disk(room, before)) >= 1 + len(HOLDERS) + len(before.sealed.wraps)  # the search finds what is there
    asked = ending.destroy(room.sit("bob"), command)
    with pytest.raises(OwnProposal):
        agree(room, "bob", asked)
    assert authorities.find(room.desk.file.read, name).state is AuthorityState.ACTIVE
    assert on_disk(room, before)
    agree(room, "alice", asked)
    assert on_disk(room, before) == []
    (row,) = rows.recent(room.desk.file.read, 1)
    assert row.action == "authority.destroyed"
    details = row.body["details"]
    assert (details["authority"], details["key"]) == (name, name)
    assert [each["sha256"] for each in details["copies"]] == [digest]
    after = opening.key(room.desk, name)
    assert after.destroyed
    assert [each.sha256 for each in custodians.old_copies(room.desk, after)] == [digest]
    room.clock.passes(seconds=5)
    perform(room.sit("bob"), backups.MAKE, MakeBackup(room.path.with_name("later.backup")))
    assert len(custodians.old_copies(room.desk, after)) == 1  # nothing of the key is in the later one
    with pytest.raises(errors.KeyDestroyed):
        custodians.drill(room.sit("alice"), Drill(name, PAIR), hands())
    with pytest.raises(errors.KeyDestroyed):
        custodians.propose(room.sit("bob"), ReplaceCustodian(name, "carol", "dave"))
    with pytest.raises(NoSuchAuthority):
        ending.destroy(room.sit("bob"), command)
    assert audit.inspect(room.desk).faults == ()
    room.desk.close()


def test_the_command_line(tmp_path: Path) -> None:
    room = make(tmp_path, PolicyName.REHEARSAL, datetime.now(UTC).replace(microsecond=0))
    name = authorities.only(room.desk.file.read, "").name
    perform(room.sit("bob"), backups.MAKE, MakeBackup(room.path.with_name("copy.backup")))
    room.desk.close()
    secrets = write_private(tmp_path / "secrets.toml", secrets_of("alice", "bob"))
    who = ("--secrets", secrets, "--json")
    asked = run("ca", "destroy", room.path, name, "--reason", "over", "--ticket", "CHG1", "--as", "bob", *who)
    assert asked.code == 0, asked.err
    jsonschema.Draft202012Validator(run("schema", "ca", "destroy").answer).validate(asked.answer)
    assert asked.answer["state"] == "waiting"
    assert run("ca", "list", room.path, "--json").answer["authorities"][0]["standing"] == "active"
    done = run("approve", room.path, asked.answer["proposal"], "--as", "alice", *who)
    assert done.code == 0, done.err
    jsonschema.Draft202012Validator(run("schema", "approve").answer).validate(done.answer)
    assert len(done.answer["proposals"][0]["destroy"]) == 1
    assert run("ca", "list", room.path, "--json").answer["authorities"][0]["standing"] == "destroyed"
    assert "destroyed. Nobody can open it here." in run("custody", "list", room.path).out
    assert run("audit", "verify", room.path).code == 0


def test_a_key_on_a_token_is_deleted_there_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = softhsm(monkeypatch, tmp_path / "hsm", "SUB A;1")
    room = make_room(
        tmp_path, DUTIES, kind=Kind.ISSUING, policy=PolicyName.REHEARSAL, duties=DUTIES, now=datetime.now(UTC)
    )
    (found,) = run("custody", "tokens", "--module", token.library, "--json").answer["tokens"]
    request_on(room, token, found["uri"], tmp_path)
    room.clock.passes(seconds=600)  # the command line goes by the machine's clock
    with pytest.raises(errors.TokenKeyStands) as caught:
        ending.destroy(room.sit("bob"), DestroyKey("ipsec-g1", "its time", "CHG1"))
    assert caught.value.serial == found["serial"]
    before = opening.key(room.desk, "ipsec-g1")
    agree(room, "alice", ending.destroy(room.sit("bob"), DestroyKey("ipsec-g1", "its time", "CHG1", deleted=True)))
    assert on_disk(room, before) == []  # nor of its PIN and SO-PIN
    room.desk.close()


def test_reason_and_ticket_are_needed(tmp_path: Path) -> None:
    room = make(tmp_path)
    name = authorities.only(room.desk.file.read, "").name
    with pytest.raises(Several):
        ending.destroy(room.sit("bob"), DestroyKey(name, "", ""))
    room.desk.close()
