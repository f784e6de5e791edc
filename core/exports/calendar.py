"""iCalendar files (RFC 5545): all-day events, texts escaped (3.3.11), lines folded at 75 octets (3.1)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.model.calendar import Due

_FOLD = 75
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def escaped(text: str) -> str:
    """A text value; control characters have no place in one (RFC 5545 3.3.11)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_ESCAPED.get(each, each if each.isprintable() else "?") for each in lines)


def folded(line: str) -> str:
    """Parts of at most 75 octets, never inside a character; each part behind the first begins with a space."""
    parts, part, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _FOLD:
            parts.append(part)
            part, size = "", 1  # the space
        part, size = part + character, size + octets
    return "\r\n ".join([*parts, part])


def calendar(name: str, workspace: str, made: datetime, due: Iterable[Due], words: Iterable[str]) -> bytes:
    """The file; `words` are the matters as people call them, one for each of `due`."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Anchorhold//Calendar//EN", f"X-WR-CALNAME:{escaped(name)}"]
    for each, matter in zip(due, words, strict=True):
        summary = f"{matter}: {each.about}"
        told = [", ".join(each.clauses), each.owner]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{each.uid}@{workspace}",
            f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{each.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(summary)}",
            f"DESCRIPTION:{escaped(' - '.join(part for part in told if part))}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()
