"""The outline of RFC 3647 section 6, the text of each heading as data, and how facts make a document of them.

`resources/policy/documents/outline.tsv` has the headings, the chapters beside it their provisions and sources.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from core.errors import documents as errors
from core.errors.base import Refused
from core.late import dataclass
from core.model.documents import Document, Drift, Gap, Outlined, Provision, Section, Version
from core.model.papers import Items, Part, Table, Text
from core.policy.rules import rule

NOTHING = "No stipulation."
_CLAUSES, _POINTER = "Clauses of the guidance: {clauses}.", "Stated in sections {first} to {last}."
_ONE = "Stated in section {first}."

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Label:
    """What documents call a value of the program."""

    group: str

    def __call__(self, value: str) -> str:
        return labels()[self.group].get(value, value.replace(".", " "))


@cache
def labels() -> dict[str, dict[str, str]]:
    """Names of values, by group."""
    return tomllib.loads((files("resources") / "policy" / "labels.toml").read_text(encoding="utf-8"))


@cache
def outline() -> tuple[Outlined, ...]:
    """Every heading in its order, with its provisions."""
    folder = files("resources") / "policy" / "documents"
    told: dict[str, Any] = {}
    for each in sorted(folder.iterdir(), key=lambda path: path.name):
        if each.name.endswith(".toml"):
            told |= tomllib.loads(each.read_text(encoding="utf-8"))
    rows = (row.split("\t") for row in (folder / "outline.tsv").read_text(encoding="utf-8").splitlines())
    return tuple(_outlined(number, title, told.get(number, {})) for number, title in rows)


def _outlined(number: str, title: str, told: dict[str, Any]) -> Outlined:
    provisions = {each: tuple(_provision(one) for one in told.get(each.value, ())) for each in Document}
    return Outlined(number, title, tuple(told.get("from", ())), tuple(told.get("clauses", ())), provisions)


def _provision(told: str | dict[str, Any]) -> Provision:
    if isinstance(told, str):
        return Provision(told)
    head, row = tuple(told.get("head", ())), tuple(told.get("row", ()))
    return Provision(told.get("text", ""), told.get("if", ""), told.get("each", ""), head, row)


def asked(provision: Provision) -> Iterator[str]:
    """The facts that its texts name."""
    for text in (provision.text, *provision.row):
        yield from (name for _, name, _, _ in Formatter().parse(text) if name)


# --- from facts to sections -------------------------------------------------------------------------------


def composed(document: Document, facts: Facts) -> tuple[Section, ...]:
    """The whole document: every heading, none of them empty."""
    known = outline()
    return tuple(_section(document, each, known, facts) for each in known)


def _section(document: Document, heading: Outlined, known: tuple[Outlined, ...], facts: Facts) -> Section:
    parts = tuple(_parts(heading.provisions[document], facts))
    if parts:
        told = (*parts, *_clauses(heading))
        return Section(heading.number, heading.title, told, _lines(told), written=True)
    below = [each.number for each in known if each.number.rpartition(".")[0] == heading.number]
    text = NOTHING
    if below:
        text = (_POINTER if len(below) > 1 else _ONE).format(first=below[0], last=below[-1])
    return Section(heading.number, heading.title, (Text(text),), (text,), written=False)


def _clauses(heading: Outlined) -> tuple[Part, ...]:
    return (Text(_CLAUSES.format(clauses=", ".join(heading.clauses))),) if heading.clauses else ()


def _parts(provisions: tuple[Provision, ...], facts: Facts) -> Iterator[Part]:
    for each in provisions:
        if each.when and bool(facts[each.when.removeprefix("!")]) is each.when.startswith("!"):
            continue
        if not each.each:
            yield Text(_filled(each.text, facts))
            continue
        members = [{**facts, **member} for member in facts[each.each]]
        if members and each.head:
            yield Table(each.head, tuple(tuple(_filled(cell, member) for cell in each.row) for member in members))
        elif members:
            yield Items(tuple(_filled(each.text, member) for member in members))


def _filled(text: str, facts: Facts) -> str:
    """One line: what facts bring in is never a template itself."""
    return " ".join(text.format_map(facts).split())


def _lines(parts: tuple[Part, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for part in parts:
        match part:
            case Text():
                found.append(part.text)
            case Items():
                found += part.items
            case Table():
                found += [" | ".join(row) for row in (part.head, *part.rows)]
    return tuple(found)


def gaps(document: Document, sections: tuple[Section, ...], facts: Facts) -> tuple[Gap, ...]:
    """Sections that have something to tell once a record is made."""
    told = {each.number: each for each in sections}
    return tuple(
        Gap(each.number, each.title, wants, not told[each.number].written)
        for each in outline()
        for wants in [tuple(kind for kind in each.records if not facts[f"record.{kind}"])]
        if wants and each.provisions[document]
    )


# --- versions ---------------------------------------------------------------------------------------------


def source(document: Document, number: int, sections: tuple[Section, ...]) -> dict[str, Any]:
    """What the SHA-256 of a version is over (as canonical JSON)."""
    told = [[each.number, each.title, list(each.lines)] for each in sections]
    return {"document": document.value, "version": number, "sections": told}


def recalled(version: Version) -> tuple[Section, ...]:
    """The sections of a version as they were approved, a line each: of its tables the rows are on file, not the shape."""
    return tuple(
        Section(number, title, tuple(Text(line) for line in lines), lines, written=lines != (NOTHING,))
        for number, title, lines in version.text
    )


def drift(version: Version, sections: tuple[Section, ...]) -> tuple[Drift, ...]:
    """The sections whose text is another than in that version."""
    before = {number: lines for number, _, lines in version.text}
    return tuple(
        Drift(each.number, each.title, before.get(each.number, ()), each.lines)
        for each in sections
        if before.get(each.number) != each.lines
    )


@rule("RFC3647-6")
def outlined(document: Document, text: Iterable[tuple[str, str, tuple[str, ...]]]) -> list[Refused]:
    """Every heading of RFC 3647 section 6, numbered and worded so, with something below it."""
    told = {number: (title, lines) for number, title, lines in text}
    whole = [each.number for each in outline()] == list(told)
    wrong = [
        each.number
        for each in outline()
        if told.get(each.number, ("", ()))[0] != each.title or not any(told[each.number][1])
    ]
    if not whole and not wrong:
        wrong = [next((number for number in told if number not in {each.number for each in outline()}), "1")]
    return [errors.DocumentNotWhole(document.short, each) for each in wrong[:1]]


def publishable(document: Document, newest: Version | None, changed: tuple[Drift, ...]) -> list[Refused]:
    """Findings against publishing: only what two people approved, and only while it is true."""
    if newest is None:
        return [errors.NothingApproved(document.short)]
    return (
        [errors.DocumentDrifted(document.short, newest.number, tuple(each.number for each in changed))]
        if changed
        else []
    )
