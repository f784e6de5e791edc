"""Certificate requests (PKCS#10, RFC 2986): untrusted bytes in, facts out, once the proof of possession held."""

from cryptography import x509

from core.crypto import der, extensions, issuance, names
from core.crypto.formats import recognise
from core.crypto.keys import read_key
from core.crypto.strict import strictly
from core.crypto.texts import decoded
from core.errors.certificates import RequestNotRead
from core.model.authorities import Name
from core.model.certificates import CertificateRequest, San
from core.model.keys import Source


def read_request(untrusted: bytes, *, legacy: bool = False) -> CertificateRequest:
    """The request in a PEM or DER file. Raises what `read_key` raises, and `RequestNotRead`.

    `read_key` goes first: it refuses private keys and shared secrets, checks size, encoding and key, and verifies the
    signature, which is the proof of possession (C12). A request's extensions are wishes and no more.
    """
    public = read_key(untrusted, legacy=legacy)
    if public.source is not Source.PKCS10:
        raise RequestNotRead("shape")
    body = recognise(untrusted, decoded(untrusted)).body
    with strictly(RequestNotRead("extensions")):
        loaded = x509.load_der_x509_csr(body)
        sans, wishes = _wishes(loaded)
        subject = names.from_x509(loaded.subject)
    return CertificateRequest(body, public.spki, public.algorithm, public.bits, subject, sans, wishes)


def _wishes(loaded: x509.CertificateSigningRequest) -> tuple[tuple[San, ...], tuple[str, ...]]:
    sans: tuple[San, ...] = ()
    wishes: list[str] = []
    for extension in loaded.extensions:
        value = extension.value
        if isinstance(value, x509.SubjectAlternativeName):
            sans, others = extensions.sans(value)
            wishes += [f"subjectAltName {other}" for other in others]
        else:
            mark = "critical " if extension.critical else ""
            wishes.append(f"{mark}{_named(value, extension.oid)}")
    return sans, tuple(wishes)


def _named(value: x509.ExtensionType, oid: x509.ObjectIdentifier) -> str:
    if isinstance(value, x509.BasicConstraints):
        return "basicConstraints CA:TRUE" if value.ca else "basicConstraints CA:FALSE"
    if isinstance(value, x509.UnrecognizedExtension):
        return oid.dotted_string
    return type(value).__name__


def request_info(subject: Name, spki: bytes) -> bytes:
    """The CertificationRequestInfo of a name and a key, without attributes (RFC 2986 section 4.1): what is signed."""
    name = names.to_x509(subject).public_bytes()
    return der.encoded(der.SEQUENCE, b"\x02\x01\x00" + name + spki + b"\xa0\x00")


def request(info: bytes, signed: bytes, spki: bytes) -> bytes:
    """The DER PKCS#10 of signed bytes, read back as its reader will. Raises what `read_request` raises."""
    made = der.encoded(der.SEQUENCE, info + issuance.algorithm_of(spki) + der.encoded(der.BIT_STRING, b"\0" + signed))
    read_request(made, legacy=False)
    return made
