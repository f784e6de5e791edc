"""Refusals about links on file and their export (what cannot be written or read is in `core.errors.links`)."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class NoSuchLink(Refused):
    name: str
    code = "LNK-01"
    field = "link"


@dataclass(eq=False)
class LinkNameTaken(Refused):
    name: str
    code = "LNK-02"
    field = "name"


@dataclass(eq=False)
class TwoEndsNeeded(Refused):
    """Both ends are the same device."""

    device: str
    code = "LNK-03"
    field = "right"


@dataclass(eq=False)
class KeyChanged(Refused):
    """A newer key of the device waits for its comparison, so nothing of the device leaves (SL2)."""

    device: str
    link: str
    state: str
    code = "LNK-04"
    clause = "SL2"
    field = "names"


@dataclass(eq=False)
class KeyNotApproved(Refused):
    """`compared` is how often the device's key was compared so far; -1 where there is no key."""

    device: str
    link: str
    compared: int
    code = "LNK-05"
    clause = "SL2"
    field = "names"


@dataclass(eq=False)
class LinkSuspended(Refused):
    link: str
    code = "LNK-06"
    clause = "SL2"
    field = "names"


@dataclass(eq=False)
class KeyStaysHere(Refused):
    """No file is made of a key that is not approved, or that something speaks against (SL2)."""

    device: str
    why: str
    code = "LNK-12"
    clause = "SL2"


@dataclass(eq=False)
class NothingToTake(Refused):
    """What a row stands for has no bytes yet."""

    name: str
    why: str
    code = "LNK-13"


@dataclass(eq=False)
class LinkRetired(Refused):
    link: str
    code = "LNK-07"
    field = "names"


@dataclass(eq=False)
class UnknownTechnology(Refused):
    text: str
    known: tuple[str, ...]
    code = "LNK-08"
    field = "technology"


@dataclass(eq=False)
class NothingInCommon(Refused):
    """The two devices' platforms carry no technology together."""

    left: str
    right: str
    code = "LNK-11"
    field = "right"


@dataclass(eq=False)
class SameLinkTwice(Refused):
    link: str
    code = "LNK-09"
    field = "right"


@dataclass(eq=False)
class NothingToExport(Refused):
    code = "LNK-10"
    field = "names"


@dataclass(eq=False)
class FolderNotEmpty(Refused):
    path: str
    code = "EXP-10"
    field = "to"


@dataclass(eq=False)
class WrittenDifferently(Refused):
    """A file that was just written does not read back as it was written."""

    path: str
    code = "EXP-11"
    clause = "SL2"


@dataclass(eq=False)
class NameNotForMedium(Refused):
    """The medium's file system does not take a name that the platform needs."""

    path: str
    code = "EXP-12"


@dataclass(eq=False)
class NothingPinnedHere(Refused):
    """The device has no approved peer key to look for in what it printed."""

    device: str
    code = "RBK-04"
    field = "device"
