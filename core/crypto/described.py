"""A certificate, request or CRL as plain text, for people who read X.509: every field and extension, then PEM.

Values are spelt, never interpreted: what an extension says is shown by its own names, what is not known as hex.
"""

from collections.abc import Iterable, Iterator

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from core.crypto.certificates import read_certificate
from core.crypto.requests import read_request

_ENTRIES = 200  # of a CRL are listed; the rest is counted


def certificate(der: bytes) -> str:
    """A certificate that was read before."""
    read_certificate(der)  # strict: pyca reads lazily
    found = x509.load_der_x509_certificate(der)
    lines = [
        "Certificate:",
        f"  Version: {found.version.value + 1}",
        f"  Serial number: {found.serial_number:x}",
        f"  Signature: {_algorithm(found.signature_hash_algorithm, found.signature_algorithm_oid)}",
        f"  Issuer: {found.issuer.rfc4514_string()}",
        f"  Not before: {found.not_valid_before_utc:%Y-%m-%d %H:%M:%S} UTC",
        f"  Not after:  {found.not_valid_after_utc:%Y-%m-%d %H:%M:%S} UTC",
        f"  Subject: {found.subject.rfc4514_string()}",
        *_key(found.public_key()),
        *_extensions(found.extensions),
    ]
    return _whole(lines, found.signature, found.public_bytes(Encoding.PEM))


def request(der: bytes) -> str:
    """A request whose proof of possession held."""
    read_request(der)
    found = x509.load_der_x509_csr(der)
    lines = [
        "Certificate request:",
        f"  Signature: {_algorithm(found.signature_hash_algorithm, found.signature_algorithm_oid)}",
        f"  Subject: {found.subject.rfc4514_string()}",
        *_key(found.public_key()),
        *_extensions(found.extensions),
    ]
    return _whole(lines, found.signature, found.public_bytes(Encoding.PEM))


def crl(der: bytes) -> str:
    """A CRL that was read before."""
    found = x509.load_der_x509_crl(der)
    until = found.next_update_utc
    lines = [
        "Certificate revocation list:",
        f"  Signature: {_algorithm(found.signature_hash_algorithm, found.signature_algorithm_oid)}",
        f"  Issuer: {found.issuer.rfc4514_string()}",
        f"  This update: {found.last_update_utc:%Y-%m-%d %H:%M:%S} UTC",
        f"  Next update: {until:%Y-%m-%d %H:%M:%S} UTC" if until else "  Next update: none",
        *_extensions(found.extensions),
        f"  Entries: {len(found)}",
        *_entries(found),
    ]
    return _whole(lines, found.signature, found.public_bytes(Encoding.PEM) if len(found) <= _ENTRIES else b"")


def _entries(found: x509.CertificateRevocationList) -> Iterator[str]:
    for number, each in enumerate(found):
        if number == _ENTRIES:
            yield f"    and {len(found) - _ENTRIES} more"
            return
        yield f"    {each.serial_number:x}  {each.revocation_date_utc:%Y-%m-%d %H:%M:%S} UTC"
        for extension in each.extensions:
            yield f"      {_value(extension.value)}"


def _algorithm(used: object, oid: x509.ObjectIdentifier) -> str:
    return f"{getattr(oid, '_name', oid.dotted_string)} ({getattr(used, 'name', 'no hash')})"


def _key(key: object) -> list[str]:
    if isinstance(key, ec.EllipticCurvePublicKey):
        return [f"  Public key: EC, {key.curve.name}"]
    if isinstance(key, rsa.RSAPublicKey):
        return [f"  Public key: RSA, {key.key_size} bits"]
    return [f"  Public key: {type(key).__name__}"]


def _extensions(found: Iterable[x509.Extension[x509.ExtensionType]]) -> Iterator[str]:
    for each in found:
        name = getattr(each.oid, "_name", each.oid.dotted_string)
        yield f"  {name}{' (critical)' if each.critical else ''}:"
        for line in _value(each.value).splitlines() or [""]:
            yield f"    {line}"


def _named(oid: x509.ObjectIdentifier) -> str:
    name = str(getattr(oid, "_name", ""))
    return oid.dotted_string if name.startswith("Unknown") else f"{name} {oid.dotted_string}"


def _value(value: x509.ExtensionType) -> str:
    """What an extension says, by its own names."""
    match value:
        case x509.BasicConstraints():
            return f"CA:{'TRUE' if value.ca else 'FALSE'}" + (
                f", path length {value.path_length}" if value.path_length is not None else ""
            )
        case x509.KeyUsage():
            names = (
                "digital_signature",
                "content_commitment",
                "key_encipherment",
                "key_agreement",
                "key_cert_sign",
                "crl_sign",
            )
            return ", ".join(name for name in names if getattr(value, name))
        case x509.ExtendedKeyUsage():
            return ", ".join(_named(each) for each in value)
        case x509.SubjectKeyIdentifier():
            return value.digest.hex()
        case x509.AuthorityKeyIdentifier():
            return (value.key_identifier or b"").hex()
        case x509.SubjectAlternativeName():
            return "\n".join(f"{type(each).__name__}: {each.value}" for each in value)
        case x509.CRLDistributionPoints():
            return "\n".join(str(name.value) for point in value for name in point.full_name or ())
        case x509.CertificatePolicies():
            return "\n".join(each.policy_identifier.dotted_string for each in value)
        case x509.CRLNumber():
            return str(value.crl_number)
        case x509.CRLReason():
            return f"reason: {value.reason.value}"
        case x509.InvalidityDate():
            return f"invalid since {value.invalidity_date_utc:%Y-%m-%d %H:%M:%S} UTC"
        case _:
            return value.public_bytes().hex()


def _whole(lines: list[str], signature: bytes, pem: bytes) -> str:
    """With the signature in groups; every line without characters that turn or hide what follows."""
    octets = signature.hex()
    lines += ["  Signature value:", *(f"    {octets[at : at + 64]}" for at in range(0, len(octets), 64)), ""]
    told = [*lines, *pem.decode("ascii").splitlines()]
    return "\n".join(
        "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line) for line in told
    )
