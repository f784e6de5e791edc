"""Certificate requests (PKCS#10, RFC 2986): untrusted bytes in, facts out, once the proof of possession held."""

from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from core.crypto import der, extensions, issuance, names
from core.crypto.formats import recognise
from core.crypto.keys import read_key
from core.crypto.private import refuse_private
from core.crypto.strict import strictly
from core.crypto.texts import decoded
from core.errors.base import Refused
from core.errors.certificates import RequestNotRead
from core.model.authorities import Name
from core.model.certificates import CertificateRequest, San
from core.model.keys import Source
from core.policy.rules import gate


@gate("C12")
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
        permitted, excluded = _limits(loaded)
    return CertificateRequest(
        body, public.spki, public.algorithm, public.bits, subject, sans, wishes, permitted, excluded
    )


def _limits(loaded: x509.CertificateSigningRequest) -> tuple[tuple[San, ...], tuple[San, ...]]:
    for extension in loaded.extensions:
        if isinstance(extension.value, x509.NameConstraints):
            (permitted, _), (excluded, _) = (
                extensions.subtrees(each)
                for each in (extension.value.permitted_subtrees, extension.value.excluded_subtrees)
            )
            return permitted, excluded
    return (), ()


def vouched(untrusted_proof: bytes, request: bytes, current: bytes) -> bool:
    """Whether the key of a certificate (DER SubjectPublicKeyInfo) stands for a new request.

    Either a detached signature over the request's DER (openssl dgst -sha256 -sign), or, from devices that only make
    requests, a PKCS#10 of the current key whose CN is the SHA-256 of the new one. Refuses a private key in the file.
    """
    refuse_private(untrusted_proof, decoded(untrusted_proof))
    if _detached(untrusted_proof, request, current):
        return True
    try:
        said = read_request(untrusted_proof, legacy=True)
    except Refused:
        return False
    return said.spki == current and said.subject == (("CN", sha256(request).hexdigest()),)


def _detached(signed: bytes, message: bytes, spki: bytes) -> bool:
    try:
        key = extensions.public(spki)
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(signed, message, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, RSAPublicKey):
            key.verify(signed, message, padding.PKCS1v15(), hashes.SHA256())
        else:
            key.verify(signed, message)
    except (InvalidSignature, ValueError):
        return False
    return True


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


_EXTENSION_REQUEST = bytes.fromhex("06092a864886f70d01090e")  # OID 1.2.840.113549.1.9.14
_NAME_CONSTRAINTS = bytes.fromhex("0603551d1e")  # OID 2.5.29.30
_SET, _ATTRIBUTES, _TRUE = 0x31, 0xA0, b"\x01\x01\xff"


def request_info(subject: Name, spki: bytes, permitted: tuple[San, ...] = (), excluded: tuple[San, ...] = ()) -> bytes:
    """The CertificationRequestInfo of a name and a key (RFC 2986 section 4.1): what is signed.

    Its one attribute are the name constraints, where there are any.
    """
    name = names.to_x509(subject).public_bytes()
    attributes = _constrained(permitted, excluded) if permitted or excluded else b""
    return der.encoded(der.SEQUENCE, b"\x02\x01\x00" + name + spki + der.encoded(_ATTRIBUTES, attributes))


def _constrained(permitted: tuple[San, ...], excluded: tuple[San, ...]) -> bytes:
    value = der.encoded(der.OCTET_STRING, extensions.constraints(permitted, excluded).public_bytes())
    wanted = der.encoded(der.SEQUENCE, der.encoded(der.SEQUENCE, _NAME_CONSTRAINTS + _TRUE + value))
    return der.encoded(der.SEQUENCE, _EXTENSION_REQUEST + der.encoded(_SET, wanted))


def request(info: bytes, signed: bytes, spki: bytes) -> bytes:
    """The DER PKCS#10 of signed bytes, read back as its reader will. Raises what `read_request` raises."""
    made = der.encoded(der.SEQUENCE, info + issuance.algorithm_of(spki) + der.encoded(der.BIT_STRING, b"\0" + signed))
    read_request(made, legacy=False)
    return made
