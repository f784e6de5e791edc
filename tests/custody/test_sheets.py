"""Recovery sheets: drawn alone, proved by typing back, used with another person, once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.crypto.custody import Generated, new_stick
from core.errors import custody as errors
from core.errors.base import Expected
from core.errors.people import DutyMissing, PassphraseTooShort, WrongPassphrase
from core.errors.vault import PassphraseNeeded
from core.model.authorities import CaKey
from core.model.custody import ChangeCustodyPassphrase, Drill, MakeKey, ProveSheet, SheetState, UseSheet
from core.services import approvals, audit, custodians, custody, membership, opening, people, recovery
from core.services.opening import Hands
from core.store import audit as rows
from core.words.proposals import sentence
from tests.custody.vaults import hands, held, root_room
from tests.desks import Room, make_room, passphrase

NEW = Generated("fourteen pale lanterns by the quay")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = root_room(tmp_path)
    held(room)
    yield room
    room.desk.close()


def proved(room: Room, name: str = "bob") -> recovery.Drawn:
    drawn = recovery.draw(room.sit(name), hands(name))
    recovery.prove(room.sit(name), ProveSheet(drawn.number), drawn.words)
    return drawn


def states(room: Room, name: str = "bob") -> list[SheetState]:
    return [each.state for each in recovery.sheets(room.desk, name)]


def test_it_brings_back_sign_in_and_custody_with_another_person(room: Room) -> None:
    drawn = proved(room)
    assert drawn.covers == ("sign-in", "root")
    recovery.recover(room.sit("alice"), UseSheet("bob"), drawn.words.upper().replace(" ", "\n "), NEW)
    row = rows.recent(room.desk.file.read, 1)[0]
    assert (row.action, row.actor) == ("custody.sheet-used", "alice")
    assert row.body["details"] == {"number": drawn.number, "owner": "bob"}
    with pytest.raises(WrongPassphrase):
        people.authenticate(room.desk, "bob", passphrase("bob"))
    people.authenticate(room.desk, "bob", NEW)
    bring = Hands({"alice": passphrase("alice"), "bob": NEW})
    custodians.drill(room.sit("alice"), Drill("root", ("alice", "bob")), bring)
    assert audit.inspect(room.desk).faults == ()


def test_it_is_used_once(room: Room) -> None:
    drawn = proved(room)
    recovery.recover(room.sit("alice"), UseSheet("bob"), drawn.words, NEW)
    assert states(room) == [SheetState.USED]
    with pytest.raises(errors.SheetNotFit) as refused:
        recovery.recover(room.sit("alice"), UseSheet("bob"), drawn.words, NEW)
    assert refused.value.why == "none"


def test_it_works_only_after_it_was_proved(room: Room) -> None:
    drawn = recovery.draw(room.sit("bob"), hands("bob"))
    with pytest.raises(errors.SheetNotFit):
        recovery.recover(room.sit("alice"), UseSheet("bob"), drawn.words, NEW)
    with pytest.raises(errors.SheetNotFit) as refused:
        recovery.prove(room.sit("bob"), ProveSheet(drawn.number), drawn.words.replace(" ", " not ", 1))
    assert refused.value.why == "words"
    with pytest.raises(errors.SheetNotFit):  # somebody else's sheet
        recovery.prove(room.sit("alice"), ProveSheet(drawn.number), drawn.words)
    assert states(room) == [SheetState.PRINTED]


def test_a_new_sheet_voids_the_old_one_when_it_was_proved(room: Room) -> None:
    old = proved(room)
    drawn = recovery.draw(room.sit("bob"), hands("bob"))
    assert states(room) == [SheetState.PROVED, SheetState.PRINTED]
    recovery.prove(room.sit("bob"), ProveSheet(drawn.number), drawn.words)
    assert states(room) == [SheetState.VOID, SheetState.PROVED]
    with pytest.raises(errors.SheetNotFit) as refused:
        recovery.recover(room.sit("alice"), UseSheet("bob"), old.words, NEW)
    assert refused.value.why == "other"


def test_what_it_sets_for_a_root_is_not_thought_up(room: Room) -> None:
    drawn = proved(room)
    with pytest.raises(errors.PassphraseChosen):
        recovery.recover(room.sit("alice"), UseSheet("bob"), drawn.words, str(NEW) + " again")
    with pytest.raises(errors.PassphraseChosen):  # a real workspace has no secrets file
        recovery.recover(room.sit("alice"), UseSheet("bob"), drawn.words, str(NEW) + " again", rehearsed=True)
    assert states(room) == [SheetState.PROVED]


@pytest.mark.parametrize(
    ("who", "new", "kind"),
    [("bob", NEW, errors.SheetNeedsAnother), ("carol", NEW, DutyMissing), ("alice", "short", PassphraseTooShort)],
)
def test_its_owner_alone_cannot_use_it(room: Room, who: str, new: str, kind: type[Expected]) -> None:
    drawn = proved(room)
    with pytest.raises(kind):
        recovery.recover(room.sit(who), UseSheet("bob"), drawn.words, new)
    assert states(room) == [SheetState.PROVED]


def test_sixteen_words_that_stand_nowhere(room: Room) -> None:
    drawn = proved(room)
    assert len(drawn.words.split()) == 16
    assert drawn.words not in repr(drawn)
    data = room.path.read_bytes()
    assert drawn.words.encode() not in data
    assert sum(word.encode() in data for word in drawn.words.split()) < 16


def failures(room: Room) -> list[int]:
    return [each.failures for key in opening.keys(room.desk) for each in key.holders if each.name == "bob"]


def test_a_forgotten_custody_passphrase_counts_once(room: Room) -> None:
    """Two keys, one wrong passphrase typed once; and as everywhere the next try has to wait in the end."""
    held(room, name="second")
    wrong = Hands({"bob": "not what bob keeps in mind"})
    for count in (1, 2, 3):
        with pytest.raises(errors.WrongCustodianPassphrase):
            recovery.draw(room.sit("bob"), wrong)
        assert failures(room) == [count, 0]
        assert rows.recent(room.desk.file.read, 1)[0].body["details"]["key"] == "root"
    with pytest.raises(errors.CustodianTooSoon):
        recovery.draw(room.sit("bob"), hands("bob"))
    room.clock.passes(seconds=5)
    assert recovery.draw(room.sit("bob"), hands("bob")).covers == ("sign-in", "root", "second")


def test_the_key_that_does_not_open_is_the_one_that_counts(room: Room) -> None:
    other = {"bob": NEW, "alice": Generated(passphrase("alice"))}
    custody.make(room.sit("alice"), MakeKey("second", CaKey.P384, ("alice", "bob")), Hands(other))[1].close()
    with pytest.raises(errors.WrongCustodianPassphrase) as refused:
        recovery.draw(room.sit("bob"), hands("bob"))
    assert refused.value.key == "second"
    assert failures(room) == [0, 1]


def test_a_sign_in_from_the_keyring_draws_no_sheet(room: Room) -> None:
    """It would turn what the keyring keeps into something that can be carried away."""
    desk = room.sit("bob")
    assert desk.session is not None
    desk.session = replace(desk.session, remembered=True)
    with pytest.raises(PassphraseNeeded):
        recovery.draw(desk, hands("bob"))
    assert states(room) == []


def test_a_links_workspace_has_sheets_for_the_sign_in(tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    links = make_room(tmp_path / "links")
    drawn = proved(links)
    assert drawn.covers == ("sign-in",)
    recovery.recover(links.sit("alice"), UseSheet("bob"), drawn.words, NEW)
    assert people.authenticate(links.desk, "bob", NEW).operator.name == "bob"
    links.desk.close()


def test_a_sheet_from_before_a_new_key_opens_nothing(tmp_path: Path) -> None:
    """Somebody whose key two others restored has another key: the old sheet would bring back the lost one."""
    (tmp_path / "links").mkdir()
    links = make_room(tmp_path / "links", ("alice", "bob", "carol"))
    drawn = proved(links)
    asked = membership.restore(links.sit("alice"), "bob")
    approvals.approve(links.desk, "carol", passphrase("carol"), {asked.digest: sentence(asked)})
    membership.accept(links.desk, "bob", NEW, "carol", passphrase("carol"))
    with pytest.raises(errors.SheetNotFit) as refused:
        recovery.recover(links.sit("alice"), UseSheet("bob"), drawn.words, "another passphrase for bob")
    assert refused.value.why == "stale"
    people.authenticate(links.desk, "bob", NEW)
    links.desk.close()


def test_keys_with_passphrases_of_their_own(tmp_path: Path) -> None:
    """One passphrase for all does not open the second key; one for each does."""
    room = root_room(tmp_path)
    held(room, name="one")
    held(room, name="two")
    new = Hands({"alice": Generated("another passphrase altogether")})
    custodians.change_passphrase(room.sit("alice"), ChangeCustodyPassphrase("two", "alice"), hands("alice"), new)
    with pytest.raises(errors.WrongCustodianPassphrase) as found:
        recovery.draw(room.sit("alice"), hands("alice"))
    assert found.value.key == "two"
    room.clock.passes(minutes=5)
    drawn = recovery.draw(room.sit("alice"), hands("alice"), {"two": new})
    assert drawn.covers == ("sign-in", "one", "two")
    recovery.prove(room.desk, ProveSheet(drawn.number), drawn.words)
    room.desk.close()


def test_a_stick_for_one_key_and_none_for_the_other(tmp_path: Path) -> None:
    """The stick is joined where it belongs, and is no longer asked for once the passphrase alone opens the key."""
    room = root_room(tmp_path)
    held(room, name="one")
    held(room, name="two")
    stick = {"alice": new_stick(room.desk.workspace.id, "alice")}
    both = Hands(dict(hands("alice").passphrases), stick)
    change = ChangeCustodyPassphrase("two", "alice")
    custodians.change_passphrase(room.sit("alice"), change, hands("alice"), both)
    flags = [[each.stick for each in key.holders if each.name == "alice"] for key in opening.keys(room.desk)]
    assert flags == [[False], [True]]
    drawn = recovery.draw(room.sit("alice"), both)
    assert drawn.covers == ("sign-in", "one", "two")
    recovery.prove(room.desk, ProveSheet(drawn.number), drawn.words)
    custodians.change_passphrase(room.sit("alice"), change, both, hands("alice"))
    assert not any(each.stick for key in opening.keys(room.desk) for each in key.holders)
    assert recovery.draw(room.sit("alice"), hands("alice")).covers == ("sign-in", "one", "two")
    assert audit.inspect(room.desk).faults == ()
    room.desk.close()
