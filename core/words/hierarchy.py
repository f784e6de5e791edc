"""What lists of Local CA mode call things: states, services, keys, reasons; and when a CRL is due."""

from datetime import datetime

from core.model.advice import Act
from core.model.authorities import AuthorityState, CaKey, Layer, Service
from core.model.certificates import CertificateState
from core.model.revocation import Reason
from core.services.hierarchy import AuthorityRow, CrlState, Leg, RequestRow, Week
from core.words.tongue import told, tr

STATES: dict[CertificateState, str] = {
    CertificateState.UNFINISHED: tr("Unfinished"),
    CertificateState.VALID: tr("Valid"),
    CertificateState.EXPIRING: tr("Expires soon"),
    CertificateState.EXPIRED: tr("Expired"),
    CertificateState.REVOKED: tr("Revoked"),
}

AUTHORITIES: dict[AuthorityState, str] = {
    AuthorityState.PINNED: tr("Known"),
    AuthorityState.REQUESTED: tr("Waits for its certificate"),
    AuthorityState.ACTIVE: tr("Active"),
    AuthorityState.RUN_OFF: tr("Signs CRLs only"),
    AuthorityState.DESTROYED: tr("Key destroyed"),
}

LAYERS: dict[Layer, str] = {Layer.ROOT: tr("Root CA"), Layer.SUB: tr("Sub CA")}

# What certificates of one use are called; the ids are those of `resources/policy/profiles.toml`.
PROFILES = {
    "ipsec-gateway": tr("IPsec gateway"),
    "ipsec-gateway-plain": tr("IPsec gateway without extended usage"),
    "ipsec-gateway-windows": tr("IPsec gateway for Windows and Apple"),
    "tls-server": tr("TLS server"),
    "tls-client": tr("TLS client"),
    "smime-gateway": tr("S/MIME gateway"),
    "smime-role": tr("S/MIME role mailbox"),
    "ocsp-signer": tr("OCSP signer"),
}

SERVICES: dict[Service, str] = {
    Service.IPSEC: tr("IPsec"),
    Service.TLS: tr("TLS"),
    Service.SMIME: tr("S/MIME"),
}

CA_KEYS: dict[CaKey, str] = {
    CaKey.P384: tr("ECDSA P-384"),
    CaKey.P256: tr("ECDSA P-256"),
    CaKey.RSA3072: tr("RSA 3072"),
    CaKey.RSA4096: tr("RSA 4096"),
}

REASONS: dict[Reason, str] = {
    Reason.KEY_COMPROMISE: tr("The key is or may be in wrong hands"),
    Reason.CA_COMPROMISE: tr("The key of the authority is or may be in wrong hands"),
    Reason.AFFILIATION_CHANGED: tr("The device belongs to somebody else now"),
    Reason.SUPERSEDED: tr("A newer certificate takes its place"),
    Reason.CESSATION_OF_OPERATION: tr("The device is taken out of use"),
    Reason.PRIVILEGE_WITHDRAWN: tr("The device may not take part any more"),
}

CRLS: dict[CrlState, str] = {
    CrlState.ENDED: tr("Ended"),
    CrlState.NONE: tr("None yet"),
    CrlState.STALE: tr("Out of date"),
    CrlState.UNPUBLISHED: tr("Revocation not published"),
    CrlState.LATE: tr("Overdue"),
    CrlState.SOON: tr("Due soon"),
    CrlState.IN_TIME: tr("In time"),
}

SUSPICION = tr("It is suspected that the key is in wrong hands")

_APPROVED = tr("Approved, to be issued")
_WAITING = tr("Awaiting approval")
_DESTROYED = tr("Its key is destroyed")
_ELSEWHERE = tr("Its key is in another workspace")
_SOFTWARE = tr("In this workspace, opened by {quorum} of {people}")
_TOKEN = tr("On the token {token}, opened by {quorum} of {people}")
_NO_CRL = tr("{authority} has not published a CRL. Devices will refuse its certificates.")
_STALE = tr("The CRL of {authority} is out of date since {until} UTC: devices refuse its certificates now.")
_UNPUBLISHED = tr("{authority} has a revocation that no CRL tells yet. Devices still trust what was revoked.")
_LATE = tr("Publish today: the CRL of {authority} was due by {due} UTC. The current one stays valid until {until} UTC.")
_SOON = tr(
    "Publish today: the CRL of {authority} is due by {due} UTC (in {left}). The current one stays valid until {until} UTC."
)
_PLAN = tr(
    "Plan a ceremony: the CRL of {authority} is due by {due} UTC. The current one stays valid until {until} UTC."
)
_LEGS = {
    Act.SUB_INSTALL: tr(
        "{name} is asked for. Carry its request to the root workspace, have it signed there, and install the answer here."
    ),
    Act.APPROVE: tr("{name} waits for a second person: what they approve are the very bytes that will be signed."),
    Act.SUB_SIGN: tr("{name} is approved. Sign it with the custodians and carry the answer back."),
}
_LEG = tr("Leg {number} of 3: {what}")
_RECORD = tr("The record of the root key ceremony is open: write the copies, seal the medium, close it.")
_WEEK = tr("Week of {first}: {count} end")
_HOURS = tr("{hours} h {minutes} min")
_DAYS = tr("{days} days")


def request(row: RequestRow) -> str:
    """How a request stands."""
    return told(_APPROVED if row.approved else _WAITING, {})


def key_place(row: AuthorityRow) -> str:
    """Where an authority's key is and who opens it."""
    if row.authority.state is AuthorityState.DESTROYED:
        return told(_DESTROYED, {})
    if not row.holders:
        return told(_ELSEWHERE, {})
    facts = {"quorum": row.quorum, "people": row.holders, "token": row.token}
    return told(_TOKEN if row.token else _SOFTWARE, facts)


def due(row: AuthorityRow, now: datetime) -> str:
    """The banner's sentence about an authority whose CRL has to come."""
    crl, name = row.crl, {"authority": row.authority.name}
    if crl is None or crl.due is None or crl.until is None:
        return told(_NO_CRL, name)
    facts = {**name, "due": f"{crl.due:%Y-%m-%d %H:%M}", "until": f"{crl.until:%Y-%m-%d %H:%M}"}
    if crl.stale:
        return told(_STALE, facts)
    if row.unpublished:
        return told(_UNPUBLISHED, facts)
    if row.authority.layer is Layer.ROOT:
        return told(_PLAN, facts)
    return told(_LATE if crl.late else _SOON, {**facts, "left": _left(crl.due, now)})


def leg(found: Leg) -> str:
    """What a sub CA on its way waits for here."""
    return told(_LEG, {"number": found.number, "what": told(_LEGS[found.act], {"name": found.name})})


def record_open() -> str:
    """What is left of a ceremony."""
    return told(_RECORD, {})


def week(found: Week) -> str:
    """A bar of the chart."""
    return told(_WEEK, {"first": found.first.isoformat(), "count": found.count})


def _left(until: datetime, now: datetime) -> str:
    minutes = max(0, int((until - now).total_seconds()) // 60)
    if minutes >= 48 * 60:
        return told(_DAYS, {"days": minutes // 1440})
    return told(_HOURS, {"hours": minutes // 60, "minutes": minutes % 60})


def profile(name: object) -> str:
    """A profile as people call it; one that is not known here by its own name."""
    return told(PROFILES[str(name)], {}) if name in PROFILES else str(name)
