"""Refusals about clauses and waivers."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class RuleBroken(Refused):
    """A rule could not be applied; `what` is the kind of error. Nobody judged, so it is refused."""

    broken: str
    where: str
    what: str
    code = "CLA-01"


@dataclass(eq=False)
class NotWaivable(Refused):
    """`why` is "unknown", "must", "never", "decided" (L1 to L3), "ceremony" (M10), "enforced" (nothing to leave), "past", "late" or
    "review"."""

    clause_id: str
    why: str
    latest: str = ""
    code = "CLA-02"
    field = "clause"


@dataclass(eq=False)
class NoResponsiblePerson(Refused):
    """A workspace with a CA is not set up without a named person who answers for it."""

    kind: str
    code = "CLA-03"
    clause = "C24"
    field = "responsible"


@dataclass(eq=False)
class NoCommunity(Refused):
    """A workspace with a CA says at its creation whom it serves."""

    kind: str
    code = "CLA-04"
    clause = "A6"
    field = "community"


@dataclass(eq=False)
class OtherCommunity(Refused):
    """An organisation of another community, which one person does not admit."""

    organisation: str
    theirs: str
    ours: str
    code = "CLA-05"
    clause = "A6"
    field = "community"


@dataclass(eq=False)
class NotPublished(Refused):
    """Several organisations rely on the CA, and `documents` are not published to them."""

    organisation: str
    documents: tuple[str, ...]
    code = "CLA-06"
    clause = "P1"
    field = "organisation"


@dataclass(eq=False)
class ChangeNotRecorded(Refused):
    """A change of profiles or values whose impact on security nobody assessed."""

    about: str
    code = "CLA-07"
    clause = "S-e-2"


@dataclass(eq=False)
class UsageNotForLinks(Refused):
    """A certificate for something else than links between endpoints."""

    usage: str
    profile: str
    code = "CLA-08"
    clause = "C2"


@dataclass(eq=False)
class UsageNotForIke(Refused):
    """A usage for IPsec from before RFC 4945."""

    usage: str
    profile: str
    code = "CLA-10"
    clause = "RFC4945-5.1.3.12"


@dataclass(eq=False)
class CapsNotFit(Refused):
    """`why` is "order" (a sub CA outlives the root), "same" (nothing changes), "dated" (a source of tomorrow) or "far"."""

    why: str
    code = "CLA-09"
    clause = "L4"
    field = "sub"
