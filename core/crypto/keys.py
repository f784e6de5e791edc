"""Reading a key file: untrusted bytes in, one `PublicKey` out, or a refusal with its reason."""

import base64
from dataclasses import replace

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from core.crypto import der, spki
from core.crypto.cards import is_card, read_card
from core.crypto.formats import Material, looks_like, recognise
from core.crypto.private import refuse_private
from core.crypto.texts import decoded
from core.errors import keys as errors
from core.errors.base import Refused
from core.errors.cards import CardKeyDiffers
from core.model.cards import Card
from core.model.keys import PublicKey, Source
from core.policy.secrets import shared_secret_in

LIMIT = 64 * 1024  # bytes; an RSA-16384 certificate has 5 KiB
_WEAK = {"md5", "sha1", "md2", "md4"}


def read_key(untrusted: bytes, *, legacy: bool = False) -> PublicKey:
    """The one public key in a file of any format that `Source` names.

    `legacy` takes RSA of 2048 to 3071 bits. Private keys and shared secrets are refused before anything is
    parsed; whatever a parser stumbles over becomes `NotAKey`. The classes are in `core.errors.keys`.
    """
    if len(untrusted) > LIMIT:
        raise errors.KeyFileTooLarge(len(untrusted), LIMIT)
    text = decoded(untrusted)
    refuse_private(untrusted, text)
    kind = shared_secret_in(text)
    if kind:
        raise errors.SharedSecretInFile(kind)
    try:
        if is_card(untrusted):
            return _from_card(read_card(untrusted), legacy=legacy)
        return _public_key(recognise(untrusted, text), legacy=legacy)
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - pyca parses lazily and raises what its parsers raise
        raise errors.NotAKey(looks_like(untrusted, text)) from None


def _public_key(material: Material, *, legacy: bool) -> PublicKey:
    if material.source is Source.PKCS10:
        return _from_request(material, legacy=legacy)
    if material.source is Source.CERTIFICATE:
        return _from_certificate(material, legacy=legacy)
    body = _from_openssh(material.body) if material.source is Source.OPENSSH else material.body
    algorithm, bits = spki.check(body, legacy=legacy)
    return PublicKey(body, algorithm, bits, material.source)


def _from_card(card: Card, *, legacy: bool) -> PublicKey:
    """The key of a card; a certificate in it proves possession, a signer's word that they saw a request does not."""
    if card.proof != "certificate":
        algorithm, bits = spki.check(card.spki, legacy=legacy)
        return PublicKey(card.spki, algorithm, bits, Source.CARD)
    found = _from_certificate(Material(Source.CERTIFICATE, card.proof_value), legacy=legacy)
    if found.spki != card.spki:
        raise CardKeyDiffers("pop.value")
    return replace(found, source=Source.CARD)


def _from_openssh(blob: bytes) -> bytes:
    """The SPKI of an OpenSSH wire blob (RFC 4253 6.6, RFC 5656, RFC 8709); it has to be canonical too."""
    length = int.from_bytes(blob[:4], "big")
    kind = blob[4 : 4 + length].decode("ascii", "replace")
    form = serialization.PublicFormat
    try:
        key = serialization.load_ssh_public_key(f"{kind} ".encode() + base64.b64encode(blob))
    except UnsupportedAlgorithm:
        raise errors.AlgorithmNotAllowed(kind) from None
    if not isinstance(key, EllipticCurvePublicKey | Ed25519PublicKey | RSAPublicKey):
        raise errors.AlgorithmNotAllowed(kind)
    if key.public_bytes(serialization.Encoding.OpenSSH, form.OpenSSH).split()[1] != base64.b64encode(blob):
        raise errors.EncodingNotCanonical("OpenSSH blob")
    return key.public_bytes(serialization.Encoding.DER, form.SubjectPublicKeyInfo)


def _from_request(material: Material, *, legacy: bool) -> PublicKey:
    body = _member(material.body, 2)
    algorithm, bits = spki.check(body, legacy=legacy)
    request = x509.load_der_x509_csr(material.body)
    _check_hash(request, material.source)
    if not request.is_signature_valid:
        raise errors.RequestSignatureWrong
    return PublicKey(body, algorithm, bits, material.source, possession=True)


def _from_certificate(material: Material, *, legacy: bool) -> PublicKey:
    certificate = x509.load_der_x509_certificate(material.body)
    if certificate.issuer != certificate.subject:
        raise errors.NotSelfSigned(certificate.issuer.rfc4514_string()[:200])
    body = _member(material.body, 6 if _versioned(material.body) else 5)
    algorithm, bits = spki.check(body, legacy=legacy)
    _check_hash(certificate, material.source)
    try:
        certificate.verify_directly_issued_by(certificate)
    except (InvalidSignature, ValueError, TypeError):
        raise errors.CertificateSignatureWrong from None
    return PublicKey(body, algorithm, bits, material.source, certificate=material.body, possession=True)


def _check_hash(signed: x509.Certificate | x509.CertificateSigningRequest, source: Source) -> None:
    """Before verifying: pyca says "not valid" of MD5 and SHA-1 as it does of a forgery."""
    try:
        digest = signed.signature_hash_algorithm
    except UnsupportedAlgorithm:
        raise errors.WeakSignature(source.value, signed.signature_algorithm_oid.dotted_string) from None
    if digest is not None and digest.name in _WEAK:
        raise errors.WeakSignature(source.value, digest.name.upper().replace("SHA1", "SHA-1"))


def _members(body: bytes) -> list[der.Element]:
    return der.elements(der.sequence(body)[0].content)


def _versioned(certificate: bytes) -> bool:
    return _members(certificate)[0].tag == 0xA0


def _member(body: bytes, place: int) -> bytes:
    """A member of the signed part as it stands in the file, so that the check sees its own bytes."""
    try:
        return _members(body)[place].whole
    except (der.NotDer, IndexError):
        raise errors.EncodingNotCanonical("DER") from None
