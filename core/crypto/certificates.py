"""What is inside a certificate that a device printed."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core.errors.keys import NotAKey


def spki_of(untrusted_der: bytes) -> bytes:
    """The DER SubjectPublicKeyInfo of a certificate. Raises `NotAKey` where it does not parse."""
    try:
        key = x509.load_der_x509_certificate(untrusted_der).public_key()
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except Exception as error:
        raise NotAKey("certificate") from error
