"""How a heard value differs from an expected one. Nothing of the expected value is given out but positions."""

import hmac
from collections.abc import Sequence


def same(heard: str, expected: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(heard.encode(), expected.encode())


def near(heard: str, expected: str, group: int) -> tuple[int, ...] | None:
    """Where (0-based) a misread value differs, or None where it differs by more than a slip.

    A slip is: at most two characters, one group of `group`, two groups swapped, or upper and lower case; or one
    character too many or too few (then the place where the two part).
    """
    if len(heard) != len(expected):
        place = _one_off(heard, expected)
        return None if place is None else (place,)
    places = tuple(at for at, (one, other) in enumerate(zip(heard, expected, strict=True)) if one != other)
    groups = {at // group for at in places}
    slip = len(places) <= 2 or len(groups) == 1 or heard.casefold() == expected.casefold()
    return places if slip or _swapped(_groups(heard, group), _groups(expected, group)) else None


def alike(heard: str, expected: str) -> bool:
    """Whether the first and last four characters agree: all that a hurried person looks at."""
    return heard[:4] == expected[:4] and heard[-4:] == expected[-4:]


def alike_words(heard: Sequence[str], expected: Sequence[str]) -> bool:
    """The same for words: two are the 16 bits of four hex digits."""
    return heard[:2] == expected[:2] and heard[-2:] == expected[-2:]


def _groups(text: str, group: int) -> list[str]:
    return [text[at : at + group] for at in range(0, len(text), group)]


def _swapped(heard: Sequence[str], expected: Sequence[str]) -> bool:
    wrong = [at for at, (one, other) in enumerate(zip(heard, expected, strict=True)) if one != other]
    if len(wrong) != 2:
        return False
    first, second = wrong
    return heard[first] == expected[second] and heard[second] == expected[first]


def _one_off(heard: Sequence[str], expected: Sequence[str]) -> int | None:
    """The place where one element is missing or too many."""
    if abs(len(heard) - len(expected)) != 1:
        return None
    longer, shorter = (heard, expected) if len(heard) > len(expected) else (expected, heard)
    at = next((n for n, (one, other) in enumerate(zip(longer, shorter, strict=False)) if one != other), len(shorter))
    return min(at, len(expected) - 1) if list(longer[at + 1 :]) == list(shorter[at:]) else None


def near_words(heard: Sequence[str], expected: Sequence[str]) -> tuple[int, ...] | None:
    """The same for words: at most two wrong ones (two swapped ones are two), or one missing or too many."""
    if len(heard) != len(expected):
        place = _one_off(heard, expected)
        return None if place is None else (place,)
    places = tuple(at for at, (one, other) in enumerate(zip(heard, expected, strict=True)) if one != other)
    return places if len(places) <= 2 else None
