"""Carried files and meetings: nothing of what a stick brings is a fact before its sender is known and its signature held.

A file is one line of canonical JSON: {"signature": ..., "statement": {...}}; the statement has its type, both ends of the
conversation by workspace id and digest, the sender's people, and the body. An introduction is a statement of its own type.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from core.crypto.digest import canonical
from core.crypto.heard import Alphabet, values
from core.crypto.nearness import same
from core.crypto.pgpwords import spelt
from core.crypto.private import refuse_private
from core.crypto.signing import sign, verify
from core.errors import authorities as errors
from core.model.authorities import Layer
from core.model.carry import Carried, CarryKind, Hear, Meeting, Partner, Person
from core.model.workspace import Kind
from core.policy.duties import PEOPLE_WORK
from core.policy.rules import gate
from core.services.desk import Desk
from core.services.ledger import STAMP
from core.services.perform import Verb, Work, perform
from core.store import authorities, people
from core.store import partners as store
from core.store.unit import Connection

LIMIT = 8 * 1024 * 1024
_STATEMENT = {"type", "workspace", "time", "by", "kind", "answers", "rehearsal", "people", "body"}
_MEETING = {"type", "workspace", "time", "by", "kind", "name", "rehearsal", "people", "root"}


def _people(connection: Connection) -> list[list[str]]:
    return [[each.name, each.full_name, each.public_key.hex()] for each in people.all_operators(connection)]


def _sealed(secret: bytes, statement: dict[str, Any]) -> bytes:
    return canonical({"statement": statement, "signature": sign(secret, canonical(statement)).hex()}) + b"\n"


def write(work: Work, kind: CarryKind, about: str, answers: str, body: dict[str, Any]) -> bytes:
    """A carried file, signed by who acts and remembered by its digest."""
    statement = {
        "type": "carry",
        "workspace": work.desk.workspace.id,
        "time": work.now.strftime(STAMP),
        "by": work.actor.name,
        "kind": kind.value,
        "answers": answers,
        "rehearsal": work.desk.workspace.rehearsal,
        "people": _people(work.unit.connection),
        "body": body,
    }
    content = _sealed(work.session.secret, statement)
    digest = hashlib.sha256(content).hexdigest()
    store.sent(work.unit, digest, kind.value, about, work.now.isoformat())
    work.details.update(carried=digest)
    return content


def read(work: Work, untrusted: bytes, kind: CarryKind) -> Carried:
    """A carried file of that kind from a workspace we met, its signature held. Raises `NotCarried`."""
    statement, signature, digest = _parsed(untrusted, "carry", _STATEMENT)
    partner = store.find(work.unit.connection, statement["workspace"])
    if partner is None or not partner.known:
        raise errors.NotCarried("stranger")
    _signed(statement, signature, partner.meeting.people)
    if statement["rehearsal"] != work.desk.workspace.rehearsal:
        raise errors.RehearsalMixed
    if statement["kind"] != kind.value or not isinstance(statement["body"], dict):
        raise errors.NotCarried("kind")
    now = _persons(statement["people"])
    if now != partner.meeting.people:
        store.follow(work.unit, partner, now)
    work.details.update(carried=digest, sender=statement["workspace"])
    return Carried(
        kind=kind,
        workspace=statement["workspace"],
        by=statement["by"],
        time=datetime.fromisoformat(statement["time"]).astimezone(UTC),
        answers=str(statement["answers"]),
        body=statement["body"],
        sha256=digest,
    )


def _parsed(untrusted: bytes, kind: str, members: set[str]) -> tuple[dict[str, Any], bytes, str]:
    """Strict: our members only, canonical, within the limit, no private key anywhere in it."""
    if len(untrusted) > LIMIT:
        raise errors.NotCarried("size")
    refuse_private(untrusted, untrusted.decode("utf-8", "replace"))
    try:
        outer = json.loads(untrusted)
        statement, signature = outer["statement"], bytes.fromhex(outer["signature"])
        strict = canonical(outer) + b"\n" == untrusted and set(outer) == {"statement", "signature"}
        if not strict or set(statement) != members or statement["type"] != kind:
            raise ValueError(kind)
        _clean(statement)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise errors.NotCarried("shape") from None
    return statement, signature, hashlib.sha256(untrusted).hexdigest()


@gate("S-a-2")
def _clean(statement: dict[str, Any]) -> None:
    """No private key in any member of it, as text or as hex."""
    for value in _strings(statement):
        refuse_private(_bytes(value), value)


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in _strings(each)]
    return [value] if isinstance(value, str) else []


def _bytes(text: str) -> bytes:
    """What a member may hide as hex."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _persons(untrusted: Any) -> tuple[Person, ...]:
    try:
        found = tuple(Person(str(name), str(full), bytes.fromhex(key)) for name, full, key in untrusted)
    except (ValueError, TypeError):
        raise errors.NotCarried("shape") from None
    if not 1 <= len(found) <= 200 or any(len(each.key) != 32 for each in found):
        raise errors.NotCarried("shape")
    return found


