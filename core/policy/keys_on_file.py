"""Two questions about a device's keys, newest first."""

from core.model.keys import OPEN_STATES, Key, KeyState

UNRESOLVED = (*OPEN_STATES, KeyState.QUARANTINED)


def approved(keys: tuple[Key, ...]) -> Key | None:
    """The device's approved key."""
    return next((key for key in keys if key.state is KeyState.APPROVED), None)


def unresolved(keys: tuple[Key, ...]) -> Key | None:
    """A key that is newer than the approved one and waits for people (`keys` newest first)."""
    for key in keys:
        if key.state is KeyState.APPROVED:
            return None
        if key.state in UNRESOLVED:
            return key
    return None
