"""People and proposals on the command line: what scripts hold on to, and what a person reads."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.terminal import Run, Typist, World, make_world, run, secrets_of, write_private
from tests.desks import passphrase

CAROL = ("carol", "--full-name", "Carol Ito", "--duty", "registration-officer", "--duty", "revocation-officer")


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = make_world(tmp_path)
    write_private(tmp_path / "secrets.toml", secrets_of("alice", "bob", "carol"))
    return made


def verb(world: World, who: str, *words: str | Path) -> Run:
    """One command that prints JSON, held to the schema it publishes."""
    names = words[:2] if words[0] in ("people", "proposal", "clock") else words[:1]
    done = run(*names, world.path, *words[len(names) :], "--json", *world.who(who))
    jsonschema.Draft202012Validator(run("schema", *names).answer).validate(done.answer)
    return done


def test_a_person_comes(world: World) -> None:
    asked = verb(world, "alice", "people", "add", *CAROL, "--reason", "night shift")
    assert (asked.code, asked.answer["state"]) == (0, "waiting")
    assert [(each["step"], each["people"]) for each in asked.answer["needs"]] == [
        ("approval", ["bob"]),
        ("acceptance", ["carol"]),
    ]
    name = asked.answer["proposal"]
    early = verb(world, "carol", "people", "accept")
    assert (early.code, early.answer["refused"]) == (1, "PPL-22")
    own = verb(world, "alice", "approve", name)
    assert (own.code, own.answer["refused"]) == (1, "APR-02")
    agreed = verb(world, "bob", "approve", name)
    assert (agreed.code, agreed.answer["state"]) == (0, "waiting")
    come = verb(world, "carol", "people", "accept")
    assert (come.code, come.answer["state"], come.answer["witness"]) == (0, "done", "bob")
    shown = verb(world, "carol", "proposal", "show", name)
    assert shown.answer["standing"] == "performed"
    assert shown.answer["approvals"][0]["by"] == "bob"
    assert shown.answer["approvals"][0]["sentence"] == asked.answer["sentence"] == shown.answer["sentence"]
    listed = verb(world, "carol", "people", "list").answer
    assert [each["name"] for each in listed["people"]] == ["alice", "bob", "carol"]
    assert run("audit", "verify", world.path).code == 0


def test_duties_by_list_then_somebody_leaves(world: World) -> None:
    for change in (("alice", "--add", "revocation-officer"), ("bob", "--until", "2029-12-31")):
        assert verb(world, "alice", "people", "duty", *change).answer["state"] == "waiting"
    batch = verb(world, "bob", "proposal", "list").answer["batch"]
    done = verb(world, "bob", "approve", "--batch", batch)
    assert (done.code, done.answer["state"]) == (0, "done")
    assert [each["standing"] for each in done.answer["proposals"]] == ["performed", "performed"]
    stale = verb(world, "bob", "approve", "--batch", batch)
    assert (stale.code, stale.answer["refused"]) == (1, "APR-08")
    gone = verb(world, "alice", "people", "leave", "bob", "--reason", "moved on")
    assert gone.code == 0
    refused = verb(world, "bob", "people", "passphrase")
    assert (refused.code, refused.answer["refused"]) == (1, "PPL-14")
    assert verb(world, "alice", "people", "list").answer["gone"][0]["name"] == "bob"


def test_part_of_a_list_refused_is_exit_4(world: World) -> None:
    verb(world, "alice", "people", "duty", "alice", "--add", "revocation-officer")
    verb(world, "bob", "people", "duty", "bob", "--add", "revocation-officer")
    ids = [each["proposal"] for each in verb(world, "bob", "proposal", "list").answer["proposals"]]
    done = verb(world, "bob", "approve", *ids)
    assert done.code == 4
    assert [bool(each["refused"]) for each in done.answer["proposals"]] == [False, True]
    assert verb(world, "bob", "withdraw", ids[1]).answer["standing"] == "withdrawn"
    assert verb(world, "bob", "proposal", "list").answer["proposals"] == []


def test_refused_with_a_reason(world: World) -> None:
    name = verb(world, "alice", "people", "add", *CAROL).answer["proposal"]
    assert verb(world, "bob", "refuse", name, "--reason", "nobody told me").answer["standing"] == "refused"
    shown = verb(world, "bob", "proposal", "show", name[:6]).answer
    assert (shown["closed_by"], shown["because"]) == ("bob", "nobody told me")
    assert verb(world, "bob", "proposal", "show", "123").answer["refused"] == "APR-01"


def test_the_review_is_shown_then_signed_off(world: World) -> None:
    shown = verb(world, "alice", "people", "review").answer
    assert (shown["signed_off"], shown["reviewed"], shown["auditor"]) == (False, "", False)
    done = verb(world, "alice", "people", "review", "--sign-off").answer
    assert (done["signed_off"], done["table"]) == (True, shown["table"])
    told = run("people", "list", world.path)
    assert "Nobody is auditor yet" in told.out
    assert "The access review is due by" in told.out


def test_a_clock_that_ran_ahead(world: World) -> None:
    later = run("people", "review", world.path, "--sign-off", *world.who("alice"), "--now", "2031-01-01T00:00:00Z")
    assert later.code == 0, later.err
    behind = run("device", "add", world.path, "x", *_DEVICE, *world.who("alice"))
    assert "(CLK-01)" in behind.err
    asked = verb(world, "alice", "clock", "correct", "--reason", "set wrongly").answer
    name = asked["proposal"]
    assert [(each["step"], each["people"]) for each in asked["needs"]] == [("approval", ["bob"])]
    own = verb(world, "alice", "approve", name)  # one person alone cannot, and the clock stays behind
    assert (own.code, own.answer["refused"]) == (1, "APR-02")
    assert "(CLK-01)" in run("device", "add", world.path, "x", *_DEVICE, *world.who("alice")).err
    assert verb(world, "bob", "approve", name).answer["state"] == "done"
    assert run("device", "add", world.path, "x", *_DEVICE, *world.who("alice")).code == 0
    assert run("audit", "verify", world.path).code == 0


_DEVICE = ("--platform", "openvpn", "--identity", "x.example.net", "--address", "192.0.2.77")


def test_at_a_terminal_the_sentence_comes_before_the_passphrase(tmp_path: Path) -> None:
    """A real workspace: a file may serve for nobody else, so bob types, having read what he approves."""
    world = make_world(tmp_path)
    name = json.loads(run("people", "add", world.path, *CAROL, "--json", *world.who("alice")).out)["proposal"]
    bob = Typist("approve", world.path, name, "--as", "bob")
    bob.until(b"Passphrase of bob: ")
    assert b"Carol Ito is to work here as carol" in bob.seen
    bob.types(passphrase("bob") + "\n")
    assert bob.ends() == 0
    assert b"acceptance by carol" in bob.seen
