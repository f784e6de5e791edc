"""Refusals about keys on file and their comparison (what a file holds is in `core.errors.keys`)."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class UnknownArrival(Refused):
    text: str
    known: tuple[str, ...]
    code = "KEY-20"
    field = "arrival"


@dataclass(eq=False)
class UnknownChannel(Refused):
    text: str
    known: tuple[str, ...]
    code = "CMP-01"
    field = "channel"


@dataclass(eq=False)
class KeyOnOtherDevice(Refused):
    device: str
    code = "KEY-07"
    clause = "SL2"
    field = "untrusted"


@dataclass(eq=False)
class KeyAlreadyThere(Refused):
    """The device has this very key in this state already."""

    device: str
    state: str
    code = "KEY-21"
    field = "untrusted"


@dataclass(eq=False)
class KeyWithdrawnBefore(Refused):
    device: str
    code = "KEY-22"
    clause = "SL2"
    field = "untrusted"


@dataclass(eq=False)
class KeyLookedAlike(Refused):
    """A comparison found this value made to look like the true key: equal ends never happen by chance."""

    device: str
    day: str
    code = "KEY-26"
    clause = "SL2"
    field = "untrusted"


@dataclass(eq=False)
class NothingToReplace(Refused):
    """A roll-over date without an approved key that could roll."""

    device: str
    code = "KEY-23"
    field = "replace_by"


@dataclass(eq=False)
class DateNotAhead(Refused):
    what: str
    day: str
    code = "KEY-24"

    def __post_init__(self) -> None:
        self.field = self.what


@dataclass(eq=False)
class NoKeyToCompare(Refused):
    device: str
    code = "CMP-02"
    field = "device"


@dataclass(eq=False)
class KeyQuarantined(Refused):
    device: str
    code = "CMP-03"
    clause = "SL2"
    field = "device"


@dataclass(eq=False)
class SamePerson(Refused):
    """Somebody wants to be the second person as well."""

    name: str
    device: str
    code = "CMP-04"
    clause = "SL2"
    field = "operator"


@dataclass(eq=False)
class EmailNeverCounts(Refused):
    code = "CMP-05"
    clause = "S-g-2"
    field = "channel"


@dataclass(eq=False)
class SameChannelAsKey(Refused):
    channel: str
    code = "CMP-06"
    clause = "S-g-2"
    field = "channel"


@dataclass(eq=False)
class NumberMissing(Refused):
    device: str
    code = "CMP-07"
    clause = "S-g-2"
    field = "number"


@dataclass(eq=False)
class NumberOriginMissing(Refused):
    """A number of unknown origin may be the attacker's own."""

    number: str
    code = "CMP-13"
    clause = "S-g-2"
    field = "number_from"


@dataclass(eq=False)
class SameWayTwice(Refused):
    """Second comparison over the same channel with the same reader."""

    channel: str
    reader: str
    code = "CMP-08"
    clause = "S-g-2"
    field = "reader"


@dataclass(eq=False)
class OtherChannelNeeded(Refused):
    """A lone administrator compares over two different channels."""

    channel: str
    code = "CMP-09"
    clause = "S-g-2"
    field = "channel"


@dataclass(eq=False)
class Sha1NeedsOtherChannel(Refused):
    """A SHA-1 form counts only beside a check over another channel."""

    channel: str
    code = "CMP-10"
    clause = "SL2"
    field = "channel"


@dataclass(eq=False)
class NotApprovedYet(Refused):
    """Fingerprints of a key that was not compared are never shown."""

    device: str
    code = "CMP-11"
    clause = "SL2"


@dataclass(eq=False)
class NoKey(Refused):
    device: str
    code = "KEY-25"


@dataclass(eq=False)
class ReaderIsOperator(Refused):
    name: str
    code = "CMP-12"
    clause = "SL2"
    field = "reader"


@dataclass(eq=False)
class LineNotWhole(Refused):
    """One of the four lines has not its `whole` number of characters."""

    line: int
    characters: int
    whole: int
    code = "CMP-30"

    def __post_init__(self) -> None:
        self.field = f"line{self.line}"


@dataclass(eq=False)
class HeardTwice(Refused):
    """A value in the large field and another in the lines."""

    code = "CMP-31"
    field = "heard"
