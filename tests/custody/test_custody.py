"""Keys under custody, through the services: who may, who has to be there, and what the ledger says of it."""

import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import pytest

from core.crypto.custody import Generated, new_stick
from core.errors import custody as errors
from core.errors.base import Expected, Several
from core.errors.people import DutyMissing, PassphraseTooShort
from core.errors.proposals import ProposalClosed
from core.errors.workspace import AlreadyThere, WrongKind
from core.model.authorities import CaKey
from core.model.backups import MakeBackup
from core.model.custody import (
    ChangeCustodyPassphrase,
    Drill,
    Enter,
    HeldKey,
    MakeKey,
    OpenSession,
    ReplaceCustodian,
    Signable,
    Source,
    UseToken,
)
from core.model.people import Duty
from core.policy import custody as policy
from core.services import audit, backups, custodians, custody, opening, sessions
from core.services.opening import Hands
from core.services.perform import perform
from core.store import audit as rows
from core.vault import machine
from core.words.custody import key_line
from tests.custody.tokens import SO_PIN, softhsm
from tests.custody.vaults import agreed, hands, held, root_room, session
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


def drill(room: Room, *names: str, key: str = "root", with_: Hands | None = None) -> HeldKey:
    return custodians.drill(room.sit("alice"), Drill(key, names), with_ or hands(*names))


def test_a_key_has_its_record_and_its_row(room: Room) -> None:
    key = held(room)
    assert (key.source, key.token, key.type) == (Source.SOFTWARE, None, CaKey.P384)
    assert [each.name for each in key.holders] == ["alice", "bob", "carol"]
    assert set(key.sealed.wraps) == {"alice+bob", "alice+carol", "bob+carol"}
    action, details = newest(room)
    assert action == "custody.key-made"
    assert details["custodians"] == ["alice", "bob", "carol"]
    assert [each.what for each in opening.register(room.desk, key)] == ["made"]
    assert audit.inspect(room.desk).faults == ()


def test_every_pair_opens_it_and_no_single_person(room: Room) -> None:
    held(room)
    for pair in combinations(("alice", "bob", "carol"), 2):
        drill(room, *pair)
        assert newest(room) == ("custody.drilled", {"key": "root", "custodians": sorted(pair)})
    for name in ("alice", "bob", "carol"):
        with pytest.raises(errors.TooFewCustodians) as refused:
            drill(room, name)
        assert (refused.value.present, refused.value.quorum) == (1, 2)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("alice", "dave"), errors.NotACustodian),
        (("alice", "nobody"), errors.NotACustodian),
        (("alice", "alice"), errors.SameCustodianTwice),
    ],
)
def test_who_does_not_hold_it_does_not_open_it(room: Room, names: tuple[str, ...], kind: type[Expected]) -> None:
    held(room)
    with pytest.raises(kind):
        drill(room, *names)
    assert newest(room)[0] == "refused"


@pytest.mark.parametrize(
    ("names", "quorum", "kind"),
    [
        (("alice", "bob"), 1, errors.QuorumNotFit),
        (("alice", "bob"), 3, errors.QuorumNotFit),
        (("alice", "erin"), 2, errors.NotACustodian),
        (("alice", "alice"), 2, errors.SameCustodianTwice),
    ],
)
def test_custody_by_one_is_no_custody(room: Room, names: tuple[str, ...], quorum: int, kind: type[Expected]) -> None:
    with pytest.raises(kind):
        held(room, *names, quorum=quorum)
    assert custody.keys(room.desk) == ()


def test_eleven_are_too_many() -> None:
    names = tuple(f"p{number}" for number in range(11))
    assert [each.why for each in policy.quorum(2, names) if isinstance(each, errors.QuorumNotFit)] == ["many"]
    assert policy.quorum(5, names[:10]) == []


def test_two_of_two_is_named_a_risk(room: Room) -> None:
    assert policy.at_risk(held(room, "alice", "bob"))
    assert not policy.at_risk(held(room, name="second"))


