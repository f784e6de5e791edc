"""What the pages of Local CA mode show: authorities, requests, certificates and CRLs as frozen rows, read in one go."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.crypto.certificates import read_certificate
from core.late import dataclass
from core.model.advice import Act
from core.model.authorities import Authority, AuthorityState, Layer
from core.model.certificates import Certificate, CertificateState, Listed
from core.model.proposals import Need, Proposal, State
from core.model.revocation import Revocation
from core.model.workspace import Kind
from core.policy import crls as policy
from core.services import authorities, ceremony, crls, enrolment, revocation
from core.services.desk import Desk
from core.store import authorities as store
from core.store import certificates, custody
from core.store import revocation as revocations

REQUEST, CERTIFY = "certificate.issue", "authority.certify"  # kinds of proposals: a device's request, a sub CA's
WEEKS = 53


class CrlState(StrEnum):
    """The one word for an authority's CRL."""

    ENDED = "ended"
    NONE = "none yet"
    STALE = "out of date"
    UNPUBLISHED = "revocation not published"
    LATE = "overdue"
    SOON = "due soon"
    IN_TIME = "in time"


@dataclass(frozen=True)
class AuthorityRow:
    """`issuer` is the name of who signed it ("" for a root), `holders` and `quorum` are of its key where that is here.

    `token` is the label of the token that holds the key; `soon` says that the next CRL has to come now or soon.
    """

    authority: Authority
    facts: authorities.Facts
    issuer: str
    holders: tuple[str, ...]
    quorum: int
    token: str
    crl: crls.Row | None
    soon: bool
    unpublished: bool

    @property
    def crl_state(self) -> CrlState:
        """How its CRL stands, the worst first."""
        if self.authority.state is AuthorityState.DESTROYED:
            return CrlState.ENDED
        if self.crl is None or not self.crl.number:
            return CrlState.NONE
        if self.crl.stale:
            return CrlState.STALE
        if self.unpublished:
            return CrlState.UNPUBLISHED
        return CrlState.LATE if self.crl.late else CrlState.SOON if self.soon else CrlState.IN_TIME


@dataclass(frozen=True)
class RequestRow:
    """A request that waits: for somebody's approval, or for the custodians."""

    proposal: Proposal
    needs: tuple[Need, ...]

    @property
    def approved(self) -> bool:
        """Whether it only waits to be issued."""
        return self.proposal.state is State.APPROVED

    def waits_for(self, name: str) -> bool:
        """Whether that person can give what it needs next."""
        return bool(self.needs) and name in self.needs[0].people and name != self.proposal.proposer


@dataclass(frozen=True)
class CertificateRow:
    """A certificate of a device; `revocation` is None while it stands."""

    issued: Listed
    authority: str
    device: str
    state: CertificateState
    revocation: Revocation | None


@dataclass(frozen=True)
class Week:
    """How many certificates in force end in the week that begins on `first`, a Monday."""

    first: date
    count: int

    @property
    def after(self) -> date:
        """The Monday after it."""
        return self.first + timedelta(days=7)


@dataclass(frozen=True)
class Leg:
    """A sub CA that is on its way between two workspaces: what `act` does next here. `about` is the act's."""

    name: str
    number: int
    act: Act
    about: str = ""


