"""Up to which row each ledger was verified here: it saves work at the next opening and proves nothing.

A plain file of this user. Whoever can write to it can also write to the program; `audit verify` never reads it.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from core.model.audit import Head

_LARGEST = 256 * 1024
_MOST = 500  # workspaces


def _path() -> Path:
    from platformdirs import user_state_path

    return user_state_path("anchorhold", appauthor=False) / "verified.json"


def _read() -> dict[str, list[object]]:
    try:
        with _path().open("rb") as file:
            told = json.loads(file.read(_LARGEST))
        return told if isinstance(told, dict) else {}
    except (OSError, ValueError):
        return {}


def verified(workspace_id: str) -> Head | None:
    """The newest row that was verified here, if any."""
    match _read().get(workspace_id):
        case [int(number), str(leaf), str(time)]:
            return Head(number, leaf, time)
    return None


def keep(workspace_id: str, head: Head) -> None:
    """Remember it; where that cannot be written, the next opening has more to do."""
    told = _read()
    if told.get(workspace_id) == [head.number, head.leaf, head.time]:
        return
    told.pop(workspace_id, None)
    entries = [*told.items(), (workspace_id, [head.number, head.leaf, head.time])][-_MOST:]
    path = _path()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.write_text(json.dumps(dict(entries)), encoding="utf-8")
        draft.chmod(0o600)
        draft.replace(path)
