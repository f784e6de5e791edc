"""Carried files: what travels by stick between two workspaces, signed by the sender (S-a-1)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from core.late import dataclass


class CarryKind(StrEnum):
    """What a carried file is for."""

    SUB_REQUEST = "sub-request"  # issuing to root: a sub CA asks to be certified
    REQUESTS = "requests"  # registration desk to issuing: what its two people agreed to
    CERTIFICATES = "certificates"  # issuing to registration desk: what became of its requests
    SUB_ANSWER = "sub-answer"  # root to issuing: its certificate, the root's certificate and CRL


@dataclass(frozen=True)
class Person:
    """A sender's operator as the other side knows them. `key` is the raw Ed25519 key."""

    name: str
    full_name: str
    key: bytes


@dataclass(frozen=True)
class Meeting:
    """One workspace as it introduces itself. `root` is its root certificate (DER), b"" where it has none.

    `digest` is the SHA-256 of the whole introduction: what is read out and typed blind by two people.
    """

    workspace: str
    name: str
    kind: str
    rehearsal: bool
    people: tuple[Person, ...]
    root: bytes
    digest: bytes


@dataclass(frozen=True)
class Partner:
    """A workspace that was met. `heard_by` names who typed its fingerprint; two make it known."""

    id: int
    meeting: Meeting
    heard_by: tuple[str, ...]
    met: datetime

    @property
    def known(self) -> bool:
        """Whether its carried files may be taken."""
        return len(set(self.heard_by)) >= 2


@dataclass(frozen=True)
class Carried:
    """A carried file whose signature held. `answers` is the SHA-256 of the file it answers, hex, "" for a first one."""

    kind: CarryKind
    workspace: str
    by: str
    time: datetime
    answers: str
    body: dict[str, Any]
    sha256: str


@dataclass(frozen=True)
class Hear:
    """What the other side's people read out, typed here by one of two people."""

    untrusted: bytes
    heard: str
