"""Renewal: a certificate in good standing, the same names and profile, and a request that its current key stands for.

What is not a routine renewal goes the full way, like the first time (C18, C19).
"""

from core.crypto import requests
from core.crypto.certificates import read_certificate
from core.errors import enrolment as errors
from core.errors.base import Refused
from core.model.authorities import Name
from core.model.certificates import CertificateRequest, Issued, IssueState, Plan, Proved
from core.model.devices import Device
from core.model.keys import LIVE_STATES, KeyState
from core.policy import enrolment as policy
from core.policy.comparison import matches
from core.policy.keys_on_file import approved
from core.services.perform import Work
from core.store import certificates, keys, revocation
from core.store.unit import Connection

_DOUBTED = (KeyState.QUARANTINED, KeyState.WITHDRAWN)


def before(connection: Connection, serial: str, device: Device) -> Issued | None:
    """The certificate that is renewed: of that serial, the device's own first."""
    found = [each for each in certificates.find(connection, serial) if each.state is IssueState.ISSUED]
    own = [each for each in found if each.device_id == device.id]
    return next(iter([*own, *found]), None)


def evidence(connection: Connection, asked: CertificateRequest, device: Device) -> list[str]:
    """Who compared this very key with the far end, where it is pinned for the device: that counts for enrolment."""
    key = approved(keys.of_device(connection, device.id))
    if key is None or key.public.spki != asked.spki:
        return []
    return [each.operator for each in matches(keys.comparisons(connection, key.id))]


def proved(connection: Connection, asked: CertificateRequest, serial: str, proof: bytes, device: Device) -> Proved:
    """What stands for the request: the current key's signature, or two people who compared the new key."""
    old = before(connection, serial, device)
    if old is None:
        return Proved.NOT
    if old.spki == asked.spki:
        return Proved.SAME_KEY  # the request's own signature is the current key's
    if proof and requests.vouched(proof, asked.der, old.spki):
        return Proved.CURRENT_KEY
    return Proved.COMPARED if len(set(evidence(connection, asked, device))) >= 2 else Proved.NOT


def findings(
    work: Work, serial: str, asked: CertificateRequest, plan: Plan, profile: str, proof: bytes, device: Device
) -> list[Refused]:
    """Everything that keeps this from being a routine renewal."""
    if not serial:
        return []
    connection = work.unit.connection
    old = before(connection, serial, device)
    if old is None:
        return [errors.NoRoutineRenewal(serial, "unknown")]
    if old.device_id != device.id:
        return [errors.NoRoutineRenewal(serial, "device")]
    revoked = revocation.of_certificate(connection, old.id) is not None
    stands = policy.state(old, work.now, revoked=revoked)
    over = policy.renewable(serial, stands)
    if over or _suspected(connection, old):
        return over or [errors.NoRoutineRenewal(serial, "suspected")]
    said = _words(old.subject, read_certificate(old.der).sans, old.profile)
    differs = policy.unchanged(serial, said, _words(plan.subject, plan.sans, profile))
    if differs:
        return differs
    if proved(connection, asked, serial, proof, device) is Proved.NOT:
        return [errors.RenewalNotProved(serial, "wrong" if proof else "none")]
    return []


def _words(subject: Name, sans: tuple[object, ...], profile: str) -> tuple[object, ...]:
    return subject, frozenset(str(each) for each in sans), profile


def _suspected(connection: Connection, old: Issued) -> bool:
    """Whether anything on file doubts the current key: another certificate over it revoked, or its pin withdrawn."""
    others = certificates.with_key(connection, old.spki)
    if any(revocation.of_certificate(connection, each.id) is not None for each in others):
        return True
    pinned = keys.all_with_spki(connection, old.spki)
    return any(each.state in _DOUBTED for each in pinned) and not any(each.state in LIVE_STATES for each in pinned)
