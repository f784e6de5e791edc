"""What two people allow beside the plain rules of enrolment: a pattern of tickets, a wider ticket, a key made otherwise."""

from datetime import datetime
from enum import StrEnum

from core.late import dataclass


class Allowing(StrEnum):
    """What an agreement is about."""

    PATTERN = "ticket-pattern"  # what tickets look like here (C16); the newest holds
    TICKET = "ticket-widened"  # a ticket that counts for further devices
    KEY = "key-exception"  # a device whose own security procedures have its key made another way (M2)


@dataclass(frozen=True)
class Agreement:
    """`about` is the ticket or the device, "" for the pattern; `value` the pattern, the devices, or how the key is made."""

    id: int
    allowing: Allowing
    about: str
    value: str
    reason: str
    ticket: str
    proposal: str
    made: datetime


@dataclass(frozen=True)
class SetPattern:
    """As typed: "#" is a digit, "*" any letters and digits, "|" stands between two patterns; "" takes any ticket."""

    pattern: str
    reason: str
    ticket: str


@dataclass(frozen=True)
class WidenTicket:
    """A ticket for more than one device; no `devices` means every device."""

    about: str
    devices: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class ExceptKey:
    """How the device's key is made where its own procedures forbid the usual way."""

    device: str
    how: str
    reason: str
    ticket: str
