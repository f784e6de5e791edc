"""Certificates read back: what a device printed, and what we just made."""

from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core.crypto import extensions, names
from core.crypto.strict import strictly
from core.errors.certificates import SelfCheckFailed
from core.errors.keys import NotAKey
from core.model.certificates import Certificate, Plan


def spki_of(untrusted_der: bytes) -> bytes:
    """The DER SubjectPublicKeyInfo of a certificate. Raises `NotAKey` where it does not parse."""
    try:
        key = x509.load_der_x509_certificate(untrusted_der).public_key()
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except Exception as error:
        raise NotAKey("certificate") from error


@lru_cache(maxsize=64)  # an issuer is asked for with every certificate of a batch; the same bytes say the same
def read_certificate(untrusted_der: bytes) -> Certificate:
    """A certificate's facts. Raises `NotAKey` where it does not parse, `NameNotFit` for names we do not carry."""
    with strictly(NotAKey("certificate")):
        return _facts(untrusted_der, x509.load_der_x509_certificate(untrusted_der))


def _facts(untrusted_der: bytes, loaded: x509.Certificate) -> Certificate:
    found = {type(extension.value): extension.value for extension in loaded.extensions}
    constraints = found.get(x509.BasicConstraints)
    usage, alternative = found.get(x509.KeyUsage), found.get(x509.SubjectAlternativeName)
    ca = isinstance(constraints, x509.BasicConstraints) and constraints.ca
    limits = found.get(x509.NameConstraints)
    limits = limits if isinstance(limits, x509.NameConstraints) else None
    permitted, some = extensions.subtrees(limits.permitted_subtrees if limits else None)
    excluded, others = extensions.subtrees(limits.excluded_subtrees if limits else None)
    length = constraints.path_length if isinstance(constraints, x509.BasicConstraints) else None
    return Certificate(
        der=untrusted_der,
        serial=loaded.serial_number,
        issuer=names.from_x509(loaded.issuer),
        subject=names.from_x509(loaded.subject),
        spki=spki_of(untrusted_der),
        not_before=loaded.not_valid_before_utc,
        not_after=loaded.not_valid_after_utc,
        ca=ca,
        path_length=-1 if length is None else length,
        usages=extensions.usages(usage) if isinstance(usage, x509.KeyUsage) else (),
        ekus=_oids(found.get(x509.ExtendedKeyUsage)),
        policies=_policies(found.get(x509.CertificatePolicies)),
        crl_urls=_urls(found.get(x509.CRLDistributionPoints)),
        sans=extensions.sans(alternative)[0] if isinstance(alternative, x509.SubjectAlternativeName) else (),
        permitted=permitted,
        excluded=excluded,
        unknown_constraints=some + others,
    )


def _oids(found: object) -> tuple[str, ...]:
    return tuple(oid.dotted_string for oid in found) if isinstance(found, x509.ExtendedKeyUsage) else ()


def _policies(found: object) -> tuple[str, ...]:
    if not isinstance(found, x509.CertificatePolicies):
        return ()
    return tuple(each.policy_identifier.dotted_string for each in found)


def _urls(found: object) -> tuple[str, ...]:
    if not isinstance(found, x509.CRLDistributionPoints):
        return ()
    return tuple(
        name.value
        for point in found
        for name in point.full_name or ()
        if isinstance(name, x509.UniformResourceIdentifier)
    )


def as_planned(made: Certificate, plan: Plan) -> None:
    """Distrust our own output: every field read back equals its plan. Raises `SelfCheckFailed` naming the first that differs."""
    expected = {
        "serial": plan.serial,
        "issuer": plan.issuer,
        "subject": plan.subject,
        "spki": plan.spki,
        "not_before": plan.not_before,
        "not_after": plan.not_after,
        "ca": plan.ca,
        "path_length": plan.path_length if plan.ca else -1,
        "usages": plan.usages,
        "ekus": plan.ekus,
        "policies": plan.policies,
        "crl_urls": plan.crl_urls,
        "sans": plan.sans,
        "permitted": plan.permitted,
        "excluded": plan.excluded,
    }
    for what, value in expected.items():
        if getattr(made, what) != value:
            raise SelfCheckFailed(what)
