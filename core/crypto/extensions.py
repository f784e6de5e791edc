"""The extensions of our certificates (RFC 5280 section 4.2, RFC 4945 section 5.1.3): written here, read back here."""

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from core.errors.certificates import SelfCheckFailed
from core.model.certificates import Plan, San, SanKind, Usage

CertifiedKey = EllipticCurvePublicKey | Ed25519PublicKey | RSAPublicKey
Extension = tuple[x509.ExtensionType, bool]


def public(spki: bytes) -> CertifiedKey:
    """The public key of a plan, of a kind that can sign."""
    key = serialization.load_der_public_key(spki)
    if not isinstance(key, CertifiedKey):
        raise SelfCheckFailed("key type")
    return key


def of_certificate(plan: Plan) -> Iterator[Extension]:
    """Each extension with its criticality."""
    yield x509.BasicConstraints(plan.ca, plan.path_length if plan.ca else None), True
    yield _usage(plan.usages), True
    if plan.ekus:
        yield x509.ExtendedKeyUsage([x509.ObjectIdentifier(oid) for oid in plan.ekus]), False
    yield x509.SubjectKeyIdentifier.from_public_key(public(plan.spki)), False
    yield x509.AuthorityKeyIdentifier.from_issuer_public_key(public(plan.issuer_spki)), False  # in a root's too
    if plan.sans:
        yield x509.SubjectAlternativeName([general(san) for san in plan.sans]), False
    if plan.policies:
        known = [x509.PolicyInformation(x509.ObjectIdentifier(oid), None) for oid in plan.policies]
        yield x509.CertificatePolicies(known), False
    if plan.crl_urls:
        yield x509.CRLDistributionPoints([_point(url) for url in plan.crl_urls]), False
    if plan.permitted or plan.excluded:
        yield constraints(plan.permitted, plan.excluded), True
    if plan.no_check:
        yield x509.OCSPNoCheck(), False


def _usage(usages: tuple[Usage, ...]) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=Usage.SIGNATURE in usages,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=Usage.CERTIFICATES in usages,
        crl_sign=Usage.CRLS in usages,
        encipher_only=False,
        decipher_only=False,
    )


def _point(url: str) -> x509.DistributionPoint:
    return x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)


def general(san: San) -> x509.GeneralName:
    """One alternative name as pyca has it."""
    if san.kind is SanKind.DNS:
        return x509.DNSName(san.value)
    if san.kind is SanKind.EMAIL:
        return x509.RFC822Name(san.value)
    return x509.IPAddress(ip_address(san.value))


def _subtrees(names: tuple[San, ...]) -> list[x509.GeneralName] | None:
    found = [x509.IPAddress(ip_network(each.value)) if each.kind is SanKind.IP else general(each) for each in names]
    return found or None


def constraints(permitted: tuple[San, ...], excluded: tuple[San, ...]) -> x509.NameConstraints:
    """Name constraints as pyca has them."""
    return x509.NameConstraints(_subtrees(permitted), _subtrees(excluded))


def subtrees(found: list[x509.GeneralName] | None) -> tuple[tuple[San, ...], tuple[str, ...]]:
    """The subtrees that we know, IP ones as networks, and the kinds of those that we do not."""
    return sans(x509.SubjectAlternativeName(found)) if found else ((), ())


def sans(found: x509.SubjectAlternativeName) -> tuple[tuple[San, ...], tuple[str, ...]]:
    """The names that we know, and the kinds of those that we do not."""
    known: list[San] = []
    others: list[str] = []
    for name in found:
        if isinstance(name, x509.DNSName):
            known.append(San(SanKind.DNS, name.value))
        elif isinstance(name, x509.RFC822Name):
            known.append(San(SanKind.EMAIL, name.value))
        elif isinstance(name, x509.IPAddress):
            known.append(San(SanKind.IP, str(name.value)))
        else:
            others.append(type(name).__name__)
    return tuple(known), tuple(others)


def usages(found: x509.KeyUsage) -> tuple[Usage, ...]:
    """The usages that are set, of those that we know."""
    said = {
        Usage.SIGNATURE: found.digital_signature,
        Usage.CERTIFICATES: found.key_cert_sign,
        Usage.CRLS: found.crl_sign,
    }
    return tuple(usage for usage, is_set in said.items() if is_set)
