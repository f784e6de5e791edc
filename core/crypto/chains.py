"""A chain judged from its files: every link, every date, every status, and everything that is wrong at once.

No outside tool tells all of it: none refuses a certificate that outlives its issuer, strongSwan's ignores path lengths
(design section 7). What is not known counts against the chain.
"""

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from core.crypto.certificates import read_certificate
from core.crypto.crls import read_crl
from core.crypto.names import normal, text
from core.errors.revocation import CrlNotRead
from core.late import dataclass
from core.model.certificates import Certificate, Usage
from core.model.checks import Found, Trouble
from core.model.revocation import Crl
from core.policy import lifetimes
from core.policy.constraints import outside
from core.policy.rules import gate

DEEPEST = 3  # layers (A13)
_KNOWN = (
    x509.BasicConstraints,
    x509.KeyUsage,
    x509.ExtendedKeyUsage,
    x509.SubjectAlternativeName,
    x509.NameConstraints,
    x509.CertificatePolicies,
)
_WEAK = ("md5", "sha1")


@dataclass(frozen=True)
class Files:
    """What stands beside the certificate: other certificates and CRLs as DER, and the root keys that are pinned."""

    certificates: tuple[Certificate, ...]
    crls: tuple[bytes, ...]
    anchors: frozenset[bytes]  # DER SubjectPublicKeyInfo


def judge(leaf: Certificate, files: Files, now: datetime) -> tuple[tuple[Certificate, ...], tuple[Found, ...]]:
    """The chain from `leaf` upwards as far as it goes, and every finding."""
    path, found = _path(leaf, files.certificates)
    for place, each in enumerate(path):
        found += _own(each, now)
        if place + 1 < len(path):
            found += _link(each, path[place + 1], below=place)
            found += _status(each, path[place + 1], files.crls, now)
        found += [finding for below in path[:place] for finding in _names(below, each)]
    if len(path) > DEEPEST:
        found.append(Found(Trouble.DEEP, text(leaf.subject), (str(len(path)),)))
    if not leaf.ca and leaf.not_after.date() > lifetimes.a_year_after((leaf.not_before + lifetimes.BACKDATE).date()):
        found.append(Found(Trouble.TOO_LONG, text(leaf.subject)))
    if _is_root(path[-1]) and path[-1].spki not in files.anchors:
        found.append(Found(Trouble.NOT_PINNED, text(path[-1].subject)))
    return path, tuple(found)


def _is_root(certificate: Certificate) -> bool:
    return normal(certificate.issuer) == normal(certificate.subject)


@gate("A12")
def _path(leaf: Certificate, pool: Sequence[Certificate]) -> tuple[tuple[Certificate, ...], list[Found]]:
    path = [leaf]
    while not _is_root(path[-1]):
        named = [each for each in pool if normal(each.subject) == normal(path[-1].issuer) and each not in path]
        if not named:
            return tuple(path), [Found(Trouble.NO_ISSUER, text(path[-1].subject), (text(path[-1].issuer),))]
        signer = next((each for each in named if _signed(path[-1], each) is None), None)
        if signer is None:
            return tuple(path), [Found(_signed(path[-1], named[0]) or Trouble.SIGNATURE, text(path[-1].subject))]
        path.append(signer)
    trouble = _signed(path[-1], path[-1])
    return tuple(path), [Found(trouble, text(path[-1].subject))] if trouble else []


def _signed(certificate: Certificate, issuer: Certificate) -> Trouble | None:
    """What is wrong with the signature of one under the other's key; a weak hash is told from a forgery."""
    loaded = x509.load_der_x509_certificate(certificate.der)
    try:
        digest = loaded.signature_hash_algorithm
        if digest is not None and digest.name in _WEAK:
            return Trouble.WEAK_SIGNATURE
        loaded.verify_directly_issued_by(x509.load_der_x509_certificate(issuer.der))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return Trouble.SIGNATURE
    return None


