"""How often CRLs come and how long they count (C5 to C7)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from core.errors.base import Refused
from core.errors.enrolment import NoCrlYet
from core.errors.revocation import CrlLate, CrlNotContinuous, CrlNumberSpent, CrlTooShort, PublishedUnread, RootCrlLate
from core.errors.settings import CrlValidityNotFit
from core.model.authorities import Layer
from core.model.revocation import Crl, CrlPlan
from core.policy.rules import rule

EVERY = timedelta(hours=24)  # a sub CA's next CRL is due (C5)
VALID = timedelta(hours=192)  # and counts for 8 days, over bank holidays (C6)
SOON = timedelta(hours=6)  # the window says "publish today" from here on: within a shift
ROOT_SOON = timedelta(days=30)  # a ceremony takes planning
ROOT_EVERY = timedelta(days=335)  # the next ceremony is planned 30 days before the root's CRL ends
ROOT_VALID = timedelta(days=365)  # C7
JUMP = 1000  # numbers left out where nobody knows what was published: more than two years of daily lists
LAST_NUMBER = 2**31 - 1  # gateways that keep a CRL number in 32 bits would see it go back


def validity(layer: Layer, hours: str = "") -> timedelta:
    """How long a CRL of that layer counts; `hours` is what two people set for sub CAs, "" where nobody did."""
    if layer is Layer.ROOT:
        return ROOT_VALID
    return timedelta(hours=int(hours)) if hours else VALID


def wanted_validity(typed: str, in_force: str) -> list[Refused]:
    """Findings against another validity: two CRLs' time at the least, 192 hours at the most."""
    least, most = (int(each.total_seconds()) // 3600 for each in (2 * EVERY, VALID))
    plain = typed.isascii() and typed.isdecimal() and len(typed) < 4 and str(int(typed)) == typed
    if not plain or not least <= int(typed) <= most:
        return [CrlValidityNotFit(typed, "range", least, most)]
    same = timedelta(hours=int(typed)) == validity(Layer.SUB, in_force)
    return [CrlValidityNotFit(typed, "same", least, most)] if same else []


def due(layer: Layer, this_update: datetime) -> datetime:
    """When the next one has to be out."""
    return this_update + (ROOT_EVERY if layer is Layer.ROOT else EVERY)


def soon(layer: Layer) -> timedelta:
    """How long before it is due people are told."""
    return ROOT_SOON if layer is Layer.ROOT else SOON


@rule("RFC5280-5.2.3")
def number(name: str, wanted: int) -> list[Refused]:
    """Findings against a CRL number: it never goes back and never runs over."""
    return [] if 0 < wanted <= LAST_NUMBER else [CrlNumberSpent(name, wanted)]


def after_restore(name: str, restored: str) -> list[Refused]:
    """The finding against a CRL of a restored file that has read in nothing of what is published."""
    return [PublishedUnread(name, restored)]


def jumped(last: int) -> int:
    """The number of the next CRL where nobody knows what was published after `last`."""
    return last + 1 + JUMP


@rule("RFC5280-3.3")
def continuity(name: str, before: Crl, next_: CrlPlan | Crl, ends: Mapping[int, datetime]) -> list[Refused]:
    """Findings against a CRL that follows `before`; `ends` are the last seconds of certificates by serial.

    Its number is higher and its time no earlier; an entry leaves once a list was made after its certificate's end (RFC
    5280 3.3), and while it stays it does not change.
    """
    found: list[Refused] = []
    if next_.number <= before.number:
        found.append(CrlNotContinuous(name, "number", str(before.number)))
    if next_.this_update < before.this_update:
        found.append(CrlNotContinuous(name, "time", f"{before.this_update:%Y-%m-%d %H:%M}"))
    listed = {each.serial: each for each in next_.entries}
    for entry in before.entries:
        end = ends.get(entry.serial)
        if entry.serial not in listed and (end is None or end >= before.this_update):
            found.append(CrlNotContinuous(name, "gone", f"{entry.serial:x}"))
        elif listed.get(entry.serial, entry) != entry:
            found.append(CrlNotContinuous(name, "changed", f"{entry.serial:x}"))
    return found


@rule("M7")
def ready(name: str, until: datetime | None, now: datetime) -> list[Refused]:
    """Nothing is issued without a means of revocation at work: the authority's CRL, which counts until `until`."""
    if until is None:
        return [NoCrlYet(name, "none")]
    return [NoCrlYet(name, "stale")] if until <= now else []


@rule("C5")
def overdue(name: str, published: datetime, now: datetime) -> list[Refused]:
    """The list of a sub CA is a day old: the next one is late."""
    return [CrlLate(name, f"{published:%Y-%m-%d %H:%M}")] if now > published + EVERY else []


@rule("C6")
def as_long(
    name: str, this_update: datetime, next_update: datetime, ends: datetime, valid: timedelta = VALID
) -> list[Refused]:
    """A sub CA's list counts for 192 hours or as long as two people set, never longer, and to the authority's end."""
    fits = next_update == min(this_update + min(valid, VALID), ends)
    return [] if fits else [CrlTooShort(name, f"{next_update:%Y-%m-%d %H:%M}")]


@rule("C7")
def yearly(name: str, next_update: datetime, now: datetime) -> list[Refused]:
    """The root's list is out of date in less than 30 days: a ceremony is late."""
    return [RootCrlLate(name, f"{next_update:%Y-%m-%d}")] if now > next_update - ROOT_SOON else []
