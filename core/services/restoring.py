"""A copy becomes the workspace again: looked at first, put back, signed for by a person, and what that leaves to do."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from core.crypto.envelope import STANDARD, Cost
from core.errors.base import Expected, refuse
from core.errors.workspace import WrongSuffix
from core.late import dataclass
from core.media import places
from core.model.audit import Head, Row
from core.model.backups import Copied, Keeping, Restore, Trace
from core.model.proposals import Proposal
from core.services import accepting, backups, calendar, closed, heads, manifests, people, restored
from core.services.desk import Desk, Progress, open_desk
from core.services.opening import Hands
from core.services.perform import perform
from core.services.workspace import SUFFIX
from core.store import audit
from core.store.file import name_it

ACTIONS = ("backup.made", "backup.drilled", "backup.restored")


@dataclass(frozen=True)
class Looked:
    """A copy that holds together; `alarm` says that this person knows a later workspace than it is."""

    copied: Copied
    alarm: Expected | None


@dataclass(frozen=True)
class PutBack:
    """`waiting` is what a second person agrees on; the authorities of `unread` sign no CRL before theirs was read in.

    `behind` is the newest entry that is known outside and is not in the file.
    """

    copied: Copied
    waiting: Proposal | None
    unread: tuple[str, ...]
    behind: Head | None = None


def keeping(desk: Desk) -> Keeping:
    """How the copies of the workspace stand."""
    connection = desk.file.read
    traces = tuple(_trace(row) for action in ACTIONS for row in audit.newest_of(connection, action))
    days = {each.uid: each for each in calendar.duties(desk)}
    make, drill = days["duty-backup"], days["duty-restore-drill"]
    newest = max((each.number for each in traces if each.action == "backup.made"), default=0)
    return Keeping(
        tuple(sorted(traces, key=lambda each: -each.number)),
        make.day,
        make.overdue,
        drill.day,
        drill.overdue,
        audit.newest(connection)[0] - newest,
        restored.open_ones(connection),
    )


def _trace(row: Row) -> Trace:
    told = row.body["details"]
    return Trace(
        row.number,
        f"{row.time:%Y-%m-%d %H:%M}",
        row.actor,
        row.action,
        int(told["rows"]),
        str(told.get("sha256", "")),
        str(told.get("origin", "")),
        not told.get("faults") and not told.get("differs"),
    )


def look(path: Path, *, hands: Hands | None = None, progress: Progress | None = None) -> Looked:
    """Open a copy and verify all of it; a damaged one is refused, and nothing is changed."""
    with closed.plain(path, hands) as (plain, key):
        found = backups.sound(backups.look(plain, progress=progress))
        desk = open_desk(plain, read_only=True)
        try:
            alarm = heads.alarm(desk)
        finally:
            desk.close()
    return Looked(replace(found, path=path, sha256=closed.digest(path), key=key), alarm)


def restore(
    path: Path,
    to: Path,
    name: str,
    passphrase: str,
    *,
    more: Sequence[Path] = (),
    hands: Hands | None = None,
    progress: Progress | None = None,
) -> PutBack:
    """Make a workspace of a copy and sign for it; where that is refused, nothing is left behind. `more`: `signed_for`."""
    with put_back(path, to, progress=progress, hands=hands) as (draft, made):
        desk = open_desk(draft)
        try:
            people.sign_in(desk, name, passphrase)
            return signed_for(desk, path, made, more)
        finally:
            desk.close()


@contextmanager
def put_back(
    path: Path,
    to: Path,
    *,
    cost: Cost = STANDARD,
    progress: Progress | None = None,
    hands: Hands | None = None,
) -> Iterator[tuple[Path, Copied]]:
    """A workspace made of a copy, under a hidden name until it was signed for; then it is `to`, and else nothing is left.

    Whoever found it under its own name before would not know that it came from a copy, and sign CRLs.
    """
    if to.suffix != SUFFIX:
        raise WrongSuffix(str(to))
    refuse(places.against(to))
    draft = to.with_name(f".{to.name}.restored-{os.getpid()}")
    draft.unlink(missing_ok=True)  # a number that was another process's before
    try:
        yield draft, replace(backups.put_back(path, draft, cost=cost, progress=progress, hands=hands), path=to)
        name_it(draft, to)
    finally:
        draft.unlink(missing_ok=True)


def signed_for(desk: Desk, origin: Path, made: Copied, more: Sequence[Path] = ()) -> PutBack:
    """Record that the file came from a copy, and ask for a second person where it lies behind what was seen.

    `more` are later manifests of the same workspace: what they know goes beyond the copy.
    """
    known = manifests.gathered(desk, origin, made, more)
    behind = accepting.behind(desk, manifests.later(desk, known))
    command = Restore(origin, made.report.rows, made.report.head, manifests.crls(known), behind)
    perform(desk, backups.RESTORE, command)
    waiting = accepting.after_restore(desk, origin.name)
    return PutBack(made, waiting, restored.open_ones(desk.file.read), behind)
