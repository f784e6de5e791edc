"""What a typed text may look like. Names end up in file names, configurations and ledgers, so they stay plain."""

import re
import unicodedata
from datetime import date

from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.policy.rules import rule

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
_BANNED = {
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Cn",
    "Zl",
    "Zp",
}  # control, bidirectional marks, surrogates, line separators

_LOOKALIKE = ("LATIN", "CYRILLIC", "GREEK")  # scripts whose letters share shapes


def name(what: str, text: str) -> list[Refused]:
    """Findings for a short name of ASCII letters, digits, dot, dash, underscore (64 characters at most)."""
    if not text:
        return [TextNotFit(what, "empty")]
    return [] if NAME.fullmatch(text) else [TextNotFit(what, "shape", 63)]


@rule("S-h-2")
def line(what: str, text: str, *, limit: int = 200, needed: bool = False) -> list[Refused]:
    """Findings for one line of free text in any script."""
    if needed and not text.strip():
        return [TextNotFit(what, "empty")]
    if len(text) > limit:
        return [TextNotFit(what, "long", limit)]
    if any(unicodedata.category(character) in _BANNED for character in text):
        return [TextNotFit(what, "control")]
    return []


def full_name(what: str, text: str) -> list[Refused]:
    """Findings for a person's name. Letters of look-alike scripts in one name would make two people of one (C22)."""
    found = line(what, text, needed=True)
    scripts = {script for script in _LOOKALIKE if any(script in unicodedata.name(each, "") for each in text)}
    return found or ([TextNotFit(what, "lookalike")] if len(scripts) > 1 else [])


def lookalike(text: str) -> bool:
    """Whether a word mixes alphabets, or has letters that only look like plain ones (full-width, mathematical)."""
    if any(character.isalnum() and unicodedata.normalize("NFKC", character) != character for character in text):
        return True
    words = re.split(r"[\W_]+", text)
    used = ({unicodedata.name(character, "").partition(" ")[0] for character in word} for word in words)
    return any(len(scripts & set(_LOOKALIKE)) > 1 for scripts in used)


def title(what: str, text: str, *, needed: bool = False) -> list[Refused]:
    """Findings for a line that travels in cards as somebody's name: no word of it mixes alphabets."""
    return line(what, text, needed=needed) or ([TextNotFit(what, "lookalike")] if lookalike(text) else [])


def day(what: str, text: str) -> list[Refused]:
    """Findings for an ISO date or an empty text."""
    if not text:
        return []
    try:
        return (
            [] if date.fromisoformat(text).isoformat() == text else [TextNotFit(what, "date")]
        )  # "2026-W48-2" is a day
    except ValueError:
        return [TextNotFit(what, "date")]


def plain_serial(typed: str) -> str:
    """A serial as people copy it (colons, blanks, 0x, upper case) the way it is on file."""
    return "".join(typed.split()).replace(":", "").lower().removeprefix("0x").lstrip("0")


def cleaned(untrusted: str) -> str:
    """A text that came from outside, made fit for a ledger row: no lone surrogates, 500 characters at most."""
    return untrusted.encode("utf-8", "replace").decode("utf-8")[:500]
