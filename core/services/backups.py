"""Backups: a copy is worth what its last trial was, so every copy is opened and verified whole when it is made."""

from dataclasses import replace
from pathlib import Path

from core.crypto.envelope import STANDARD, Cost
from core.errors.base import refuse
from core.errors.workspace import CopyOfAnother, DamagedWorkspace
from core.late import dataclass
from core.media import places
from core.model.backups import Copied, MakeBackup, Restore
from core.policy.duties import CA_WORK, EVERYBODY, LINK_WORK
from core.policy.rules import gate
from core.policy.texts import cleaned
from core.services import audit, closed, making, manifests, people
from core.services.desk import Progress, open_desk
from core.services.opening import Hands
from core.services.perform import Verb, Work
from core.services.workspace import SUFFIX
from core.store import audit as rows
from core.store import authorities, revocation
from core.store.copies import copy
from core.store.outside import private


def look(path: Path, *, cost: Cost = STANDARD, progress: Progress | None = None, hands: Hands | None = None) -> Copied:
    """Open a copy and verify all of it; changes nothing. A closed one takes its custodians' `hands`."""
    with closed.plain(path, hands) as (plain, key):
        return replace(_looked(plain, cost, progress, path), key=key)


def _looked(path: Path, cost: Cost, progress: Progress | None, origin: Path | None = None) -> Copied:
    """What lies at `path`; of `origin` where it was put there from, which is held against its manifest."""
    told = origin or path
    desk = open_desk(path, read_only=True, cost=cost)
    try:
        report = audit.inspect(desk, progress)
        names = tuple(operator.name for operator in people.operators(desk))
        connection = desk.file.read
        newest = rows.newest(connection)[2]
        ours = (each for each in authorities.all_authorities(connection) if each.key)
        crls = {each.name: revocation.last_number(connection, each.id) for each in ours}
        digest, place = closed.digest(told), desk.workspace
        return manifests.compared(desk, Copied(told, digest, place.id, place.name, names, newest, report, crls))
    finally:
        desk.close()


@gate("S-b-1")
def sound(copied: Copied) -> Copied:
    """The copy, or the refusal that it is damaged."""
    if copied.report.faults:
        raise DamagedWorkspace(str(copied.path), copied.report.faults[0].what)
    return copied


def _make(work: Work, command: MakeBackup) -> Copied:
    refuse(places.against(command.to))
    if command.key:
        made = _closed(work, command)
    else:
        making.copy(work, command.to)
        made = sound(look(command.to, cost=work.desk.cost, progress=work.progress))
    making.write(work, manifests.beside(command.to), manifests.written(work, made), mode=0o600)
    work.details.update(rows=made.report.rows, head=made.report.head, sha256=made.sha256, crls=made.crls, key=made.key)
    return made


def _closed(work: Work, command: MakeBackup) -> Copied:
    """The plain copy lies beside the workspace, in a private place, until the closed one was written and read back."""
    held = closed.recipient(work, command)
    with making.private(work) as folder:
        plain = folder / f"copy{SUFFIX}"
        copy(work.desk.file, plain)
        made = sound(_looked(plain, work.desk.cost, work.progress))
        closed.write(work, plain, command.to, held)
    return replace(made, path=command.to, sha256=closed.digest(command.to), key=held.name)


def drill(path: Path, *, cost: Cost = STANDARD, progress: Progress | None = None, hands: Hands | None = None) -> Copied:
    """Restore a copy into a private folder that is gone afterwards, and verify it there."""
    with private() as folder:
        trial = folder / f"drill{SUFFIX}"
        with closed.plain(path, hands) as (plain, key):
            _copied(plain, trial, cost)
        return replace(_looked(trial, cost, progress, path), key=key)


def put_back(
    path: Path,
    to: Path,
    *,
    cost: Cost = STANDARD,
    progress: Progress | None = None,
    hands: Hands | None = None,
) -> Copied:
    """Make a workspace of a copy; a damaged one leaves nothing behind."""
    with closed.plain(path, hands, to.absolute().parent) as (plain, key):
        _copied(plain, to, cost)
    try:
        return replace(sound(_looked(to, cost, progress)), sha256=closed.digest(path), key=key)
    except BaseException:
        to.unlink()
        raise


def _copied(path: Path, to: Path, cost: Cost) -> None:
    source = open_desk(path, read_only=True, cost=cost)
    try:
        copy(source.file, to)
    finally:
        source.close()


@dataclass(frozen=True)
class Tried:
    """A copy to try out, and what its custodians bring where it is closed."""

    path: Path
    hands: Hands


def _drilled(work: Work, command: Path | Tried) -> Copied:
    path, hands = (command.path, command.hands) if isinstance(command, Tried) else (command, None)
    tried = drill(path, cost=work.desk.cost, progress=work.progress, hands=hands)
    if tried.workspace != work.desk.workspace.id:
        raise CopyOfAnother(str(path), tried.name)
    work.details.update(
        origin=cleaned(path.name),
        sha256=tried.sha256,
        rows=tried.report.rows,
        head=tried.report.head,
        key=tried.key,
        faults=[each.what for each in tried.report.faults],
        manifest=tried.manifest,
        differs=list(tried.differs),
    )
    return tried


def _restore(work: Work, command: Restore) -> None:
    later = command.behind
    behind = {"rows": later.number, "leaf": later.leaf, "time": later.time} if later else {}
    work.details.update(
        origin=cleaned(command.origin.name), rows=command.rows, head=command.head, crls=command.crls, behind=behind
    )


MAKE = Verb("backup.made", _make, LINK_WORK | CA_WORK)
DRILLED = Verb("backup.drilled", _drilled, LINK_WORK | CA_WORK)
RESTORE = Verb("backup.restored", _restore, EVERYBODY)
