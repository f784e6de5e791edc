"""Which comparisons count (SL2, S-g-2; interop section 2.2 and screens, head of page).

Every key is compared twice: by two people, or by a lone administrator over two different channels.
"""

import re
import unicodedata
from collections.abc import Sequence

from core.errors import comparison as errors
from core.errors.base import Refused
from core.model.devices import Device
from core.model.keys import SHA1_FORMS, Arrival, Channel, CompareKey, Comparison, Form, Key, KeyState, Verdict
from core.model.people import Operator
from core.policy import texts
from core.policy.rules import rule

TRIES = 3
REVIEW_DAYS = 365  # gateways never check a pin's age (interop finding 4), so we do
MOST_ROLLING_DAYS = 90

# The channel that carried the key does not count for comparing it.
_SAME = {Arrival.IN_PERSON: Channel.IN_PERSON, Arrival.EMAIL: Channel.EMAIL}
_ASIDE, _AFTER = re.compile(r"\(.*?\)"), re.compile("[,;/]")  # where somebody works, or a given name


def matches(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Those that said "same key"."""
    return [comparison for comparison in comparisons if comparison.verdict is Verdict.MATCH]


def tries_left(comparisons: Sequence[Comparison]) -> int:
    """How many misreads are still allowed before the key is quarantined; a review has tries of its own."""
    said = [comparison.verdict for comparison in comparisons]
    if said.count(Verdict.MATCH) >= 2:
        said = said[len(said) - said[::-1].index(Verdict.MATCH) :]
    return TRIES - said.count(Verdict.MISREAD)


def enough(comparisons: Sequence[Comparison], *, lone: bool) -> bool:
    """Whether two people vouch, or a lone administrator over two channels."""
    pair = matches(comparisons)
    return not by_one_person(pair) or (lone and len({each.channel for each in pair}) >= 2)


def by_one_person(comparisons: Sequence[Comparison]) -> bool:
    """Whether all that vouch are one and the same person: every page says so."""
    return len({comparison.operator for comparison in matches(comparisons)}) < 2


def number_called(command: CompareKey, device: Device) -> tuple[str, str]:
    """The number called and where it came from; the device's contact where the command names none."""
    if command.channel != Channel.CALL_BACK:
        return "", ""
    number = command.number.strip() or device.phone
    same = "".join(number.split()) == "".join(device.phone.split())
    return number, command.number_from.strip() or (device.phone_from if same else "")


def findings(
    command: CompareKey,
    device: Device,
    key: Key,
    before: Sequence[Comparison],
    actor: Operator,
    people: Sequence[Operator],
) -> list[Refused]:
    """Everything that stands against a comparison before the heard value is looked at. `people` are who work here."""
    found = texts.line("reader", command.reader, needed=True) + texts.line("ticket", command.ticket, needed=True)
    for what in ("number", "number_from"):
        found += texts.line(what, getattr(command, what))
    if (colleague := _one_of(people, command.reader)) is not None:
        found.append(errors.ReaderIsOperator(colleague.full_name or colleague.name))
    if command.channel not in set(Channel):
        known = tuple(each for each in Channel if each is not Channel.EMAIL)
        return [*found, errors.UnknownChannel(command.channel, known)]
    channel = Channel(command.channel)
    number, origin = number_called(command, device)
    found += way(key.arrival, channel, number, device.name)
    if number and not origin:
        found.append(errors.NumberOriginMissing(number))
    if key.state is not KeyState.APPROVED:
        found += second(before, actor.name, channel, command.reader, lone=len(people) == 1)
    return found


@rule("S-g-2")
def way(arrival: Arrival, channel: Channel, number: str, device: str) -> list[Refused]:
    """Findings against a channel by itself."""
    if channel is Channel.EMAIL:
        return [errors.EmailNeverCounts()]
    if _SAME.get(arrival) is channel:
        return [errors.SameChannelAsKey(channel.value)]
    if channel is Channel.CALL_BACK and not number.strip():
        return [errors.NumberMissing(device)]
    return []


def second(before: Sequence[Comparison], operator: str, channel: Channel, reader: str, *, lone: bool) -> list[Refused]:
    """Findings against a comparison beside the matching ones that stand already; no device name needed."""
    found: list[Refused] = []
    for other in matches(before):
        if other.operator == operator and not lone:
            found.append(errors.SamePerson(operator, ""))
        elif lone and other.channel is channel:
            found.append(errors.OtherChannelNeeded(channel.value))
        elif other.channel is channel and _folded(other.reader) == _folded(reader):
            found.append(errors.SameWayTwice(channel.value, reader))
    return found


def sha1(before: Sequence[Comparison], channel: Channel, form: Form) -> list[Refused]:
    """A full-length SHA-1 form counts only beside a second check over another channel."""
    pair = matches(before)
    touched = form in SHA1_FORMS or any(other.form in SHA1_FORMS for other in pair)
    if touched and any(other.channel is channel for other in pair):
        return [errors.Sha1NeedsOtherChannel(channel.value)]
    return []


def telephone_only(pair: Sequence[Comparison]) -> bool:
    """Approved, but open as a weak point: nothing but telephone vouches (NCSC section 4 g)."""
    return all(comparison.channel is Channel.CALL_BACK for comparison in matches(pair))


def _one_of(people: Sequence[Operator], reader: str) -> Operator | None:
    """Who of this workspace is named as the reader, in whatever order, and with or without where they work."""
    bare = _ASIDE.sub("", reader)
    named = (_name(bare), _name(_AFTER.split(bare, maxsplit=1)[0]))
    return next((each for each in people if {_name(each.name), _name(each.full_name)} & set(named)), None)


def _name(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())) or frozenset({text})


def _folded(reader: str) -> str:
    return " ".join(reader.casefold().split())
