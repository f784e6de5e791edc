"""Questions about a device's keys, newest first."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.errors import comparison as errors
from core.errors.base import Refused
from core.model.devices import Device
from core.model.keys import LIVE_STATES, OPEN_STATES, PINNED_STATES, Comparison, Key, KeyState, Verdict
from core.policy import texts
from core.policy.comparison import MOST_ROLLING_DAYS

Said = Sequence[tuple[str, Comparison]]  # what was said of keys of one value, with the devices they were for

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


def ending(keys: tuple[Key, ...]) -> list[Key]:
    """What "reject or withdraw" ends: a key that waits, else what is pinned."""
    waiting = unresolved(keys)
    return [waiting] if waiting else [key for key in keys if key.state in PINNED_STATES]


def incomparable(device: str, keys: tuple[Key, ...]) -> list[Refused]:
    """Why nothing of the device can be compared now; the newest key that waits counts, else the approved one."""
    waiting = unresolved(keys)
    if waiting is not None and waiting.state is KeyState.QUARANTINED:
        return [errors.KeyQuarantined(device)]
    return [] if waiting or approved(keys) else [errors.NoKeyToCompare(device)]


def place(
    device: Device, spki: bytes, on_file: Sequence[Key], elsewhere: Sequence[tuple[Key, str]], said: Said
) -> list[Refused]:
    """One key, one device; no way back for a key that was withdrawn after its approval, or that looked alike.

    `elsewhere` has the keys of other devices with the devices' names; only those of the same value count.
    """
    for name, each in said:
        if each.verdict is Verdict.LOOKALIKE:
            return [errors.KeyLookedAlike(name, f"{each.time:%Y-%m-%d}")]
    for other, name in elsewhere:
        if other.public.spki == spki and (other.state is not KeyState.WITHDRAWN or other.review_by):
            return [errors.KeyOnOtherDevice(name)]
    for key in on_file:
        if key.public.spki == spki and key.state in LIVE_STATES:
            return [errors.KeyAlreadyThere(device.name, key.state.value)]
        if key.public.spki == spki and key.state is KeyState.QUARANTINED:  # no fresh tries by taking it once more
            return [errors.KeyQuarantined(device.name)]
        if key.public.spki == spki and key.review_by:
            return [errors.KeyWithdrawnBefore(device.name)]
    return []


def doubt(said: Said) -> tuple[str, Comparison] | None:
    """The newest comparison that found this value to be another key than the far end's, which may have been a slip."""
    found = [each for each in said if each[1].verdict is Verdict.DIFFERENT]
    return found[-1] if found else None


def roll_over(device: str, replace_by: str, on_file: tuple[Key, ...], today: date) -> list[Refused]:
    """Findings against keeping the old pin beside the new one until `replace_by` ("" asks for no roll-over)."""
    if not replace_by:
        return []
    found = texts.day("replace_by", replace_by)
    if found:
        return found
    if approved(on_file) is None:
        return [errors.NothingToReplace(device)]
    if not today < date.fromisoformat(replace_by) <= today + timedelta(days=MOST_ROLLING_DAYS):
        return [errors.DateNotAhead("replace_by", replace_by)]
    return []
