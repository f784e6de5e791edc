"""Files that can be read in one sitting, functions that fit a screen (design.md section 2)."""

import ast
from pathlib import Path

import pytest

from tests.house.sources import python_files, shown

FILE_LINES = 400
FUNCTION_LINES = 50


def too_large(path: Path) -> list[str]:
    """What of this file is larger than the house wants."""
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    rows = [f"{shown(path)}: {lines} lines"] if lines > FILE_LINES else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                rows.append(f"{shown(path, node)} {node.name}: {length} lines")
    return rows


def test_nothing_is_too_large() -> None:
    assert [row for path in python_files() for row in too_large(path)] == []


@pytest.mark.parametrize(("text", "found"), [("x = 1\n" * 401, 1), ("def f():\n" + "    x = 1\n" * 50, 1)])
def test_too_large_is_found(tmp_path: Path, text: str, found: int) -> None:
    path = tmp_path / "large.py"
    path.write_text(text, encoding="utf-8")
    assert len(too_large(path)) == found


@pytest.mark.parametrize("text", ["x = 1\n" * 400, "def f():\n" + "    x = 1\n" * 49])
def test_the_limit_itself_passes(tmp_path: Path, text: str) -> None:
    path = tmp_path / "fits.py"
    path.write_text(text, encoding="utf-8")
    assert too_large(path) == []
