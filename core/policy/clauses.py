"""The clauses of NCSC's guidance as data: `resources/policy/ncsc-2019.toml`, read once."""

import tomllib
from functools import cache
from importlib.resources import files

from core.model.clauses import Clause


@cache
def clauses() -> dict[str, Clause]:
    """Every clause by its id, in the order of the register."""
    text = (files("resources") / "policy" / "ncsc-2019.toml").read_text(encoding="utf-8")
    return {each["id"]: Clause(**each) for each in tomllib.loads(text)["clause"]}


def quote(clause: str) -> str:
    """The guidance's own words for a clause, "" where an id is none of the guidance's (an RFC, our own rule)."""
    found = clauses().get(clause)
    return found.quote if found else ""
