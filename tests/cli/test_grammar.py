"""The grammar is a promise to scripts: what stands in it stays, what is added is named in the README, all has its help."""

import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator

import pytest

from core.cli.main import ENTRIES, parser
from tests.cli.terminal import run
from tests.house.sources import ROOT

# Every noun with its verbs, as promised; "" is a noun that needs none.
PROMISED = {
    "new": "links issuing registration root",
    "info": "",
    "backup": "make drill",
    "restore": "",
    "clock": "correct",
    "demo": "",
    "switch": "",
    "meet": "",
    "people": "list review add accept duty leave passphrase",
    "proposal": "list show",
    "approve": "",
    "refuse": "",
    "withdraw": "",
    "custody": "list replace sheet drill",
    "device": "add list change retire",
    "key": "receive list compare fingerprints withdraw",
    "link": "add list matrix export readback",
    "card": "sign read",
    "ca": "root request propose sign install list export renew run-off destroy",
    "request": "commands submit list show batch",
    "cert": "issue list export revoke",
    "crl": "sign export take status",
    "publish": " target",
    "ocsp": "sign status",
    "compromise": "",
    "reconcile": "",
    "due": "",
    "check": "",
    "trust": "add compare list",
    "audit": "verify read export checkpoint prove",
    "waive": "",
    "decide": "",
    "compliance": "",
    "record": "kinds add list",
    "statement": "cp cps assurance ceremony",
    "import": "xca easy-rsa openssl take",
    "carry": "send take",
    "handover": "make take",
    "schema": "",
}
LINKS_MODE = ("new", "info", "backup", "restore", "demo", "device", "key", "link", "card")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDED = {tuple(line.split()) for line in re.findall(r"^- `anchorhold ([a-z]+ [a-z-]+)`", README, re.MULTILINE)}


def promised() -> set[tuple[str, str]]:
    return {(noun, verb) for noun, verbs in PROMISED.items() for verb in verbs.split(" ")}


def leaves(of: ArgumentParser) -> Iterator[ArgumentParser]:
    """Every parser that ends a command."""
    below = [action for action in of._actions if isinstance(action, _SubParsersAction)]
    if not below:
        yield of
    for action in below:
        for each in action.choices.values():
            yield from leaves(each)


def test_nothing_is_added_in_silence() -> None:
    verbs = {(entry.noun, entry.verb) for entry in ENTRIES}
    assert verbs - promised() - ADDED == set()
    assert ADDED - verbs == set()


def test_links_mode_is_there_whole() -> None:
    verbs = {(entry.noun, entry.verb) for entry in ENTRIES}
    assert {each for each in promised() if each[0] in LINKS_MODE} - verbs == set()


def test_no_verb_twice() -> None:
    verbs = [(entry.noun, entry.verb) for entry in ENTRIES]
    assert len(verbs) == len(set(verbs))


def test_every_argument_has_its_help() -> None:
    top = parser()
    silent = [
        f"{leaf.prog} {action.dest}"
        for leaf in leaves(top)
        for action in leaf._actions
        if not (action.help or "").strip()
    ]
    assert silent == []


def test_every_noun_says_what_it_is_about() -> None:
    said = run("--help").out
    for noun in {entry.noun for entry in ENTRIES}:
        told = re.search(rf"^    {noun}\s+(\S.*)$", said, re.MULTILINE)
        assert told, noun
        assert run(noun, "--help").code == 0


@pytest.mark.parametrize("common", ["--json", "--as", "--secrets", "--now"])
def test_what_holds_everywhere(common: str) -> None:
    for leaf in leaves(parser()):
        if not leaf.prog.startswith("anchorhold schema"):
            assert common in leaf.format_help(), leaf.prog


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.noun}-{entry.verb}")
def test_help_is_plain(entry: object) -> None:
    words = [entry.noun, *([entry.verb] if entry.verb else [])]  # type: ignore[attr-defined]
    said = run(*words, "--help")
    assert (said.code, said.err) == (0, "")
    assert "==SUPPRESS==" not in said.out
    assert "!" not in said.out
