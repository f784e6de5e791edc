"""How often CRLs come and how long they count (C5 to C7)."""

from datetime import datetime, timedelta

from core.errors.base import Refused
from core.errors.revocation import CrlNumberSpent
from core.model.authorities import Layer

EVERY = timedelta(hours=24)  # a sub CA's next CRL is due (C5)
VALID = timedelta(hours=192)  # and counts for 8 days, over bank holidays (C6)
SOON = timedelta(hours=6)  # the window says "publish today" from here on: within a shift
ROOT_SOON = timedelta(days=30)  # a ceremony takes planning
ROOT_EVERY = timedelta(days=335)  # the next ceremony is planned 30 days before the root's CRL ends
ROOT_VALID = timedelta(days=365)  # C7
LAST_NUMBER = 2**31 - 1  # gateways that keep a CRL number in 32 bits would see it go back


def validity(layer: Layer) -> timedelta:
    """How long a CRL of that layer counts."""
    return ROOT_VALID if layer is Layer.ROOT else VALID


def due(layer: Layer, this_update: datetime) -> datetime:
    """When the next one has to be out."""
    return this_update + (ROOT_EVERY if layer is Layer.ROOT else EVERY)


def soon(layer: Layer) -> timedelta:
    """How long before it is due people are told."""
    return ROOT_SOON if layer is Layer.ROOT else SOON


def number(name: str, wanted: int) -> list[Refused]:
    """Findings against a CRL number: it never goes back and never runs over."""
    return [] if 0 < wanted <= LAST_NUMBER else [CrlNumberSpent(name, wanted)]
