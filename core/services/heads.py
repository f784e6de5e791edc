"""The highest ledger head that this person has seen, kept in the operating system's keyring."""

import json
from pathlib import Path

from core.errors.base import Expected
from core.errors.vault import KeyringAbsent, NeverSeen, OlderCopy, OtherHistory, OtherWorkspace, WorkspaceGone
from core.model.audit import Head
from core.services.desk import Desk
from core.store import audit as store
from core.vault.ring import Ring, open_ring

_HEAD, _PLACE = "head", "place"


def _seen(ring: Ring, workspace_id: str) -> Head | None:
    try:
        match json.loads(ring.get(_HEAD, workspace_id) or "null"):
            case [int(number), str(leaf), str(time)]:
                return Head(number, leaf, time)
    except ValueError:
        pass
    return None


def _place(path: Path) -> str:
    return str(path.absolute().resolve())


def greet(desk: Desk) -> tuple[Expected, ...]:
    """What the keyring has to say about the file that was just opened: warnings, none of which refuses anything."""
    try:
        ring = open_ring()
        known, lay_here = _seen(ring, desk.workspace.id), ring.get(_PLACE, _place(desk.file.path))
    except KeyringAbsent as absent:
        return (absent,)
    path, told = str(desk.file.path), []
    if lay_here not in (None, desk.workspace.id):
        told.append(OtherWorkspace(path))
    alarm = _alarm(desk, path, known)
    return (*told, *([alarm] if alarm else []))


def _alarm(desk: Desk, path: str, seen: Head | None) -> Expected | None:
    if seen is None:
        return NeverSeen(path)
    rows = store.newest(desk.file.read)[0]
    if rows < seen.number:
        return OlderCopy(path, rows, seen.number, seen.time)
    leaf = store.leaf_of(desk.file.read, seen.number)
    return OtherHistory(path, seen.number, seen.time) if leaf != bytes.fromhex(seen.leaf) else None


def gone(path: Path) -> Expected | None:
    """What was seen at a path where there is no file now."""
    try:
        ring = open_ring()
        lay_here = ring.get(_PLACE, _place(path))
        seen = _seen(ring, lay_here) if lay_here else None
    except KeyringAbsent:
        return None
    return WorkspaceGone(str(path), seen.number, seen.time) if seen else None


def seen(desk: Desk) -> Head | None:
    """The head that is kept for this workspace. Raises `KeyringAbsent`."""
    return _seen(open_ring(), desk.workspace.id)


def alarm(desk: Desk) -> Expected | None:
    """Why the file is not the one that this person knows; None where it is, or where nobody can tell."""
    try:
        known = seen(desk)
    except KeyringAbsent:
        return None
    return _alarm(desk, str(desk.file.path), known) if known is not None else None


def behind(desk: Desk, known: Head) -> bool:
    """Whether the file has not got the head that was seen."""
    return _alarm(desk, "", known) is not None


def keep(desk: Desk) -> int:
    """Go by the file's newest head from now on; the number of its rows."""
    return _keep(open_ring(), desk)


def _keep(ring: Ring, desk: Desk) -> int:
    number, leaf, time = store.newest(desk.file.read)
    ring.put(_HEAD, desk.workspace.id, json.dumps([number, leaf.hex(), time]))
    if not desk.file.path.name.startswith("."):  # a copy that is being put back; it has its name at the next opening
        ring.put(_PLACE, _place(desk.file.path), desk.workspace.id)
    return number


def remember(desk: Desk) -> None:
    """Keep the newest head, if it was verified and goes beyond the one that is kept; it never goes back."""
    if desk.verified is None:
        return
    try:
        ring = open_ring()
        known = _seen(ring, desk.workspace.id)
        if known is None or (known.number < store.newest(desk.file.read)[0] and not _alarm(desk, "", known)):
            _keep(ring, desk)
    except KeyringAbsent:
        return
