"""Operators: named people, each with an own passphrase and an own Ed25519 signing key."""

from datetime import datetime
from enum import StrEnum

from core.late import dataclass
from core.model.proposals import Statement


class Duty(StrEnum):
    """Trusted roles after ETSI EN 319 401, and the custodian of a CA key."""

    SECURITY_OFFICER = "security-officer"
    SYSTEM_ADMINISTRATOR = "system-administrator"
    REGISTRATION_OFFICER = "registration-officer"
    CA_OPERATOR = "ca-operator"
    REVOCATION_OFFICER = "revocation-officer"
    AUDITOR = "auditor"
    CUSTODIAN = "custodian"


@dataclass(frozen=True)
class NewOperator:
    """A person to be entered in a new workspace."""

    name: str
    full_name: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class Operator:
    """A person on file. `public_key` is the raw 32-byte Ed25519 key.

    `until` is the last day of their access (ISO 8601, "" without an end); `left` the time they left, "" while they
    work here; `by_one_person` says that nobody else was there to approve them, although others had worked here.
    """

    name: str
    full_name: str
    duties: tuple[Duty, ...]
    public_key: bytes
    until: str = ""
    left: str = ""
    by_one_person: bool = False

    def in_force(self, now: datetime) -> bool:
        """Whether they may act at this moment."""
        return not self.left and (not self.until or now.date().isoformat() <= self.until)


@dataclass(frozen=True)
class ChangePassphrase:
    """The acting operator's own passphrase; the secrets travel beside the command, never in it."""


@dataclass(frozen=True)
class SignIn:
    """Somebody opens the workspace in the window; the passphrase travels beside it."""


@dataclass(frozen=True)
class KeepSignIn:
    """Keep the own sign-in in the operating system's keyring; the key travels beside the command."""


@dataclass(frozen=True)
class ForgetSignIn:
    """Take it out again."""


@dataclass(frozen=True)
class Lock:
    """Somebody (or the idle timer) closes the window's session."""

    because: str


@dataclass(frozen=True)
class AddPerson:
    """A person asked for; `until` is the last day of their access, "" without an end."""

    name: str
    full_name: str
    duties: tuple[Duty, ...]
    until: str = ""


@dataclass(frozen=True)
class ChangeDuties:
    """Duties to give and to take; `until` is a new last day, "never" for no end, "" to leave it as it is."""

    name: str
    add: tuple[Duty, ...] = ()
    remove: tuple[Duty, ...] = ()
    until: str = ""


@dataclass(frozen=True)
class Admit:
    """A newcomer's new key, taken in by somebody who works here and sees who they are; `proposal` allows it."""

    proposal: str
    kind: str
    public_key: bytes
    sealed: str
    acceptance: Statement


@dataclass(frozen=True)
class Leave:
    """Somebody does not work here any more."""

    name: str
    reason: str


@dataclass(frozen=True)
class Review:
    """The access review: everybody's duties were looked at. `roster` is the digest of the table that was shown."""

    roster: str
