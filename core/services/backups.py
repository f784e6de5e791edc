"""Backups: a copy is worth what its last trial was, so every copy is opened and verified whole when it is made."""

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path

from core.crypto.envelope import STANDARD, Cost
from core.errors.workspace import CopyOfAnother, DamagedWorkspace, WrongSuffix
from core.model.backups import Copied, MakeBackup, Restore
from core.policy.duties import CA_WORK, EVERYBODY, LINK_WORK
from core.policy.rules import gate
from core.policy.texts import cleaned
from core.services import audit, people
from core.services.desk import Progress, open_desk
from core.services.perform import Verb, Work
from core.services.workspace import SUFFIX
from core.store import audit as rows
from core.store.copies import copy


def look(path: Path, *, cost: Cost = STANDARD, progress: Progress | None = None) -> Copied:
    """Open a copy and verify all of it; changes nothing."""
    desk = open_desk(path, read_only=True, cost=cost)
    try:
        report = audit.inspect(desk, progress)
        names = tuple(operator.name for operator in people.operators(desk))
        newest = rows.newest(desk.file.read)[2]
    finally:
        desk.close()
    return Copied(path, _digest(path), desk.workspace.id, desk.workspace.name, names, newest, report)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@gate("S-b-1")
def sound(copied: Copied) -> Copied:
    """The copy, or the refusal that it is damaged."""
    if copied.report.faults:
        raise DamagedWorkspace(str(copied.path), copied.report.faults[0].what)
    return copied


def _make(work: Work, command: MakeBackup) -> Copied:
    copy(work.desk.file, command.to)
    work.undo.append(command.to.unlink)
    made = sound(look(command.to, cost=work.desk.cost, progress=work.progress))
    work.details.update(rows=made.report.rows, head=made.report.head, sha256=made.sha256)
    return made


def drill(path: Path, *, cost: Cost = STANDARD, progress: Progress | None = None) -> Copied:
    """Restore a copy into a private folder that is gone afterwards, and verify it there."""
    with tempfile.TemporaryDirectory(prefix="anchorhold-drill-") as folder:
        trial = Path(folder) / f"drill{SUFFIX}"
        _copied(path, trial, cost)
        return replace(look(trial, cost=cost, progress=progress), path=path, sha256=_digest(path))


def put_back(path: Path, to: Path, *, cost: Cost = STANDARD, progress: Progress | None = None) -> Copied:
    """Make a workspace of a copy; a damaged one leaves nothing behind."""
    if to.suffix != SUFFIX:
        raise WrongSuffix(str(to))
    _copied(path, to, cost)
    try:
        return sound(look(to, cost=cost, progress=progress))
    except BaseException:
        to.unlink()
        raise


def _copied(path: Path, to: Path, cost: Cost) -> None:
    source = open_desk(path, read_only=True, cost=cost)
    try:
        copy(source.file, to)
    finally:
        source.close()


def _drilled(work: Work, path: Path) -> Copied:
    tried = drill(path, cost=work.desk.cost, progress=work.progress)
    if tried.workspace != work.desk.workspace.id:
        raise CopyOfAnother(str(path), tried.name)
    work.details.update(
        origin=cleaned(path.name),
        sha256=tried.sha256,
        rows=tried.report.rows,
        head=tried.report.head,
        faults=[each.what for each in tried.report.faults],
    )
    return tried


def _restore(work: Work, command: Restore) -> None:
    work.details.update(origin=cleaned(command.origin.name), rows=command.rows, head=command.head)


MAKE = Verb("backup.made", _make, LINK_WORK | CA_WORK)
DRILLED = Verb("backup.drilled", _drilled, LINK_WORK | CA_WORK)
RESTORE = Verb("backup.restored", _restore, EVERYBODY)
