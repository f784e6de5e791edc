"""Refusals about authorities and carried files."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class NetworkUp(Refused):
    """`interfaces` have a carrier; () where this system cannot be asked."""

    interfaces: tuple[str, ...]
    code = "CA-01"
    clause = "M10"
    field = "network_up_because"


@dataclass(eq=False)
class RootAlready(Refused):
    name: str
    code = "CA-02"
    clause = "A13"


@dataclass(eq=False)
class AuthorityNameTaken(Refused):
    name: str
    code = "CA-03"
    field = "name"


@dataclass(eq=False)
class NoSuchAuthority(Refused):
    """`why` is "none" (no such name), "several" (a name is needed) or "state"; `state` says which."""

    name: str
    why: str
    state: str = ""
    code = "CA-04"
    field = "name"


@dataclass(eq=False)
class CrlUrlNotFit(Refused):
    """A CRL address is plain http with a host and a file name (RFC 5280 4.2.1.13: no loop through https)."""

    url: str
    code = "CA-05"
    clause = "C8"
    field = "crl_url"


@dataclass(eq=False)
class ServiceNotFit(Refused):
    """`known` are the services; `why` is "unknown", "none" (nothing was chosen) or "design" (the workspace was
    not made for it, A7)."""

    service: str
    why: str
    known: tuple[str, ...]
    code = "CA-06"
    clause = "A7"
    field = "service"


@dataclass(eq=False)
class NoWayBack(Refused):
    """A sub CA was installed: its certificates may be out there."""

    name: str
    code = "CA-09"


@dataclass(eq=False)
class PolicyShared(Refused):
    """Two services share a policy OID (A9)."""

    policy: str
    other: str
    code = "CA-07"
    clause = "A9"


@dataclass(eq=False)
class RehearsalMixed(Refused):
    """A rehearsal's file in a real workspace, or the other way round."""

    code = "CA-08"


@dataclass(eq=False)
class ConstraintNotFit(Refused):
    """`why` is "service" (off for IPsec), "shape" or "many"."""

    name: str
    why: str
    code = "CA-20"
    clause = "RFC5280-4.2.1.10"
    field = "permitted"


@dataclass(eq=False)
class NotRolledOver(Refused):
    """`why` is "root" (it is followed by another workspace's), "elsewhere" (no key here) or "requested"."""

    name: str
    why: str
    code = "CA-21"
    clause = "L1"
    field = "name"


@dataclass(eq=False)
class StillTrusted(Refused):
    """An authority with certificates that devices still trust: without its key no CRL could take one back."""

    name: str
    count: int
    until: str
    code = "CA-22"
    clause = "C4"
    field = "name"


@dataclass(eq=False)
class NotCarried(Refused):
    """`why` is "shape", "size", "signature", "stranger" (the sender was not met), "person", "kind", "answer", "desk" or "half"."""

    why: str
    code = "CRY-01"
    clause = "S-a-1"
    field = "untrusted"


@dataclass(eq=False)
class MeetingDiffers(Refused):
    """What was heard is not this introduction's fingerprint; `why` is "different", "form" or "person"."""

    why: str
    code = "CRY-02"
    clause = "S-a-3"
    field = "heard"


@dataclass(eq=False)
class AnswerDoesNotFit(Refused):
    """`what` names what differs from the request: "key", "subject", "service", "issuer", "crl", ..."""

    what: str
    code = "CRY-03"
    clause = "S-a-3"
    field = "untrusted"


@dataclass(eq=False)
class RootNotPinned(Refused):
    """`why` is "none" (no root is pinned at this desk) or "other" (the certificate is under another one, `root`)."""

    why: str
    root: str
    code = "CRY-04"
    clause = "S-a-3"
    field = "untrusted"


@dataclass(eq=False)
class ReadBackDiffers(Refused):
    """The fingerprint that the second person typed is not the one of the new root."""

    code = "CA-10"
    clause = "M10"
    field = "heard"
