"""`check`: judge a foreign certificate, request or CRL; nothing is kept and nothing is trusted by it."""

from collections.abc import Sequence

from core.crypto.armour import pieces
from core.crypto.certificates import read_certificate
from core.crypto.chains import Files, dates, judge, read_all
from core.crypto.crls import read_crl
from core.crypto.names import text
from core.crypto.requests import read_request
from core.errors.base import Refused
from core.errors.revocation import CrlNotRead
from core.model.certificates import Certificate, CertificateRequest
from core.model.checks import Checked
from core.policy import profiles
from core.services.desk import Desk


def check(desk: Desk, untrusted: bytes, beside: Sequence[bytes], lists: Sequence[bytes]) -> Checked:
    """The verdict on the first piece of `untrusted`; what else stands in the files counts as standing beside it."""
    (kind, body), *more = pieces(untrusted)
    others = [*more, *(piece for each in (*beside, *lists) for piece in pieces(each))]
    if kind == "request":
        request = read_request(untrusted)
        return Checked(kind, (), request, None, (), _fits(request))
    certificates = read_all([der for what, der in others if what == "certificate"])
    if kind == "CRL":
        return _crl(desk, body, certificates)
    crls = tuple(der for what, der in others if what == "CRL")
    chain, found = judge(read_certificate(body), Files(certificates, crls, frozenset()), desk.clock())
    return Checked(kind, chain, None, None, found)


def _crl(desk: Desk, body: bytes, certificates: Sequence[Certificate]) -> Checked:
    """A list says nothing until its issuer's certificate stands beside it and its signature holds."""
    refusal = CrlNotRead("signature")
    for issuer in certificates:
        try:
            crl = read_crl(body, issuer.spki)
        except CrlNotRead as error:
            refusal = error if error.why != "signature" else refusal
            continue
        return Checked("CRL", (issuer,), None, crl, dates(crl, text(issuer.subject), desk.clock()))
    raise refusal


def _fits(request: CertificateRequest) -> tuple[tuple[str, tuple[Refused, ...]], ...]:
    """Every profile with what it has against the request."""
    return tuple(
        (
            name,
            (
                *profiles.key(request, profile),
                *profiles.named(request.subject),
                *profiles.attributes(request.subject, profile),
                *profiles.sans(request.sans, profile),
            ),
        )
        for name, profile in profiles.profiles().items()
    )