def test_a_name_is_used_once(room: Room) -> None:
    held(room)
    with pytest.raises(errors.KeyNameTaken):
        held(room, name="ROOT")


def test_a_weak_passphrase_and_a_missing_duty_are_found_before_a_key_is_made(room: Room) -> None:
    command = MakeKey("root", CaKey.P384, ("alice", "bob"))
    with pytest.raises(PassphraseTooShort):
        custody.make(room.sit("alice"), command, Hands({**hands("alice").passphrases, "bob": "short"}))
    for name in ("carol", "dave", "erin"):
        with pytest.raises(DutyMissing):
            custody.make(room.sit(name), command, hands("alice", "bob"))
    assert custody.keys(room.desk) == ()


def test_a_links_workspace_holds_no_ca_key(tmp_path: Path) -> None:
    room = make_room(tmp_path, duties=dict.fromkeys(("alice", "bob"), (Duty.SECURITY_OFFICER, Duty.CUSTODIAN)))
    with pytest.raises(WrongKind):
        held(room, "alice", "bob")
    room.desk.close()


def test_a_wrong_passphrase_names_its_custodian_and_the_wait_grows(room: Room) -> None:
    held(room)
    wrong = Hands({"alice": passphrase("alice"), "bob": "not what bob keeps in mind"})
    waits = []
    for failures in range(1, 6):
        with pytest.raises(errors.WrongCustodianPassphrase) as refused:
            drill(room, "alice", "bob", with_=wrong)
        assert refused.value.name == "bob"
        waits.append(refused.value.wait)
        assert newest(room) == ("custody.wrong-passphrase", {"key": "root", "custodian": "bob", "failures": failures})
        room.clock.passes(seconds=refused.value.wait)
    assert waits == [0, 0, 5, 10, 20]
    drill(room, "alice", "carol")
    with pytest.raises(errors.WrongCustodianPassphrase):
        drill(room, "alice", "bob", with_=wrong)
    with pytest.raises(errors.CustodianTooSoon) as soon:
        drill(room, "alice", "bob")
    assert (soon.value.name, soon.value.wait) == ("bob", 40)
    room.clock.passes(seconds=40)
    drill(room, "alice", "bob")
    assert [each.failures for each in opening.key(room.desk, "root").holders] == [0, 0, 0]
    assert audit.inspect(room.desk).faults == ()


def test_a_custodian_is_replaced_with_all_who_stay(room: Room) -> None:
    before = held(room)
    command = ReplaceCustodian("root", "carol", "dave")
    perform(room.sit("bob"), backups.MAKE, MakeBackup(room.path.with_name("copy.anchorhold")))
    proposal = agreed(room, command)
    assert custodians.agreed(room.desk, command) == proposal
    assert custodians.agreed(room.desk, ReplaceCustodian("root", "bob", "dave")) is None
    with pytest.raises(errors.NotAllStayersPresent) as missing:
        custodians.replace(room.sit("alice"), proposal, hands("alice", "dave"))
    assert missing.value.missing == ("bob",)
    after = custodians.replace(room.sit("alice"), proposal, hands("alice", "bob", "dave"))
    assert [each.name for each in after.holders] == ["alice", "bob", "dave"]
    assert after.sealed.generation == 2
    action, details = newest(room)
    assert action == "custody.replaced"
    assert details == {
        "key": "root", "custodians": ["alice", "bob"], "left": "carol", "came": "dave", "generation": 2,
        "proposal": proposal.digest, "kind": "custody.replace",
    }  # fmt: skip
    drill(room, "bob", "dave")
    with pytest.raises(errors.NotACustodian):
        drill(room, "alice", "carol")
    with session(room, "alice", "dave", crl=1) as open_:
        assert open_.standing().may == {Signable.CRL: 1}
    with pytest.raises(ProposalClosed):
        custodians.replace(room.sit("alice"), proposal, hands("alice", "bob", "dave"))
    # The copy made before opens for carol: it is listed for destruction, a later one is not.
    room.clock.passes(seconds=5)
    perform(room.sit("bob"), backups.MAKE, MakeBackup(room.path.with_name("later.anchorhold")))
    digest = sha256(room.path.with_name("copy.anchorhold").read_bytes()).hexdigest()
    assert [each.sha256 for each in custodians.old_copies(room.desk, after)] == [digest]
    assert custodians.old_copies(room.desk, before) == ()
    # Nothing of the old wraps and of carol's envelope is left in the file.
    data = room.path.read_bytes()
    gone = [before.sealed.secret, before.sealed.envelopes["carol"], *before.sealed.wraps.values()]
    assert [each for each in gone if each.encode() in data or json.dumps(each).encode() in data] == []
    assert after.sealed.secret.encode() in data
    assert audit.inspect(room.desk).faults == ()


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("dave", "carol", Several),
        ("carol", "alice", errors.SameCustodianTwice),
        ("carol", "erin", errors.NotACustodian),
    ],
)
def test_a_replacement_that_makes_no_sense_is_not_proposed(
    room: Room, old: str, new: str, kind: type[Expected]
) -> None:
    before = held(room)
    with pytest.raises(kind):
        custodians.propose(room.sit("alice"), ReplaceCustodian("root", old, new))
    assert opening.key(room.desk, "root") == before


