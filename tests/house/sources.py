"""The project's own files, for the tests that read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = ("core", "gui", "resources")


def python_files(root: Path = ROOT, folders: tuple[str, ...] = (*PROGRAM, "tests", "packaging")) -> list[Path]:
    """Every Python file below these folders of `root`."""
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def shown(path: Path, node: ast.AST | None = None) -> str:
    """Where a finding is, as an editor opens it: `core/model/links.py:12`."""
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
    return f"{name}:{node.lineno}" if node is not None and hasattr(node, "lineno") else name


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the dotted name of what is called, as far as it is made of names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)
