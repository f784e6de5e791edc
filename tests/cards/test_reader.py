"""The strict reader: what is no card, not as it was signed, or not of version 1 is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.crypto.cards import read_card, split
from core.crypto.digest import canonical
from core.crypto.keys import read_key
from core.crypto.signing import generate
from core.crypto.sshsig import sign_ssh, ssh_line
from core.errors import cards as errors
from core.errors.base import Refused
from core.errors.keys import KeyFileTooLarge, NotAKey, PointNotAllowed
from core.model.cards import CARD_NAMESPACE
from tests.cards.makers import changed, signed
from tests.desks import Room


def test_every_changed_byte_is_seen(ours: Room, tmp_path: Path) -> None:
    text = signed(ours, tmp_path / "card")
    body, signature = split(text)
    for place in range(0, len(body), 7):
        flipped = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        with pytest.raises(Refused):
            read_card(flipped + b"\n" + signature)


def test_a_card_without_its_signature(ours: Room, tmp_path: Path) -> None:
    body, signature = split(signed(ours, tmp_path / "card"))
    with pytest.raises(errors.CardUnsigned):
        read_card(body)
    with pytest.raises(errors.CardSignatureWrong) as caught:
        read_card(body + sign_ssh(generate()[0], body, CARD_NAMESPACE))
    assert caught.value.signer == "alice"
    secret = ours.sessions["alice"].secret
    with pytest.raises(errors.CardSignatureWrong):
        read_card(body + sign_ssh(secret, body, "export@anchorhold"))
    with pytest.raises(errors.CardSignatureWrong):
        read_card(body + signature * 20)


DOUBLE = b'"rehearsal":false,"rehearsal":false'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"rehearsal":false', DOUBLE),
        (b'"rehearsal":false', b'"rehearsal": false'),
        (b'"version":1', b'"version":1.0'),
        (b'"version":1', b'"version":1e0'),
        (b"NOC London", b"NOC \\u004condon"),
        (b'{"card_id"', b' {"card_id"'),
    ],
)
def test_one_spelling_only(ours: Room, tmp_path: Path, old: bytes, new: bytes) -> None:
    """Double members above all: two programs would read two cards. The forger signs what they send."""
    body = split(signed(ours, tmp_path / "card"))[0]
    assert old in body
    secret = ours.sessions["alice"].secret
    other = body.replace(old, new)
    with pytest.raises(errors.CardNotCanonical):
        read_card(other + sign_ssh(secret, other, CARD_NAMESPACE))


MEMBERS: list[tuple[str, Any, type[Refused]]] = [
    ("type", "card", errors.NotACard),
    ("version", 2, errors.NotACard),
    ("extra", 1, errors.CardMember),
    ("device.extra", 1, errors.CardMember),
    ("device.serial", "x", errors.CardMember),
    ("sequence", 0, errors.CardMember),
    ("sequence", -1, errors.CardMember),
    ("sequence", True, errors.CardMember),
    ("sequence", "4", errors.CardMember),
    ("rehearsal", 0, errors.CardMember),
    ("workspace", "not a uuid", errors.CardMember),
    ("card_id", "{B0C9A3F4-0000-4000-8000-000000000000}", errors.CardMember),
    ("issued", "2026-11-24", errors.CardMember),
    ("expires", "2026-13-24T00:00:00Z", errors.CardMember),
    ("organisation", "", errors.CardMember),
    ("organisation", "a" * 201, errors.CardMember),
    ("organisation", "Exam\u202eple", errors.CardMember),
    ("organisation", "Ex\u0430mple", errors.CardMember),
    ("organisation", "\uff25xample", errors.CardMember),
    ("contact.role", "N\u039fC", errors.CardMember),
    ("contact.phone", "+44\n20", errors.CardMember),
    ("contact", [], errors.CardMember),
    ("device.name", "lo\u006e\u0301", errors.CardMember),
    ("device.name", "../lon", errors.CardMember),
    ("device.ike_id", "lon.example.net", errors.CardMember),
    ("device.ike_id", "fqdn:%any", errors.CardMember),
    ("device.ike_id", "fqdn:l\u043en.example.net", errors.CardMember),
    ("device.addresses", ["192.0.2.1", 3], errors.CardMember),
    ("device.addresses", ["192.0.2.1", "192.0.2.1"], errors.CardMember),
    ("device.addresses", ["192.0.2"], errors.CardMember),
    ("device.networks", ["10.0.0.1/24"], errors.CardMember),
    ("device.networks", [f"10.0.{n}.0/24" for n in range(65)], errors.CardMember),
    ("device.platform", "palo-alto", errors.CardMember),
    ("key.alg", "ed25519", errors.CardKeyDiffers),
    ("key.sha256", "0" * 64, errors.CardKeyDiffers),
    ("key.previous_sha256", "ABC", errors.CardMember),
    ("key.spki", "not base64", errors.CardMember),
    ("key.spki", "", Refused),
    ("pop.method", "trust me", errors.CardMember),
    ("pop.method", "certificate", errors.CardMember),
    ("pop.value", "AAAA", errors.CardMember),
    ("link.uses", ["gdoi"], errors.CardMember),
    ("signer.name", "al ice", errors.CardMember),
]


@pytest.mark.parametrize(
    ("member", "value", "refusal"), MEMBERS, ids=[f"{n}-{m}" for n, (m, _, _) in enumerate(MEMBERS)]
)
def test_every_member_is_judged(ours: Room, tmp_path: Path, member: str, value: Any, refusal: type[Refused]) -> None:
    """Signed well, and off all the same."""

    def change(card: dict[str, Any]) -> None:
        at, _, last = member.rpartition(".")
        (card[at] if at else card)[last] = value

    with pytest.raises(refusal):
        read_card(changed(signed(ours, tmp_path / "card"), change))


@pytest.mark.parametrize("member", ["workspace", "signer", "contact.phone", "pop"])
def test_a_missing_member(ours: Room, tmp_path: Path, member: str) -> None:
    def change(card: dict[str, Any]) -> None:
        at, _, last = member.rpartition(".")
        del (card[at] if at else card)[last]

    with pytest.raises(errors.CardMember) as caught:
        read_card(changed(signed(ours, tmp_path / "card"), change))
    assert (caught.value.member, caught.value.why) == (member, "missing")


@pytest.mark.parametrize("key", ["ssh-ed25519 AAAA", "ssh-rsa AAAAB3NzaC1yc2E=", "", ssh_line(bytes(32)), "x" * 5000])
def test_a_signing_key_that_is_none(ours: Room, tmp_path: Path, key: str) -> None:
    """The last but one: an all-zero key, whose signatures anybody can make."""
    members = json.loads(split(signed(ours, tmp_path / "card"))[0])
    members["signer"]["key"] = key
    body = canonical(members)
    with pytest.raises((errors.CardMember, PointNotAllowed)):
        read_card(body + sign_ssh(generate()[0], body, CARD_NAMESPACE))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b'{"type":"peer-card"}',
        b'{"a":' * 10000 + b"1" + b"}" * 10000,
        b'{"type":"peer-card","version":' + b"9" * 5000 + b"}",
        b'{"type":"peer-card","version":NaN}',
        b'{"type":"\\ud800peer-card"}',
        b"\xff\xfe{\x00",
    ],
)
def test_what_is_no_card_at_all(text: bytes) -> None:
    with pytest.raises(errors.NotACard):
        read_card(text)
    with pytest.raises((errors.NotACard, NotAKey)):
        read_key(text)


def test_a_card_is_small(ours: Room, tmp_path: Path) -> None:
    text = signed(ours, tmp_path / "card")
    with pytest.raises(KeyFileTooLarge):
        read_card(text + b" " * 64 * 1024)
