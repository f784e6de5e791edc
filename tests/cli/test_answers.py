"""`--json` of every verb against the schema that the program publishes for it."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from core.cli.crls import minute
from core.cli.main import ENTRIES
from core.cli.proposals import NeedTold, Waiting
from core.model.proposals import Need, Step
from core.model.workspace import Kind
from core.words.proposals import need
from tests.cli.terminal import PEOPLE, Run, World, run

Words = list[str | Path]
DEVICE: Words = ["--platform", "openvpn", "--identity", "osl.example.net", "--address", "192.0.2.9"]
WHY: Words = ["--reason", "moved", "--ticket", "CHG2"]
READ: Words = ["--channel", "call-back", "--reader", "Carol", "--ticket", "CHG1"]


def _new(kind: Kind) -> Callable[[World], Words]:
    def words(world: World) -> Words:
        people = world.folder / "four.toml"
        people.write_text(PEOPLE if kind is Kind.LINKS else _FOUR)
        return [world.folder / f"{kind.value}.anchorhold", "--name", "x", "--people", people, "--policy", "rehearsal"]

    return words


_FOUR = PEOPLE.replace('["security-officer", "registration-officer"]', '["security-officer"]').replace(
    '["system-administrator", "registration-officer"]', '["registration-officer"]'
)


def _card(world: World) -> Words:
    world.do("card", "sign", "lon", "--out", world.folder / "lon.json")
    return [world.path, world.folder / "lon.json"]


def _printed(world: World) -> Words:
    world.do("link", "export", "lon-man", "--to", world.folder / "out")
    (world.folder / "printed.txt").write_bytes(world.keys["lon"] + world.keys["man"])
    return [world.path, "lon", world.folder / "printed.txt"]


def _waiting(world: World) -> Words:
    world.do("key", "receive", "man", world.key("man"), "--channel", "usb")
    return [world.path, "man", "--reason", "nobody announced it"]


def _backup(world: World) -> Path:
    world.do("backup", "make", world.folder / "copy")
    return world.folder / "copy"


CAROL: Words = ["carol", "--full-name", "Carol Ito", "--duty", "auditor"]


def _proposed(world: World, who: str) -> str:
    done = world.do("people", "add", *CAROL, "--json", who=who)
    return str(done.answer["proposal"])


SOON, LATER = (f"{date.today() + timedelta(days=days)}" for days in (30, 90))
WAIVED: Words = ["--until", LATER, "--review", SOON, "--reason", "no changes yet", "--ticket", "CHG3"]
CAPS: Words = ["--sub", "2029-12-31", "--root", "2034-12-31", "--source", "Guidance", "--dated", "2026-01-31"]
CAPS += ["--reason", "new dates", "--ticket", "CHG4"]
FACILITY: Words = ["--owner", "Alice Ng", "--review", f"{date.today() + timedelta(days=90)}"]
for _fact in ("name=vault", "location=cellar 2", "holds=root stick", "admits=alice, bob"):
    FACILITY += ["--set", _fact]


def _facility(world: World) -> str:
    done = world.do("record", "add", "facility", *FACILITY, "--json")
    return str(done.answer["record"]["number"])


SAMPLES: dict[tuple[str, str], Callable[[World], Words]] = {
    **{("new", kind.value): _new(kind) for kind in Kind},
    ("info", ""): lambda world: [world.path],
    ("demo", ""): lambda world: [world.folder / "sample"],
    ("backup", "make"): lambda world: [world.path, world.folder / "copy"],
    ("backup", "drill"): lambda world: [_backup(world)],
    ("restore", ""): lambda world: [_backup(world), world.folder / "back.anchorhold"],
    ("device", "add"): lambda world: [world.path, "osl", *DEVICE],
    ("device", "list"): lambda world: [world.path],
    ("device", "change"): lambda world: [world.path, "lon", "--site", "Slough", *WHY],
    ("device", "retire"): lambda world: [world.path, "lon", *WHY],
    ("key", "receive"): lambda world: [world.path, "par", world.key("par"), "--channel", "usb"],
    ("key", "list"): lambda world: [world.path],
    ("key", "compare"): lambda world: [world.path, "lee", "--heard", world.heard("lee"), *READ],
    ("key", "fingerprints"): lambda world: [world.path, "lon"],
    ("key", "withdraw"): lambda world: [world.path, "lee", "--reason", "sent by mistake"],
    ("key", "suspect"): _waiting,
    ("link", "add"): lambda world: [world.path, "lon-lee", "lon", "lee", "--technology", "ipsec"],
    ("link", "list"): lambda world: [world.path],
    ("link", "matrix"): lambda world: [world.path],
    ("link", "export"): lambda world: [world.path, "lon-man", "--to", world.folder / "out"],
    ("link", "readback"): _printed,
    ("link", "retire"): lambda world: [world.path, "lon-par", "--reason", "site closed"],
    ("card", "sign"): lambda world: [world.path, "lon", "--out", world.folder / "card.json"],
    ("card", "read"): _card,
    ("people", "list"): lambda world: [world.path],
    ("people", "review"): lambda world: [world.path, "--sign-off"],
    ("people", "add"): lambda world: [world.path, *CAROL],
    ("people", "duty"): lambda world: [world.path, "bob", "--add", "revocation-officer", "--until", "2029-01-31"],
    ("people", "restore"): lambda world: [world.path, "bob", "--reason", "forgotten"],
    ("people", "leave"): lambda world: [world.path, "bob", "--reason", "moved on"],
    ("proposal", "list"): lambda world: [world.path, "--all"],
    ("proposal", "show"): lambda world: [world.path, _proposed(world, "alice")],
    ("approve", ""): lambda world: [world.path, _proposed(world, "bob")],
    ("refuse", ""): lambda world: [world.path, _proposed(world, "bob"), "--reason", "not before spring"],
    ("withdraw", ""): lambda world: [world.path, _proposed(world, "alice")],
    ("audit", "verify"): lambda world: [world.path],
    ("audit", "read"): lambda world: [world.path],
    ("audit", "checkpoint"): lambda world: [world.path, "--out", world.folder / "checkpoint.txt"],
    ("audit", "prove"): lambda world: [world.path, "1", "--out", world.folder / "one.tlog-proof"],
    ("audit", "review"): lambda world: [world.path],
    ("audit", "export"): lambda world: [world.path, "--format", "jsonl", "--to", world.folder / "log"],
    ("compliance", ""): lambda world: [world.path],
    ("waive", ""): lambda world: [world.path, "S-e-3", *WAIVED],
    ("caps", "list"): lambda world: [world.path],
    ("caps", "change"): lambda world: [world.path, *CAPS],
    ("due", ""): lambda world: [world.path, "--ics", world.folder / "due.ics"],
    ("record", "kinds"): lambda world: [],
    ("record", "add"): lambda world: [world.path, "facility", *FACILITY],
    ("record", "end"): lambda world: [world.path, _facility(world), "--reason", "closed"],
    ("record", "list"): lambda world: [world.path],
}
PLACELESS = (("record", "kinds"), ("custody", "tokens"))  # they take no workspace
WAITING = {
    ("people", "add"),
    ("people", "duty"),
    ("people", "restore"),
    ("approve", ""),
    ("waive", ""),
    ("caps", "change"),
}
VERBS = [(entry.noun, entry.verb) for entry in ENTRIES]


def schema(noun: str, verb: str) -> dict[str, Any]:
    told = run("schema", noun, *([verb] if verb else []))
    assert (told.code, told.err) == (0, "")
    jsonschema.Draft202012Validator.check_schema(told.answer)
    return told.answer


def held(noun: str, verb: str, done: Run) -> dict[str, Any]:
    """The answer, after its schema was held to it; success and refusal are never taken for each other."""
    told = schema(noun, verb)
    jsonschema.Draft202012Validator(told).validate(done.answer)
    assert ("refused" in done.answer) == (done.code in (1, 2, 130))
    return done.answer


def do(world: World, noun: str, verb: str, words: Words) -> Run:
    return run(noun, *([verb] if verb else []), *words, "--json", *world.who("alice"))


@pytest.mark.parametrize(("noun", "verb"), VERBS, ids=[f"{n}-{v}" for n, v in VERBS])
def test_every_verb_publishes_a_schema_and_refuses_by_it(world: World, noun: str, verb: str) -> None:
    schema(noun, verb)
    done = run(noun, *([verb] if verb else []), *(["--now"] if (noun, verb) in PLACELESS else []), "--json")
    assert done.code == 2
    told = held(noun, verb, done)
    assert told["refused"] == "CLI-01"
    assert told["do"] == f"See: {f'anchorhold {noun} {verb}'.strip()} --help."
    assert told["happened"] in done.err


@pytest.mark.parametrize(("noun", "verb"), SAMPLES, ids=[f"{n}-{v}" for n, v in SAMPLES])
def test_the_answer_is_as_published(world: World, noun: str, verb: str) -> None:
    done = do(world, noun, verb, SAMPLES[noun, verb](world))
    assert (done.code, done.err) == (0, "")
    told = held(noun, verb, done)
    assert told["state"] == ("waiting" if (noun, verb) in WAITING else "done")
    assert done.out.count("\n") == 1
    assert done.out.isascii()
    assert world.heard("lee") not in _folded(done.out)


@pytest.mark.parametrize(("noun", "verb"), SAMPLES, ids=[f"{n}-{v}" for n, v in SAMPLES])
def test_without_json_it_is_sentences(world: World, noun: str, verb: str) -> None:
    done = run(noun, *([verb] if verb else []), *SAMPLES[noun, verb](world), *world.who("alice"))
    assert (done.code, done.err) == (0, "")
    assert done.out.strip()
    with pytest.raises(ValueError, match=r"."):
        json.loads(done.out)


@pytest.mark.parametrize(
    ("noun", "verb"),
    [each for each in SAMPLES if each[0] not in ("new", "demo", "restore") and each not in PLACELESS],
    ids=lambda each: each,
)
def test_no_workspace_there(world: World, noun: str, verb: str) -> None:
    words = SAMPLES[noun, verb](world)
    missing = world.folder / "missing.anchorhold"
    done = do(world, noun, verb, [missing, *words[1:]])
    assert (done.code, held(noun, verb, done)["refused"]) == (1, "DB-01")
    assert str(missing) in done.err
    assert not missing.exists()


def test_the_sample_table_covers_links_mode() -> None:
    ours = {
        each
        for each in VERBS
        if each[0] in ("new", "info", "demo", "device", "key", "link", "card", "backup", "restore")
    }
    assert ours <= set(SAMPLES)


def test_a_schema_of_nothing() -> None:
    done = run("schema", "cheese", "slice")
    assert (done.code, done.out) == (2, "")
    assert "There is no command cheese slice" in done.err


def _folded(text: str) -> str:
    return text.replace(":", "").replace(" ", "").casefold()


def test_no_answer_gives_away_a_key_before_its_approval(world: World) -> None:
    """SL2: lists, verdicts and refusals are checked for it in `test_the_answer_is_as_published` as well."""
    refused = do(world, "key", "fingerprints", [world.path, "lee"])
    assert refused.answer["refused"] == "CMP-11"
    assert world.heard("lee") not in _folded(refused.out + refused.err)
    shown = do(world, "key", "fingerprints", [world.path, "lon"])
    assert world.heard("lon") in _folded(shown.out)


def test_a_waiting_proposal_names_the_command_that_approves_it() -> None:
    for people, words in (
        (("bob",), "Needs approval by bob."),
        (("bob", "dave"), "Needs approval by one of: bob, dave."),
    ):
        said = need(Need(Step.APPROVAL, people))
        told = Waiting(
            proposal="1ae0", sentence="Bob asks.", needs=(NeedTold(step=Step.APPROVAL, people=people, sentence=said),)
        )
        assert told.lines()[1:] == [words, "Whoever approves it types: anchorhold approve WS 1ae0"]
    nobody = NeedTold(step=Step.APPROVAL, people=(), sentence=need(Need(Step.APPROVAL, ())))
    assert "approve WS" not in " ".join(Waiting(proposal="1ae0", sentence="", needs=(nobody,)).lines())


def test_times_are_told_as_everywhere() -> None:
    assert minute("2027-10-25T22:35:16+00:00") == "2027-10-25 22:35 UTC"
    assert minute("") == ""
