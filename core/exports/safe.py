"""The last look at every text before it stands in a configuration that a gateway obeys."""

import re
import unicodedata

from core.errors.links import Unwritable

# An allow-list, stricter than any platform's syntax: no quotes, braces, comments, wildcards, white space.
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@:/+-]{0,320}")


def value(what: str, text: str) -> str:
    """`text`, fit to stand bare in any configuration language; refused as the field `what` otherwise."""
    if not (_VALUE.fullmatch(text) or (what in ("address", "networks", "identity") and _is_short_ipv6(text))):
        raise Unwritable(what)
    return text


def _is_short_ipv6(text: str) -> bool:
    return bool(re.fullmatch(r"::[0-9a-fA-F:.]{0,45}(/[0-9]{1,3})?", text))


def part(what: str, text: str) -> str:
    """`text`, an identity, fit to be one file's name (iked): nothing of it leads into another folder."""
    if "/" in text or text.startswith("."):
        raise Unwritable(what)
    return value(what, text)


def name(what: str, text: str) -> str:
    """`text`, fit to be a file name and a section name."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}", text):
        raise Unwritable(what)
    return text


def line(what: str, text: str) -> str:
    """`text`, fit to stand in a comment or on a page for people: one line, no control or direction marks."""
    if text.isascii() and text.isprintable():
        return text
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in text):
        raise Unwritable(what)
    return text
