"""`anchorhold custody ...`: answers as published, and bearer secrets on a terminal only."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from core.model.custody import Drill
from core.model.workspace import PolicyName
from core.services import custodians, opening
from core.services.opening import Hands
from core.store import audit as store
from core.vault import machine
from tests.cli.terminal import Run, Typist, process, run, secrets_of, write_private
from tests.custody.tokens import SO_PIN, softhsm
from tests.custody.vaults import held, root_room
from tests.desks import Room, passphrase


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Room]:
    """A rehearsal root with one key under alice, bob and carol, and everybody's passphrases in secrets.toml."""
    room = root_room(tmp_path, PolicyName.REHEARSAL)
    held(room)
    write_private(tmp_path / "secrets.toml", secrets_of("alice", "bob", "carol", "dave"))
    yield room
    room.desk.close()


def do(root: Room, verb: str, *words: str | Path, by: str = "alice", json: bool = True) -> Run:
    who = ["--as", by, "--secrets", root.path.with_name("secrets.toml")]
    return run("custody", verb, root.path, *words, *who, *(["--json"] if json else []))


def answer(verb: str, done: Run, code: int = 0) -> dict[str, Any]:
    """The answer, held to its published schema."""
    assert done.code == code, done.err
    jsonschema.Draft202012Validator(run("schema", "custody", verb).answer).validate(done.answer)
    return done.answer


def test_list_tells_keys_custodians_and_the_register(root: Room) -> None:
    told = answer("list", do(root, "list"))
    (key,) = told["keys"]
    assert (key["source"], key["quorum"], key["at_risk"]) == ("software", 2, False)
    assert [each["name"] for each in key["custodians"]] == ["alice", "bob", "carol"]
    assert [each["what"] for each in key["register"]] == ["made"]
    plain = do(root, "list", json=False).out
    assert "root: software key, ECDSA P-384, held by alice, bob, carol; 2 of 3 open it." in plain


def test_drill(root: Room) -> None:
    told = answer("drill", do(root, "drill", "root", "--custodian", "alice", "--custodian", "bob"))
    assert told["custodians"] == ["alice", "bob"]
    refused = answer("drill", do(root, "drill", "root", "--custodian", "alice"), 1)
    assert refused["refused"] == "CUS-04"
    assert answer("drill", do(root, "drill", "nothing", "--custodian", "alice"), 1)["refused"] == "CUS-07"


def test_replace_waits_for_approval_and_then_for_all_who_stay(root: Room) -> None:
    words = ("root", "carol", "dave", "--custodian", "alice", "--custodian", "bob")
    asked = answer("replace", do(root, "replace", *words, "--reason", "carol moves on"))
    assert asked["state"] == "waiting"
    assert asked["sentence"].startswith("dave takes the place of carol as a custodian of the key root.")
    assert answer("replace", do(root, "replace", *words), 1)["refused"].startswith("APR-")
    by = ["--as", "bob", "--secrets", root.path.with_name("secrets.toml")]
    assert run("approve", root.path, asked["proposal"], *by).code == 0
    missing = answer("replace", do(root, "replace", "root", "carol", "dave", "--custodian", "alice"), 1)
    assert missing["refused"] == "CUS-11"
    done = answer("replace", do(root, "replace", *words))
    assert (done["state"], done["custodians"]) == ("done", ["alice", "bob", "dave"])
    assert answer("drill", do(root, "drill", "root", "--custodian", "dave", "--custodian", "bob"))


def test_enter_stick_and_passphrase(root: Room, tmp_path: Path) -> None:
    entered = ("root", "sealed", "--holder", "Carol Ito", "--place", "safe 2", "--seal", "A-0042")
    answer("enter", do(root, "enter", *entered, by="carol"))
    assert answer("list", do(root, "list"))["keys"][0]["register"][-1]["seal"] == "A-0042"
    answer("stick", do(root, "stick", tmp_path / "alice.stick"))
    assert "anchorhold custodian stick" in (tmp_path / "alice.stick").read_text()
    text = secrets_of("alice", "bob", "carol") + '"bob (new)" = "eleven grey geese over the weir"\n'
    write_private(tmp_path / "secrets.toml", text)
    answer("passphrase", do(root, "passphrase", "root", by="bob"))
    refused = answer("drill", do(root, "drill", "root", "--custodian", "alice", "--custodian", "bob"), 1)
    assert refused["refused"] == "CUS-05"


def test_a_generated_passphrase_is_shown_once_and_typed_back(root: Room, tmp_path: Path) -> None:
    who = ("--as", "bob", "--secrets", root.path.with_name("secrets.toml"))
    for right in (False, True):
        person = Typist("custody", "passphrase", root.path, "root", "--generate", *who)
        person.until(b"bob (new): ")
        shown = re.findall(r"^  ((?:[a-z]+  ){4}[a-z]+)\r?$", person.seen.decode(), re.MULTILINE)
        words = " ".join(shown).split()
        assert len(words) == 10
        person.types(" ".join(words if right else words[::-1]) + "\n")
        assert person.ends() == (0 if right else 2)
    write_private(tmp_path / "secrets.toml", secrets_of("alice") + f'bob = "{" ".join(words)}"\n')
    with_it = ["drill", "root", "--custodian", "alice", "--custodian", "bob"]
    assert answer("drill", do(root, *with_it))["custodians"] == ["alice", "bob"]


