"""`check`: judge a foreign certificate, request or CRL; nothing is kept and nothing is trusted by it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.crypto.armour import pieces
from core.crypto.certificates import read_certificate
from core.crypto.chains import Files, dates, judge, read_all
from core.crypto.crls import read_crl
from core.crypto.names import normal, text
from core.crypto.requests import read_request
from core.errors.base import Refused
from core.errors.revocation import CrlNotRead
from core.model.authorities import Layer
from core.model.caps import CapTable
from core.model.certificates import Certificate, CertificateRequest
from core.model.checks import Checked, Found, Trouble
from core.policy import profiles
from core.services import caps
from core.services.desk import Desk
from core.store import authorities, revocation
from core.store import certificates as certificates_here


def check(desk: Desk, untrusted: bytes, beside: Sequence[bytes], lists: Sequence[bytes]) -> Checked:
    """The verdict on `untrusted`: on its request or CRL, or on the certificate in it that issued none of the others.

    What else stands in the files, and this workspace's own authorities with their newest CRLs, count as standing beside.
    """
    (kind, body), *more = pieces(untrusted)
    others = [*more, *(piece for each in (*beside, *lists) for piece in pieces(each))]
    if kind == "request":
        request = read_request(untrusted)
        return Checked(kind, (), request, None, (), _fits(request))
    here = [each for each in authorities.all_authorities(desk.file.read) if each.certificate]
    known = [each.certificate for each in here]
    certificates = read_all([*(der for what, der in others if what == "certificate"), *known])
    if kind == "CRL":
        return _crl(desk, body, certificates)
    mine = [revocation.signed(desk.file.read, each.id) for each in here]
    crls = (*(der for what, der in others if what == "CRL"), *(each.der for each in mine if each))
    anchors = frozenset(each.spki for each in here if each.layer is Layer.ROOT)
    leaf, beside_it = _leaf(
        read_certificate(body), certificates, len([what for what, _ in more if what == "certificate"])
    )
    chain, found = judge(leaf, Files(beside_it, crls, anchors), desk.clock())
    policies = tuple((each.policy, each.name) for each in here if each.policy)
    found = (*found, *_not_on_file(desk, chain, found))
    return Checked(kind, chain, None, None, found, policies=policies, under=_under(desk, leaf))


def _under(desk: Desk, leaf: Certificate) -> CapTable | None:
    """The table of key lifetimes that a certificate of ours was issued under."""
    ours = [each for each in certificates_here.with_key(desk.file.read, leaf.spki) if each.der == leaf.der]
    return caps.issued_under(desk, ours[0].id).get(ours[0].id) if ours else None


def _not_on_file(desk: Desk, chain: tuple[Certificate, ...], found: Sequence[Found]) -> Iterator[Found]:
    """A certificate under a CA key of ours that no row tells of: what was issued after the copy that was put back."""
    broken = {each.about for each in found if each.trouble in (Trouble.SIGNATURE, Trouble.WEAK_SIGNATURE)}
    ours = {each.spki: each for each in authorities.all_authorities(desk.file.read) if each.key}
    for below, above in pairwise(chain):
        authority, serial = ours.get(above.spki), f"{below.serial:x}"
        known = {each.authority_id for each in certificates_here.find(desk.file.read, serial)}
        if authority is None or authority.id in known or text(below.subject) in broken:
            continue
        if all(each.certificate != below.der for each in ours.values()):
            yield Found(Trouble.NOT_ON_FILE, text(below.subject), (authority.name, serial))


def _leaf(
    first: Certificate, others: tuple[Certificate, ...], in_file: int
) -> tuple[Certificate, tuple[Certificate, ...]]:
    """A file may begin with its root: the certificate meant is the one that issued none beside it in the same file."""
    together = (first, *others[:in_file])
    issuers = {normal(each.issuer) for each in together if normal(each.issuer) != normal(each.subject)}
    leaf = next((each for each in together if normal(each.subject) not in issuers), first)
    return leaf, tuple(each for each in (first, *others) if each is not leaf)


def _crl(desk: Desk, body: bytes, certificates: Sequence[Certificate]) -> Checked:
    """A list says nothing until its issuer's certificate stands beside it and its signature holds."""
    refusal = CrlNotRead("signature" if certificates else "no issuer")
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
