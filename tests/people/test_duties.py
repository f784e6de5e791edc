"""Duties: deny by default, every cell of duty and verb, and pairs that one person may not hold."""

import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest

import core.services
from core.errors.people import DutiesClash, DutyMissing, SameFullName
from core.errors.workspace import TextNotFit
from core.model.devices import AddDevice
from core.model.keys import CompareKey, ReceiveKey, SuspectKey, WithdrawKey
from core.model.people import Duty, NewOperator
from core.model.workspace import Kind, NewWorkspace
from core.policy import clauses, duties, texts
from core.services import devices, keys, workspace
from core.services.perform import Verb, perform
from core.store import audit
from core.words.say import sentence
from tests.desks import make_room

LINKS = {Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR, Duty.REGISTRATION_OFFICER}
# verb, a command it takes, and who may do it: written down again here, so that a change of the table is noticed
MATRIX: list[tuple[Verb[Any, Any], Any, set[Duty]]] = [
    (devices.ADD, AddDevice("gw1", "strongswan", "gw1.example.net", "192.0.2.1", ("10.1.0.0/24",)), LINKS),
    (keys.RECEIVE, ReceiveKey("lon", b"", "email"), LINKS),
    (keys.COMPARE, CompareKey("lon", "", "call-back", "Dan Obi", "CHG1"), LINKS),
    (keys.WITHDRAW, WithdrawKey("lon", "over"), LINKS | {Duty.REVOCATION_OFFICER}),
    (keys.SUSPECT, SuspectKey("lon", "odd call"), LINKS | {Duty.REVOCATION_OFFICER}),
]


def _verbs() -> list[Verb[Any, Any]]:
    names = [each.name for each in pkgutil.iter_modules(core.services.__path__)]
    modules = [importlib.import_module(f"core.services.{name}") for name in names]
    return [each for module in modules for each in vars(module).values() if isinstance(each, Verb)]


def test_every_verb_names_who_may_do_it() -> None:
    verbs = {verb.action: verb.duties for verb in _verbs()}
    assert len(verbs) > 12
    assert {action for action, may in verbs.items() if not may} == set()
    # An auditor alone changes nothing but what concerns only the person who acts.
    own = {action for action, may in verbs.items() if Duty.AUDITOR in may}
    assert {verb.action for verb, _, _ in MATRIX} & own == set()


@pytest.mark.parametrize("duty", list(Duty))
@pytest.mark.parametrize(("verb", "command", "may"), MATRIX, ids=[verb.action for verb, _, _ in MATRIX])
def test_each_duty_may_do_its_own_and_nothing_else(
    tmp_path: Path, verb: Verb[Any, Any], command: object, may: set[Duty], duty: Duty
) -> None:
    room = make_room(tmp_path, ("alice", "bob"), duties={"bob": (duty,)})
    room.device("lon")
    try:
        perform(room.sit("bob"), verb, command)
        refused = None
    except Exception as error:  # noqa: BLE001 - which one is asked below
        refused = error
    assert isinstance(refused, DutyMissing) == (duty not in may)
    if refused is not None and duty not in may:
        assert audit.recent(room.desk.file.read, 1)[0].body["details"]["findings"][0]["rule"] == "DutyMissing"
        assert audit.recent(room.desk.file.read, 1)[0].actor == "bob"
    room.desk.close()


@pytest.mark.parametrize("other", [duty for duty in Duty if duty is not Duty.AUDITOR])
def test_an_auditor_holds_nothing_else(tmp_path: Path, other: Duty) -> None:
    with pytest.raises(DutiesClash) as refused:
        make_room(tmp_path, ("alice", "bob"), duties={"bob": (Duty.AUDITOR, other)})
    assert "an auditor would judge acts of their own" in sentence(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("kind", "refused"), [(Kind.LINKS, 0), (Kind.ISSUING, 1), (Kind.ROOT, 1)])
def test_rules_and_machine_are_apart_where_there_is_a_ca(kind: Kind, refused: int) -> None:
    held = (Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR)
    assert len(duties.findings(kind, "alice", held)) == refused
    assert len(duties.clashes(held)) == 1


def test_two_people_can_run_a_ca() -> None:
    """Each of the two registers and issues; requests are kept apart one by one (design.md section 1)."""
    alice = (Duty.SECURITY_OFFICER, Duty.REGISTRATION_OFFICER, Duty.CA_OPERATOR, Duty.CUSTODIAN)
    bob = (Duty.SYSTEM_ADMINISTRATOR, Duty.REGISTRATION_OFFICER, Duty.CA_OPERATOR, Duty.CUSTODIAN)
    assert duties.findings(Kind.ISSUING, "alice", alice) + duties.findings(Kind.ISSUING, "bob", bob) == []


def test_every_pair_quotes_its_clause_and_has_its_sentence() -> None:
    for pair in duties.PAIRS:
        assert clauses.quote(pair.clause)
        assert sentence(DutiesClash("alice", pair.one.value, pair.other.value, pair.why.value)).startswith("alice")


@pytest.mark.parametrize(
    "other",
    ["Alice Ng", "alice ng", " Alice   Ng ", "ALICE NG", "Ng, Alice", "Alice-Ng", "\uff21lice Ng", "Alice\u00a0Ng"],
)
def test_one_person_with_two_accounts_is_seen(tmp_path: Path, other: str) -> None:
    new = NewWorkspace(
        tmp_path / "x.anchorhold",
        Kind.LINKS,
        "Links",
        (NewOperator("a", "Alice Ng", (Duty.SECURITY_OFFICER,)), NewOperator("b", other, (Duty.SECURITY_OFFICER,))),
    )
    assert [type(each) for each in workspace.findings(new)] == [SameFullName]


@pytest.mark.parametrize("other", ["Alina Ng", "Alice Ngo", "Jose\u0301 Ng"])
def test_two_people_are_two(other: str) -> None:
    assert not duties.same_person("Alice Ng", other)
    assert duties.same_person("Jos\u00e9 Ng", "Jose\u0301 Ng")


@pytest.mark.parametrize(
    ("name", "count"), [("\u0410lice Ng", 1), ("Alice \u039dg", 1), ("\u0410\u043d\u043d\u0430", 0)]
)
def test_look_alike_letters_do_not_make_a_second_person(name: str, count: int) -> None:
    found = texts.full_name("people", name)
    assert [each.why for each in found if isinstance(each, TextNotFit)] == ["lookalike"] * count
