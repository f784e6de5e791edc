"""Refusals about enrolling devices and issuing to them."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class ProfileNotFit(Refused):
    """`why` is "unknown", "service" (the authority is for another one) or "choose" (several would fit)."""

    profile: str
    why: str
    known: tuple[str, ...]
    code = "ENR-01"
    clause = "A8"
    field = "profile"


@dataclass(eq=False)
class KeyUsedBefore(Refused):
    """`why` is "device" (another device has it), "pinned" (pinned for another device), "compromised", "same",
    "authority" (a CA's own), or "quarantined" and "withdrawn" (as the pinned key of `other`)."""

    other: str
    why: str
    code = "ENR-02"
    clause = "C12"
    field = "untrusted"


@dataclass(eq=False)
class SubjectTaken(Refused):
    """RFC 5280 7.1: the same name, though it may be spelt another way."""

    subject: str
    other: str
    code = "ENR-03"
    clause = "C10"
    field = "subject"


@dataclass(eq=False)
class DeviceNotInService(Refused):
    device: str
    why: str  # "retired" or "over": its end of life has passed
    code = "ENR-04"
    clause = "C15"
    field = "device"


@dataclass(eq=False)
class NoCrlYet(Refused):
    """Nothing is issued while devices could not learn of a revocation; `why` is "none" or "stale"."""

    authority: str
    why: str
    code = "ENR-06"
    clause = "M7"


@dataclass(eq=False)
class IdentityNotCertified(Refused):
    """The names that were asked for do not hold the device's own identity."""

    device: str
    identity: str
    code = "ENR-07"
    clause = "C10"
    field = "san"


@dataclass(eq=False)
class SubmitterIssues(Refused):
    """Who submitted a request does not issue it (C21)."""

    name: str
    code = "ENR-08"
    clause = "C21"


@dataclass(eq=False)
class NoRoutineRenewal(Refused):
    """`why` is "unknown", "expired", "revoked", "suspected" or "device"."""

    serial: str
    why: str
    code = "ENR-09"
    clause = "C18"
    field = "renews"


@dataclass(eq=False)
class RenewalNotProved(Refused):
    """`why` is "none" (nothing stands for the new key) or "wrong" (the proof is not the current key's, or of others)."""

    serial: str
    why: str
    code = "ENR-11"
    clause = "C13"
    field = "proof"


@dataclass(eq=False)
class DeviceDiffers(Refused):
    """A desk and this workspace have one name for two devices."""

    device: str
    told: str
    here: str
    code = "ENR-13"
    clause = "C15"
    field = "device"


@dataclass(eq=False)
class NameOutside(Refused):
    """A name that the authority's own certificate does not let it certify."""

    name: str
    authority: str
    code = "ENR-14"
    clause = "RFC5280-6.1.3"
    field = "san"


@dataclass(eq=False)
class WishNotTaken(Refused):
    """`why` is "nameless" (an empty subject), "ca", "critical" (an extension nobody here knows) or "wildcard"."""

    wish: str
    why: str
    code = "ENR-15"
    clause = "C9"
    field = "untrusted"


@dataclass(eq=False)
class NotRenewed(Refused):
    """`what` belongs to a renewal: "proof" or "same key"."""

    what: str
    code = "ENR-12"
    clause = "C18"
    field = "renews"


@dataclass(eq=False)
class PersonalName(Refused):
    """A name that looks personal or sensitive (C11): everybody can read it in the certificate and its CRL."""

    value: str
    why: str  # "mailbox" or "word"
    code = "ENR-10"
    clause = "C11"
    field = "subject"


@dataclass(eq=False)
class RenewedDifferently(Refused):
    """A renewal with another subject or profile than the certificate it follows."""

    serial: str
    code = "ENR-16"
    clause = "C19"
    field = "renews"


@dataclass(eq=False)
class NoDeviceMeant(Refused):
    """A request that no file is named after; `why` is "none" or "several": how many devices it could be for."""

    subject: str
    why: str
    code = "ENR-17"
    clause = "C10"
    field = "device"
