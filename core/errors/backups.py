"""Refusals about backups: closed ones, their manifests, and a restore that two people have to agree on."""

from core.errors.base import Damaged, Refused
from core.late import dataclass


@dataclass(eq=False)
class BackupClosed(Refused):
    """It opens with custodians, and none are here."""

    path: str
    key: str
    quorum: int
    custodians: tuple[str, ...]
    sticks: tuple[str, ...] = ()  # whose passphrase is joined with a stick
    code = "BKP-01"
    clause = "C22"
    field = "custodian"


@dataclass(eq=False)
class BackupNotClosable(Refused):
    """`why` is "none" (no CA key here, so no custodians) or "drill" (the key's backup half is not known yet)."""

    why: str
    key: str
    code = "BKP-02"
    clause = "C22"
    field = "key"


@dataclass(eq=False)
class ClosedBackupDamaged(Damaged):
    """A closed backup was cut, changed or is none; nothing of it is used."""

    path: str = ""
    code = "BKP-03"


@dataclass(eq=False)
class ManifestNotFit(Refused):
    """`why` is "shape", "signer" (nobody whom the copy knows), "workspace" or "differs" (tells of another file)."""

    path: str
    why: str
    code = "BKP-04"
    clause = "S-b-1"
    field = "manifest"


@dataclass(eq=False)
class RestoreNotAgreed(Refused):
    """The file was put back from before `rows` (whose newest is of `time`), and one person alone stands behind that."""

    rows: int
    time: str
    code = "BKP-05"
    clause = "S-b-1"
