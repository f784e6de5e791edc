"""A secret under the custody of n people, k of whom open it: made, opened, handed over.

Runs in the signing process only (`core.crypto.keeper`); what it returns to the program is safe to store.
"""

import base64
import binascii
import os
from collections.abc import Mapping

from core.crypto import backups
from core.crypto.envelope import STANDARD, Cost, open_envelope, seal
from core.crypto.pgpwords import EVEN
from core.crypto.wraps import Bound, close, disclose, fresh_key, unwrap, wrap
from core.errors.custody import StickNotFit, WrongCustodianPassphrase
from core.errors.people import WrongPassphrase
from core.model.custody import Sealed

_STICK = "anchorhold custodian stick 1"
_WORDS = 10  # of 256 each: 80 bits


class Generated(str):
    """A passphrase that `generated_passphrase` made: nothing else in the program makes one, so its kind is the proof."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Never the words."""
        return "Generated()"


def generated_passphrase() -> Generated:
    """Ten words of the PGP list's 256 short ones, 80 bits: what root custodians get, so that the file is no cheaper to
    guess than a key."""
    return Generated(" ".join(EVEN[octet].lower() for octet in os.urandom(_WORDS)))


def typed_back(made: Generated, typed: str) -> bool:
    """Whether these are the words that were shown; case and spacing aside."""
    return typed.casefold().split() == made.split()


def new_stick(workspace: str, name: str) -> str:
    """The text of a custodian's own stick: 32 random bytes that are joined to the passphrase."""
    return f"{_STICK}\n{workspace}\n{name}\n{base64.b64encode(fresh_key()).decode()}\n"


def joined(passphrase: str, untrusted_stick: str, workspace: str, name: str) -> str:
    """Passphrase and stick as one: without the stick 256 bits are missing. Raises `StickNotFit`."""
    lines = untrusted_stick.splitlines()
    try:
        head, place, owner, octets = lines
        right = head == _STICK and len(base64.b64decode(octets, validate=True)) == 32
    except (ValueError, binascii.Error):
        raise StickNotFit(name, "shape") from None
    if not right:
        raise StickNotFit(name, "shape")
    if (place, owner) != (workspace, name):
        raise StickNotFit(name, "owner")
    return f"{passphrase}\n{octets}"


def put_under(secret: bytes, passphrases: Mapping[str, str], bound: Bound, *, cost: Cost = STANDARD) -> Sealed:
    """Close a secret so that `bound.quorum` of these people open it."""
    custody_keys = {name: fresh_key() for name in passphrases}
    envelopes = {
        name: seal(custody_keys[name], passphrases[name], bind=_bind(bound, name), cost=cost) for name in passphrases
    }
    return _sealed(secret, custody_keys, envelopes, bound)


def custody_keys(sealed: Sealed, passphrases: Mapping[str, str], bound: Bound) -> dict[str, bytes]:
    """The custody keys of those present. Raises `WrongCustodianPassphrase`, which names the custodian."""
    return {name: custody_key(sealed.envelopes[name], passphrases[name], bound, name) for name in sorted(passphrases)}


def custody_key(envelope: str, passphrase: str, bound: Bound, name: str) -> bytes:
    """One custodian's custody key."""
    try:
        return open_envelope(envelope, passphrase, bind=_bind(bound, name))
    except WrongPassphrase:
        raise WrongCustodianPassphrase(name) from None


def enclose(custody_key_: bytes, passphrase: str, bound: Bound, name: str, *, cost: Cost = STANDARD) -> str:
    """A custody key in a new envelope: a changed passphrase. Wraps and KEK stay as they are."""
    return seal(custody_key_, passphrase, bind=_bind(bound, name), cost=cost)


def take_out(sealed: Sealed, custody: dict[str, bytes], bound: Bound) -> bytes:
    """The secret. Raises `CustodyDamaged` where too few are present or the file was tampered with."""
    return disclose(sealed.secret, unwrap(sealed.wraps, custody, bound), bound)


def backup_half(sealed: Sealed, custody: dict[str, bytes], bound: Bound) -> str:
    """The public half to which backups are closed, hex, for keys from before there was one."""
    return backups.public_of(unwrap(sealed.wraps, custody, bound), bound)


def open_backup(sealed: Sealed, passphrases: Mapping[str, str], bound: Bound, opens: str, info: str) -> bytes:
    """The file key of a closed backup, by the envelopes and wraps that it carries."""
    kek = unwrap(sealed.wraps, custody_keys(sealed, passphrases, bound), bound)
    return backups.file_key(opens, kek, bound, info)


def hand_over(
    sealed: Sealed,
    custody: dict[str, bytes],
    coming: Mapping[str, str],
    bound: Bound,
    *,
    cost: Cost = STANDARD,
) -> Sealed:
    """A new KEK and new wraps for those present and those who come; who is neither is out.

    `bound` is of the old generation. Copies of the file from before still open for the old quorum.
    """
    after = Bound(bound.workspace, bound.key, bound.quorum, sealed.generation + 1)
    fresh = {name: fresh_key() for name in coming}
    envelopes = {name: sealed.envelopes[name] for name in custody}
    envelopes |= {name: enclose(fresh[name], coming[name], after, name, cost=cost) for name in coming}
    return _sealed(take_out(sealed, custody, bound), custody | fresh, envelopes, after)


def _sealed(secret: bytes, custody: dict[str, bytes], envelopes: dict[str, str], bound: Bound) -> Sealed:
    kek = fresh_key()
    return Sealed(
        bound.quorum,
        envelopes,
        wrap(kek, custody, bound),
        close(secret, kek, bound),
        bound.generation,
        backups.public_of(kek, bound),
    )


def _bind(bound: Bound, name: str) -> bytes:
    return f"custodian:{bound.workspace}:{bound.key}:{name}".encode()
