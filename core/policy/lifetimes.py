"""How long certificates and authorities may live (M4, L1 to L3)."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from core.errors import certificates as errors
from core.errors.base import Refused
from core.late import dataclass
from core.model.authorities import Layer
from core.policy.rules import rule

BACKDATE = timedelta(hours=1)  # devices' clocks are off; RFC 5280 leaves notBefore to the issuer


FAR = date.max  # where an end is known elsewhere only


@dataclass(frozen=True)
class Bound:
    """A latest day and what it comes from: "year", "device", "issuer", "network" or "cap"."""

    until: date
    by: str


@cache
def caps() -> dict[Layer, date]:
    """The published last days of keys, by layer."""
    text = (files("resources") / "policy" / "ncsc-2019.toml").read_text(encoding="utf-8")
    return {Layer(each["layer"]): each["until"] for each in tomllib.loads(text)["cap"]}


def soonest(*bounds: Bound) -> Bound:
    """The bound that holds; of equal ones the first named."""
    return min(bounds, key=lambda bound: bound.until)


def end_entity(today: date, issuer_end: date, device_end: str = "", days: int = 365) -> Bound:
    """One year or the device's life, whichever is shorter (M4), and never beyond the issuer."""
    year = Bound(a_year_after(today) if days >= 365 else today + timedelta(days=days), "year")
    device = [Bound(date.fromisoformat(device_end), "device")] if device_end else []
    return soonest(year, *device, Bound(issuer_end, "issuer"))


def a_year_after(today: date) -> date:
    """The same day next year; 29 February ends on 28 February, so that nothing is longer than a year."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


def authority(layer: Layer, network_end: str, issuer_end: date | None, cap: date | None = None) -> Bound:
    """The network's life or the published date, whichever is sooner (L1); `cap` is a recorded replacement."""
    bounds = [Bound(cap or caps()[layer], "cap")]
    if network_end:
        bounds.append(Bound(date.fromisoformat(network_end), "network"))
    if issuer_end is not None:
        bounds.append(Bound(issuer_end, "issuer"))
    return soonest(*bounds)


@rule("M4")
def within(asked: date, bound: Bound, today: date) -> list[Refused]:
    """Findings against the end of an end entity's certificate."""
    fits = today < asked <= bound.until
    return [] if fits else [errors.ValidityTooLong(asked.isoformat(), bound.until.isoformat(), bound.by)]


@rule("L2")
def sub_cap(bound: Bound, today: date) -> list[Refused]:
    """A sub CA's key has no life left once the table's date has passed, unless two people replaced it."""
    passed = bound.by == "cap" and bound.until <= today
    return [errors.CapPassed(Layer.SUB.value, bound.until.isoformat())] if passed else []


@rule("L3")
def root_cap(bound: Bound, today: date) -> list[Refused]:
    """The same for the root's key."""
    passed = bound.by == "cap" and bound.until <= today
    return [errors.RootCapPassed(bound.until.isoformat())] if passed else []


@rule("L1")
def key_life(asked: date, bound: Bound, today: date) -> list[Refused]:
    """Findings against the end of an authority's key: the network's life or the table's date, whichever is sooner."""
    fits = today < asked <= bound.until
    return [] if fits else [errors.KeyLifeTooLong(asked.isoformat(), bound.until.isoformat(), bound.by)]


def judged(asked: date, bound: Bound, today: date, layer: Layer) -> list[Refused]:
    """Findings against an end that was asked for an authority."""
    passed = sub_cap(bound, today) if layer is Layer.SUB else root_cap(bound, today)
    return passed or key_life(asked, bound, today)


def last_second(day: date) -> datetime:
    """A day's end as certificates write it."""
    return datetime.combine(day, time(23, 59, 59), UTC)
