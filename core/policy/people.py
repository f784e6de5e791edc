"""Passphrases and sign-in delays."""

import unicodedata
from enum import StrEnum
from itertools import pairwise

from core.errors.base import Refused
from core.errors.people import PassphraseTooPlain, PassphraseTooShort
from core.errors.workspace import TextNotFit
from core.policy.rules import rule

SHORTEST = 12  # characters, issue 2
LONGEST = 1024
FREE_TRIES = 3


class Strength(StrEnum):
    """How hard a passphrase is to guess, roughly; the sentence is in `core.words`."""

    SHORT = "short"
    PLAIN = "plain"
    FAIR = "fair"
    GOOD = "good"


def normal(passphrase: str) -> str:
    """NFC, so that the same characters typed on two keyboards are the same passphrase."""
    return unicodedata.normalize("NFC", passphrase)


def strength(passphrase: str) -> Strength:
    """An estimate that nobody should read as more: length and variety, no dictionary."""
    text = normal(passphrase)
    if len(text) < SHORTEST:
        return Strength.SHORT
    if len(set(text.casefold())) < 6 or _runs(text):
        return Strength.PLAIN
    return Strength.GOOD if len(text) >= 20 or (len(text) >= 16 and len(set(text)) >= 12) else Strength.FAIR


def _runs(text: str) -> bool:
    """Whether the text is mostly one run such as "abcdefgh" or "12345678"."""
    steps = sum(1 for left, right in pairwise(text) if ord(right) - ord(left) in (-1, 0, 1))
    return steps * 2 > len(text)


@rule("S-g-1")
def passphrase(text: str) -> list[Refused]:
    """Findings for a new passphrase of any script."""
    found = strength(text)
    if found is Strength.SHORT:
        return [PassphraseTooShort(len(normal(text)), SHORTEST)]
    if len(text) > LONGEST:
        return [TextNotFit("passphrase", "long", LONGEST)]
    return [PassphraseTooPlain()] if found is Strength.PLAIN else []


def delay(failures: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row: 0, 0, 5, 10, 20 ... up to ten minutes."""
    return 0 if failures < FREE_TRIES else min(600, 5 * 2 ** (failures - FREE_TRIES))
