"""Two workspaces meet and somebody in the middle gives each other people's keys: what is read out does not fit.

The forgery is a whole introduction, well made and well signed, with everything as it was but keys of the forger's own. The fingerprint is
read out by the people of the real workspace, and nothing but it tells the two apart.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.crypto.digest import canonical
from core.crypto.signing import generate, sign
from core.errors.authorities import MeetingDiffers, NotCarried
from core.model.carry import CarryKind, Hear, Meeting
from core.model.workspace import Kind
from core.policy.duties import PEOPLE_WORK
from core.services import carry
from core.services.perform import Verb, Work, perform
from core.store import partners
from tests.desks import Room, make_room
from tests.pki.worlds import DUTIES
from tests.services.refusing import refused, says

Statement = dict[str, Any]
SECRET, PUBLIC = generate()


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[tuple[Room, Room]]:
    """A registration desk and an issuing workspace that never met."""
    made = []
    for kind in (Kind.REGISTRATION, Kind.ISSUING):
        (tmp_path / kind.value).mkdir()
        made.append(make_room(tmp_path / kind.value, DUTIES, kind=kind, duties=DUTIES))
    yield made[0], made[1]
    for room in made:
        room.desk.close()


def _own_key(statement: Statement) -> None:
    """The forger's key in the place of who signs."""
    statement["people"] = [
        [name, full, PUBLIC.hex() if name == statement["by"] else key] for name, full, key in statement["people"]
    ]


def _all_keys(statement: Statement) -> None:
    statement["people"] = [[name, full, PUBLIC.hex()] for name, full, _ in statement["people"]]


def _exchanged(statement: Statement) -> None:
    """Two people's keys are exchanged, and the forger signs as somebody put in beside them."""
    (one, two, *rest), mallory = statement["people"], ["mallory", "Mallory Moss", PUBLIC.hex()]
    statement["people"] = [[one[0], one[1], two[2]], [two[0], two[1], one[2]], *rest, mallory]
    statement["by"] = "mallory"


def _other_root(statement: Statement) -> None:
    _own_key(statement)
    statement["root"] = b"another root".hex()


SWAPS = (_own_key, _all_keys, _exchanged, _other_root)


def forged(content: bytes, swap: Callable[[Statement], None]) -> bytes:
    statement = json.loads(content)["statement"]
    swap(statement)
    signature = sign(SECRET, canonical(statement)).hex()
    return canonical({"statement": statement, "signature": signature}) + b"\n"


def read(room: Room, untrusted: bytes) -> None:
    """Somebody takes a carried file."""

    def act(work: Work, content: bytes) -> None:
        carry.read(work, content, CarryKind.REQUESTS)

    perform(room.sit("alice"), Verb("request.taken", act, PEOPLE_WORK), untrusted)


def sent(room: Room, secret: bytes) -> bytes:
    """A carried file of that workspace, signed with that key."""

    def act(work: Work, _: None) -> bytes:
        return carry.write(work, CarryKind.REQUESTS, "", "", {})

    content = perform(room.sit("alice"), Verb("request.sent", act, PEOPLE_WORK), None)
    statement = json.loads(content)["statement"]
    return canonical({"statement": statement, "signature": sign(secret, canonical(statement)).hex()}) + b"\n"


def known(room: Room, meeting: Meeting) -> bool:
    found = partners.find(room.desk.file.read, meeting.workspace)
    return found is not None and found.known


@pytest.mark.parametrize("swap", SWAPS)
def test_a_swapped_key_is_caught(rooms: tuple[Room, Room], swap: Callable[[Statement], None]) -> None:
    desk, issuing = rooms
    content, meeting = carry.introduce(desk.sit("alice"))
    untrusted = forged(content, swap)
    assert carry.introduced(untrusted).workspace == meeting.workspace  # nothing is wrong with it in itself
    for who, read_out in zip(("alice", "bob"), carry.fingerprint(meeting), strict=True):
        act = lambda who=who, said=read_out: perform(issuing.sit(who), carry.HEAR, Hear(untrusted, said))  # noqa: E731
        error = refused(issuing, act, MeetingDiffers)
        assert isinstance(error, MeetingDiffers)
        assert error.why == "different"
        says(error, "not the fingerprint", "was not met")
    assert partners.find(issuing.desk.file.read, meeting.workspace) is None
    caught = refused(issuing, lambda: read(issuing, sent(desk, SECRET)), NotCarried)
    assert isinstance(caught, NotCarried)
    assert caught.why == "stranger"


def test_the_second_person_catches_what_the_first_was_not_given(rooms: tuple[Room, Room]) -> None:
    """The first one typed the fingerprint of the real file, the second has the forged one on the stick, or the first was
    read the forger's: either way one ear alone makes nobody known."""
    desk, issuing = rooms
    content, meeting = carry.introduce(desk.sit("alice"))
    untrusted, digits = forged(content, _own_key), carry.fingerprint(meeting)[0]
    perform(issuing.sit("alice"), carry.HEAR, Hear(content, digits))
    refused(issuing, lambda: perform(issuing.sit("bob"), carry.HEAR, Hear(untrusted, digits)), MeetingDiffers)
    assert not known(issuing, meeting)
    fooled = carry.fingerprint(carry.introduced(untrusted))[0]
    perform(issuing.sit("bob"), carry.HEAR, Hear(untrusted, fooled))  # bob listened to the man in the middle
    assert not known(issuing, meeting)
    refused(issuing, lambda: perform(issuing.sit("alice"), carry.HEAR, Hear(untrusted, digits)), MeetingDiffers)
    caught = refused(issuing, lambda: read(issuing, sent(desk, SECRET)), NotCarried)
    assert isinstance(caught, NotCarried)
    assert caught.why == "stranger"


def test_the_real_one_is_known_and_the_swapped_key_signs_nothing_for_it(rooms: tuple[Room, Room]) -> None:
    desk, issuing = rooms
    content, meeting = carry.introduce(desk.sit("alice"))
    digits, words = carry.fingerprint(meeting)
    perform(issuing.sit("alice"), carry.HEAR, Hear(content, digits))
    perform(issuing.sit("bob"), carry.HEAR, Hear(content, words))
    assert known(issuing, meeting)
    caught = refused(issuing, lambda: read(issuing, sent(desk, SECRET)), NotCarried)
    assert isinstance(caught, NotCarried)
    assert caught.why == "signature"
