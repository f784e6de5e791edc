"""The duties of the calendar as data, and when each is due."""

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from core.model.calendar import CalendarDuty
from core.model.workspace import Kind


@cache
def duties() -> dict[str, CalendarDuty]:
    """Every duty by name, in the order of the file."""
    told = tomllib.loads((files("resources") / "policy" / "duties.toml").read_text(encoding="utf-8"))["duty"]
    return {
        each["name"]: CalendarDuty(
            name=each["name"],
            asks=each["asks"],
            every=each["every"],
            clauses=tuple(each["clauses"]),
            kinds=tuple(Kind(kind) for kind in each["kinds"]) if "kinds" in each else tuple(Kind),
            shared=each.get("shared", False),
            done=each.get("done", ""),
        )
        for each in told
    }


def for_workspace(kind: Kind, *, shared: bool) -> tuple[CalendarDuty, ...]:
    """The duties of a workspace."""
    return tuple(each for each in duties().values() if kind in each.kinds and (shared or not each.shared))


def next_day(duty: CalendarDuty, last: date) -> date:
    """The last day by which it has to be done again."""
    return last + timedelta(days=duty.every)
