"""Comparing a key blind: how, who reads, what they read. Nothing here knows the value on file."""

import re
from collections.abc import Sequence
from dataclasses import field, replace
from enum import StrEnum
from typing import Any

from core.crypto import pgpwords
from core.errors.base import Refused
from core.errors.comparison import HeardTwice, LineNotWhole
from core.errors.devices import NoSuchDevice
from core.errors.keys import NothingHeard
from core.errors.workspace import TextNotFit
from core.flows.facts import Facts
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.keys import Channel, CompareKey, Key, KeyState, Verdict
from core.policy import comparison as policy
from core.policy.keys_on_file import incomparable

LINES = ("line1", "line2", "line3", "line4")
LINE = 16  # characters of a line: 64 hex digits in four
WAYS = tuple(channel for channel in Channel if channel is not Channel.EMAIL)
_BETWEEN = re.compile(r"[\s:.,_-]")


class Caution(StrEnum):
    """What a person should know before the call; the sentences are in `core.words`."""

    SECOND_NEEDED = "second person"
    ANOTHER_WAY_NEEDED = "another channel"
    SECOND_NOW = "second comparison"
    TELEPHONE_ONLY = "telephone only"
    RENEWS = "renews"


@dataclass(frozen=True)
class Compare(Typed):
    """The far end reads and the desk types: one value in `heard`, or 64 hex digits in four lines."""

    device: str
    channel: str = ""
    number: str = ""
    number_from: str = ""
    reader: str = ""
    ticket: str = ""
    heard: str = field(default="", repr=False)
    line1: str = field(default="", repr=False)
    line2: str = field(default="", repr=False)
    line3: str = field(default="", repr=False)
    line4: str = field(default="", repr=False)

    def steps(self) -> tuple[Step, ...]:
        """Who reads stands before the value, so that every verdict is recorded with it."""
        return (
            Step("how", ("device", "operator", "channel", "number", "number_from")),
            Step("reader", ("reader", "ticket")),
            Step("type", ("heard", *LINES), commit=True),
            Step("verdict"),
        )

    def typed(self, field: str, value: Any) -> "Compare":
        """A whole value that lands in a line is spread over the lines, or moves to the large field."""
        bare = _BETWEEN.sub("", value) if field in LINES else ""
        if len(bare) == LINE * len(LINES) and re.fullmatch("[0-9A-Fa-f]+", bare):
            return replace(self, heard="", **{name: _grouped(bare, place) for place, name in enumerate(LINES)})
        if len(bare) > LINE + 4:
            return replace(self, heard=value, line1="", line2="", line3="", line4="")
        return replace(self, **{field: value})

    def lines(self) -> tuple[str, ...]:
        """The four lines as typed."""
        return self.line1, self.line2, self.line3, self.line4

    def whole(self) -> str:
        """What was heard, whole."""
        return "\n".join(self.lines()) if any(each.strip() for each in self.lines()) else self.heard

    def key(self, facts: Facts) -> Key | None:
        """The key that is compared: one that waits, else the approved one."""
        return facts.waiting(self.device) or facts.approved(self.device)

    def phone(self, facts: Facts) -> tuple[str, str]:
        """The number on file and where it is from."""
        device = facts.device(self.device)
        return (device.phone, device.phone_from) if device else ("", "")

    def tries_left(self, facts: Facts) -> int:
        """How many misreads the key still has."""
        key = self.key(facts)
        return policy.tries_left(facts.compared(key)) if key else 0

    def ways(self, facts: Facts) -> tuple[tuple[Channel, tuple[Refused, ...]], ...]:
        """Every channel, with what stands against it before anybody calls."""
        return tuple((channel, tuple(self._against(channel, facts))) for channel in WAYS)

    def _against(self, channel: Channel, facts: Facts) -> list[Refused]:
        found = self._judged(replace(self.command(), channel=channel.value), facts)
        return [each for each in found if each.field == "channel"]

    def cautions(self, facts: Facts) -> tuple[Caution, ...]:
        """What else to know before the call."""
        key = self.key(facts)
        if key is None:
            return ()
        matching = policy.matches(facts.compared(key))
        called = self.channel == Channel.CALL_BACK and all(each.channel is Channel.CALL_BACK for each in matching)
        telephone = [Caution.TELEPHONE_ONLY] if called and matching else []
        if key.state is KeyState.APPROVED:
            return (Caution.RENEWS, *telephone)
        if matching:
            return (Caution.SECOND_NOW, *telephone)
        return (Caution.ANOTHER_WAY_NEEDED if facts.lone else Caution.SECOND_NEEDED,)

    def _judged(self, command: CompareKey, facts: Facts) -> list[Refused]:
        """What the policy says; it is asked only once there is a key to compare."""
        device, key = facts.device(self.device), self.key(facts)
        if device is None or key is None:
            return []
        return policy.findings(command, device, key, facts.compared(key), facts.actor, facts.people)

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        device = facts.device(self.device)
        if device is None:
            return (NoSuchDevice(self.device),)
        blocked = incomparable(device.name, facts.keys_of(device))
        if blocked:
            return tuple(blocked)
        command = self.command()
        unsaid: list[Refused] = [] if self.channel else [TextNotFit("channel", "empty")]
        judged = self._judged(command if self.channel else replace(command, channel=Channel.SHEET.value), facts)
        said = [each for each in judged if self.channel or each.field != "channel"]
        return (*unsaid, *said, *self._heard())

    def _heard(self) -> Sequence[Refused]:
        """Only a whole value is compared."""
        lines = [_BETWEEN.sub("", each) for each in self.lines()]
        if any(lines):
            short = [LineNotWhole(n, len(each), LINE) for n, each in enumerate(lines, 1) if len(each) != LINE]
            return [HeardTwice()] if self.heard.strip() else short
        return [] if self.heard.strip() else [NothingHeard()]

    def command(self) -> CompareKey:
        """What the service takes."""
        return CompareKey(
            self.device,
            self.whole(),
            self.channel,
            self.reader.strip(),
            self.ticket.strip(),
            self.number.strip(),
            self.number_from.strip(),
        )


def _grouped(bare: str, place: int) -> str:
    line = bare[place * LINE : (place + 1) * LINE]
    return " ".join(line[at : at + 4] for at in range(0, LINE, 4))


def already(facts: Facts, device: str) -> bool:
    """Whether the person at the desk has compared the waiting key and somebody else has to."""
    key = facts.waiting(device)
    said = facts.compared(key) if key else ()
    return not facts.lone and any(each.operator == facts.actor.name for each in said if each.verdict is Verdict.MATCH)


def words(typed_before: int) -> tuple[str, ...]:
    """The PGP words that may stand after so many others: two lists take turns."""
    return tuple(pgpwords.EVEN if typed_before % 2 == 0 else pgpwords.ODD)
