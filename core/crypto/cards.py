"""Peer cards (interop 4.3): canonical JSON (RFC 8785) and a detached SSHSIG that `ssh-keygen -Y verify` can check.

A card and its signature travel as two files, or as one text with the signature below the card.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

from core.crypto import points, spki
from core.crypto.digest import canonical, canonical_plain
from core.crypto.sshsig import ssh_line, ssh_public, verify_ssh
from core.errors import cards as errors
from core.errors.base import Refused
from core.errors.keys import KeyFileTooLarge
from core.model.cards import CARD_NAMESPACE, Card
from core.model.devices import Identity, Platform
from core.model.links import Technology
from core.policy import devices as policy
from core.policy import texts

MARK = b"-----BEGIN SSH SIGNATURE-----"
LIMIT = 64 * 1024  # bytes, with the signature; a card has about one KiB
STAMP = "%Y-%m-%dT%H:%M:%SZ"
PROOFS = ("certificate", "none", "seen")
_MOST = 64  # addresses, networks, uses
_SHAPE: dict[str, Any] = {
    "type": str,
    "version": int,
    "workspace": str,
    "card_id": str,
    "sequence": int,
    "issued": str,
    "expires": str,
    "rehearsal": bool,
    "organisation": str,
    "contact": {"role": str, "phone": str},
    "device": {"name": str, "ike_id": str, "addresses": list, "networks": list, "platform": str},
    "key": {"alg": str, "spki": str, "sha256": str, "previous_sha256": str},
    "pop": {"method": str, "value": str},
    "link": {"ticket": str, "uses": list},
    "signer": {"name": str, "key": str},
}


def is_card(untrusted: bytes) -> bool:
    """Whether the content says that it is a card; `read_card` says whether that is so."""
    return untrusted[:1] == b"{" and b'"peer-card"' in untrusted


def encoded(card: Card) -> bytes:
    """The card's canonical bytes: what is signed, what the file holds, without a line feed at its end."""
    return canonical_plain(
        {
            "type": "peer-card",
            "version": 1,
            "workspace": card.workspace,
            "card_id": card.card_id,
            "sequence": card.sequence,
            "issued": card.issued.strftime(STAMP),
            "expires": card.expires.strftime(STAMP),
            "rehearsal": card.rehearsal,
            "organisation": card.organisation,
            "contact": {"role": card.contact, "phone": card.phone},
            "device": {
                "name": card.device,
                "ike_id": str(card.identity),
                "addresses": list(card.addresses),
                "networks": list(card.networks),
                "platform": card.platform,
            },
            "key": {
                "alg": card.algorithm,
                "spki": base64.b64encode(card.spki).decode(),
                "sha256": hashlib.sha256(card.spki).hexdigest(),
                "previous_sha256": card.previous_sha256,
            },
            "pop": {"method": card.proof, "value": base64.b64encode(card.proof_value).decode()},
            "link": {"ticket": card.ticket, "uses": list(card.uses)},
            "signer": {"name": card.signer, "key": ssh_line(card.signer_key)},
        }
    ).encode()


def split(untrusted: bytes) -> tuple[bytes, bytes]:
    """Card and armoured signature of one text; the signature is b"" where there is none."""
    body, mark, rest = untrusted.partition(MARK)
    return (body.removesuffix(b"\n"), mark + rest) if mark else (untrusted, b"")


def read_card(untrusted: bytes) -> Card:
    """One signed card out of untrusted bytes. Its signature and every member hold, or it is refused (`errors.cards`).

    That it is signed says who changed nothing since, not that the signer is who they say: keys are compared.
    """
    if len(untrusted) > LIMIT:
        raise KeyFileTooLarge(len(untrusted), LIMIT)
    body, signature = split(untrusted)
    members = _members(body)
    _shaped("", members, _SHAPE)
    card = _card(members)
    if encoded(card) != body:
        raise errors.CardNotCanonical
    if not signature:
        raise errors.CardUnsigned
    if not verify_ssh(card.signer_key, signature, body, CARD_NAMESPACE):
        raise errors.CardSignatureWrong(card.signer)
    return card


def _members(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body.decode("utf-8"))
        spelt = canonical(found)
    except Exception:  # noqa: BLE001 - json, recursion and rfc8785's own errors
        raise errors.NotACard from None
    if type(found) is not dict or (found.get("type"), found.get("version")) != ("peer-card", 1):
        raise errors.NotACard
    if spelt != body:
        raise errors.CardNotCanonical
    return found


