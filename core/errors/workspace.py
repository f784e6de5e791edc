"""Refusals about the workspace file itself."""

from core.errors.base import Damaged, Refused
from core.late import dataclass


@dataclass(eq=False)
class NoSuchWorkspace(Refused):
    path: str
    code = "DB-01"


@dataclass(eq=False)
class WorkspaceBusy(Refused):
    """Somebody else is writing; `host`, `user`, `since` are "" where the holder left no note."""

    path: str
    host: str
    user: str
    since: str
    code = "DB-02"


@dataclass(eq=False)
class NotAWorkspace(Refused):
    path: str
    code = "DB-03"


@dataclass(eq=False)
class NewerWorkspace(Refused):
    path: str
    version: int
    known: int
    code = "DB-04"


@dataclass(eq=False)
class ReadOnlyWorkspace(Refused):
    path: str
    code = "DB-05"


@dataclass(eq=False)
class DiskFull(Refused):
    path: str
    code = "DB-06"


@dataclass(eq=False)
class NotPermitted(Refused):
    path: str
    code = "DB-07"


@dataclass(eq=False)
class AlreadyThere(Refused):
    """A file or folder of that name exists and is not overwritten."""

    path: str
    code = "DB-08"
    field = "path"


@dataclass(eq=False)
class DamagedWorkspace(Damaged):
    path: str
    detail: str
    code = "DB-09"


@dataclass(eq=False)
class WrongKind(Refused):
    """The verb belongs to another kind of workspace."""

    kind: str
    needs: tuple[str, ...]
    code = "DB-10"
    clause = "S-c-1"


@dataclass(eq=False)
class WrongSuffix(Refused):
    path: str
    code = "DB-11"
    field = "path"


@dataclass(eq=False)
class CopyOfAnother(Refused):
    """The copy is one of workspace `name`."""

    path: str
    name: str
    code = "DB-19"
    field = "path"


@dataclass(eq=False)
class NoSuchFolder(Refused):
    """The folder that something is to be written in is not there: a stick that is not put in, as a rule."""

    path: str
    code = "DB-14"
    field = "path"


@dataclass(eq=False)
class MediumGone(Refused):
    """The disk reported an error or was pulled out."""

    path: str
    code = "DB-12"


@dataclass(eq=False)
class ClockBehind(Refused):
    """The machine's clock is behind the newest ledger row (both UTC, ISO 8601)."""

    now: str
    newest: str
    code = "CLK-01"
    clause = "S-i-5"


@dataclass(eq=False)
class ClockNotBehind(Refused):
    """There is nothing to correct, or it is another moment than the one agreed on (both UTC, ISO 8601)."""

    now: str
    newest: str
    code = "CLK-02"
    clause = "S-i-5"


@dataclass(eq=False)
class NotRehearsal(Refused):
    """A setting that only a rehearsal workspace honours."""

    what: str
    code = "DB-13"


@dataclass(eq=False)
class TextNotFit(Refused):
    """A typed text is empty, too long, or holds characters that must not stand in names.

    `why` is one of "empty", "long", "control", "shape", "date", "number".
    """

    what: str
    why: str
    limit: int = 0
    code = "TXT-01"

    def __post_init__(self) -> None:
        self.field = self.what


# What these say is about the disk, whatever was being done when it was noticed.
OF_THE_DISK = (
    DiskFull,
    NotPermitted,
    NoSuchFolder,
    ReadOnlyWorkspace,
    NoSuchWorkspace,
    MediumGone,
    WorkspaceBusy,
    NotAWorkspace,
)
