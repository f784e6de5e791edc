"""Recovery sheets: sixteen words that open a person's own keys. Made and read in the signing process only."""

import json
import os

from core.crypto.envelope import STANDARD, Cost, open_envelope, seal
from core.crypto.pgpwords import spelt
from core.errors.custody import SheetNotFit
from core.errors.people import WrongPassphrase
from core.late import dataclass

_OCTETS = 16  # a word each: 128 bits


@dataclass(frozen=True, repr=False)
class Opened:
    """What a sheet opens, hex: the raw sign-in key, and custody keys by the name of the CA key."""

    sign_in: str
    keys: dict[str, str]


def draw(sign_in: str, keys: dict[str, str], bind: str, *, cost: Cost = STANDARD) -> tuple[str, str]:
    """The words of a new sheet, and the envelope that they open. `bind` names workspace and owner."""
    words = " ".join(word.lower() for word in spelt(os.urandom(_OCTETS)))
    content = json.dumps({"sign_in": sign_in, "keys": keys}).encode()
    return words, seal(content, words, bind=bind.encode(), cost=cost)


def read(envelope: str, typed: str, bind: str, owner: str) -> Opened:
    """What the sheet opens. Raises `SheetNotFit` where the words are not its words."""
    words = typed.lower().split()
    if len(words) != _OCTETS:
        raise SheetNotFit(owner, "words")
    try:
        found = json.loads(open_envelope(envelope, " ".join(words), bind=bind.encode()))
    except WrongPassphrase:
        raise SheetNotFit(owner, "other") from None
    return Opened(found["sign_in"], found["keys"])
