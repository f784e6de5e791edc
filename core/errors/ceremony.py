"""What keeps a ceremony's record open."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class NotTheSecondPerson(Refused):
    """The fingerprint is typed back by somebody else than who made the root, and by somebody who works here."""

    name: str
    code = "CER-01"
    clause = "C22"
    field = "by"


@dataclass(eq=False)
class CeremonyNotDone(Refused):
    """`why` is what is missing: "root", "read-back" or "backups"."""

    why: str
    code = "CER-02"
    clause = "M11"
    field = "copies"


@dataclass(eq=False)
class CopyNotOfCeremony(Refused):
    """The file is none of the backups that this ceremony wrote, byte for byte."""

    path: str
    code = "CER-03"
    clause = "S-b-1"
    field = "copies"


@dataclass(eq=False)
class CeremonyClosed(Refused):
    time: str
    code = "CER-04"
    clause = "M11"


@dataclass(eq=False)
class PlannedTooLate(Refused):
    """`latest` is 30 days before the root's CRL ends."""

    latest: str
    code = "CER-05"
    clause = "C7"
    field = "next_planned"


@dataclass(eq=False)
class PoweredOffNotFit(Refused):
    """A time between the root's making and a day from now."""

    earliest: str
    code = "CER-06"
    clause = "M11"
    field = "powered_off"


@dataclass(eq=False)
class SameMedium(Refused):
    """Two copies in one folder are lost together."""

    folder: str
    code = "CER-07"
    clause = "S-b-1"
    field = "second"