@gate("S-a-1")
def _signed(statement: dict[str, Any], signature: bytes, known: tuple[Person, ...]) -> None:
    person = next((each for each in known if each.name == statement["by"]), None)
    if person is None:
        raise errors.NotCarried("person")
    if not verify(person.key, signature, canonical(statement)):
        raise errors.NotCarried("signature")


# --- meeting ----------------------------------------------------------------------------------------------


def introduce(desk: Desk) -> tuple[bytes, Meeting]:
    """This workspace's introduction, signed by who sits at the desk, and as the other side will read it.

    It brings the root certificate, its own or the one that is pinned here, which is pinned with it over there.
    """
    workspace = desk.workspace
    statement = {
        "type": "meeting",
        "workspace": workspace.id,
        "time": desk.clock().strftime(STAMP),
        "by": desk.acting.operator.name,
        "kind": workspace.kind.value,
        "name": workspace.name,
        "rehearsal": workspace.rehearsal,
        "people": _people(desk.file.read),
        "root": _root(desk).hex(),
    }
    content = _sealed(desk.acting.secret, statement)
    perform(desk, INTRODUCED, hashlib.sha256(canonical(statement)).hexdigest())
    return content, introduced(content)


def _root(desk: Desk) -> bytes:
    """Its own root's certificate, else the newest one that is pinned here, b"" where there is none yet."""
    roots = [each for each in authorities.all_authorities(desk.file.read) if each.layer is Layer.ROOT]
    own = [each for each in roots if each.key and each.certificate]
    found = own[:1] or [each for each in roots if each.certificate][-1:]
    return found[0].certificate if found else b""


def pinned_roots(connection: Connection, workspace: str) -> frozenset[bytes]:
    """The root certificates (DER) that what this workspace sends is verified against: the one that two people pinned
    with its introduction, and those of root workspaces that were met."""
    known = [each for each in store.everyone(connection) if each.known and each.meeting.root]
    trusted = (each.meeting for each in known if each.meeting.workspace == workspace or each.meeting.kind == Kind.ROOT)
    return frozenset(each.root for each in trusted)


def introduced(untrusted: bytes) -> Meeting:
    """An introduction whose own signature held; who it is remains to be heard. Raises `NotCarried`."""
    statement, signature, _ = _parsed(untrusted, "meeting", _MEETING)
    known = _persons(statement["people"])
    _signed(statement, signature, known)
    try:
        root = bytes.fromhex(statement["root"])
    except (ValueError, TypeError):
        raise errors.NotCarried("shape") from None
    return Meeting(
        workspace=str(statement["workspace"]),
        name=str(statement["name"])[:200],
        kind=str(statement["kind"]),
        rehearsal=statement["rehearsal"] is True,
        people=known,
        root=root,
        digest=hashlib.sha256(canonical(statement)).digest(),
    )


def fingerprint(meeting: Meeting) -> tuple[str, str]:
    """What is read out: hex in groups of four, and the same as PGP words."""
    digits = meeting.digest.hex()
    return " ".join(digits[at : at + 4] for at in range(0, 64, 4)), " ".join(spelt(meeting.digest))


def _hear(work: Work, command: Hear) -> Partner:
    meeting = introduced(command.untrusted)
    if meeting.rehearsal != work.desk.workspace.rehearsal:
        raise errors.RehearsalMixed
    _heard(meeting, command.heard)
    partner = store.find(work.unit.connection, meeting.workspace)
    if partner is None or partner.meeting.digest != meeting.digest:
        store.add(work.unit, meeting, work.actor.name, work.now.isoformat())
    elif work.actor.name in partner.heard_by:
        raise errors.MeetingDiffers("person")
    else:
        store.heard(work.unit, partner, work.actor.name)
        work.action = "workspace.met"
    work.details.update(workspace=meeting.workspace, digest=meeting.digest.hex())
    found = store.find(work.unit.connection, meeting.workspace)
    assert found is not None  # noqa: S101 - it was written above
    return found


@gate("S-a-3")
def _heard(meeting: Meeting, heard: str) -> None:
    """Blind, like a key: the whole value or nothing (S-a-3)."""
    shapes = {Alphabet.HEX: meeting.digest.hex(), Alphabet.WORDS: " ".join(spelt(meeting.digest)).lower()}
    found = [(value.text, shapes[value.alphabet]) for value in values(heard[:4000]) if value.alphabet in shapes]
    whole = [(typed, expected) for typed, expected in found if len(typed.split()) == len(expected.split())]
    if not whole or any(len(typed) < 64 for typed, _ in whole):
        raise errors.MeetingDiffers("form")
    if not all(same(typed, expected) for typed, expected in whole):
        raise errors.MeetingDiffers("different")


def _introduced(work: Work, digest: str) -> None:
    work.details["digest"] = digest


INTRODUCED = Verb("workspace.introduced", _introduced, PEOPLE_WORK)
HEAR = Verb("workspace.half-met", _hear, PEOPLE_WORK)
