"""k of n by arithmetic: the key-encryption key (KEK) is wrapped once for every k of the n custodians.

The wrapping key of a subset is HKDF (RFC 5869) over its members' random 32-byte custody keys, so that whoever has the
whole file and k-1 of them has nothing. Shamir's scheme would need less room, but the packages on PyPI are not
fit for secrets, and 10 people make 252 wraps at the most: 15 kB.
"""

import base64
import os
from itertools import combinations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.crypto.digest import canonical
from core.errors.custody import CustodyDamaged
from core.late import dataclass

_NONCE = 12
_KEY = 32


@dataclass(frozen=True)
class Bound:
    """What a wrap is bound to: the workspace's and the key's ids. `generation` counts the KEKs of one key."""

    workspace: str
    key: str
    quorum: int
    generation: int = 1

    def aad(self, what: str, *members: str) -> bytes:
        """The additional data of one ciphertext; a wrap of another key, subset or generation does not open."""
        return canonical(
            {
                "type": what,
                "workspace": self.workspace,
                "key": self.key,
                "quorum": self.quorum,
                "generation": self.generation,
                "members": list(members),
            }
        )


def label(members: tuple[str, ...]) -> str:
    """How a subset is named in the file; "+" stands in no sign-in name."""
    return "+".join(sorted(members))


def wrap(kek: bytes, custody_keys: dict[str, bytes], bound: Bound) -> dict[str, str]:
    """The KEK for every subset of `bound.quorum` custodians, base64."""
    return {
        label(subset): _closed(_subset_key(subset, custody_keys, bound), kek, bound.aad("wrap", *subset))
        for subset in combinations(sorted(custody_keys), bound.quorum)
    }


def unwrap(wraps: dict[str, str], custody_keys: dict[str, bytes], bound: Bound) -> bytes:
    """The KEK, by the first `bound.quorum` of those present. Raises `CustodyDamaged` where their wrap does not open."""
    subset = tuple(sorted(custody_keys)[: bound.quorum])
    if len(subset) < bound.quorum or label(subset) not in wraps:
        raise CustodyDamaged(bound.key)
    return _opened(_subset_key(subset, custody_keys, bound), wraps[label(subset)], bound.aad("wrap", *subset), bound)


def close(secret: bytes, kek: bytes, bound: Bound) -> str:
    """The secret under the KEK, base64."""
    return _closed(kek, secret, bound.aad("secret"))


def disclose(closed: str, kek: bytes, bound: Bound) -> bytes:
    """The secret again."""
    return _opened(kek, closed, bound.aad("secret"), bound)


def fresh_key() -> bytes:
    """32 random bytes: a custody key or a KEK."""
    return os.urandom(_KEY)


def _subset_key(subset: tuple[str, ...], custody_keys: dict[str, bytes], bound: Bound) -> bytes:
    joined = b"".join(custody_keys[name] for name in subset)
    hkdf = HKDF(SHA256(), _KEY, salt=bound.key.encode(), info=bound.aad("wrap", *subset))
    return hkdf.derive(joined)


def _closed(key: bytes, secret: bytes, aad: bytes) -> str:
    nonce = os.urandom(_NONCE)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, secret, aad)).decode()


def _opened(key: bytes, closed: str, aad: bytes, bound: Bound) -> bytes:
    try:
        data = base64.b64decode(closed, validate=True)
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], aad)
    except (InvalidTag, ValueError):
        raise CustodyDamaged(bound.key) from None
