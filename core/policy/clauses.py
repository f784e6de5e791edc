"""The clauses of NCSC's guidance as data: `resources/policy/ncsc-2019.toml`, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from core.model.clauses import Clause


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "policy" / "ncsc-2019.toml").read_text(encoding="utf-8"))


@cache
def clauses() -> dict[str, Clause]:
    """Every clause by its id, in the order of the register."""
    return {each["id"]: Clause(**each) for each in _told()["clause"]}


def source() -> dict[str, Any]:
    """The guidance itself: title, publisher, the day it was updated, its licence."""
    return dict(_told()["source"])


def quote(clause: str) -> str:
    """The guidance's own words for a clause, "" where an id is none of the guidance's (an RFC, our own rule)."""
    found = clauses().get(clause)
    return found.quote if found else ""