@dataclass(frozen=True)
class Hierarchy:
    """`now` is when it was read, UTC; `reviews` are serials of urgent revocations without their second look.

    `legs` are sub CAs on their way; `record_open` says that a ceremony's record is still to be closed here.
    """

    kind: Kind
    now: datetime
    authorities: tuple[AuthorityRow, ...]
    requests: tuple[RequestRow, ...]
    certificates: tuple[CertificateRow, ...]
    reviews: tuple[str, ...]
    legs: tuple[Leg, ...] = ()
    record_open: bool = False

    def authority(self, name: str) -> AuthorityRow | None:
        """The row of that authority."""
        return next((row for row in self.authorities if row.authority.name == name), None)

    def certificate(self, serial: str) -> CertificateRow | None:
        """The row of that serial."""
        return next((row for row in self.certificates if row.issued.serial == serial), None)

    def request(self, digest: str) -> RequestRow | None:
        """The row of that proposal."""
        return next((row for row in self.requests if row.proposal.digest == digest), None)

    @property
    def weeks(self) -> tuple[Week, ...]:
        """A year and a week from this Monday on: nothing lives longer."""
        monday = self.now.date() - timedelta(days=self.now.weekday())
        stands = (CertificateState.VALID, CertificateState.EXPIRING)
        ends = [row.issued.not_after.date() for row in self.certificates if row.state in stands]
        counts = Counter((end - monday).days // 7 for end in ends)
        return tuple(Week(monday + timedelta(days=7 * at), counts[at]) for at in range(WEEKS))

    @property
    def due(self) -> tuple[AuthorityRow, ...]:
        """Authorities of ours whose CRL has to come, the most urgent first."""
        urgent = list(CrlState)[1:-1]
        found = [row for row in self.authorities if row.authority.key and row.crl and row.crl_state in urgent]
        return tuple(sorted(found, key=lambda row: urgent.index(row.crl_state)))


def read(desk: Desk, waiting: Sequence[tuple[Proposal, tuple[Need, ...]]]) -> Hierarchy:
    """What stands now; `waiting` are the open proposals."""
    revoked = {each.certificate_id: each for each in revocations.all_revocations(desk.file.read)}
    return Hierarchy(
        kind=desk.workspace.kind,
        now=desk.clock(),
        authorities=_authorities(desk),
        requests=tuple(RequestRow(each, needs) for each, needs in waiting if each.kind == REQUEST),
        certificates=tuple(
            CertificateRow(row.issued, row.authority, row.device, row.state, revoked.get(row.issued.id))
            for row in reversed(enrolment.rows(desk))
            if row.issued.device_id
        ),
        reviews=tuple(issued.serial for issued, _ in revocation.waiting(desk)),
        legs=tuple(_legs(desk, waiting)),
        record_open=desk.workspace.kind is Kind.ROOT and ceremony.open_record(desk),
    )


def _legs(desk: Desk, waiting: Sequence[tuple[Proposal, tuple[Need, ...]]]) -> Iterator[Leg]:
    """Of three legs (asked here, signed at the root, installed here) the one that is open."""
    for each in store.all_authorities(desk.file.read):
        if each.state is AuthorityState.REQUESTED and each.layer is Layer.SUB:
            yield Leg(each.name, 3, Act.SUB_INSTALL)
    for proposal, _needs in waiting:
        if proposal.kind == CERTIFY:
            signs = proposal.state is State.APPROVED
            about = "" if signs else proposal.digest
            yield Leg(str(proposal.facts["name"]), 2, Act.SUB_SIGN if signs else Act.APPROVE, about)


def _authorities(desk: Desk) -> tuple[AuthorityRow, ...]:
    everyone = store.all_authorities(desk.file.read)
    standing = {row.authority.id: row for row in crls.status(desk)}
    late = revocation.unpublished(desk)
    return tuple(_authority(desk, each, everyone, standing.get(each.id), late) for each in everyone)


def _authority(
    desk: Desk, each: Authority, everyone: tuple[Authority, ...], crl: crls.Row | None, late: tuple[str, ...]
) -> AuthorityRow:
    held = custody.find(desk.file.read, each.key) if each.key else None
    due = crl is not None and crl.due is not None and desk.clock() >= crl.due - policy.soon(each.layer)
    return AuthorityRow(
        authority=each,
        facts=authorities.facts(each),
        issuer=_issuer(each, everyone),
        holders=tuple(person.name for person in held.holders) if held else (),
        quorum=held.sealed.quorum if held else 0,
        token=held.token.label if held and held.token else "",
        crl=crl,
        soon=crl is not None and (due or crl.late or crl.stale),
        unpublished=each.name in late,
    )


def _issuer(authority: Authority, everyone: tuple[Authority, ...]) -> str:
    if not authority.certificate:
        return ""
    issuer = read_certificate(authority.certificate).issuer
    found = (each.name for each in everyone if each.subject == issuer and each.id != authority.id)
    return next(found, "")


def words_of(desk: Desk, issued: Listed) -> Certificate | None:
    """A certificate's own words, read back from its bytes; None where it was never finished."""
    der = certificates.get(desk.file.read, issued.id).der
    return read_certificate(der) if der else None


def mine(seen: Hierarchy, name: str) -> int:
    """How many requests wait for that person."""
    return sum(1 for row in seen.requests if row.waits_for(name))