def _own(certificate: Certificate, now: datetime) -> list[Found]:
    about = text(certificate.subject)
    found = [] if any(value.strip() for _, value in certificate.subject) else [Found(Trouble.NO_SUBJECT, about)]
    if now < certificate.not_before:
        found.append(Found(Trouble.NOT_YET, about, (f"{certificate.not_before:%Y-%m-%d %H:%M}",)))
    if now > certificate.not_after:
        found.append(Found(Trouble.EXPIRED, about, (f"{certificate.not_after:%Y-%m-%d %H:%M}",)))
    for extension in x509.load_der_x509_certificate(certificate.der).extensions:
        if extension.critical and not isinstance(extension.value, _KNOWN):
            found.append(Found(Trouble.CRITICAL, about, (extension.oid.dotted_string,)))
    return found


@gate("A13")
def _link(certificate: Certificate, issuer: Certificate, *, below: int) -> list[Found]:
    """`below` counts the CAs between this issuer and the end entity (RFC 5280 6.1.4)."""
    about = text(issuer.subject)
    found = [] if issuer.ca else [Found(Trouble.NOT_CA, about)]
    if Usage.CERTIFICATES not in issuer.usages:
        found.append(Found(Trouble.NO_CERT_SIGN, about))
    if issuer.ca and 0 <= issuer.path_length < below:
        found.append(Found(Trouble.PATH_LENGTH, about, (str(issuer.path_length),)))
    if certificate.not_after > issuer.not_after:
        found.append(Found(Trouble.OUTLIVES, text(certificate.subject), (f"{issuer.not_after:%Y-%m-%d}",)))
    return found


def _names(certificate: Certificate, above: Certificate) -> list[Found]:
    """Names outside what a CA above may certify (RFC 5280 6.1.3 b, c); kinds of limits that are not judged count too."""
    about = text(certificate.subject)
    out = outside(certificate.sans, above.permitted, above.excluded)
    found = [Found(Trouble.OUTSIDE, about, (str(each), text(above.subject))) for each in out]
    unknown = [f"2.5.29.30 {each}" for each in above.unknown_constraints]
    return found + [Found(Trouble.CRITICAL, text(above.subject), (each,)) for each in unknown]


@gate("A11")
def _status(certificate: Certificate, issuer: Certificate, lists: Sequence[bytes], now: datetime) -> list[Found]:
    """Not revoked on a list that counts today, or a finding: no status is no good status (A11)."""
    about, reasons = text(certificate.subject), []
    usable: list[Crl] = []
    for der in lists:
        try:
            usable.append(read_crl(der, issuer.spki))
        except CrlNotRead as error:
            reasons.append(error.why)
    usable = [each for each in usable if normal(each.issuer) == normal(issuer.subject)]
    if not usable:
        if reasons and set(reasons) != {"signature"}:
            return [Found(Trouble.CRL_NOT_READ, text(issuer.subject), (reasons[0],))]
        return [Found(Trouble.NO_CRL, about, (text(issuer.subject),))]
    newest = max(usable, key=lambda each: each.number)
    entry = next((each for crl in usable for each in crl.entries if each.serial == certificate.serial), None)
    found = [Found(Trouble.REVOKED, about, (entry.reason.value, f"{entry.at:%Y-%m-%d %H:%M}"))] if entry else []
    return [*found, *dates(newest, text(issuer.subject), now)]


def dates(crl: Crl, about: str, now: datetime) -> tuple[Found, ...]:
    """What a list's own dates say against it."""
    if now > crl.next_update:
        return (Found(Trouble.CRL_STALE, about, (f"{crl.next_update:%Y-%m-%d %H:%M}",)),)
    if now < crl.this_update:
        return (Found(Trouble.CRL_EARLY, about, (f"{crl.this_update:%Y-%m-%d %H:%M}",)),)
    return ()


def read_all(ders: Sequence[bytes]) -> tuple[Certificate, ...]:
    """Certificates beside the judged one."""
    return tuple(read_certificate(der) for der in ders)
