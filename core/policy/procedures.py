"""The procedures as the program writes them from what is in force, and whether a text on record is such a one (M8, M12)."""

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

KIND, TEXT = "procedure", "text"
_MARK = "Written from the settings in force: "  # then the first 16 digits of the SHA-256 of the lines above


@cache
def steps() -> dict[str, tuple[str, ...]]:
    """The steps of each procedure, with facts in braces."""
    text = (files("resources") / "policy" / "procedures.toml").read_text(encoding="utf-8")
    return {name: tuple(told) for name, told in tomllib.loads(text).items()}


def written(name: str, facts: Mapping[str, Any]) -> str:
    """A procedure with the facts filled in, a numbered line for each step, and the mark that it was not changed since."""
    lines = [f"{number}. {step.format_map(facts)}" for number, step in enumerate(steps()[name], 1)]
    return "\n".join([*lines, f"{_MARK}{_digest(lines)}"])


def is_written(text: str) -> bool:
    """Whether a text is one that the program wrote and nobody changed."""
    *lines, last = text.splitlines() or [""]
    return last == f"{_MARK}{_digest(lines)}"


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
