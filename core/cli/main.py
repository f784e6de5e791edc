"""Parse, run, print: exit codes and the two ways of saying things."""

import json
import os
import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter, _SubParsersAction
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, NoReturn

from core import __version__
from core.cli import (
    agreements,
    audit,
    authorities,
    backups,
    cards,
    carrying,
    ceremony,
    checks,
    compliance,
    crls,
    custody,
    devices,
    documents,
    enrolment,
    keys,
    links,
    papers,
    people,
    proposals,
    records,
    switching,
    tokens,
    trust,
    vault,
    workspace,
)
from core.cli.answers import REFUSAL, as_json, schema
from core.cli.base import Context, Entry
from core.crypto.envelope import STANDARD, Cost
from core.errors.base import Cancelled, Damaged, Expected, Usage
from core.errors.cli import AnswerNotWritten, WrongWords
from core.services.papers import Pdf
from core.words.say import findings, say

ENTRIES: tuple[Entry, ...] = (
    *workspace.ENTRIES,
    *backups.ENTRIES,
    *people.ENTRIES,
    *proposals.ENTRIES,
    *devices.ENTRIES,
    *keys.ENTRIES,
    *links.ENTRIES,
    *cards.ENTRIES,
    *switching.ENTRIES,
    *authorities.ENTRIES,
    *ceremony.ENTRIES,
    *enrolment.ENTRIES,
    *agreements.ENTRIES,
    *carrying.ENTRIES,
    *crls.ENTRIES,
    *audit.ENTRIES,
    *vault.ENTRIES,
    *custody.ENTRIES,
    *tokens.ENTRIES,
    *checks.ENTRIES,
    *records.ENTRIES,
    *trust.ENTRIES,
    *papers.ENTRIES,
    *documents.ENTRIES,
    *compliance.ENTRIES,
)
NOUNS = {
    "new": "make a workspace",
    "backup": "copies of a workspace: made, tried out",
    "people": "who works in a workspace",
    "proposal": "what one person asked for and another has to agree to",
    "clock": "when the machine's clock and the ledger disagree",
    "device": "the gateways and servers that links join",
    "key": "devices' public keys: received, compared blind, approved, withdrawn",
    "link": "two devices and a technology: folders for both ends, read-back",
    "card": "a public key with its facts, signed by who hands it out",
    "ca": "authorities: the offline root and one sub CA per service",
    "ceremony": "what closes a root key ceremony",
    "statement": "papers to read, sign and keep, as PDF, HTML, Markdown or JSON",
    "request": "certificate requests made on devices",
    "ticket": "what tickets look like here, and which count for several devices",
    "carry": "requests by stick, from a registration desk to the workspace that issues",
    "cert": "certificates: issued, exported, revoked",
    "crl": "revocation lists",
    "custody": "CA keys and who holds them: drill, replacement, recovery sheets",
    "audit": "the ledger",
    "trust": "CA certificates of others: taken in, compared blind by two, listed for relying parties",
    "caps": "the table of key lifetimes: dates in force, versions, a new one",
    "record": "what people vouch for: kinds, records in force, when each is due",
}
ABOUT = """\
Keys of networks: pinned VPN links without a PKI. Alone, or with a workspace path, anchorhold opens the window;
with a noun and a verb it works without one.

  anchorhold new links WS --name TEXT --people FILE     make a workspace
  anchorhold demo DIR                                   make a filled sample to try things on
"""


