"""What a new version of the table of key lifetimes may say, and how each of its dates stands."""

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from core.errors import compliance as errors
from core.errors.base import Refused
from core.model.authorities import Layer
from core.model.caps import CapRow, CapState, CapTable, ChangeCaps
from core.model.decisions import Decision
from core.policy import texts
from core.policy.rules import rule

CLAUSES = {Layer.SUB: "L2", Layer.ROOT: "L3"}
SOON = timedelta(days=365)
FARTHEST = timedelta(days=50 * 366)


@cache
def published() -> CapTable:
    """Version 1, with its source and date."""
    told = tomllib.loads((files("resources") / "policy" / "ncsc-2019.toml").read_text(encoding="utf-8"))
    until = {each["layer"]: each["until"] for each in told["cap"]}
    source = told["source"]
    return CapTable(1, until["sub"], until["root"], source["title"], source["updated"], source["updated"])


@rule("L4")
def findings(typed: ChangeCaps, today: date, now: CapTable) -> list[Refused]:
    """Everything that stands against a new version: it has a source with its date, and it is another one."""
    found: list[Refused] = []
    for what in ("source", "reason", "ticket"):
        found += texts.line(what, getattr(typed, what), needed=True)
    for what in ("sub", "root", "dated"):
        text = getattr(typed, what)
        found += texts.day(what, text) if text else texts.line(what, "", needed=True)
    if found:
        return found
    sub, root, dated = (date.fromisoformat(text) for text in (typed.sub, typed.root, typed.dated))
    if sub > root:
        found.append(errors.CapsNotFit("order"))
    if (sub, root, typed.source) == (now.sub, now.root, now.source):
        found.append(errors.CapsNotFit("same"))
    if dated > today:
        found.append(errors.CapsNotFit("dated"))
    if root > today + FARTHEST:
        found.append(errors.CapsNotFit("far"))
    return found


def in_force(tables: Sequence[CapTable]) -> CapTable:
    """The newest version."""
    return tables[-1] if tables else published()


def rows(table: CapTable, decisions: Sequence[Decision], today: date) -> tuple[CapRow, ...]:
    """How each date of a version stands; only a decision that is newer than the version stands in its place."""
    return tuple(_row(table, layer, decision_on(table, layer, decisions, today), today) for layer in CLAUSES)


def decision_on(table: CapTable, layer: Layer, decisions: Sequence[Decision], today: date) -> Decision | None:
    """The decision that stands in the place of a date: the newest, its review not overdue (`decisions` newest first)."""
    for each in decisions:
        newer = table.made is None or each.made >= table.made
        if each.clause == CLAUSES[layer]:
            return each if newer and each.review >= today else None
    return None


def _row(table: CapTable, layer: Layer, decided: Decision | None, today: date) -> CapRow:
    until = table.of(layer)
    if decided is not None:
        return CapRow(layer, CLAUSES[layer], until, decided.value, CapState.REPLACED)
    soon = CapState.EXPIRING if until <= today + SOON else CapState.ACTIVE
    state = CapState.EXPIRED if until <= today else soon
    return CapRow(layer, CLAUSES[layer], until, until, state)
