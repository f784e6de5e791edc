"""Word, icon and colour of the states of Local CA mode."""

from datetime import date

from core.model.authorities import AuthorityState
from core.model.certificates import CertificateState
from core.model.trust import Anchor, AnchorState
from core.services.hierarchy import AuthorityRow, CrlState, RequestRow
from core.words import hierarchy as words
from core.words.tongue import told
from core.words.trust import standing
from gui.widgets.marks import Mark

_CERTIFICATES = {
    CertificateState.UNFINISHED: ("circle-dashed", "warn"),
    CertificateState.VALID: ("circle-check", "ok"), CertificateState.EXPIRING: ("clock-exclamation", "warn"),
    CertificateState.EXPIRED: ("history", "text2"), CertificateState.REVOKED: ("ban", "bad"),
}  # fmt: skip
_AUTHORITIES = {
    AuthorityState.PINNED: ("shield-check", "accent"), AuthorityState.REQUESTED: ("circle-dashed", "warn"),
    AuthorityState.ACTIVE: ("circle-check", "ok"), AuthorityState.RUN_OFF: ("history", "text2"),
    AuthorityState.DESTROYED: ("archive", "text2"),
}  # fmt: skip
_ANCHORS = {
    AnchorState.PENDING: ("phone", "warn"), AnchorState.TRUSTED: ("circle-check", "ok"),
    AnchorState.REFUSED: ("shield-x", "bad"),
}  # fmt: skip
_CRLS = {
    CrlState.ENDED: ("archive", "text2"), CrlState.NONE: ("circle-dashed", "warn"),
    CrlState.STALE: ("alert-octagon", "bad"), CrlState.UNPUBLISHED: ("alert-triangle", "bad"),
    CrlState.LATE: ("clock-exclamation", "warn"), CrlState.SOON: ("clock-exclamation", "warn"),
    CrlState.IN_TIME: ("circle-check", "ok"),
}  # fmt: skip


def certificate(state: CertificateState) -> Mark:
    """How a certificate stands."""
    return Mark(told(words.STATES[state], {}), *_CERTIFICATES[state])


def authority(row: AuthorityRow) -> Mark:
    """What an authority may do."""
    state = row.authority.state
    return Mark(told(words.AUTHORITIES[state], {}), *_AUTHORITIES[state])


def request(row: RequestRow) -> Mark:
    """How a request stands."""
    return Mark(words.request(row), *(("circle-check", "ok") if row.approved else ("rubber-stamp", "accent")))


def crl(row: AuthorityRow) -> Mark:
    """How an authority's CRL stands."""
    return Mark(told(words.CRLS[row.crl_state], {}), *_CRLS[row.crl_state])


def anchor(row: Anchor, today: date) -> Mark:
    """How far a CA of others is trusted."""
    over = row.state is AnchorState.TRUSTED and not row.counts(today)
    return Mark(standing(row, today), *(("history", "text2") if over else _ANCHORS[row.state]))
