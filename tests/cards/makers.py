"""Cards as they are signed, and as a forger would."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.crypto.cards import split
from core.crypto.digest import canonical
from core.crypto.signing import generate
from core.crypto.sshsig import sign_ssh, ssh_line
from core.model.cards import CARD_NAMESPACE, SignCard
from core.model.keys import ReceiveKey
from core.services import cards, keys
from core.services.perform import perform
from tests.desks import Room


def signed(room: Room, to: Path, device: str = "lon") -> bytes:
    """Card and signature as one text, and as two files."""
    made = perform(room.sit("alice"), cards.SIGN, SignCard(device, to))
    assert made.body == to.read_bytes()
    return made.body + b"\n" + made.signature


def take(room: Room, untrusted: bytes, device: str = "lon", arrival: str = "card") -> Any:
    return perform(room.sit("alice"), keys.RECEIVE, ReceiveKey(device, untrusted, arrival))


def changed(card: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """A card with other members, signed again with a key of the forger's own."""
    members = json.loads(split(card)[0])
    change(members)
    secret, public = generate()
    if isinstance(members.get("signer"), dict) and "key" in members["signer"]:
        members["signer"]["key"] = ssh_line(public)
    body = canonical(members)
    return body + b"\n" + sign_ssh(secret, body, CARD_NAMESPACE)
