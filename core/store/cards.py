"""Cards that keys came in, as they were signed."""

import sqlite3

from core.model.cards import Card
from core.store.schema import has
from core.store.unit import Unit


def add(unit: Unit, key_id: int, card: Card, body: bytes, signature: bytes) -> int:
    """Enter the card of a key, with the very bytes that were signed."""
    return unit.insert(
        "card",
        key_id=key_id,
        issuer=card.workspace,
        card_id=card.card_id,
        sequence=card.sequence,
        signer=card.signer,
        signer_key=card.signer_key,
        body=body,
        signature=signature,
    )


def newest_approved(connection: sqlite3.Connection, device_id: int, signer_key: bytes) -> int:
    """The highest number of the signing key's cards whose key was approved for the device; 0 where there is none."""
    query = (
        "SELECT coalesce(max(card.sequence), 0) FROM card JOIN key ON key.id = card.key_id "
        "WHERE key.device_id = ? AND card.signer_key = ? AND key.review_by <> ''"
    )
    return int(connection.execute(query, (device_id, signer_key)).fetchone()[0])


def signed_approved(connection: sqlite3.Connection, signer_key: bytes) -> int:
    """How many approved keys came in cards of this signing key."""
    query = (
        "SELECT count(*) FROM card JOIN key ON key.id = card.key_id WHERE card.signer_key = ? AND key.review_by <> ''"
    )
    return int(connection.execute(query, (signer_key,)).fetchone()[0])


def exist(connection: sqlite3.Connection) -> bool:
    """Whether the file knows cards: one of an older format that was never written since does not."""
    return has(connection, "card")
