"""What is on file as plain text: a certificate, a request, an authority with its newest CRL."""

from core.crypto import described
from core.model.authorities import Authority
from core.model.proposals import Proposal
from core.services.desk import Desk
from core.store import revocation


def certificate(der: bytes) -> str:
    """A device's certificate."""
    return described.certificate(der)


def request(proposal: Proposal) -> str:
    """The request as the device made it; the certificate will say what the details say."""
    return described.request(bytes.fromhex(str(proposal.facts["request"])))


def authority(desk: Desk, found: Authority) -> str:
    """An authority's certificate, and its newest CRL below it."""
    crl = revocation.signed(desk.file.read, found.id)
    told = described.certificate(found.certificate)
    return f"{told}\n\n{described.crl(crl.der)}" if crl else told
