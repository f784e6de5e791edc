"""Refusals about records."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class NoSuchKind(Refused):
    """There is no such kind of record; `known` are those that there are."""

    kind: str
    known: tuple[str, ...]
    code = "REC-01"
    field = "kind"


@dataclass(eq=False)
class NoSuchRecord(Refused):
    """No record in force has this number, or it is of another kind."""

    number: int
    code = "REC-02"


@dataclass(eq=False)
class RecordNotFit(Refused):
    """`why` is "unknown" (no field of this kind), "empty", "choice", "tick", "sha256", "serials", "early" or
    "community" (an organisation does not move to another community by a newer version)."""

    kind: str
    name: str
    why: str
    choices: tuple[str, ...] = ()
    code = "REC-03"

    def __post_init__(self) -> None:
        self.field = self.name


@dataclass(eq=False)
class ScopeMissing(Refused):
    """A penetration test whose scope leaves out what it has to cover."""

    kind: str
    name: str
    code = "REC-04"
    clause = "C26"

    def __post_init__(self) -> None:
        self.field = self.name


@dataclass(eq=False)
class ReviewNotFit(Refused):
    """The review has to lie ahead, at the latest on `latest`."""

    review: str
    latest: str
    code = "REC-05"
    field = "review"


@dataclass(eq=False)
class EvidenceNotRead(Refused):
    """The file of the evidence cannot be read, or is larger than `limit` MiB."""

    path: str
    limit: int
    code = "REC-06"
    field = "evidence"


@dataclass(eq=False)
class SameWitness(Refused):
    """The two people of a disposal are one."""

    full_name: str
    code = "REC-07"
    clause = "S-b-6"
    field = "second"
