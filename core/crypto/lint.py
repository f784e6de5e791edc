"""pkilint judges against RFC 5280 what is about to be signed.

It is imported by the first act that signs: 0.3 s that nobody else waits for.
"""

from functools import cache
from typing import Any

from core.model.checks import Lint


def load() -> None:
    """Import the linter now, from any thread, so that the first signature does not wait for it."""
    _validators()


def certificate(der: bytes) -> tuple[Lint, ...]:
    """Everything that it says of a certificate."""
    return _judged(der, 0)


def revocation_list(der: bytes) -> tuple[Lint, ...]:
    """Everything that it says of a CRL. Each entry takes 0.5 ms."""
    return _judged(der, 1)


def _judged(der: bytes, which: int) -> tuple[Lint, ...]:
    load_document, validator = _validators()[which]
    try:
        document = load_document(der)
    except ValueError as error:
        return (Lint("FATAL", "unreadable", "", str(error)),)
    if which == 0:
        _read_policies(document)
    return tuple(
        Lint(each.finding.severity.name, each.finding.code, result.node.path, each.message or "")
        for result in validator.validate(document.root)
        for each in result.finding_descriptions
    )


def _read_policies(document: Any) -> None:
    """Decode the policies with pyasn1 itself: pkilint's faster decoder stops at arcs over 32 bits, and an arc under
    2.25 is the 128 bits of a UUID (ITU-T X.667). A node that has a child is taken as it is."""
    from pkilint.document import create_and_append_node_from_pdu
    from pyasn1.codec.der.decoder import decode
    from pyasn1.error import PyAsn1Error
    from pyasn1_alt_modules import rfc5280

    found = document.get_extension_by_oid(rfc5280.id_ce_certificatePolicies)
    if found is None:
        return
    value = found[0].children["extnValue"]
    try:
        policies, rest = decode(value.pdu.asOctets(), asn1Spec=rfc5280.CertificatePolicies())
    except PyAsn1Error:
        return  # pkilint decodes it as well, and says so
    if not rest:
        create_and_append_node_from_pdu(document, policies, value)


@cache
def _validators() -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """(loader, validators) for certificates and for CRLs: what pkilint has for RFC 5280, all of it."""
    from pkilint import loader, pkix
    from pkilint.pkix import certificate, crl, extension, name

    of_certificates = certificate.create_pkix_certificate_validator_container(
        certificate.create_decoding_validators(name.ATTRIBUTE_TYPE_MAPPINGS, extension.EXTENSION_MAPPINGS),
        [
            certificate.create_issuer_validator_container(),
            certificate.create_validity_validator_container(),
            certificate.create_subject_validator_container(),
            certificate.create_extensions_validator_container(),
            certificate.create_spki_validator_container(),
        ],
    )
    of_lists = crl.create_pkix_crl_validator_container(
        [
            pkix.create_attribute_decoder(name.ATTRIBUTE_TYPE_MAPPINGS),
            pkix.create_extension_decoder(extension.EXTENSION_MAPPINGS),
        ],
        [
            crl.create_issuer_validator_container(),
            crl.create_validity_validator_container(),
            crl.create_extensions_validator_container(),
        ],
    )
    return (loader.load_der_certificate, of_certificates), (loader.load_der_crl, of_lists)
