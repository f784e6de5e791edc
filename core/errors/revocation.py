"""Refusals about revocation and CRLs."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class CrlNotRead(Refused):
    """`why` is "shape", "size", "signature", "partial" (delta or partitioned), "critical", "no next update", "absent",
    "unknown" (a copy that is none of ours) or "no issuer" (no certificate is at hand that could have signed it)."""

    why: str
    code = "CRL-01"
    clause = "C4"
    field = "untrusted"


@dataclass(eq=False)
class CrlNumberSpent(Refused):
    """CRL numbers stay below 2**31 and never go back."""

    authority: str
    number: int
    code = "CRL-02"
    clause = "RFC5280-5.2.3"


@dataclass(eq=False)
class CrlNotContinuous(Refused):
    """A CRL does not follow the one before: `why` is "number", "time", "gone" or "changed" (an entry, `fact` its
    serial), or "later": a copy that is published has a later number than any on file here."""

    authority: str
    why: str
    fact: str
    code = "CRL-03"
    clause = "RFC5280-3.3"


@dataclass(eq=False)
class PublishedUnread(Refused):
    """The file was restored at `restored` (UTC), and what the authority has published was not read in since."""

    authority: str
    restored: str
    code = "CRL-07"
    clause = "C4"


@dataclass(eq=False)
class NotRestored(Refused):
    """Nothing stands between the authority and its next CRL: there was no restore, or it was settled."""

    authority: str
    code = "CRL-08"
    clause = "C4"
    field = "authority"


@dataclass(eq=False)
class NoSuchCertificate(Refused):
    """`why` is "none", "several" (name the authority) or "state" (it was never issued)."""

    serial: str
    why: str
    code = "RVK-01"
    field = "serial"


@dataclass(eq=False)
class RevokedAlready(Refused):
    serial: str
    since: str
    code = "RVK-02"
    field = "serial"


@dataclass(eq=False)
class ReasonNotFit(Refused):
    """`why` is "unknown" or "authority" (ca-compromise is about an authority's own certificate)."""

    reason: str
    why: str
    known: tuple[str, ...]
    code = "RVK-03"
    clause = "C20"
    field = "reason"


@dataclass(eq=False)
class NothingToReview(Refused):
    """`why` is "none" or "person" (who revoked does not review)."""

    serial: str
    why: str
    code = "RVK-04"
    clause = "C22"
    field = "serial"


@dataclass(eq=False)
class CrlLate(Refused):
    """A sub CA's list of `published` (UTC) is more than a day old."""

    authority: str
    published: str
    code = "CRL-04"
    clause = "C5"


@dataclass(eq=False)
class CrlTooShort(Refused):
    """A list is to count until `until` (UTC), which is not 192 hours."""

    authority: str
    until: str
    code = "CRL-05"
    clause = "C6"


@dataclass(eq=False)
class RootCrlLate(Refused):
    """The root's list ends on `until`, in less than 30 days."""

    authority: str
    until: str
    code = "CRL-06"
    clause = "C7"
