"""What the keyring knows about a workspace, and why it cannot be asked. Most are warnings: nothing was refused."""

from core.errors.base import Expected, Refused
from core.late import dataclass


@dataclass(eq=False)
class KeyringAbsent(Refused):
    """`why` is "headless", "locked" or "refused"."""

    why: str
    code = "KRG-01"


@dataclass(eq=False)
class OlderCopy(Expected):
    """The file has `rows` rows; this person saw `seen` of them, the newest of `time`."""

    path: str
    rows: int
    seen: int
    time: str
    code = "KRG-02"


@dataclass(eq=False)
class OtherHistory(Expected):
    """Row `seen` of the file is not the row this person saw."""

    path: str
    seen: int
    time: str
    code = "KRG-03"


@dataclass(eq=False)
class OtherWorkspace(Expected):
    """Another workspace lay at this path."""

    path: str
    code = "KRG-04"


@dataclass(eq=False)
class WorkspaceGone(Expected):
    """This person saw a workspace of `seen` rows here, and there is no file."""

    path: str
    seen: int
    time: str
    code = "KRG-05"


@dataclass(eq=False)
class NothingKept(Refused):
    """The keyring has no sign-in of this person that fits the workspace."""

    name: str
    code = "KRG-07"


@dataclass(eq=False)
class PassphraseNeeded(Refused):
    """Signed in from the keyring; this wants the passphrase at this moment."""

    name: str
    code = "KRG-08"
    clause = "S-g-1"
    field = "passphrase"


@dataclass(eq=False)
class HeadHere(Refused):
    """The entry that was to be given up is in the file."""

    number: int
    code = "KRG-09"


@dataclass(eq=False)
class NeverSeen(Expected):
    """Nothing here knows this workspace yet."""

    path: str
    code = "KRG-06"
