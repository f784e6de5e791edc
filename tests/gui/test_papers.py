"""Papers as PDF, read back by poppler: every page has its marks, its foot and its number; contents name the true page."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.exports import papers as forms
from core.model.papers import Blanks, Code, Heading, Lines, Paper, Part, Table, Text
from core.words.papers import CONTENTS, PAGE, SOURCE
from gui.papers import pdf
from tests.house.sources import ROOT
from tests.real import need


def paper() -> Paper:
    """Chapters of uneven length, so that headings fall on every place of a page."""
    parts: list[Part] = []
    for chapter in range(1, 8):
        parts.append(Heading(1, f"Chapter {chapter}"))
        for section in range(1, 5):
            parts.append(Heading(2, f"Section {chapter}.{section}"))
            parts.append(Text("Words of <b>no</b> weight. " * (section * chapter * 5 + 7)))
    parts += [
        Table(("When", "What"), tuple((f"2026-11-{day}", "a thing") for day in range(10, 30))),
        Lines(("aa bb cc", "dd ee ff")),
        Code("origin\n42\n", "Checkpoint"),
        Blanks(("Signature", "Date"), ("Alice Ng",)),
    ]
    foot = ("Example Networks, Offline root", "Checkpoint: entry 42")
    return Paper("cps", "A statement", "Example", ("REHEARSAL",), foot, tuple(parts), CONTENTS, PAGE, SOURCE)


def pages(content: bytes, tmp_path: Path, how: str = "-raw") -> list[str]:
    """The text of each page, as another program reads it.

    Where a paragraph goes over a page, Qt writes the line before it once more, outside the part that is seen.
    """
    need("pdftotext")
    (tmp_path / "read.pdf").write_bytes(content)
    told = subprocess.run(["pdftotext", how, tmp_path / "read.pdf", "-"], capture_output=True, text=True, check=True)
    return told.stdout.split("\f")[:-1]


@pytest.mark.real
def test_every_page_says_what_it_belongs_to(qtbot: QtBot, tmp_path: Path) -> None:
    read = pages(pdf(paper()), tmp_path)
    assert len(read) > 5
    for number, page in enumerate(read, 1):
        for told in ("A statement", "REHEARSAL", "Checkpoint: entry 42", f"Page {number} of {len(read)}"):
            assert told in page
        assert forms.source(paper()) in page
    assert "<b>no</b>" in read[1]


@pytest.mark.real
def test_contents_name_the_page_a_heading_is_on_and_no_heading_ends_a_page(qtbot: QtBot, tmp_path: Path) -> None:
    read = pages(pdf(paper()), tmp_path, "-layout")
    listed = re.findall(r"^\s*((?:Chapter|Section) [\d.]+)\s+(\d+)$", read[0], re.MULTILINE)
    assert len(listed) == 35
    for name, page in listed:
        assert re.search(rf"^\s*{re.escape(name)}$", read[int(page) - 1], re.MULTILINE), name
    for page in read[1:]:
        last = page.partition("Example Networks, Offline root")[0].strip().splitlines()[-1]
        assert not re.fullmatch(r"\s*(Chapter|Section) [\d.]+", last)


@pytest.mark.real
@pytest.mark.parametrize("above", range(20, 32, 2))
def test_a_fingerprint_is_on_one_page_with_its_title(qtbot: QtBot, tmp_path: Path, above: int) -> None:
    """Wherever it falls: half a fingerprint on a page is read out as the whole."""
    value = tuple(f"{line} AAAA BBBB CCCC" for line in range(8))
    filled = tuple(Text(f"line {at}") for at in range(above))
    made = replace(
        paper(), contents="", parts=(*filled, Text("The fingerprint", strong=True), Lines(value), Text("end"))
    )
    holding = [page for page in pages(pdf(made), tmp_path) if "AAAA" in page]
    assert all(line in holding[-1] for line in (*value, "The fingerprint"))


@pytest.mark.real
def test_fonts_are_in_the_file_and_it_calls_itself_pdf_a(qtbot: QtBot, tmp_path: Path) -> None:
    content = pdf(replace(paper(), contents=""))
    pages(content, tmp_path)
    told = subprocess.run(["pdffonts", tmp_path / "read.pdf"], capture_output=True, text=True, check=True).stdout
    rows = [re.findall(r"\b(?:yes|no)\b", line) for line in told.splitlines()[2:]]
    assert rows
    assert {(embedded, unicode) for embedded, _subset, unicode in rows} == {("yes", "yes")}
    assert b'pdfaid:part="1"' in content or b"<pdfaid:part>1" in content


@pytest.mark.real
def test_the_command_line_draws_without_a_screen(tmp_path: Path) -> None:
    script = (
        "import sys; from gui.start import _pdf; assert not any(n.startswith('PySide6') for n in sys.modules);"
        "from tests.gui.test_papers import paper; sys.stdout.buffer.write(_pdf(paper()))"
    )
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=bare, capture_output=True, check=True)
    assert "Chapter 7" in "".join(pages(told.stdout, tmp_path))
