"""Habits a compiler does not know: what characters, words and widgets the sources may hold."""

import ast
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.sources import ROOT, calls, python_files, shown

# Beyond ASCII, with the reason. Everything else is written as an escape (chr, \u), where a reader sees what
# it is: a homoglyph letter in an identifier or an identity is an attack (Electrum's ban_unicode.py).
ALLOWED = {
    "…": "menu entries that open a dialog, progress",
    "·": "separator in status lines and the ledger's sentences",
    "→": "from and to, in tables and documents",
    "≥": "limits in documents",
    "≤": "limits in documents",
    "≠": "the rule submitter and approver differ, as design.md writes it",
    "—": "empty cells of tables",
    "§": "sections of standards",
    "€": "keyboard tests",
}
TEXTS = ("*.md", "*.toml", "*.txt", "*.sql", "*.json", "*.svg")
# Bidirectional controls, zero-width and other invisible characters: general category Cf, and line separators.
INVISIBLE = ("Cf", "Zl", "Zp", "Cc", "Co", "Cs")


def _texts() -> list[Path]:
    folders = [ROOT / name for name in ("core", "gui", "resources", "tests", "packaging")]
    below = [path for folder in folders for pattern in TEXTS for path in folder.rglob(pattern)]
    scripts = [path for path in (ROOT / "packaging").iterdir() if path.is_file()]
    return sorted({*below, *ROOT.glob("*.md"), ROOT / "pyproject.toml", ROOT / ".ci" / "run", *scripts})


def invisible(text: str) -> set[str]:
    """Code points no reader sees, such as U+202E."""
    found = {char for char in text if unicodedata.category(char) in INVISIBLE and char not in "\n\t"}
    return {f"U+{ord(char):04X}" for char in found}


def foreign(text: str) -> set[str]:
    """Characters beyond ASCII that are not in the list above."""
    return {char for char in text if not char.isascii() and char not in ALLOWED}


def is_tr(name: str) -> bool:
    """Whether a call by this name marks a sentence for translators; `str.translate` does not."""
    return name.rpartition(".")[2] == "tr" or name.endswith("Application.translate")


def untranslatable(tree: ast.AST) -> list[ast.AST]:
    """Calls of tr whose sentence lupdate would not see: an f-string, a variable, an expression."""
    return [
        call
        for call, name in calls(tree)
        if is_tr(name)
        and not all(
            isinstance(text, ast.Constant) and isinstance(text.value, str)
            for text in call.args[: 2 if name.endswith("translate") else 1]
        )
    ]


def tr_in_f_string(tree: ast.AST) -> list[ast.AST]:
    """lupdate is blind to a tr inside an f-string (measured, screens.md 2.6)."""
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    return [call for node in joined for call, name in calls(node) if is_tr(name)]


def bare_labels(tree: ast.AST) -> list[ast.AST]:
    """Uses of the two widgets that guess rich text, which certificate text would exploit."""
    banned = ("QLabel", "QMessageBox")
    return [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id in banned)
        or (isinstance(node, ast.Attribute) and node.attr in banned)
        or (isinstance(node, ast.alias) and node.name in banned)
    ]


def _found(rule: Callable[[ast.AST], list[ast.AST]], files: list[Path]) -> list[str]:
    parsed = [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in files]
    return [shown(path, node) for path, tree in parsed for node in rule(tree)]


def test_nothing_invisible() -> None:
    files = [*python_files(), *_texts()]
    rows = {shown(path): invisible(path.read_text(encoding="utf-8")) for path in files}
    assert {name: found for name, found in rows.items() if found} == {}


def test_code_is_ascii_but_for_the_list() -> None:
    rows = {shown(path): foreign(path.read_text(encoding="utf-8")) for path in python_files()}
    assert {name: found for name, found in rows.items() if found} == {}


def test_nothing_is_put_off() -> None:
    """What is not done is an issue of the project, not a note in a file."""
    marks = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
    files = [*python_files(), *_texts()]
    assert [shown(path) for path in files if marks.search(path.read_text(encoding="utf-8"))] == []


def test_translators_see_every_sentence() -> None:
    files = python_files(folders=("core", "gui"))
    assert _found(untranslatable, files) + _found(tr_in_f_string, files) == []


def test_labels_show_plain_text() -> None:
    files = [path for path in python_files(folders=("gui",)) if "gui/widgets" not in path.as_posix()]
    assert _found(bare_labels, files) == []


@pytest.mark.parametrize("text", ["a\u202eb", "a\u200bb", "a\u2028b", "\ufeff", "a\x00b", "a\u00adb"])
def test_invisible_is_found(text: str) -> None:
    assert len(invisible(text)) == 1


def test_a_homoglyph_is_found() -> None:
    assert foreign("p\u0430ypal\u2026") == {"\u0430"}


@pytest.mark.parametrize(
    "code",
    ["self.tr(f'{n} keys')", "tr(name)", "QCoreApplication.translate('Links', 'a' + b)", "tr('a' % b)"],
)
def test_an_untranslatable_sentence_is_found(code: str) -> None:
    assert len(untranslatable(ast.parse(code))) == 1


@pytest.mark.parametrize("code", ["self.tr('%n keys', '', n)", "text.translate(table)", "tr('{n}').format(n=1)"])
def test_a_translatable_sentence_passes(code: str) -> None:
    assert untranslatable(ast.parse(code)) == []


def test_tr_in_an_f_string_is_found() -> None:
    assert len(tr_in_f_string(ast.parse("f'{self.tr(\"keys\")}'"))) == 1


@pytest.mark.parametrize(
    "code", ["QLabel('x')", "QtWidgets.QMessageBox.warning()", "from PySide6.QtWidgets import QLabel"]
)
def test_a_bare_label_is_found(code: str) -> None:
    assert len(bare_labels(ast.parse(code))) == 1
