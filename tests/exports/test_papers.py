"""Papers as Markdown, HTML and JSON: what is written is what people read, and no text of others is markup."""

import hashlib
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core.errors.papers import FormatUnknown, PdfNotHere
from core.exports import papers
from core.model.papers import Blanks, Code, Heading, Items, Lines, Paper, Table, Text
from core.services.papers import picture, written

HOSTILE = "</code></td><script>alert(1)</script> & <img src=x onerror=y> [a](http://x) | `b` \u202egnp.exe"
SHOWN = HOSTILE.replace("\u202e", "\ufffd")
PAPER = Paper(
    "ceremony",
    "Record of the root key ceremony",
    "Example Networks",
    ("REHEARSAL",),
    ("Example Networks, Offline root",),
    (
        Heading(1, "People"),
        Text("Three people were in the room."),
        Table(("Who", "Duty"), (("Alice Ng", "custodian"), ("Bob Ruiz", HOSTILE))),
        Heading(2, "What was done"),
        Items(("The clock was compared.", "The key was made."), numbered=True),
        Lines(("aa  bb", HOSTILE)),
        Code("origin\n42\nroot\n", "Checkpoint"),
        Blanks(("Signature", "Date"), ("Alice Ng",)),
    ),
    contents="Contents",
)


class Reader(HTMLParser):
    """What a browser would make of it: the tags, and the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.said += "\n"
        assert not [name for name, value in attrs if name.startswith("on") or "http" in (value or "")]

    def handle_data(self, data: str) -> None:
        self.said += data


def test_text_of_others_is_no_markup_in_html() -> None:
    read = Reader()
    read.feed(papers.html(PAPER, picture))
    assert read.said.replace("\u00a0", " ").count(SHOWN) == 2
    assert "script" not in read.tags
    assert "Record of the root key ceremony" in read.said


def test_html_needs_nothing_from_elsewhere() -> None:
    told = papers.html(PAPER, picture)
    assert 'src="data:image/png;base64,' in told
    assert told.count("src=") - told.count("&lt;img src=") == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"),
        ("# not a heading", "\\# not a heading"),
        ("a | b", "a \\| b"),
        ("<b>x</b> [a](b)", "\\<b\\>x\\</b\\> \\[a\\]\\(b\\)"),
        ("two\nlines", "two lines"),
        ("=== rule", "\\=== rule"),
    ],
)
def test_text_of_others_is_no_markup_in_markdown(text: str, line: str) -> None:
    told = papers.markdown(replace(PAPER, parts=(Text(text),), contents="")).decode()
    assert line in told.splitlines()


def test_markdown_has_every_part() -> None:
    told = papers.markdown(PAPER).decode()
    for line in (
        "# Record of the root key ceremony",
        "**REHEARSAL**",
        "## People",
        "### What was done",
        "| Alice Ng | custodian |",
        "2. The key was made.",
        "    aa  bb",
        "    42",
        "| Alice Ng |  |  |",
    ):
        assert line in told.splitlines()


def test_every_form_names_the_json() -> None:
    source = papers.as_json(PAPER)
    digest = hashlib.sha256(source).hexdigest()
    assert digest in papers.markdown(PAPER).decode()
    assert digest in papers.html(PAPER, picture)
    assert [part["part"] for part in json.loads(source)["parts"]][:3] == ["heading", "text", "table"]
    changed = replace(PAPER, parts=(*PAPER.parts, Text("one more")))
    assert digest not in papers.markdown(changed).decode()


def test_the_name_tells_the_format() -> None:
    assert written(PAPER, Path("a.json")) == papers.as_json(PAPER)
    assert written(PAPER, Path("a.md")) == papers.markdown(PAPER)
    assert written(PAPER, Path("a.html")).startswith(b"<!DOCTYPE html>")
    assert written(PAPER, Path("a.pdf"), lambda paper: paper.title.encode()) == PAPER.title.encode()
    with pytest.raises(FormatUnknown):
        written(PAPER, Path("a.docx"))
    with pytest.raises(PdfNotHere):
        written(PAPER, Path("a.pdf"))