def _shaped(at: str, found: dict[str, Any], shape: dict[str, Any]) -> None:
    """The members of version 1, all of them and no others, each of its kind."""
    for name in sorted(set(found) | set(shape)):
        member = f"{at}{name}"
        if name not in shape:
            raise errors.CardMember(member[:80], "unknown")
        if name not in found:
            raise errors.CardMember(member, "missing")
        kind, value = shape[name], found[name]
        if isinstance(kind, dict):
            if type(value) is not dict:
                raise errors.CardMember(member, "kind")
            _shaped(f"{member}.", value, kind)
        elif type(value) is not kind or (kind is list and not all(type(each) is str for each in value)):
            raise errors.CardMember(member, "kind")


def _card(members: dict[str, Any]) -> Card:
    contact, device, key, link = (members[name] for name in ("contact", "device", "key", "link"))
    body = _base64("key.spki", key["spki"])
    _key(key, body)
    if members["sequence"] < 1:
        _off("sequence")
    if bool(members["pop"]["value"]) != (members["pop"]["method"] == "certificate"):
        _off("pop.value")
    return Card(
        workspace=_uuid("workspace", members["workspace"]),
        card_id=_uuid("card_id", members["card_id"]),
        sequence=members["sequence"],
        issued=_time("issued", members["issued"]),
        expires=_time("expires", members["expires"]),
        rehearsal=members["rehearsal"],
        organisation=_text("organisation", members["organisation"], name=True),
        contact=_text("contact.role", contact["role"], name=True),
        phone=_text("contact.phone", contact["phone"]),
        device=_fit("device.name", device["name"], fits=not texts.name("name", device["name"])),
        identity=_identity(device["ike_id"]),
        addresses=_each("device.addresses", device["addresses"], policy.address),
        networks=_each("device.networks", device["networks"], policy.network),
        platform=_fit("device.platform", device["platform"], fits=device["platform"] in set(Platform)),
        algorithm=key["alg"],
        spki=body,
        previous_sha256=_digest("key.previous_sha256", key["previous_sha256"]),
        proof=_fit("pop.method", members["pop"]["method"], fits=members["pop"]["method"] in PROOFS),
        proof_value=_base64("pop.value", members["pop"]["value"]),
        ticket=_text("link.ticket", link["ticket"]),
        uses=_each("link.uses", link["uses"], lambda use: [] if use in set(Technology) else [errors.NotACard()]),
        signer=_fit("signer.name", members["signer"]["name"], fits=not texts.name("name", members["signer"]["name"])),
        signer_key=_signer(members["signer"]["key"]),
    )


def _key(key: dict[str, Any], body: bytes) -> None:
    algorithm, _ = spki.check(body, legacy=True)  # whether RSA of 2048 bits is taken is asked when it is received
    if key["alg"] != algorithm:
        raise errors.CardKeyDiffers("key.alg")
    if key["sha256"] != hashlib.sha256(body).hexdigest():
        raise errors.CardKeyDiffers("key.sha256")


def _off(member: str) -> NoReturn:
    raise errors.CardMember(member, "value")


def _fit(member: str, value: str, *, fits: bool) -> str:
    if not fits:
        _off(member)
    return value


def _uuid(member: str, value: str) -> str:
    try:
        fits = str(UUID(value)) == value
    except ValueError:
        _off(member)
    return _fit(member, value, fits=fits)


def _time(member: str, value: str) -> datetime:
    try:
        return datetime.strptime(value, STAMP).replace(tzinfo=UTC)
    except ValueError:
        _off(member)


def _text(member: str, value: str, *, name: bool = False) -> str:
    if texts.line(member, value, needed=member == "organisation"):
        raise errors.CardMember(member, "text")
    if name and texts.lookalike(value):
        raise errors.CardMember(member, "lookalike")
    return value


def _identity(value: str) -> Identity:
    """With its type spelt out, so that nothing about it is guessed."""
    found = policy.identity(value)
    if found is None or str(found) != value:
        _off("device.ike_id")
    return found


def _each(member: str, values: list[str], findings: Callable[[str], list[Refused]]) -> tuple[str, ...]:
    found = [each for value in values for each in findings(value)]
    if found or len(values) > _MOST or len(set(values)) != len(values):
        _off(member)
    return tuple(values)


def _digest(member: str, value: str) -> str:
    return _fit(member, value, fits=not value or re.fullmatch("[0-9a-f]{64}", value) is not None)


def _base64(member: str, value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        _off(member)


def _signer(line: str) -> bytes:
    raw = ssh_public(line)
    if raw is None:
        raise errors.CardMember("signer.key", "value")
    points.check_ed25519(raw)
    return raw
