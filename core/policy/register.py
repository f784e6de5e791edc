"""The project's register as data: how each clause is met, and the functions and tests behind it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any

from core.model.compliance import Effect, How, RegisterRow
from core.model.workspace import Kind
from core.policy.rules import enforces

PROOF = "tests/policy/test_proofs.py::test_a_rule_refuses_what_it_is_for[{rule}]"


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "policy" / "register.toml").read_text(encoding="utf-8"))


@cache
def rows() -> dict[str, RegisterRow]:
    """Every row by its clause, in the order of the register."""
    return {each["clause"]: _row(each) for each in _told()["row"]}


@cache
def standards() -> dict[str, RegisterRow]:
    """What RFCs ask beside the guidance, by its id ("RFC5280-4.2.1.6")."""
    return {each["clause"]: _row(each) for each in _told()["standard"]}


def section(name: str) -> str:
    """An RFC's id as people write it ("RFC 5280 section 4.2.1.6"), "" where it is none of an RFC."""
    document, _, number = name.partition("-")
    return f"RFC {document.removeprefix('RFC')} section {number}" if name in standards() else ""


@cache
def never_waived() -> frozenset[str]:
    """The clauses that are not waived although they say should."""
    return frozenset(_told()["never"])


def _row(told: dict[str, Any]) -> RegisterRow:
    rules = tuple(told.get("rules", ()))
    return RegisterRow(
        clause=told["clause"],
        how=How(told["how"]),
        rules=rules,
        proofs=(*([told["proof"]] if "proof" in told else []), *(PROOF.format(rule=each) for each in rules)),
        records=tuple(told.get("records", ())),
        events=tuple(told.get("events", ())),
        kinds=tuple(Kind(each) for each in told["kinds"]) if "kinds" in told else tuple(Kind),
        when=told.get("when", ""),
        effect=Effect(told["waivable"]) if "waivable" in told else None,
        asks=told.get("asks", ""),
    )


def function(name: str, modules: Mapping[str, ModuleType]) -> object:
    """The function that a row names as "module:name", None where there is none by now or the module is not among `modules`."""
    module, _, path = name.partition(":")
    found: object = modules.get(module)
    for part in path.split("."):
        found = getattr(found, part, None)
    return found


def missing(row: RegisterRow, modules: Mapping[str, ModuleType]) -> tuple[str, ...]:
    """The rules of a row that are not in place: gone, or replaced by something that is not marked for the clause."""
    return tuple(each for each in row.rules if enforces(function(each, modules)) != row.clause)
