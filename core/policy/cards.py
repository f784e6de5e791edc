"""Which cards are taken for a device. A card's key is compared by two people like any other: its signature says that
nobody changed it since, and nothing of who holds the signing key.
"""

from datetime import datetime, timedelta

from core.errors import cards as errors
from core.errors.base import Refused
from core.errors.comparison import NotApprovedYet
from core.errors.linking import KeyChanged
from core.model.cards import Card
from core.model.devices import Device
from core.model.keys import Key
from core.policy.keys_on_file import approved, unresolved

VALID_DAYS = 90  # of the cards we sign
LONGEST_DAYS = 400
SLACK = timedelta(days=1)  # machines without a network keep time badly


def in_time(card: Card, now: datetime) -> list[Refused]:
    """Findings about the card's dates."""
    days = f"{card.issued:%Y-%m-%d}", f"{card.expires:%Y-%m-%d}"
    if card.expires - card.issued > timedelta(days=LONGEST_DAYS):
        return [errors.CardOutOfTime(*days, "long")]
    if card.issued > now + SLACK:
        return [errors.CardOutOfTime(*days, "early")]
    return [errors.CardOutOfTime(*days, "expired")] if card.expires < now else []


def signable(device: str, keys: tuple[Key, ...]) -> list[Refused]:
    """Findings against a card of the device's key: only an approved one is handed out, and none that may be followed.

    `keys` newest first.
    """
    waiting = unresolved(keys)
    if approved(keys) is None:
        return [NotApprovedYet(device)]
    return [KeyChanged(device, "its card", waiting.state.value)] if waiting else []


def of_this_world(card: Card, *, rehearsal: bool) -> list[Refused]:
    """A rehearsal's card is worth nothing in a real workspace; practising with a real one does no harm."""
    return [errors.RehearsalCard()] if card.rehearsal and not rehearsal else []


def for_device(card: Card, device: Device, newest: int) -> list[Refused]:
    """Findings against taking the card for a device; `newest` is the signing key's highest approved number, 0 for none.

    Only approved cards of the same key count: a forged one with a high number must not bar the true ones.
    """
    found: list[Refused] = []
    if card.identity != device.identity:
        found.append(errors.CardForAnother(device.name, str(device.identity), str(card.identity)))
    if newest and card.sequence <= newest:
        found.append(errors.CardNotNewer(card.sequence, newest))
    return found
