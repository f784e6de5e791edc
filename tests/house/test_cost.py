"""The price of a guess at a passphrase: cheap envelopes come from a constructor's argument that only tests fill.

Read from the sources: where a cost is made, what is handed on as one, and that no command, window, file or environment
has one to hand in. And once for real: what the program makes by itself has the cost of the design.
"""

import ast
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from pytestqt.qtbot import QtBot

from core.crypto.envelope import STANDARD, Cost
from core.model.advice import Act
from core.services.demo import SAMPLE
from gui.wizards import make
from gui.wizards.first_run import FirstRunWizard
from tests.cli.terminal import PEOPLE, process, secrets_of, write_private
from tests.gui.wizards.drive import bench_of
from tests.house.sources import PROGRAM, calls, python_files, shown

# Every expression that makes a cost. The signing process is handed the desk's; an envelope says how it is opened.
MADE = {
    ("core/crypto/envelope.py", "Cost(256 * 1024, 3, 4)"),
    ("core/crypto/envelope.py", "Cost(head['memory'], head['passes'], head['lanes'])"),
    ("core/crypto/envelope.py", "Cost(cost.memory // 2, cost.passes, cost.lanes)"),
    ("core/crypto/keeper.py", "Cost(*ask['cost'])"),
    ("core/services/demo.py", "Cost(64 * 1024, 1, 4)"),
}
HANDED_ON = {
    "cost", "desk.cost", "work.desk.cost", "self.cost", "context.cost", "astuple(desk.cost)", "Cost(*ask['cost'])",
}  # fmt: skip
NAMED = {ast.Name: "id", ast.Attribute: "attr", ast.arg: "arg", ast.keyword: "arg", ast.alias: "name"}
# The only words about it above the services: `main` and the first run take one from their caller, and nobody gives one.
ABOVE = {
    "core/cli/main.py",
    "core/cli/base.py",
    "core/cli/backups.py",
    "core/cli/workspace.py",
    "gui/wizards/first_run.py",
}


@cache
def _trees() -> list[tuple[str, ast.Module]]:
    return [(shown(path), ast.parse(path.read_text(encoding="utf-8"))) for path in python_files(folders=PROGRAM)]


def _defaults(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Each parameter with its default, "" where it has none."""
    arguments = function.args
    plain = [*arguments.posonlyargs, *arguments.args]
    given = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    for each, value in [
        *zip(plain, given, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]:
        yield each.arg, ast.unparse(value) if value is not None else ""


def test_a_cost_is_made_in_few_places() -> None:
    made = {(name, ast.unparse(call)) for name, tree in _trees() for call, what in calls(tree) if what.endswith("Cost")}
    assert made == MADE
    assert Cost(256 * 1024, 3, 4) == STANDARD
    assert SAMPLE.memory >= 64 * 1024


def test_what_is_handed_on_as_a_cost_was_handed_in() -> None:
    handed = {
        (name, ast.unparse(word.value))
        for name, tree in _trees()
        for call, _ in calls(tree)
        for word in call.keywords
        if word.arg == "cost"
    }
    assert {value for _, value in handed} <= HANDED_ON
    assert ("core/services/people.py", "desk.cost") in handed
    kept = {
        (name, ast.unparse(node))
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr.strip("_") == "cost"
    }
    assert kept == {("core/services/desk.py", "self.cost = cost"), ("gui/wizards/first_run.py", "self._cost = cost")}


def test_every_entry_has_the_cost_of_the_design() -> None:
    """A public function that may be left without one takes the standard, the sample's maker the sample's."""
    found = {
        (name, value)
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for parameter, value in _defaults(node)
        if parameter == "cost" and value
    }
    assert {value for _, value in found} == {"STANDARD", "SAMPLE"}
    assert {name for name, value in found if value == "SAMPLE"} == {"core/services/demo.py"}


def test_no_command_and_no_window_knows_one(qtbot: QtBot) -> None:
    """The program starts `main` without one and the window its first run, and no other source has the word."""
    words, entries = set(), []
    for name, tree in _trees():
        if name.startswith(("core/cli/", "gui/")):
            names = {str(getattr(node, NAMED[type(node)])).lower() for node in ast.walk(tree) if type(node) in NAMED}
            if any(each in one for one in names for each in ("cost", "cheap", "argon2")):
                words.add(name)
        if name == "gui/start.py":
            entries = [ast.unparse(call) for call, what in calls(tree) if what == "command_line"]
    assert words == ABOVE
    assert entries == ["command_line(arguments, pdf=_pdf)"]
    wizard = make(Act.FIRST_RUN.value, "", bench_of(qtbot, None))
    assert isinstance(wizard, FirstRunWizard)
    qtbot.addWidget(wizard)
    assert wizard._cost is STANDARD


def test_the_program_itself_pays_in_full(tmp_path: Path) -> None:
    """Whatever the environment says and whatever a file of people has beside them."""
    people = tmp_path / "people.toml"
    people.write_text(PEOPLE, encoding="utf-8")
    secrets = write_private(tmp_path / "secrets.toml", secrets_of("alice", "bob"))
    path = tmp_path / "dc.anchorhold"
    words = ("--name", "Links", "--people", people, "--policy", "rehearsal", "--as", "alice", "--secrets", secrets)
    names = ("COST", "ANCHORHOLD_COST", "ARGON2_MEMORY", "ANCHORHOLD_MEMORY", "ANCHORHOLD_REHEARSAL")
    done = process("new", "links", path, *words, env={**os.environ, **dict.fromkeys(names, "64")})
    assert done.code == 0, done.err
    with closing(sqlite3.connect(path)) as connection:
        envelopes = [json.loads(row[0]) for row in connection.execute("SELECT envelope FROM operator")]
    assert [(each["memory"], each["passes"], each["lanes"]) for each in envelopes] == [(256 * 1024, 3, 4)] * 2
    assert "cost" not in process("new", "links", "--help").out.lower()
