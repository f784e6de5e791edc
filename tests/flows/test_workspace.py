"""The first run, without a window."""

from pathlib import Path

import pytest

from core.flows.step import keeping
from core.flows.workspace import FirstRun
from core.services import workspace
from core.services.desk import open_desk
from core.services.people import operators
from tests.desks import CHEAP

WORDS = {1: "seven quiet herons cross", 2: "nine copper kettles on slate"}


def filled(folder: Path, count: int = 2) -> FirstRun:
    """A state that stands for everything typed well."""
    state = FirstRun(str(folder / "dc"), "Links", "Example", "alice", "bob", "Data centres", count=count)
    for number, (name, full) in enumerate((("alice", "Alice Ng"), ("bob", "Bob Ruiz"))[:count], 1):
        for what, value in (
            ("name", name),
            ("full_name", full),
            ("passphrase", WORDS[number]),
            ("again", WORDS[number]),
        ):
            state = state.typed(f"{what}{number}", value)
    return state


@pytest.mark.parametrize("count", [1, 2])
def test_the_whole_way(tmp_path: Path, count: int) -> None:
    state = filled(tmp_path, count)
    assert all(not keeping(state, None, step.name) for step in state.steps())
    workspace.create(state.command(), state.secrets(), cost=CHEAP)
    desk = open_desk(tmp_path / "dc.anchorhold", cost=CHEAP)
    assert [each.name for each in operators(desk)] == ["alice", "bob"][:count]
    desk.close()


def test_each_person_has_an_own_page(tmp_path: Path) -> None:
    names = [step.name for step in filled(tmp_path).steps()]
    assert names[2:6] == ["people", "passphrase1", "passphrase2", "review"]
    assert "passphrase2" not in [step.name for step in filled(tmp_path, 1).steps()]


def test_passphrases_are_in_no_representation_and_can_be_forgotten(tmp_path: Path) -> None:
    state = filled(tmp_path)
    assert "herons" not in repr(state) + repr(state.command())
    assert set(state.forgotten().secrets().values()) == {""}
    assert state.value("passphrase1") == WORDS[1]


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("path", "", "TextNotFit"),
        ("title", "", "TextNotFit"),
        ("organisation", "a\u202eb", "TextNotFit"),
        ("technologies", (), "TextNotFit"),
        ("name1", "Alice Ng", "TextNotFit"),
        ("name2", "", "TextNotFit"),
        ("full_name2", "", "TextNotFit"),
        ("passphrase1", "short", "PassphraseTooShort"),
        ("again2", "another", "PassphrasesDiffer"),
    ],
)
def test_each_finding_stands_at_its_field(tmp_path: Path, field: str, value: object, rule: str) -> None:
    state = filled(tmp_path).typed(field, value)
    if field == "passphrase1":
        state = state.typed("again1", value)
    assert [(each.field, type(each).__name__) for each in state.problems()] == [(field, rule)]


def test_people_who_are_one(tmp_path: Path) -> None:
    state = filled(tmp_path).typed("name2", "ALICE").typed("full_name2", "alice ng")
    assert [(each.field, type(each).__name__) for each in state.problems()] == [
        ("people", "NameTaken"),
        ("people", "SameFullName"),
    ]


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "dc.anchorhold").touch()
    found = keeping(filled(tmp_path), None, "workspace")
    assert [(each.field, type(each).__name__) for each in found] == [("path", "AlreadyThere")]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    state = filled(tmp_path).typed("path", str(tmp_path / "nowhere" / "dc.anchorhold"))
    assert [(each.field, type(each).__name__) for each in state.problems()] == [("path", "NoSuchFolder")]
