"""Settings of a workspace that two people change together."""

from datetime import datetime
from enum import StrEnum

from core.late import dataclass


class SettingName(StrEnum):
    """What can be set; whatever nobody has set is as the program has it."""

    CRL_HOURS = "crl-hours"  # how long a CRL of an issuing authority counts (C6)


@dataclass(frozen=True)
class Setting:
    """The newest of a name is in force; `proposal` is the digest of the agreement behind it."""

    id: int
    name: SettingName
    value: str
    reason: str
    ticket: str
    proposal: str
    made: datetime


@dataclass(frozen=True)
class SetCrlValidity:
    """How many hours a CRL counts from now on, as typed."""

    hours: str
    reason: str
    ticket: str = ""
