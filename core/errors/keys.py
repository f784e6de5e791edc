"""Refusals about what a key file holds and what was heard of a key.

Those about keys on file are in `core.errors.comparison`.
"""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class NotAKey(Refused):
    """`looked_like` is what the content resembled: "empty", "binary", "text", "HTML", "JSON", "PGP", ..."""

    looked_like: str
    code = "IMP-01"
    field = "untrusted"


@dataclass(eq=False)
class KeyFileTooLarge(Refused):
    """Both in bytes."""

    size: int
    limit: int
    code = "IMP-02"
    field = "untrusted"


@dataclass(eq=False)
class PrivateKeyInFile(Refused):
    """`kind` names the container, never anything of its content."""

    kind: str
    code = "IMP-03"
    clause = "M3"
    field = "untrusted"


@dataclass(eq=False)
class SharedSecretInFile(Refused):
    """`kind` names the setting that was found, never its value."""

    kind: str
    code = "IMP-04"
    clause = "A10"
    field = "untrusted"


@dataclass(eq=False)
class SeveralKeys(Refused):
    count: int
    code = "IMP-05"
    field = "untrusted"


@dataclass(eq=False)
class WeakSignature(Refused):
    """MD5 or SHA-1 (or an unknown algorithm) under a request or certificate: it proves nothing."""

    source: str
    algorithm: str
    code = "IMP-06"
    clause = "M1"
    field = "untrusted"


@dataclass(eq=False)
class CertificateSignatureWrong(Refused):
    """It names itself as issuer, and its signature does not fit its key."""

    code = "IMP-07"
    field = "untrusted"


@dataclass(eq=False)
class NotSelfSigned(Refused):
    """A certificate of another issuer; a pin needs the device's own self-signed one, or the bare key."""

    issuer: str
    code = "IMP-08"
    field = "untrusted"


@dataclass(eq=False)
class RequestSignatureWrong(Refused):
    """The PKCS#10's proof of possession does not hold."""

    code = "CSR-01"
    field = "untrusted"


@dataclass(eq=False)
class AlgorithmNotAllowed(Refused):
    """`found` is the key type or curve as its field calls it ("P-521", "DSA", "RSA-PSS", an OID)."""

    found: str
    code = "KEY-01"
    clause = "M1"
    field = "untrusted"


@dataclass(eq=False)
class RsaSizeNotAllowed(Refused):
    """In bits; `legacy` says that a recorded legacy waiver would take it."""

    bits: int
    shortest: int
    longest: int
    legacy: bool
    code = "KEY-02"
    clause = "M1"
    field = "untrusted"


@dataclass(eq=False)
class RsaExponentNotAllowed(Refused):
    """Even, or below 65537 (FIPS 186-5 A.1.1)."""

    code = "KEY-03"
    clause = "M1"
    field = "untrusted"


@dataclass(eq=False)
class EncodingNotCanonical(Refused):
    """One key, two spellings: its fingerprints would differ from tool to tool. `why` says what is off."""

    why: str
    code = "KEY-04"
    field = "untrusted"


@dataclass(eq=False)
class CompressedPoint(Refused):
    code = "KEY-05"
    field = "untrusted"


@dataclass(eq=False)
class ExplicitParameters(Refused):
    """The curve is spelt out instead of named (RFC 5480 2.1.1; CVE-2020-0601)."""

    code = "KEY-06"
    field = "untrusted"


@dataclass(eq=False)
class PointNotAllowed(Refused):
    """`why` is "low-order", "non-canonical", "off-curve" or "even modulus"."""

    algorithm: str
    why: str
    code = "KEY-08"
    field = "untrusted"


@dataclass(eq=False)
class NothingHeard(Refused):
    code = "CMP-20"
    field = "heard"


@dataclass(eq=False)
class HeardTooLong(Refused):
    """Both in characters."""

    size: int
    limit: int
    code = "CMP-21"
    field = "heard"


@dataclass(eq=False)
class NotAFingerprint(Refused):
    """Nothing in the text has the shape of a fingerprint; no try is used up."""

    code = "CMP-22"
    field = "heard"


@dataclass(eq=False)
class NoCertificateOnFile(Refused):
    """A certificate's fingerprint was heard, and the key came without a certificate."""

    code = "FPR-02"
    field = "heard"
