"""Sentences are written here in English and translated when they are said, once a language is installed."""

from collections.abc import Callable
from typing import Any

from core.late import dataclass


def tr(text: str) -> str:
    """Mark a sentence for translators; translating waits until it is said."""
    return text


_translate: Callable[[str], str] = tr


def install(translate: Callable[[str], str]) -> None:
    """Give every sentence said from now on to `translate` first."""
    global _translate
    _translate = translate


def told(template: str, facts: dict[str, Any]) -> str:
    """The translated template with its facts filled in, as plain text on one line."""
    shown = {name: _shown(value) for name, value in facts.items()}
    return _translate(template).format(**shown) if template else ""


def _shown(value: Any) -> str:
    text = ", ".join(str(each) for each in value) if isinstance(value, tuple) else str(value)
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)[:500]


@dataclass(frozen=True)
class Template:
    """What happened, and what to do; `why` turns a fact of that name into words.

    `without` names a fact and the template that stands in where it is empty.
    """

    title: str
    happened: str
    do: str
    why: dict[str, str] | None = None
    without: "tuple[str, Template] | None" = None
