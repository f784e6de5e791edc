"""What a check of a foreign file found: facts for sentences, nothing that opens or changes anything."""

from enum import StrEnum

from core.errors.base import Refused
from core.late import dataclass
from core.model.caps import CapTable
from core.model.certificates import Certificate, CertificateRequest
from core.model.revocation import Crl


class Trouble(StrEnum):
    """One thing that speaks against a certificate, a chain or a list."""

    NOT_YET = "not valid yet"
    EXPIRED = "expired"
    NO_ISSUER = "issuer missing"
    SIGNATURE = "signature"
    WEAK_SIGNATURE = "weak signature"
    NOT_CA = "issuer is no CA"
    NO_CERT_SIGN = "issuer may not sign"
    PATH_LENGTH = "path length"
    DEEP = "more than three layers"
    OUTSIDE = "outside its issuer's names"
    OUTLIVES = "outlives its issuer"
    CRITICAL = "unknown critical extension"
    NO_SUBJECT = "no subject"
    TOO_LONG = "longer than a year"
    NOT_PINNED = "root not pinned here"
    NOT_ON_FILE = "issued here and not on file"
    REVOKED = "revoked"
    NO_CRL = "no status"
    CRL_NOT_READ = "CRL not taken"
    CRL_STALE = "CRL out of date"
    CRL_EARLY = "CRL from the future"
    CRL_OLD = "not the newest CRL"
    CRL_UNTOLD = "revoked there and not here"


@dataclass(frozen=True)
class Found:
    """`about` names the certificate (its subject as text); `facts` fill the sentence."""

    trouble: Trouble
    about: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lint:
    """What the linter said of one place: `severity` is its own word, from FATAL and ERROR down to INFO."""

    severity: str
    code: str
    where: str
    said: str

    @property
    def refuses(self) -> bool:
        """A violation of the standard; what is below is advice."""
        return self.severity in ("FATAL", "ERROR")


@dataclass(frozen=True)
class Checked:
    """A judged file. `chain` runs from the certificate to its root as far as it was found; of a CRL it is the issuer.

    `fits` names every profile with what it has against a request.
    """

    kind: str  # "certificate", "request", "CRL"
    chain: tuple[Certificate, ...]
    request: CertificateRequest | None
    crl: Crl | None
    found: tuple[Found, ...]
    fits: tuple[tuple[str, tuple[Refused, ...]], ...] = ()
    policies: tuple[tuple[str, str], ...] = ()  # (OID, authority) of this workspace's own
    under: CapTable | None = None  # of a certificate of ours: the table of key lifetimes that it was issued under
