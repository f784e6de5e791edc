"""Operators: named people, each with an own passphrase and an own Ed25519 signing key."""

from dataclasses import dataclass
from enum import StrEnum


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
    """A person on file. `public_key` is the raw 32-byte Ed25519 key."""

    name: str
    full_name: str
    duties: tuple[Duty, ...]
    public_key: bytes


@dataclass(frozen=True)
class ChangePassphrase:
    """The acting operator's own passphrase; the secrets travel beside the command, never in it."""


@dataclass(frozen=True)
class SignIn:
    """Somebody opens the workspace in the window; the passphrase travels beside it."""


@dataclass(frozen=True)
class Lock:
    """Somebody (or the idle timer) closes the window's session."""

    because: str
