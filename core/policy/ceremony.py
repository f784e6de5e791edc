"""When the record of a root key ceremony may be closed (M11, C7)."""

from datetime import UTC, date, datetime, timedelta

from core.errors.base import Refused
from core.errors.ceremony import PlannedTooLate, PoweredOffNotFit
from core.model.ceremony import CloseCeremony
from core.policy import texts

_PLAN = timedelta(days=30)  # the next ceremony comes that long before the root's CRL ends (C7)
_SHIFT = timedelta(days=1)  # the time at which the machine goes off is told before it does


def closing(command: CloseCeremony, made: datetime, crl_ends: datetime, now: datetime) -> list[Refused]:
    """Findings against what was typed; copies aside."""
    found = texts.line("exceptions", command.exceptions, limit=1000)
    for what in ("seal", "place"):
        found += texts.line(what, getattr(command, what), needed=True)
    off = _time(command.powered_off)
    if off is None or not made.replace(second=0) <= off <= now + _SHIFT:  # people write minutes
        found.append(PoweredOffNotFit(f"{made:%Y-%m-%dT%H:%MZ}"))
    return found + _planned(command.next_planned, crl_ends, now)


def _time(text: str) -> datetime | None:
    """An ISO time in UTC, to the minute or finer."""
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _planned(text: str, crl_ends: datetime, now: datetime) -> list[Refused]:
    shape = texts.day("next_planned", text) or texts.line("next_planned", text, needed=True)
    latest = (crl_ends - _PLAN).date()
    late = not shape and not now.date() < date.fromisoformat(text) <= latest
    return shape + ([PlannedTooLate(latest.isoformat())] if late else [])