def test_one_person_alone_replaces_nobody(room: Room) -> None:
    held(room)
    asked = custodians.propose(room.sit("alice"), ReplaceCustodian("root", "carol", "dave"))
    with pytest.raises(ProposalClosed):
        custodians.replace(room.sit("alice"), asked, hands("alice", "bob", "dave"))
    assert [each.name for each in opening.key(room.desk, "root").holders] == ["alice", "bob", "carol"]


def test_a_custodian_changes_their_own_passphrase(room: Room) -> None:
    held(room)
    command, new = ChangeCustodyPassphrase("root", "bob"), Hands({"bob": Generated("eleven grey geese over the weir")})
    with pytest.raises(errors.SamePassphrase):
        custodians.change_passphrase(room.sit("bob"), command, hands("bob"), hands("bob"))
    with pytest.raises(errors.WrongCustodianPassphrase):
        custodians.change_passphrase(room.sit("bob"), command, Hands({"bob": "a guess of somebody"}), new)
    custodians.change_passphrase(room.sit("bob"), command, hands("bob"), new)
    with pytest.raises(errors.WrongCustodianPassphrase):
        drill(room, "alice", "bob")
    drill(room, "alice", "bob", with_=Hands({"alice": passphrase("alice"), **new.passphrases}))


def test_a_stick_is_part_of_the_passphrase(room: Room) -> None:
    stick = new_stick(room.desk.workspace.id, "alice")
    command = MakeKey("root", CaKey.P384, ("alice", "bob"))
    custody.make(room.sit("alice"), command, hands("alice", "bob", sticks={"alice": stick}))[1].close()
    assert [each.stick for each in opening.key(room.desk, "root").holders] == [True, False]
    drill(room, "alice", "bob", with_=hands("alice", "bob", sticks={"alice": stick}))
    with pytest.raises(errors.WrongCustodianPassphrase):
        drill(room, "alice", "bob")
    other = new_stick(room.desk.workspace.id, "bob")
    with pytest.raises(errors.StickNotFit):
        drill(room, "alice", "bob", with_=hands("alice", "bob", sticks={"alice": other}))


