"""Copies of a workspace: made, tried out, put back."""

from pathlib import Path

from core.late import dataclass
from core.model.audit import Report


@dataclass(frozen=True)
class MakeBackup:
    """Copy the workspace to a new file."""

    to: Path


@dataclass(frozen=True)
class Restore:
    """The copy at `origin` becomes a workspace that people work in; `rows` and `head` are what it was made with."""

    origin: Path
    rows: int
    head: str


@dataclass(frozen=True)
class Copied:
    """A copy that was opened and verified whole. `newest` is the time of its last row, ISO 8601."""

    path: Path
    sha256: str
    workspace: str
    name: str
    people: tuple[str, ...]
    newest: str
    report: Report
