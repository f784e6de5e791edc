"""Rules of tickets (C16): the pattern, and how many devices one is good for."""

import re
from collections.abc import Iterable

from core.errors import agreements as errors
from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.model.agreements import Agreement
from core.policy.rules import rule

_PATTERN = re.compile(r"[A-Za-z0-9#*|._/:-]{1,100}")
_RUNS = 4  # of "*" in one pattern: each more squares what a match may cost
EVERY = ""  # the devices of a ticket that counts for all of them


def pattern(typed: str) -> list[Refused]:
    """Findings against a pattern; none at all takes any ticket."""
    if typed and not _PATTERN.fullmatch(typed):
        return [errors.PatternNotFit(typed, "shape")]
    return [errors.PatternNotFit(typed, "wild")] if any(each.count("*") > _RUNS for each in typed.split("|")) else []


def fits(typed: str, ticket: str) -> bool:
    """Whether a ticket looks as the pattern says: "#" one digit, "*" any run of characters without blanks."""
    return not typed or any(_expression(each).fullmatch(ticket.strip()) for each in typed.split("|"))


def _expression(typed: str) -> re.Pattern[str]:
    marks = {"#": "[0-9]", "*": r"\S{0,100}"}
    return re.compile("".join(marks.get(each, re.escape(each)) for each in typed))


@rule("M2")
def made_elsewhere(how: str, reason: str, ticket: str) -> list[Refused]:
    """A device's key is made on the device; where its own procedures ask for another way, that way is told."""
    typed = {"how": how, "reason": reason, "ticket": ticket}
    return [TextNotFit(name, "empty") for name, text in typed.items() if not text.strip()]


@rule("M13")
def ticket(text: str, device: str, typed: str, users: Iterable[str], widened: Iterable[Agreement]) -> list[Refused]:
    """Findings against a ticket for a device; `users` are the devices that it was given for already."""
    if not fits(typed, text):
        return [errors.TicketNotFit(text, typed)]
    allowed = [each.value for each in widened]
    named = {name for each in allowed for name in each.split()}
    if EVERY in allowed or device in named:
        return []
    others = sorted(set(users) - named - {device})
    return [errors.TicketElsewhere(text, others[0])] if others else []
