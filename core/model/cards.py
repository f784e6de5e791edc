"""Peer cards: a device's public key with what the other end needs to know of it, signed by who hands it out."""

from datetime import datetime
from pathlib import Path

from core.late import dataclass
from core.model.devices import Identity

CARD_NAMESPACE = "peercard@v1"  # of the SSHSIG over a card


@dataclass(frozen=True)
class Card:
    """One card; every text was checked when it was read.

    `workspace` is the UUID of the issuing workspace; `sequence` the number of the ledger row it was signed under there,
    so that a later card has a higher one; `spki` canonical DER; `previous_sha256` the key before it, hex, or "";
    `proof` is "certificate" (`proof_value` its DER), "seen" (the signer checked a request) or "none"; `signer_key` the
    raw Ed25519 key.
    """

    workspace: str
    card_id: str
    sequence: int
    issued: datetime
    expires: datetime
    rehearsal: bool
    organisation: str
    contact: str
    phone: str
    device: str
    identity: Identity
    addresses: tuple[str, ...]
    networks: tuple[str, ...]
    platform: str
    algorithm: str
    spki: bytes
    previous_sha256: str
    proof: str
    proof_value: bytes
    ticket: str
    uses: tuple[str, ...]
    signer: str
    signer_key: bytes


@dataclass(frozen=True)
class SignCard:
    """Write the device's card to `to` and its signature to `to` with ".sig" behind it."""

    device: str
    to: Path


@dataclass(frozen=True)
class SignedCard:
    """What was written: both files' bytes as they lie on the disk."""

    card: Card
    body: bytes
    signature: bytes
