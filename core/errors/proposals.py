"""Refusals about proposals and approvals."""

from core.errors.base import Damaged, Refused
from core.late import dataclass


@dataclass(eq=False)
class NoSuchProposal(Refused):
    """`id` is what was typed; `count` how many proposals begin with it."""

    id: str
    count: int = 0
    code = "APR-01"
    field = "proposal"


@dataclass(eq=False)
class OwnProposal(Refused):
    """The proposer cannot be the one who approves; `others` can."""

    name: str
    others: tuple[str, ...]
    code = "APR-02"
    clause = "C22"


@dataclass(eq=False)
class SamePerson(Refused):
    """Two accounts of one person, as far as it can be seen."""

    one: str
    other: str
    full_name: str
    code = "APR-03"
    clause = "C22"


@dataclass(eq=False)
class ProposalClosed(Refused):
    """`state` is a `State`."""

    id: str
    state: str
    code = "APR-04"


@dataclass(eq=False)
class ApprovalMissing(Refused):
    """The proposal has `given` approvals that count now and needs `needed`."""

    id: str
    given: int
    needed: int
    code = "APR-06"
    clause = "C22"


@dataclass(eq=False)
class ApprovalStale(Refused):
    """An approval does not count any more; `why` is "old", "duty", "gone", "key", "future"."""

    name: str
    why: str
    code = "APR-07"
    clause = "C22"


@dataclass(eq=False)
class ListChanged(Refused):
    """The list that was to be approved is not the one that was shown."""

    id: str
    code = "APR-08"
    field = "batch"


@dataclass(eq=False)
class NotYours(Refused):
    """Only the proposer withdraws a proposal."""

    name: str
    proposer: str
    code = "APR-09"


@dataclass(eq=False)
class SentenceMissing(Refused):
    """Nobody approves what they were not shown."""

    code = "APR-10"
    clause = "C22"


@dataclass(eq=False)
class ProposalTampered(Damaged):
    """A stored proposal or approval is not what its author signed."""

    id: str
    code = "APR-11"
    clause = "C22"


@dataclass(eq=False)
class OwnMatter(Refused):
    """A matter of a person's own that two others have to agree on."""

    name: str
    code = "APR-12"
    clause = "C22"


@dataclass(eq=False)
class SecurityOfficerMissing(Refused):
    """Of the two who agree, one has to be a security officer."""

    code = "APR-13"
    clause = "C22"


@dataclass(eq=False)
class ProposedAlready(Refused):
    id: str
    code = "APR-05"
