"""The design record: what was thought through before a network got a CA (A6, A7)."""

from datetime import datetime

from core.late import dataclass


@dataclass(frozen=True)
class Design:
    """`technologies` are the services of the CA; `relying` names the organisations that rely on it."""

    id: int
    technologies: tuple[str, ...]
    community: str
    relying: tuple[str, ...]
    hierarchy: str
    proposal: str
    made: datetime


@dataclass(frozen=True)
class SwitchToCa:
    """As typed; empty texts are taken from the workspace's own record."""

    technologies: tuple[str, ...] = ()
    community: str = ""
    relying: tuple[str, ...] = ()
    hierarchy: str = ""
    reason: str = ""
    ticket: str = ""