@pytest.mark.real
def test_a_token_key_has_its_source_on_record(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = softhsm(monkeypatch, tmp_path / "hsm")
    where = UseToken(label=token.label, approval="CPA 1234")
    command = MakeKey("root", CaKey.P256, ("alice", "bob"), token=where)
    bring = hands("alice", "bob", library=token.library, so_pin=SO_PIN)
    custody.make(room.sit("alice"), command, bring)[1].close()
    key = opening.key(room.desk, "root")
    assert key.source is Source.TOKEN
    assert key.token is not None
    assert (key.token.label, key.token.serial, key.token.model) == (token.label, token.serial, "SoftHSM v2")
    assert (key.approval, key.finding) == ("CPA 1234", "")
    drill(room, "alice", "bob", with_=bring)
    with pytest.raises(errors.TokenLibraryNotFit) as refused:
        drill(room, "alice", "bob")
    assert refused.value.why == "none"
    assert "SoftHSM v2" in key_line(key)
    assert token.library.encode() not in room.path.read_bytes()


def test_the_register_takes_what_people_enter(room: Room) -> None:
    key = held(room)
    perform(room.sit("carol"), custody.ENTERED, Enter("root", "sealed", "Carol Ito", "safe 2, Leeds", "A-0042"))
    entry = opening.register(room.desk, key)[-1]
    assert (entry.what, entry.holder, entry.place, entry.seal) == ("sealed", "Carol Ito", "safe 2, Leeds", "A-0042")
    with pytest.raises(DutyMissing):
        perform(room.sit("erin"), custody.ENTERED, Enter("root", "in", "Erin"))
    with pytest.raises(errors.NoSuchKey):
        perform(room.sit("carol"), custody.ENTERED, Enter("nothing", "in", "Carol"))


def test_a_key_that_is_not_there(room: Room) -> None:
    with pytest.raises(errors.NoSuchKey):
        sessions.open_session(room.sit("alice"), OpenSession("root", ("alice", "bob")), hands("alice", "bob"))


def test_a_stick_is_written_once_for_its_owner(room: Room, tmp_path: Path) -> None:
    path = custody.make_stick(room.sit("alice"), tmp_path / "alice.stick")
    assert path.stat().st_mode & 0o777 == 0o600
    sticks = {"alice": path.read_text()}
    command = MakeKey("root", CaKey.P384, ("alice", "bob"))
    custody.make(room.sit("alice"), command, hands("alice", "bob", sticks=sticks))[1].close()
    drill(room, "alice", "bob", with_=hands("alice", "bob", sticks=sticks))
    with pytest.raises(AlreadyThere):
        custody.make_stick(room.sit("alice"), path)


@pytest.mark.parametrize(
    ("uri", "label", "serial"),
    [
        ("pkcs11:token=ROOT-A", "ROOT-A", ""),
        ("pkcs11:model=SoftHSM%20v2;token=Root%20A%2F1;serial=01d9;object=ca?pin-value=1234", "Root A/1", "01d9"),
        ("pkcs11:serial=01d9a13685150cd0", "", "01d9a13685150cd0"),
    ],
)
def test_a_token_uri_is_read(uri: str, label: str, serial: str) -> None:
    found = policy.use_token(uri, "CPA 1")
    assert (found.label, found.serial, found.approval) == (label, serial, "CPA 1")


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "ROOT-A",
        "pkcs11:",
        "pkcs11:object=ca",
        "pkcs11:token",
        "pkcs11:token=a b",
        "http:token=a",
        "pkcs11:token=\x00",
    ],
)
def test_what_is_no_token_uri_is_refused(uri: str) -> None:
    with pytest.raises(errors.TokenUriNotFit):
        policy.use_token(uri)


def test_the_library_comes_from_this_machines_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert machine.token_library() == ""
    machine.settings().parent.mkdir(parents=True)
    machine.settings().write_text('[token]\nlibrary = "/usr/lib/softhsm/libsofthsm2.so"\n')
    assert machine.token_library() == "/usr/lib/softhsm/libsofthsm2.so"
    machine.settings().write_text("[token\n")
    assert machine.token_library() == ""


def test_a_software_key_is_called_one(room: Room) -> None:
    line = key_line(held(room, "alice", "bob"))
    assert "software key" in line
    assert line.endswith("If one custodian is lost, so is the key.")
