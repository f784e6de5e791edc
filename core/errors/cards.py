"""Refusals about peer cards."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class NotACard(Refused):
    """It came as a card, and is none."""

    code = "CRD-01"
    field = "untrusted"


@dataclass(eq=False)
class CardUnsigned(Refused):
    """The signature is not there."""

    code = "CRD-02"
    clause = "SL2"
    field = "untrusted"


@dataclass(eq=False)
class CardSignatureWrong(Refused):
    """`signer` is who the card says signed it."""

    signer: str
    code = "CRD-03"
    clause = "SL2"
    field = "untrusted"


@dataclass(eq=False)
class CardNotCanonical(Refused):
    """Not the one spelling of RFC 8785: white space, double or unsorted members, numbers spelt otherwise."""

    code = "CRD-04"
    field = "untrusted"


@dataclass(eq=False)
class CardMember(Refused):
    """One member is off; `why` is one of "unknown", "missing", "kind", "value", "text", "lookalike"."""

    member: str
    why: str
    code = "CRD-05"
    field = "untrusted"


@dataclass(eq=False)
class CardKeyDiffers(Refused):
    """`member` ("key.sha256", "key.alg", "pop.value") does not belong to the key in the card."""

    member: str
    code = "CRD-06"
    clause = "SL2"
    field = "untrusted"


@dataclass(eq=False)
class CardOutOfTime(Refused):
    """`why` is "expired", "early" (issued in the future) or "long"; both days ISO."""

    issued: str
    expires: str
    why: str
    code = "CRD-07"
    field = "untrusted"


@dataclass(eq=False)
class CardForAnother(Refused):
    """The card's identity is not the device's: a pin binds a key to one identity."""

    device: str
    expected: str
    found: str
    code = "CRD-08"
    clause = "SL2"
    field = "device"


@dataclass(eq=False)
class CardNotNewer(Refused):
    """A card of the same signing key with this number or a higher one was approved already."""

    sequence: int
    newest: int
    code = "CRD-09"
    clause = "SL2"
    field = "untrusted"


@dataclass(eq=False)
class RehearsalCard(Refused):
    """A card of a rehearsal in a real workspace."""

    code = "CRD-10"
    clause = "SL2"
    field = "untrusted"
