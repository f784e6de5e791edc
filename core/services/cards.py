"""Peer cards: signed for a device of ours, read, and taken as the file a key came in."""

import hashlib
from datetime import timedelta
from uuid import uuid4

from core.crypto.cards import encoded, is_card, read_card, split
from core.crypto.sshsig import sign_ssh, ssh_line
from core.errors.base import Refused, refuse
from core.errors.cards import NotACard
from core.late import dataclass
from core.media.files import signature_of
from core.model.cards import CARD_NAMESPACE, Card, SignCard, SignedCard
from core.model.devices import Device, DeviceState
from core.model.keys import Arrival, Key, ReceiveKey, Source
from core.model.links import Link, LinkState
from core.policy import cards as policy
from core.policy.duties import LINK_WORK
from core.policy.keys_on_file import approved
from core.services import making
from core.services.desk import Desk
from core.services.devices import known
from core.services.perform import LINK_KINDS, Verb, Work
from core.store import audit, devices, keys, links
from core.store import cards as store


@dataclass(frozen=True)
class Inspected:
    """What a card says and how it stands here. Nothing of the key's value: two people compare it first (SL2).

    `device` is ours of that identity, "" where there is none; `known` counts approved keys that came in cards of the
    same signing key; `follows` whether the card names our approved key as the one before it.
    """

    card: Card
    device: str
    known: int
    follows: bool
    newest: int


def make(work: Work, device: Device, key: Key, found: tuple[Link, ...]) -> SignedCard:
    """A signed card of the device's approved key, read back as its reader will."""
    using = [link for link in found if link.state is not LinkState.RETIRED]
    before = [each for each in keys.of_device(work.unit.connection, device.id) if each.id < key.id and each.review_by]
    card = Card(
        workspace=work.desk.workspace.id,
        card_id=str(uuid4()),
        sequence=audit.newest(work.unit.connection)[0] + 1,
        issued=work.now,
        expires=work.now + timedelta(days=policy.VALID_DAYS),
        rehearsal=work.desk.workspace.rehearsal,
        organisation=work.desk.workspace.organisation or work.desk.workspace.name,
        contact=device.contact,
        phone=device.phone,
        device=device.name,
        identity=device.identity,
        addresses=(device.address,),
        networks=device.networks,
        platform=device.platform.value,
        algorithm=key.public.algorithm.value,
        spki=key.public.spki,
        previous_sha256=hashlib.sha256(before[0].public.spki).hexdigest() if before else "",
        proof=_proof(key),
        proof_value=key.public.certificate,
        ticket=next((link.ticket for link in using if link.ticket), ""),
        uses=tuple(dict.fromkeys(link.technology.value for link in using)),
        signer=work.actor.name,
        signer_key=work.actor.public_key,
    )
    body = encoded(card)
    signature = sign_ssh(work.session.secret, body, CARD_NAMESPACE)
    return SignedCard(read_card(body + signature), body, signature)


def _proof(key: Key) -> str:
    if key.public.certificate:
        return "certificate"
    return "seen" if key.public.source is Source.PKCS10 else "none"


def signer_line(card: Card) -> str:
    """The signing key as OpenSSH writes it."""
    return ssh_line(card.signer_key)


def _sign(work: Work, command: SignCard) -> SignedCard:
    device = known(work, command.device)
    on_file = keys.of_device(work.unit.connection, device.id)
    refuse(policy.signable(device.name, on_file))
    key = approved(on_file)
    assert key is not None  # noqa: S101 - else it was refused
    signed = make(work, device, key, links.of_device(work.unit.connection, device.id))
    for path, content in ((command.to, signed.body), (signature_of(command.to), signed.signature)):
        making.write(work, path, content)
    work.details.update(
        device=device.name, card=hashlib.sha256(signed.body).hexdigest(), expires=f"{signed.card.expires:%Y-%m-%d}"
    )
    return signed


def take(work: Work, device: Device, command: ReceiveKey) -> Card | None:
    """The card that a key comes in, judged for its device; None where it comes in another format."""
    if not is_card(command.untrusted):
        if command.arrival == Arrival.CARD:
            raise NotACard
        return None
    card = read_card(command.untrusted)
    newest = store.newest_approved(work.unit.connection, device.id, card.signer_key)
    refuse([*_here(work.desk, card), *policy.for_device(card, device, newest)])
    work.details.update(card=hashlib.sha256(split(command.untrusted)[0]).hexdigest(), signer=card.signer)
    return card


def keep(work: Work, key_id: int, card: Card, untrusted: bytes) -> None:
    """Keep the card that a key came in."""
    store.add(work.unit, key_id, card, *split(untrusted))


def _here(desk: Desk, card: Card) -> list[Refused]:
    return [*policy.of_this_world(card, rehearsal=desk.workspace.rehearsal), *policy.in_time(card, desk.clock())]


def inspect(desk: Desk, untrusted: bytes) -> Inspected:
    """Read a card without keeping anything."""
    card = read_card(untrusted)
    refuse(_here(desk, card))
    connection = desk.file.read
    active = (each for each in devices.all_devices(connection) if each.state is DeviceState.ACTIVE)
    device = next((each for each in active if each.identity == card.identity), None)
    if device is None or not store.exist(connection):
        return Inspected(card, device.name if device else "", 0, follows=False, newest=0)
    key = approved(keys.of_device(connection, device.id))
    return Inspected(
        card,
        device.name,
        store.signed_approved(connection, card.signer_key),
        follows=key is not None and hashlib.sha256(key.public.spki).hexdigest() == card.previous_sha256,
        newest=store.newest_approved(connection, device.id, card.signer_key),
    )


SIGN = Verb("card.signed", _sign, LINK_WORK, LINK_KINDS)
