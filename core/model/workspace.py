"""A workspace: one file, one community (S-c-1)."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from core.late import dataclass
from core.model.people import NewOperator


class Kind(StrEnum):
    """What a workspace is for; each kind refuses what belongs to another."""

    LINKS = "links"
    ISSUING = "issuing"
    REGISTRATION = "registration"
    ROOT = "root"


class PolicyName(StrEnum):
    """`REHEARSAL` has the same rules and values; only its clock can be set, and what it makes is marked."""

    NCSC = "ncsc-2019"
    REHEARSAL = "rehearsal"


@dataclass(frozen=True)
class Workspace:
    """`id` is a UUID that every signature is bound to."""

    id: str
    name: str
    kind: Kind
    policy: PolicyName
    organisation: str
    community: str
    technologies: tuple[str, ...]
    network_end: str
    responsible: str
    deputy: str
    created: datetime

    @property
    def rehearsal(self) -> bool:
        """Whether everything made here has to be marked."""
        return self.policy is PolicyName.REHEARSAL


@dataclass(frozen=True)
class NewWorkspace:
    """The command that makes a workspace at `path`. Dates are ISO 8601 ("" where not given)."""

    path: Path
    kind: Kind
    name: str
    operators: tuple[NewOperator, ...]
    policy: PolicyName = PolicyName.NCSC
    organisation: str = ""
    community: str = ""
    technologies: tuple[str, ...] = ()
    network_end: str = ""
    responsible: str = ""
    deputy: str = ""


@dataclass(frozen=True)
class Holder:
    """Who is writing to a workspace file: host, operating-system user, process and since when (UTC)."""

    host: str
    user: str
    since: str
