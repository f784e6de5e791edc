"""Whose passphrase may open a root key: words that the program made, or a stick; and what a rehearsal may."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.crypto.custody import new_stick
from core.errors import custody as errors
from core.errors.base import Several
from core.model.authorities import CaKey
from core.model.custody import ChangeCustodyPassphrase, MakeKey, ReplaceCustodian
from core.model.workspace import Kind, PolicyName
from core.services import custodians, custody, opening
from core.services.opening import Hands
from core.store import audit as rows
from tests.custody.vaults import DUTIES, agreed, hands, root_room
from tests.desks import Room, make_room, passphrase


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = root_room(tmp_path)
    yield room
    room.desk.close()


def newest(room: Room) -> tuple[str, dict[str, object]]:
    """Action and details of the last row."""
    row = rows.recent(room.desk.file.read, 1)[0]
    return row.action, row.body["details"]


def test_nobody_thinks_up_the_passphrase_of_a_root_key(room: Room) -> None:
    """At the ceremony, at a replacement and at a change: made by the program, or joined with a stick."""
    chosen = {name: passphrase(name) for name in ("alice", "bob", "dave")}
    command = MakeKey("root", CaKey.P384, ("alice", "bob"))
    with pytest.raises(Several) as refused:
        custody.make(room.sit("alice"), command, Hands(chosen))
    assert [type(each) for each in refused.value.findings] == [errors.PassphraseChosen] * 2
    with pytest.raises(Several):  # what a secrets file says counts in a rehearsal only
        custody.make(room.sit("alice"), command, Hands(chosen, rehearsed=frozenset(chosen)))
    assert opening.keys(room.desk) == ()
    stick = new_stick(room.desk.workspace.id, "alice")
    bring = Hands({**chosen, **hands("bob").passphrases}, {"alice": stick})
    custody.make(room.sit("alice"), command, bring)[1].close()
    assert newest(room)[1]["passphrases"] == {"alice": "stick", "bob": "generated"}
    new = Hands({"bob": "eleven grey geese over the weir"})
    with pytest.raises(errors.PassphraseChosen):
        custodians.change_passphrase(room.sit("bob"), ChangeCustodyPassphrase("root", "bob"), hands("bob"), new)
    proposal = agreed(room, ReplaceCustodian("root", "bob", "dave"))
    with pytest.raises(errors.PassphraseChosen):
        custodians.replace(room.sit("alice"), proposal, bring)
    assert [each.name for each in opening.key(room.desk, "root").holders] == ["alice", "bob"]


def test_a_rehearsal_says_that_its_file_has_the_passphrases(tmp_path: Path) -> None:
    room = root_room(tmp_path, PolicyName.REHEARSAL)
    chosen = {name: passphrase(name) for name in ("alice", "bob")}
    command = MakeKey("root", CaKey.P384, ("alice", "bob"))
    with pytest.raises(errors.PassphraseChosen):
        custody.make(room.sit("alice"), command, Hands(chosen, rehearsed=frozenset({"bob"})))
    custody.make(room.sit("alice"), command, Hands(chosen, rehearsed=frozenset(chosen)))[1].close()
    assert newest(room)[1]["passphrases"] == {"alice": "rehearsed", "bob": "rehearsed"}
    room.desk.close()


def test_an_issuing_key_takes_a_passphrase_of_ones_own(tmp_path: Path) -> None:
    room = make_room(tmp_path, DUTIES, kind=Kind.ISSUING, duties=DUTIES)
    chosen = Hands({name: passphrase(name) for name in ("alice", "bob")})
    custody.make(room.sit("alice"), MakeKey("sub", CaKey.P384, ("alice", "bob")), chosen)[1].close()
    assert newest(room)[1]["passphrases"] == {"alice": "chosen", "bob": "chosen"}
    room.desk.close()
