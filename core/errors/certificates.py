"""Refusals about names, requests and certificates."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class NameNotFit(Refused):
    """`why` is "empty", "long", "shape", "joined", "attribute" or "value"; `found` the attribute's OID."""

    why: str
    found: str = ""
    code = "CRT-01"
    clause = "C9"
    field = "subject"


@dataclass(eq=False)
class NothingToCheck(Refused):
    """`why` is what a file without certificates, requests or CRLs is: "text", "empty", "SSH", "public key", ..."""

    why: str
    code = "CHK-01"
    field = "untrusted"


@dataclass(eq=False)
class RequestNotRead(Refused):
    """`why` is "shape" (no PKCS#10) or "extensions" (they do not parse)."""

    why: str
    code = "CSR-02"
    clause = "C12"
    field = "untrusted"


@dataclass(eq=False)
class KeyNotInProfile(Refused):
    """`found` is the key's type as people call it; `taken` what the profile takes."""

    found: str
    profile: str
    taken: tuple[str, ...]
    code = "CRT-02"
    clause = "M1"
    field = "untrusted"


@dataclass(eq=False)
class AttributeNotInProfile(Refused):
    attribute: str
    profile: str
    taken: tuple[str, ...]
    code = "CRT-03"
    clause = "C1"
    field = "subject"


@dataclass(eq=False)
class SanNotInProfile(Refused):
    """An alternative name of a kind that the profile does not take."""

    san: str
    profile: str
    code = "CRT-04"
    clause = "C1"
    field = "san"


@dataclass(eq=False)
class SanMissing(Refused):
    """No alternative name at all, so nothing that peers know the device by."""

    profile: str
    code = "CRT-12"
    clause = "RFC4945-5.1.3.6"
    field = "san"


@dataclass(eq=False)
class SanNotSpelt(Refused):
    """`why` is "wildcard" or "shape"."""

    san: str
    why: str
    code = "CRT-13"
    clause = "RFC5280-4.2.1.6"
    field = "san"


@dataclass(eq=False)
class ValidityTooLong(Refused):
    """Dates as ISO; `why` says what bounds it: "year", "device", "issuer", "network", "cap"."""

    asked: str
    latest: str
    why: str
    code = "CRT-05"
    clause = "M4"
    field = "until"


@dataclass(eq=False)
class CapPassed(Refused):
    """The published end for this layer has passed; two people may record a replacement (design section 6)."""

    layer: str
    cap: str
    code = "CRT-06"
    clause = "L2"
    field = "until"


@dataclass(eq=False)
class SelfCheckFailed(Refused):
    """What was built does not read back as planned; `what` names the part. Nothing was signed with a CA key."""

    what: str
    code = "CRT-07"
    clause = "A3"


@dataclass(eq=False)
class LintRefuses(Refused):
    """The linter finds a violation of RFC 5280 in what would be signed; `what` is "certificate" or "CRL".

    `findings` are its codes with the places they are at.
    """

    what: str
    findings: tuple[str, ...]
    code = "CRT-08"
    clause = "RFC5280-4"


@dataclass(eq=False)
class NotAsApproved(Refused):
    """Today's bytes are not those that were approved: something beside the proposal changed since."""

    serial: str
    code = "CRT-09"
    clause = "C22"


@dataclass(eq=False)
class RootCapPassed(Refused):
    """The published date for root keys has passed."""

    cap: str
    code = "CRT-10"
    clause = "L3"


@dataclass(eq=False)
class KeyLifeTooLong(Refused):
    """`why` says what bounds an authority's key: "issuer", "network" or "cap"."""

    asked: str
    latest: str
    why: str
    code = "CRT-11"
    clause = "L1"
    field = "until"
