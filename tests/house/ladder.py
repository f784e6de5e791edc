"""The ladder of the house, read from the sources: who imports what, and which arrows run the wrong way."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import PROGRAM, calls, python_files

# Top to bottom; what shares a rung are siblings, and none imports another.
LADDER = (
    ("gui",),
    ("core.cli",),
    ("core.words",),
    ("core.flows",),
    ("core.services",),
    ("core.crypto", "core.store", "core.vault", "core.media", "core.exports"),
    ("core.policy",),
    ("core.model",),
    ("core.errors",),
)
HEIGHT = {room: len(LADDER) - number for number, rung in enumerate(LADDER) for room in rung}
# What anyone may read and what imports no room: `resources` is data with a package's name.
GROUND = ("resources", "core.__version__", "core.late")
OWNERS = {
    "PySide6": "gui",
    "shiboken6": "gui",
    "sqlite3": "core.store",
    "sqlite_utils": "core.store",
    "cryptography": "core.crypto",
    "keyring": "core.vault",
    "pkcs11": "core.crypto",
    "pkilint": "core.crypto",
    "pyasn1": "core.crypto",
    "pyasn1_alt_modules": "core.crypto",
    "secretstorage": "core.vault",
    "zxingcpp": "core.media",
}
# No side of the program opens a network socket. PySide6.QtSql would be a second SQLite in one process.
NOWHERE = (
    *("socket", "socketserver", "ssl", "http", "urllib", "xmlrpc", "ftplib", "smtplib", "poplib", "imaplib"),
    *("telnetlib", "asyncio", "requests", "httpx", "urllib3", "aiohttp"),
    *("PySide6.QtNetwork", "PySide6.QtSql", "PySide6.QtWebSockets"),
)

Arrow = tuple[str, int]


def module_of(path: Path, root: Path) -> str:
    """`core.model.links` for ROOT/core/model/links.py, `core.model` for its `__init__.py`."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, root: Path) -> Iterator[Arrow]:
    """Every module a file imports, anywhere in it, with the line; unreadable dynamic ones as "?"."""
    module = module_of(path, root)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, package)
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)
    for call, name in calls(tree):
        if name.rpartition(".")[2] in ("import_module", "__import__"):
            yield _dynamic(call), call.lineno


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if node.level == 0:
        return node.module or ""
    parents = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*parents, *([node.module] if node.module else [])])


def _dynamic(call: ast.Call) -> str:
    """The literal name, or the literal beginning of an f-string if it names a room: `f"core.cli.{noun}"`."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.JoinedStr) and first.values:
        first = first.values[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str) and not first.value.startswith("."):
        return first.value.rstrip(".")
    return "?"


def room_of(module: str) -> str | None:
    """The room a module of ours lies in; None for libraries."""
    parts = module.split(".")
    if parts[0] == "core":
        return ".".join(parts[:2])
    return parts[0] if parts[0] in PROGRAM else None


def findings(root: Path) -> list[str]:
    """Every arrow below `root` that the house does not allow, as a sentence."""
    return [
        f"{path.relative_to(root).as_posix()}:{line}: {room} imports {target}: {wrong}"
        for path in python_files(root, PROGRAM)
        for room in [room_of(module_of(path, root)) or ""]
        for target, line in imports(path, root)
        if (wrong := _wrong(room, target))
    ]


def _wrong(room: str, target: str) -> str | None:
    if target == "?":
        return "a computed name cannot be checked"
    if any(target == banned or target.startswith(f"{banned}.") for banned in NOWHERE):
        return "banned everywhere"
    owner = OWNERS.get(target.partition(".")[0])
    if owner is not None:
        return None if room == owner else f"only {owner} may"
    return _wrong_direction(room, room_of(target))


def _wrong_direction(room: str, other: str | None) -> str | None:
    if other is None or other == room or other in GROUND:
        return None
    if other not in HEIGHT or room not in HEIGHT:
        return "not a room of the ladder"
    if HEIGHT[room] == HEIGHT[other]:
        return "siblings do not import each other"
    return None if HEIGHT[room] > HEIGHT[other] else "the arrow runs upwards"


def cycle(root: Path) -> list[str]:
    """One import cycle among our modules, first module repeated at the end; empty when there is none."""
    modules = {module_of(path, root): path for path in python_files(root, PROGRAM)}
    graph = {name: _known(imports(path, root), modules) - {name} for name, path in modules.items()}
    done: set[str] = set()
    for start in graph:
        found = _walk(graph, start, [], done)
        if found:
            return found
    return []


def _known(arrows: Iterator[Arrow], modules: dict[str, Path]) -> set[str]:
    targets = {target for target, _ in arrows}
    return {name for target in targets for name in [_longest(target, modules)] if name}


def _longest(target: str, modules: dict[str, Path]) -> str | None:
    """`from core.model.links import Link` imports core.model.links, not a module called Link."""
    return next((name for name in (target, target.rpartition(".")[0]) if name in modules), None)


def _walk(graph: dict[str, set[str]], name: str, path: list[str], done: set[str]) -> list[str]:
    if name in path:
        return [*path[path.index(name) :], name]
    if name in done:
        return []
    for target in sorted(graph[name]):
        found = _walk(graph, target, [*path, name], done)
        if found:
            return found
    done.add(name)
    return []
