"""Foreign roots and cross-certificates: trust that somebody else's CA gets here, and until when."""

from datetime import date, datetime
from enum import StrEnum

from core.late import dataclass
from core.model.authorities import Name
from core.model.keys import Form, Verdict


class AnchorState(StrEnum):
    """PENDING until two people compared its fingerprint. Nothing leads back from REFUSED."""

    PENDING = "pending"
    TRUSTED = "trusted"
    REFUSED = "refused"


class AnchorKind(StrEnum):
    ROOT = "root"  # signs itself
    CROSS = "cross"  # a CA of ours or of others, certified by another


@dataclass(frozen=True)
class AddTrust:
    """Take a foreign CA certificate in, as pending. `until` is an ISO date."""

    untrusted: bytes
    purpose: str
    owner: str
    until: str
    ticket: str


@dataclass(frozen=True)
class CompareTrust:
    """One person's blind comparison: `heard` is what the other organisation reads out."""

    name: str
    heard: str


@dataclass(frozen=True)
class Anchor:
    """`der` is the certificate, `sha256` its fingerprint; who added it may compare, as one of the two."""

    id: int
    name: str
    kind: AnchorKind
    der: bytes
    sha256: str
    subject: Name
    purpose: str
    owner: str
    until: date
    ticket: str
    state: AnchorState
    made: datetime
    made_by: str

    def counts(self, today: date) -> bool:
        """Whether relying parties may be told to trust it today."""
        return self.state is AnchorState.TRUSTED and today <= self.until


@dataclass(frozen=True)
class AnchorComparison:
    """One comparison of an anchor, whatever it said."""

    id: int
    anchor_id: int
    operator: str
    verdict: Verdict
    form: Form
    time: datetime
