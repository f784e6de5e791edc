"""The envelope that keeps a small secret under a passphrase: Argon2id (RFC 9106) and AES-256-GCM.

pyca's `BestAvailableEncryption` is PBKDF2 with 2048 rounds, so it is not used. The cost is a
constructor argument only: no environment variable, file or command sets it.
"""

import base64
import json
import os
import unicodedata
from typing import Any

from core.crypto.digest import canonical
from core.errors.people import NotEnoughMemory, WrongPassphrase
from core.errors.workspace import DamagedWorkspace
from core.late import dataclass
from core.policy.rules import gate

_VERSION = 1
_LONGEST = 1 << 20
_SALT = 16
_NONCE = 12
_LEAST_KIB = 64 * 1024
_MOST = {"memory": 1024 * 1024, "passes": 10, "lanes": 8}
_MEMBERS = {"version", "kdf", "memory", "passes", "lanes", "salt", "nonce", "ciphertext"}


@dataclass(frozen=True)
class Cost:
    """Argon2id cost: `memory` in KiB, `passes` over it, `lanes` in parallel."""

    memory: int
    passes: int
    lanes: int


STANDARD = Cost(256 * 1024, 3, 4)


def seal(secret: bytes, passphrase: str, *, bind: bytes, cost: Cost = STANDARD) -> str:
    """The secret as canonical JSON text that opens only with the passphrase and the same `bind`.

    When the machine cannot give the memory, half of it is tried, never below 64 MiB. `bind` says what the
    envelope is for (workspace and owner), so that one cannot stand in for another.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # 20 ms that opening a window does not need

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    used, key = _affordable(passphrase, salt, cost)
    head = _head(used, salt, nonce)
    ciphertext = AESGCM(key).encrypt(nonce, secret, _aad(bind, head))
    return canonical({**head, "ciphertext": _text(ciphertext)}).decode()


@gate("A5")
def open_envelope(envelope: str, passphrase: str, *, bind: bytes) -> bytes:
    """The secret. Raises `WrongPassphrase`; `DamagedWorkspace` where the text is no envelope of ours."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head, ciphertext = _parsed(envelope)
    cost = Cost(head["memory"], head["passes"], head["lanes"])
    key = _derived(passphrase, base64.b64decode(head["salt"]), cost)
    try:
        return AESGCM(key).decrypt(base64.b64decode(head["nonce"]), ciphertext, _aad(bind, head))
    except InvalidTag:
        raise WrongPassphrase from None


def _affordable(passphrase: str, salt: bytes, cost: Cost) -> tuple[Cost, bytes]:
    while True:
        try:
            return cost, _derived(passphrase, salt, cost)
        except NotEnoughMemory:
            if cost.memory // 2 < _LEAST_KIB:
                raise
            cost = Cost(cost.memory // 2, cost.passes, cost.lanes)


def _derived(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    spelt = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    try:
        return kdf.derive(spelt)
    except MemoryError:
        raise NotEnoughMemory(cost.memory // 1024) from None


def _head(cost: Cost, salt: bytes, nonce: bytes) -> dict[str, Any]:
    return {
        "version": _VERSION,
        "kdf": "argon2id",
        "memory": cost.memory,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": _text(salt),
        "nonce": _text(nonce),
    }


def _aad(bind: bytes, head: dict[str, Any]) -> bytes:
    return len(bind).to_bytes(8, "big") + bind + canonical(head)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _parsed(untrusted: str) -> tuple[dict[str, Any], bytes]:
    try:
        return _read(untrusted)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise DamagedWorkspace("", "envelope") from None


def _read(untrusted: str) -> tuple[dict[str, Any], bytes]:
    """Strict: our members only, in canonical spelling, inside the limits."""
    if len(untrusted) > _LONGEST:
        raise ValueError("long")
    members = json.loads(untrusted)
    if not isinstance(members, dict) or set(members) != _MEMBERS or canonical(members).decode() != untrusted:
        raise ValueError("members")
    for name, most in _MOST.items():
        if type(members[name]) is not int or not 1 <= members[name] <= most:
            raise ValueError(name)
    sizes = [len(base64.b64decode(members[name], validate=True)) for name in ("salt", "nonce")]
    right = sizes == [_SALT, _NONCE] and members["memory"] >= 8 * members["lanes"]
    if not right or (members["version"], members["kdf"]) != (_VERSION, "argon2id"):
        raise ValueError("version")
    ciphertext = base64.b64decode(members.pop("ciphertext"), validate=True)
    return members, ciphertext
