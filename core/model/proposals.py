"""Proposals: what one person asks for and another agrees to before it is done (C22)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from core.late import dataclass

Facts = dict[str, Any]


class State(StrEnum):
    """Where a proposal stands. `EXPIRED` is read off the clock, the others are stored."""

    WAITING = "waiting"
    APPROVED = "approved"  # by everybody it needs; what is left is done by a command of its own
    PERFORMED = "performed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Statement:
    """Something a person signed: canonical JSON with its `type`, and the Ed25519 signature over exactly it."""

    body: Facts
    signature: bytes

    @property
    def type(self) -> str:
        """One of "proposal", "approval", "acceptance"."""
        return str(self.body["type"])

    @property
    def time(self) -> datetime:
        """When it was signed (UTC)."""
        return datetime.fromisoformat(str(self.body["time"]))

    @property
    def by(self) -> str:
        """Who signed it, as it says itself; "" where it does not."""
        return str(self.body.get("by", ""))


@dataclass(frozen=True)
class Proposal:
    """`digest` is the SHA-256 of the signed statement's canonical JSON and names the proposal.

    `tbs_sha256` is of the bytes that will be signed when it is performed, "" where none will be.
    """

    digest: str
    statement: Statement
    state: State
    approvals: tuple[Statement, ...] = ()
    closed: str = ""
    closed_by: str = ""
    because: str = ""

    @property
    def kind(self) -> str:
        """The row of the table of kinds it belongs to."""
        return str(self.statement.body["kind"])

    @property
    def facts(self) -> Facts:
        """What is asked for."""
        return dict(self.statement.body["facts"])

    @property
    def proposer(self) -> str:
        """Who asked."""
        return self.statement.by

    @property
    def reason(self) -> str:
        """Why, in the proposer's words."""
        return str(self.statement.body["reason"])

    @property
    def ticket(self) -> str:
        """The change it belongs to, "" where there is none."""
        return str(self.statement.body["ticket"])

    @property
    def tbs_sha256(self) -> str:
        """Digest of the exact bytes to be signed."""
        return str(self.statement.body["tbs_sha256"])


class Step(StrEnum):
    """What a proposal waits for."""

    APPROVAL = "approval"
    ACCEPTANCE = "acceptance"
    PERFORMING = "performing"


@dataclass(frozen=True)
class Need:
    """One step and the people who can take it; one of them is enough."""

    step: Step
    people: tuple[str, ...]


@dataclass(frozen=True)
class Propose:
    """Ask for something. `facts` hold texts, whole numbers, truths and lists of them."""

    facts: Facts
    reason: str = ""
    ticket: str = ""
    tbs: bytes = b""


@dataclass(frozen=True)
class Approve:
    """Agree to one proposal, having seen `sentence`; `batch` is the digest of the list it was shown in, or ""."""

    digest: str
    sentence: str
    batch: str = ""


@dataclass(frozen=True)
class CloseProposal:
    """Refuse or withdraw one proposal."""

    digest: str
    reason: str


@dataclass(frozen=True)
class Difference:
    """One thing that a proposal changes: `what` is a key of `core.words.differences.WHAT`, or a heading as it is written.

    `request` says that `before` is what a request asks for and `after` what will be signed.
    """

    what: str
    before: str
    after: str
    request: bool = False
