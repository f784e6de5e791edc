"""Recovery sheets: drawn alone, proved by typing back, used with another person, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import custody as errors
from core.errors.base import Expected
from core.errors.people import DutyMissing, PassphraseTooShort, WrongPassphrase
from core.model.custody import Drill, ProveSheet, SheetState, UseSheet
from core.services import approvals, audit, custodians, membership, people, recovery
from core.services.opening import Hands
from core.store import audit as rows
from core.words.proposals import sentence
from tests.custody.vaults import hands, held, root_room
from tests.desks import Room, make_room, passphrase

NEW = "fourteen pale lanterns by the quay"


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


def test_a_forgotten_custody_passphrase_is_counted(room: Room) -> None:
    with pytest.raises(errors.WrongCustodianPassphrase):
        recovery.draw(room.sit("bob"), Hands({"bob": "not what bob keeps in mind"}))
    assert rows.recent(room.desk.file.read, 1)[0].action == "custody.wrong-passphrase"


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