def test_a_sheet_never_goes_into_a_pipe_or_file(root: Room) -> None:
    who = ("--as", "bob", "--secrets", root.path.with_name("secrets.toml"))
    done = process("custody", "sheet", root.path, "--qr-to-terminal", *who)
    assert done.code == 1
    assert "(CUS-14)" in done.err
    assert answer("list", do(root, "list"))["sheets"] == []


def test_a_sheet_on_the_terminal_and_back(root: Room, tmp_path: Path) -> None:
    """Drawn at a terminal, typed back, used by a colleague."""
    who = ("--as", "bob", "--secrets", root.path.with_name("secrets.toml"), "--json")
    person = Typist("custody", "sheet", root.path, "--qr-to-terminal", *who)
    person.until(b"bob (sheet): ")
    shown = person.seen.decode()
    lines = re.findall(r"^  [1-4]  (.*?)\r?$", shown, re.MULTILINE)
    words = " ".join(lines).split()
    assert len(words) == 16
    assert "\N{FULL BLOCK}" in shown
    person.types(" ".join(words) + "\n")
    assert person.ends() == 0
    after = person.seen.decode()[len(shown) :]
    assert words[0] not in after  # not echoed, not in the answer
    assert "\x1b[2J\x1b[3J" in after
    (sheet,) = answer("list", do(root, "list"))["sheets"]
    assert (sheet["owner"], sheet["standing"], sheet["covers"]) == ("bob", "proved", ["sign-in", "root"])
    text = secrets_of("alice") + f'"bob (sheet)" = "{" ".join(words)}"\n"bob (new)" = "eleven grey geese by the weir"\n'
    write_private(tmp_path / "secrets.toml", text)
    assert answer("recover", do(root, "recover", "bob"))["owner"] == "bob"
    assert answer("list", do(root, "list"))["sheets"][0]["standing"] == "used"
    assert passphrase("bob") not in after


@pytest.mark.real
def test_a_root_on_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made on SoftHSM by URI, with the library of this machine's settings; its CRL is signed there as well."""
    token = softhsm(monkeypatch, tmp_path / "hsm")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    machine.settings().parent.mkdir(parents=True)
    machine.settings().write_text(f'[token]\nlibrary = "{token.library}"\n')
    root = root_room(tmp_path, PolicyName.REHEARSAL)
    secrets = write_private(tmp_path / "secrets.toml", secrets_of("alice", "bob", "carol") + f'"SO-PIN" = "{SO_PIN}"\n')
    who = ("--as", "alice", "--secrets", secrets, "--network-ok", "--json")
    three = [word for name in ("alice", "bob", "carol") for word in ("--custodian", name)]
    subject = ("--subject", "CN=REHEARSAL Root,O=Example Networks,C=GB", "--until", "2030-01-10")
    where = ("--crl-url", "http://pki.example.net/root.crl", "--token", f"pkcs11:token={token.label}")
    made = run("ca", "root", root.path, *subject, *where, *three, "--quorum", "2", *who)
    assert made.code == 0, made.err
    (key,) = answer("list", do(root, "list"))["keys"]
    assert (key["source"], key["token"], key["serial"]) == ("token", token.label, token.serial)
    signed = run("crl", "sign", root.path, *three[:4], *who[:4], "--network-ok", "--json")
    assert signed.code == 0, signed.err
    root.desk.close()


def test_at_a_ceremony_the_program_makes_the_words_that_no_file_has(tmp_path: Path) -> None:
    """Carol's are shown once and typed back; those of the others are in the rehearsal's file, which the entry says."""
    room = root_room(tmp_path, PolicyName.REHEARSAL)
    room.clock.now = datetime.now(UTC).replace(microsecond=0)
    file = write_private(tmp_path / "secrets.toml", secrets_of("alice", "bob"))
    holders = ("--custodian", "alice", "--custodian", "bob", "--custodian", "carol", "--quorum", "2")
    facts = ("--subject", "CN=Example Root CA, O=Example", "--until", "2030-01-01", "--crl-url", "http://crl.example/r")
    who = ("--network-ok", "--as", "alice", "--secrets", file)
    person = Typist("ca", "root", room.path, *facts, *holders, *who)
    person.until(b"carol: ")
    shown = re.findall(r"^  ((?:[a-z]+  ){4}[a-z]+)\r?$", person.seen.decode(), re.MULTILINE)
    words = " ".join(shown).split()
    person.types(" ".join(words) + "\n")
    assert person.ends() == 0, person.seen.decode()
    made = next(row for row in store.recent(room.desk.file.read, 20) if row.action == "custody.key-made")
    assert made.body["details"]["passphrases"] == {"alice": "rehearsed", "bob": "rehearsed", "carol": "generated"}
    (key,) = opening.keys(room.desk)
    bring = Hands({"alice": passphrase("alice"), "carol": " ".join(words)})
    room.clock.passes(seconds=60)
    custodians.drill(room.sit("alice"), Drill(key.name, ("alice", "carol")), bring)
    room.desk.close()
