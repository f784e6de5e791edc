"""Parse, run, print: exit codes and the two ways of saying things."""

import json
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Sequence
from typing import Any, NoReturn

from core import __version__
from core.cli import audit, devices, keys, links, people, workspace
from core.cli.answers import REFUSAL, Answer, as_json, schema
from core.cli.base import Context, Entry
from core.crypto.envelope import STANDARD, Cost
from core.errors.base import Cancelled, Damaged, Expected, Usage
from core.errors.cli import WrongWords
from core.words import findings, say

ENTRIES: tuple[Entry, ...] = (
    *workspace.ENTRIES,
    *people.ENTRIES,
    *devices.ENTRIES,
    *keys.ENTRIES,
    *links.ENTRIES,
    *audit.ENTRIES,
)
ABOUT = """\
Keys of networks: pinned VPN links without a PKI. Alone, or with a workspace path, anchorhold opens the window;
with a noun and a verb it works without one.

  anchorhold new links WS --name TEXT --people FILE     make a workspace
  anchorhold demo DIR                                   make a filled sample to try things on
"""


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongWords(message[:1].upper() + message[1:].replace("\n", " "))


def _common(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--as", dest="acting", metavar="NAME", help="who acts")
    parser.add_argument("--secrets", metavar="FILE", help="TOML file of mode 0600 with [passphrases]")
    parser.add_argument("--now", metavar="TIME", help="set the clock (rehearsal workspaces only)")


def parser() -> ArgumentParser:
    """The whole grammar, from the table of entries."""
    top = _Parser(prog="anchorhold", description=ABOUT, formatter_class=_raw())
    top.add_argument("--version", action="version", version=f"anchorhold {__version__}")
    nouns = top.add_subparsers(metavar="NOUN", required=True)
    verbs: dict[str, _SubParsersAction[_Parser]] = {}
    for entry in ENTRIES:
        if not entry.verb:
            leaf: ArgumentParser = nouns.add_parser(entry.noun, help=entry.about, description=entry.about)
        else:
            if entry.noun not in verbs:
                noun = nouns.add_parser(entry.noun, help=entry.about)
                verbs[entry.noun] = noun.add_subparsers(metavar="VERB", required=True)
            leaf = verbs[entry.noun].add_parser(entry.verb, help=entry.about, description=entry.about)
        entry.arguments(leaf)
        _common(leaf)
        leaf.set_defaults(entry=entry)
    told = nouns.add_parser("schema", help="print the JSON Schema of a verb's answer")
    told.add_argument("noun")
    told.add_argument("verb", nargs="?", default="")
    told.set_defaults(entry=None)
    return top


def _raw() -> Any:
    from argparse import RawDescriptionHelpFormatter

    return RawDescriptionHelpFormatter


def main(argv: Sequence[str], *, cost: Cost = STANDARD) -> int:
    """Run one command line and return its exit code."""
    as_object = "--json" in argv
    try:
        args = parser().parse_args(argv)
        if args.entry is None:
            print(json.dumps(_schema(args.noun, args.verb), indent=2))
            return 0
        answer, code = args.entry.run(Context(args, cost))
    except Expected as error:
        return _refused(error, as_object=as_object)
    except KeyboardInterrupt:
        return _refused(Cancelled(), as_object=as_object)
    _print(answer, as_object=as_object)
    return int(code)


def _print(answer: Answer, *, as_object: bool) -> None:
    print(json.dumps(as_json(answer), ensure_ascii=False) if as_object else "\n".join(answer.lines()))


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
    said = say(error)
    if as_object:
        told = [
            {"clause": one.clause, "rule": one.rule, "sentence": one.line, "quote": one.quote}
            for one in findings(error)
        ]
        refusal = {"refused": said.code, "title": said.title, "happened": said.happened, "do": said.do}
        print(json.dumps({**refusal, "findings": told}, ensure_ascii=False))
    quoted = {f'NCSC {one.clause}: "{one.quote}"': None for one in findings(error) if one.quote}
    sys.stderr.write("\n".join([*(one.line for one in findings(error)), *quoted]) + "\n")
    if isinstance(error, Cancelled):
        return 130
    if isinstance(error, Usage):
        return 2
    return 3 if isinstance(error, Damaged) else 1