class _Parser(ArgumentParser):
    """Words are whole: an abbreviation that a script uses today would mean something else once the grammar grows."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **settings})

    def error(self, message: str) -> NoReturn:
        told = _CHOICE.sub(r"There is no \1 \2; choose one of: \3", message.replace("\n", " "))
        raise WrongWords(told[:1].upper() + told[1:], f"{self.prog} --help")


_CHOICE = re.compile(r"^argument (?:--)?(\S+): invalid choice: (.*) \(choose from (.*)\)$")


def _common(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--as", dest="acting", metavar="NAME", help="who acts")
    parser.add_argument("--secrets", metavar="FILE", help="TOML file of mode 0600 with [passphrases]")
    parser.add_argument("--now", metavar="TIME", help="set the clock (rehearsal workspaces only)")


def parser() -> ArgumentParser:
    """The whole grammar, from the table of entries."""
    top = _Parser(prog="anchorhold", description=ABOUT, formatter_class=RawDescriptionHelpFormatter)
    top.add_argument("--version", action="version", version=f"anchorhold {__version__}")
    nouns = top.add_subparsers(metavar="NOUN", required=True)
    verbs: dict[str, _SubParsersAction[_Parser]] = {}
    for entry in ENTRIES:
        if not entry.verb:
            leaf: ArgumentParser = nouns.add_parser(entry.noun, help=entry.about, description=entry.about)
        else:
            if entry.noun not in verbs:
                about = NOUNS.get(entry.noun, entry.about)
                noun = nouns.add_parser(entry.noun, help=about, description=about)
                verbs[entry.noun] = noun.add_subparsers(metavar="VERB", required=True)
            leaf = verbs[entry.noun].add_parser(entry.verb, help=entry.about, description=entry.about)
        entry.arguments(leaf)
        _common(leaf)
        leaf.set_defaults(entry=entry)
    told = nouns.add_parser("schema", help="print the JSON Schema of a verb's answer")
    told.add_argument("noun", metavar="NOUN", help="the command's first word")
    told.add_argument("verb", metavar="VERB", nargs="?", default="", help="its second word, where it has one")
    told.set_defaults(entry=None)
    return top


def main(argv: Sequence[str], *, cost: Cost = STANDARD, pdf: Pdf | None = None) -> int:
    """Run one command line and return its exit code. `pdf` draws a paper, where somebody above can."""
    as_object = "--json" in argv
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a letter shows its number instead
            stream.reconfigure(errors="backslashreplace")
    try:
        args = parser().parse_args(argv)
        if args.entry is None:
            return _print(json.dumps(_schema(args.noun, args.verb), indent=2), 0)
        answer, code = args.entry.run(Context(args, cost, pdf))
    except Expected as error:
        return _refused(error, as_object=as_object)
    except KeyboardInterrupt:
        return _refused(Cancelled(), as_object=as_object)
    return _print(json.dumps(as_json(answer)) if as_object else "\n".join(answer.lines()), int(code))


def _print(text: str, code: int) -> int:
    """Write the answer. A reader that has seen enough is no failure; a full disk is told."""
    _clear_counter()
    try:
        if sys.stdout is not None:
            sys.stdout.write(text + "\n")
            sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains again when it ends
        if isinstance(error, BrokenPipeError):
            return code
        sys.stderr.write(say(AnswerNotWritten()).line + "\n")
        return 4
    return code


def _clear_counter() -> None:
    """Take the progress off the terminal's line, so that what is said next stands alone on it."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write("\r" + 40 * " " + "\r")
        sys.stderr.flush()


def _schema(noun: str, verb: str) -> dict[str, Any]:
    for entry in ENTRIES:
        if (entry.noun, entry.verb) == (noun, verb):
            return {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "title": f"{noun} {verb}".strip(),
                "oneOf": [schema(entry.answer), REFUSAL],
            }
    raise WrongWords(f"There is no command {noun} {verb}".rstrip())


def _refused(error: Expected, *, as_object: bool) -> int:
    said, code = say(error), _exit_code(error)
    if as_object:
        told = [
            {"clause": one.clause, "rule": one.rule, "sentence": one.line, "quote": one.quote}
            for one in findings(error)
        ]
        refusal = {"refused": said.code, "title": said.title, "happened": said.happened, "do": said.do}
        code = _print(json.dumps({**refusal, "findings": told}), code)
    if sys.stderr is not None:
        _clear_counter()
        quoted = {one.basis: None for one in findings(error) if one.basis}
        sys.stderr.write("\n".join([*(one.line for one in findings(error)), *quoted]) + "\n")
    return code


def _exit_code(error: Expected) -> int:
    if isinstance(error, Cancelled):
        return 130
    if isinstance(error, Usage):
        return 2
    return 3 if isinstance(error, Damaged) else 1
