"""Refusals about foreign roots and cross-certificates."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class NoSuchAnchor(Refused):
    """No foreign CA of that name is on file."""

    name: str
    code = "TRU-01"
    field = "name"


@dataclass(eq=False)
class AnchorNotFit(Refused):
    """`why` is "file" (not one certificate), "not-ca", "signature", "weak", "date", "critical", "ours" or "known"."""

    why: str
    fact: str = ""
    code = "TRU-02"
    clause = "A4"
    field = "untrusted"


@dataclass(eq=False)
class TrustTooLong(Refused):
    """Trust ends with the certificate at the latest, and begins today at the earliest."""

    until: str
    latest: str
    code = "TRU-03"
    clause = "L1"
    field = "until"


@dataclass(eq=False)
class AnchorSettled(Refused):
    """It is not pending any more; `why` is its state."""

    name: str
    why: str
    code = "TRU-04"
    field = "name"


@dataclass(eq=False)
class SameEar(Refused):
    """The second comparison is a second person's."""

    operator: str
    code = "TRU-05"
    clause = "SL2"
    field = "operator"
