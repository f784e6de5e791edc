"""Each rule of the register: it refuses its failing example, lets the other pass, and is missed when it is off."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from core.errors.base import Expected
from core.errors.compliance import RuleBroken
from core.model.compliance import ClauseState, Compliance, Todo
from core.model.workspace import Kind
from core.policy import profiles, register
from core.policy.clauses import clauses
from core.policy.rules import enforces, rule
from core.services import compliance
from core.services.desk import open_desk
from core.services.rules import MODULES
from tests.desks import CHEAP, Room, make_room
from tests.pki.hierarchies import make_root, make_sub
from tests.pki.worlds import DUTIES
from tests.policy.examples import EXAMPLES
from tests.policy.makers import Stage, found
from tests.spoil import spoil

ROWS = {**register.rows(), **register.standards()}
RULES = {each: row for row in ROWS.values() for each in row.rules}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder, copy = tmp_path_factory.mktemp("stage"), tmp_path_factory.mktemp("spoilt")
    room = make_room(folder)
    room.ready_link()
    room.desk.close()
    shutil.copy(room.path, copy / "room.anchorhold")
    room.desk = open_desk(room.path, cost=CHEAP)
    spoil(copy / "room.anchorhold", "UPDATE ledger SET body = replace(body, 'lon', 'nol') WHERE number = 4")
    other = Room(copy / "room.anchorhold", room.clock, open_desk(copy / "room.anchorhold", cost=CHEAP), room.sessions)
    for each in (room, other):
        each.desk.clock = room.clock
    root = make_root()
    yield Stage(room, other, root, make_sub(root))
    room.desk.close()
    other.desk.close()


@pytest.fixture(scope="module")
def issuing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Kind, Room]]:
    """A workspace of each kind that rows concern."""
    made = {}
    for kind in (Kind.LINKS, Kind.ISSUING, Kind.ROOT):
        duties = DUTIES if kind is not Kind.LINKS else None
        made[kind] = make_room(tmp_path_factory.mktemp(kind.value), DUTIES, kind=kind, duties=duties)
    yield made
    for room in made.values():
        room.desk.close()


def states(found: Compliance) -> dict[str, ClauseState]:
    """Every row of the register and its state, the RFCs' own among them."""
    own = {each.register.clause: each.state for each in found.standards}
    return {**{each.clause.id: each.state for each in found.rows}, **own}


def switched_off(patch: pytest.MonkeyPatch, name: str) -> None:
    """The rule refuses nothing any more. One that gives findings gives none, as if somebody had emptied it.

    A gate still answers what it lets pass, for others work with that.
    """
    module, _, path = name.partition(":")
    where: Any = MODULES[module]
    for part in path.split(".")[:-1]:
        where = getattr(where, part)
    judge, told = getattr(where, path.rpartition(".")[2]), EXAMPLES[name].told

    def off(*args: Any, **named: Any) -> Any:
        try:
            answer = judge(*args, **named)
        except (Expected, AssertionError):
            return []
        finds = isinstance(answer, list | tuple | str | Iterator) if told is bool else told(answer)
        return [] if finds else answer

    patch.setattr(where, path.rpartition(".")[2], off)


def test_every_rule_has_its_examples_and_no_more() -> None:
    assert set(EXAMPLES) == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_refuses_what_it_is_for(stage: Stage, name: str) -> None:
    example = EXAMPLES[name]
    assert enforces(register.function(name, MODULES)) == RULES[name].clause
    assert found(example.fails, stage, example.told)
    assert not found(example.passes, stage, example.told)


@pytest.mark.parametrize("name", RULES)
def test_switched_off_its_row_is_open(stage: Stage, issuing: dict[Kind, Room], name: str) -> None:
    """Its proof fails and no other does; its clause is open and no other becomes so."""
    row = RULES[name]
    kind = next(each for each in (Kind.ISSUING, Kind.LINKS, Kind.ROOT) if each in row.kinds)
    before = states(compliance.status(issuing[kind].desk))
    with pytest.MonkeyPatch.context() as patch:
        switched_off(patch, name)
        example = EXAMPLES[name]
        assert not found(example.fails, stage, example.told)
        if row.when:
            assert register.missing(row, MODULES) == (name,)
            return
        status = compliance.status(issuing[kind].desk)
        after = states(status)
        open_now = {each.clause.id for each in status.rows if each.todo is Todo.RULE}
        open_now |= {each.register.clause for each in status.standards if each.missing}
        assert open_now == {row.clause}
        assert {each for each in after if after[each] is not before[each]} <= {row.clause}
        assert after[row.clause] is ClauseState.OPEN
        assert not status.green


def test_switched_off_no_other_proof_fails(stage: Stage) -> None:
    """Every rule off in turn, every example asked for: each misses its own one only."""
    for name in RULES:
        with pytest.MonkeyPatch.context() as patch:
            switched_off(patch, name)
            missed = {each for each in RULES if not found(EXAMPLES[each].fails, stage, EXAMPLES[each].told)}
        assert missed == {name}


def test_an_error_inside_a_rule_is_a_refusal() -> None:
    @rule("C9")
    def broken(number: int) -> list[Any]:
        return [1 // number]

    (finding,) = broken(0)
    assert isinstance(finding, RuleBroken)
    assert (finding.broken, finding.what) == ("C9", "ZeroDivisionError")
    assert profiles.key(None, None)[0].code == "CLA-01"  # type: ignore[arg-type]


def test_every_module_of_a_rule_is_loaded() -> None:
    assert {each.partition(":")[0] for each in RULES} == set(MODULES)
    assert all(isinstance(each, ModuleType) for each in MODULES.values())


def test_no_row_without_a_state_and_none_too_many() -> None:
    assert list(register.rows()) == list(clauses())
    assert all(row.rules and row.asks and register.section(row.clause) for row in register.standards().values())
    for row in register.rows().values():
        assert row.rules or row.proofs or row.records or row.events, row.clause


def test_what_is_waivable_says_should() -> None:
    soft = {"should", "strongly rec.", "rec.", "suggested", "not rec."}
    for row in register.rows().values():
        assert not row.waivable or clauses()[row.clause].strength in soft
        assert not row.waivable or row.clause not in register.never_waived()
    assert register.never_waived() == {"A8", "A10", "A13", "M3", "S-a-2"}


def test_every_named_proof_is_a_test_that_runs() -> None:
    root = Path(__file__).parents[2]
    for row in ROWS.values():
        for proof in row.proofs:
            path, _, name = proof.partition("::")
            bare = name.partition("[")[0]
            assert f"def {bare}(" in (root / path).read_text(encoding="utf-8"), proof
            if "[" in name:
                assert name.partition("[")[2].rstrip("]") in RULES
