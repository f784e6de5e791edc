"""Revocation: final, with no hold and no deletion; and the full lists that tell of it (C4)."""

from datetime import datetime
from enum import StrEnum

from core.late import dataclass


class Reason(StrEnum):
    """Reasons of RFC 5280 section 5.3.1 that we give; `unspecified` and `certificateHold` are not among them."""

    KEY_COMPROMISE = "key-compromise"
    CA_COMPROMISE = "ca-compromise"
    AFFILIATION_CHANGED = "affiliation-changed"
    SUPERSEDED = "superseded"
    CESSATION_OF_OPERATION = "cessation-of-operation"
    PRIVILEGE_WITHDRAWN = "privilege-withdrawn"


COMPROMISE = (Reason.KEY_COMPROMISE, Reason.CA_COMPROMISE)


@dataclass(frozen=True)
class Revoked:
    """One entry of a CRL; `compromised_at` is the invalidity date where somebody knows one."""

    serial: int
    at: datetime
    reason: Reason
    compromised_at: datetime | None = None


@dataclass(frozen=True)
class CrlPlan:
    """Everything that a CRL will say. Full and complete: no delta, no partition (C4). `number` stays below 2**31."""

    issuer: tuple[tuple[str, str], ...]
    issuer_spki: bytes
    number: int
    this_update: datetime
    next_update: datetime
    entries: tuple[Revoked, ...]


@dataclass(frozen=True)
class Crl:
    """A CRL's own words, read back from its DER."""

    der: bytes
    issuer: tuple[tuple[str, str], ...]
    number: int
    this_update: datetime
    next_update: datetime
    entries: tuple[Revoked, ...]


@dataclass(frozen=True)
class Revocation:
    """A revocation on file: it stands from `at` on. `reviewed_by` is the second person of an urgent one, "" until then."""

    id: int
    certificate_id: int
    reason: Reason
    suspected: bool
    at: datetime
    compromised_at: datetime | None
    ticket: str
    by: str
    reviewed_by: str


@dataclass(frozen=True)
class Published:
    """A CRL on file, from its intent on: its number is taken before it is signed, so that no number comes twice.

    `covers` is the newest revocation on file when its bytes were made (0 for one that came from elsewhere).
    """

    id: int
    authority_id: int
    number: int
    this_update: datetime
    next_update: datetime
    entries: int
    covers: int
    tbs: bytes
    der: bytes


@dataclass(frozen=True)
class Revoke:
    """As typed. `authority` tells two equal serials apart; `suspected` stands for a suspicion of compromise.

    `same_key`: with it every other certificate over its key that still stands, in the same step.
    """

    serial: str
    reason: str
    ticket: str
    authority: str = ""
    suspected: bool = False
    compromised_at: str = ""
    same_key: bool = False


@dataclass(frozen=True)
class RecordNone:
    """No CRL of the authority is published that a restored workspace could read in."""

    authority: str
    reason: str
    ticket: str = ""


@dataclass(frozen=True)
class Review:
    """The second person looks at an urgent revocation; nothing is undone by it."""

    serial: str
    authority: str = ""
