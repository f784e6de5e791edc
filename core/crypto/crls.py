"""Certificate revocation lists: full ones, built from a plan and read back (RFC 5280 section 5)."""

from dataclasses import replace

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from core.crypto import extensions, issuance
from core.crypto.names import from_x509, to_x509
from core.crypto.strict import strictly
from core.errors.revocation import CrlNotRead
from core.model.revocation import Crl, CrlPlan, Reason, Revoked
from core.policy.rules import gate

LIMIT = 256 * 1024 * 1024  # bytes; a million entries have some 60 MB
LINTED = 200  # entries, 0.1 s of the linter
_FLAGS = {
    Reason.KEY_COMPROMISE: x509.ReasonFlags.key_compromise,
    Reason.CA_COMPROMISE: x509.ReasonFlags.ca_compromise,
    Reason.AFFILIATION_CHANGED: x509.ReasonFlags.affiliation_changed,
    Reason.SUPERSEDED: x509.ReasonFlags.superseded,
    Reason.CESSATION_OF_OPERATION: x509.ReasonFlags.cessation_of_operation,
    Reason.PRIVILEGE_WITHDRAWN: x509.ReasonFlags.privilege_withdrawn,
}
_REASONS = {flag: reason for reason, flag in _FLAGS.items()}


def rehearse(plan: CrlPlan) -> issuance.Rehearsal:
    """The TBSCertList of a plan, signed with a throwaway key: a number and the issuer's key, no delta, no partition.

    The entries go through the builder's constructor: its `add_revoked_certificate` copies the list each time.
    """
    builder = (
        x509.CertificateRevocationListBuilder(revoked_certificates=[_entry(each) for each in plan.entries])
        .issuer_name(to_x509(plan.issuer))
        .last_update(plan.this_update)
        .next_update(plan.next_update)
        .add_extension(x509.CRLNumber(plan.number), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(extensions.public(plan.issuer_spki)), critical=False
        )
    )
    key = issuance.throwaway(plan.issuer_spki)
    made = builder.sign(key, issuance.hash_of(key.public_key()))
    return issuance.Rehearsal(made.tbs_certlist_bytes, made.public_bytes(Encoding.DER))


def tbs_of(der: bytes) -> bytes:
    """The to-be-signed bytes of a CRL that was read."""
    return x509.load_der_x509_crl(der).tbs_certlist_bytes


def to_lint(plan: CrlPlan, whole: bytes) -> bytes:
    """What the linter is given: the list itself, or of a long one the same list with one entry of each shape.

    It takes 0.5 ms an entry, and tells entries apart by nothing but their extensions and the kind of their times.
    """
    if len(plan.entries) <= LINTED:
        return whole
    entries = sorted(plan.entries, key=lambda each: each.serial)  # so the highest serial is among them
    shapes = {(each.reason, each.compromised_at is None, each.at.year >= 2050): each for each in entries}
    return rehearse(replace(plan, entries=tuple(shapes.values()))).whole


def _entry(revoked: Revoked) -> x509.RevokedCertificate:
    builder = (
        x509.RevokedCertificateBuilder()
        .serial_number(revoked.serial)
        .revocation_date(revoked.at)
        .add_extension(x509.CRLReason(_FLAGS[revoked.reason]), critical=False)
    )
    if revoked.compromised_at is not None:
        builder = builder.add_extension(x509.InvalidityDate(revoked.compromised_at), critical=False)
    return builder.build()


def read_crl(untrusted_der: bytes, issuer_spki: bytes) -> Crl:
    """A CRL of an issuer we know, its signature checked. Raises `CrlNotRead`, also for delta and partitioned lists."""
    if len(untrusted_der) > LIMIT:
        raise CrlNotRead("size")
    with strictly(CrlNotRead("shape")):
        loaded = x509.load_der_x509_crl(untrusted_der)
        _whole(loaded)
        if not loaded.is_signature_valid(extensions.public(issuer_spki)):
            raise CrlNotRead("signature")
        return _facts(untrusted_der, loaded)


@gate("C4")
def _whole(loaded: x509.CertificateRevocationList) -> None:
    """Fail closed on what we do not know (RFC 5280 5.2: an unknown critical extension makes a list unusable)."""
    known = (x509.CRLNumber.oid, x509.AuthorityKeyIdentifier.oid)
    for extension in loaded.extensions:
        if extension.oid in (x509.DeltaCRLIndicator.oid, x509.IssuingDistributionPoint.oid):
            raise CrlNotRead("partial")
        if extension.critical and extension.oid not in known:
            raise CrlNotRead("critical")


def _facts(data: bytes, loaded: x509.CertificateRevocationList) -> Crl:
    if loaded.next_update_utc is None:
        raise CrlNotRead("no next update")
    return Crl(
        der=data,
        issuer=from_x509(loaded.issuer),
        number=loaded.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number,
        this_update=loaded.last_update_utc,
        next_update=loaded.next_update_utc,
        entries=tuple(_revoked(each) for each in loaded),
    )


def _revoked(entry: x509.RevokedCertificate) -> Revoked:
    reason, date = Reason.SUPERSEDED, None
    for extension in entry.extensions:
        value = extension.value
        if isinstance(value, x509.CRLReason):
            if value.reason is x509.ReasonFlags.remove_from_crl:
                raise CrlNotRead("partial")
            reason = _REASONS.get(value.reason, Reason.SUPERSEDED)
        elif isinstance(value, x509.InvalidityDate):
            date = value.invalidity_date_utc
        elif extension.critical:
            raise CrlNotRead("critical")
    return Revoked(entry.serial_number, entry.revocation_date_utc, reason, date)
