"""Peer cards: signed, judged by ssh-keygen, taken for a device, compared like any other key."""

import base64
import json
import re
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from core.crypto.cards import encoded, read_card, split
from core.crypto.digest import canonical
from core.crypto.keys import read_key
from core.crypto.sshsig import ssh_line
from core.errors import cards as errors
from core.errors.base import Refused
from core.errors.comparison import KeyOnOtherDevice, NotApprovedYet
from core.errors.linking import KeyChanged
from core.errors.workspace import AlreadyThere, NoSuchFolder
from core.model.audit import Fault
from core.model.cards import CARD_NAMESPACE
from core.model.devices import RetireDevice
from core.model.keys import KeyState, Source
from core.model.workspace import PolicyName
from core.services import audit, cards, devices
from core.services.desk import Desk, open_desk
from core.services.perform import perform
from core.store.schema import FIRST
from tests.cards.makers import changed, signed, take
from tests.crypto.makers import certificate, private
from tests.desks import CHEAP, Room, make_room
from tests.real import need


def test_ssh_keygen_judges_the_card(ours: Room, tmp_path: Path) -> None:
    (keygen,) = need("ssh-keygen")
    path = tmp_path / "lon card.json"
    signed(ours, path)
    allowed = tmp_path / "allowed_signers"
    line = ssh_line(ours.sessions["alice"].operator.public_key)
    allowed.write_text(f"alice {line}\n")

    def verify(namespace: str, body: bytes) -> int:
        told = [keygen, "-Y", "verify", "-f", str(allowed), "-I", "alice", "-n", namespace, "-s", f"{path}.sig"]
        return subprocess.run(told, input=body, capture_output=True, check=False).returncode

    assert verify("peercard@v1", path.read_bytes()) == 0
    assert verify("peercard@v1", path.read_bytes().replace(b"London", b"Lagos.")) != 0
    assert verify("export@anchorhold", path.read_bytes()) != 0


def test_a_signature_of_ssh_keygen_is_taken(ours: Room, tmp_path: Path) -> None:
    """The other direction: any program may sign a card."""
    (keygen,) = need("ssh-keygen")
    subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "id")], check=True)
    line = " ".join((tmp_path / "id.pub").read_text().split()[:2])
    members = json.loads(split(signed(ours, tmp_path / "card"))[0])
    members["signer"]["key"] = line
    (tmp_path / "other").write_bytes(canonical(members))
    told = [keygen, "-q", "-Y", "sign", "-f", str(tmp_path / "id"), "-n", CARD_NAMESPACE, str(tmp_path / "other")]
    subprocess.run(told, check=True, capture_output=True)
    card = read_card((tmp_path / "other").read_bytes() + (tmp_path / "other.sig").read_bytes())
    assert ssh_line(card.signer_key) == line


def test_what_a_card_says(ours: Room, tmp_path: Path) -> None:
    text = signed(ours, tmp_path / "card")
    card = read_card(text)
    assert (card.device, str(card.identity), card.contact, card.sequence) == (
        "lon",
        "fqdn:lon.example.net",
        "NOC London",
        ours.desk.file.read.execute("SELECT max(number) FROM ledger").fetchone()[0],
    )
    assert card.spki == read_key(ours.pems["lon"]).spki == read_key(text).spki
    assert read_key(text).source is Source.CARD
    assert encoded(card) == split(text)[0] == canonical(json.loads(split(text)[0]))
    assert audit.inspect(ours.desk).faults == ()


def test_a_later_card_has_a_higher_number_and_names_the_key_before(ours: Room, tmp_path: Path) -> None:
    first = read_card(signed(ours, tmp_path / "first"))
    ours.receive("lon")
    ours.approve("lon")
    second = read_card(signed(ours, tmp_path / "second"))
    assert second.sequence > first.sequence
    members = json.loads((tmp_path / "first").read_bytes())
    assert (first.previous_sha256, second.previous_sha256) == ("", members["key"]["sha256"])


def test_only_settled_keys_leave(ours: Room, tmp_path: Path) -> None:
    ours.device("man")
    with pytest.raises(NotApprovedYet):
        signed(ours, tmp_path / "card", "man")
    ours.receive("lon")
    with pytest.raises(KeyChanged):
        signed(ours, tmp_path / "card")
    assert list(tmp_path.glob("card*")) == []


@pytest.mark.parametrize("there", ["card", "card.sig"])
def test_nothing_is_overwritten(ours: Room, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine")
    with pytest.raises(AlreadyThere):
        signed(ours, tmp_path / "card")
    assert [path.name for path in tmp_path.glob("card*")] == [there]
    assert (tmp_path / there).read_text() == "mine"


def test_a_folder_that_is_not_there(ours: Room, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFolder):
        signed(ours, tmp_path / "nowhere" / "card")


def test_a_cards_key_is_compared_like_any_other(ours: Room, theirs: Room, tmp_path: Path) -> None:
    text = signed(ours, tmp_path / "card")
    key = take(theirs, text)
    assert (key.state, key.public.source, key.public.possession) == (KeyState.RECEIVED, Source.CARD, False)
    assert cards.inspect(theirs.desk, text).known == 0
    theirs.pems["lon"] = ours.pems["lon"]
    theirs.approve("lon")
    seen = cards.inspect(theirs.desk, text)
    assert (seen.device, seen.known, seen.newest) == ("lon", 1, read_card(text).sequence)
    assert audit.inspect(theirs.desk).faults == ()


def test_the_next_card_follows(ours: Room, theirs: Room, tmp_path: Path) -> None:
    first = signed(ours, tmp_path / "first")
    take(theirs, first)
    theirs.pems["lon"] = ours.pems["lon"]
    theirs.approve("lon")
    ours.receive("lon")
    ours.approve("lon")
    second = signed(ours, tmp_path / "second")
    assert cards.inspect(theirs.desk, second).follows
    assert take(theirs, second).state is KeyState.RECEIVED


def test_an_older_card_does_not_come_back(ours: Room, theirs: Room, tmp_path: Path) -> None:
    """A replayed card would bring back a key that was given up."""
    old = signed(ours, tmp_path / "old")
    new_pem = ours.receive("lon")
    ours.approve("lon")
    new = signed(ours, tmp_path / "new")
    assert new_pem.state is KeyState.RECEIVED
    take(theirs, new)
    take(theirs, old)  # nothing is approved yet, so nothing bars a card
    take(theirs, new)
    theirs.pems["lon"] = ours.pems["lon"]
    theirs.approve("lon")
    with pytest.raises(errors.CardNotNewer):
        take(theirs, old)


def test_a_forged_high_number_does_not_bar_the_true_card(ours: Room, theirs: Room, tmp_path: Path) -> None:
    """Not even where the forger sent the true key, so that it was approved."""
    text = signed(ours, tmp_path / "card")
    take(theirs, changed(text, lambda card: card.update(sequence=2**53 - 1)))
    theirs.pems["lon"] = ours.pems["lon"]
    theirs.approve("lon")
    ours.receive("lon")
    ours.approve("lon")
    assert take(theirs, signed(ours, tmp_path / "next")).state is KeyState.RECEIVED


def test_a_card_is_for_one_identity(ours: Room, theirs: Room, tmp_path: Path) -> None:
    theirs.device("man")
    with pytest.raises(errors.CardForAnother) as caught:
        take(theirs, signed(ours, tmp_path / "card"), "man")
    assert (caught.value.expected, caught.value.found) == ("fqdn:man.example.net", "fqdn:lon.example.net")


def test_no_key_of_another_device(ours: Room, theirs: Room, tmp_path: Path) -> None:
    theirs.device("man")
    theirs.receive("man", ours.pems["lon"])
    with pytest.raises(KeyOnOtherDevice):
        take(theirs, signed(ours, tmp_path / "card"))


def test_a_rehearsals_card_stays_in_the_rehearsal(theirs: Room, tmp_path: Path) -> None:
    practice = make_room(tmp_path, policy=PolicyName.REHEARSAL)
    practice.device("lon")
    practice.receive("lon")
    practice.approve("lon")
    text = signed(practice, tmp_path / "card")
    with pytest.raises(errors.RehearsalCard):
        take(theirs, text)
    with pytest.raises(errors.RehearsalCard):
        cards.inspect(theirs.desk, text)
    assert cards.inspect(practice.desk, text).card.rehearsal
    practice.desk.close()


@pytest.mark.parametrize(("days", "why"), [(91, "expired"), (-2, "early")])
def test_a_card_out_of_its_time(ours: Room, theirs: Room, tmp_path: Path, days: int, why: str) -> None:
    text = signed(ours, tmp_path / "card")
    theirs.clock.passes(days=days)
    with pytest.raises(errors.CardOutOfTime) as caught:
        cards.inspect(theirs.desk, text)
    assert caught.value.why == why


def test_a_card_that_lasts_for_years(ours: Room, theirs: Room, tmp_path: Path) -> None:
    text = changed(signed(ours, tmp_path / "card"), lambda card: card.update(expires="2036-11-24T00:00:00Z"))
    with pytest.raises(errors.CardOutOfTime) as caught:
        take(theirs, text)
    assert caught.value.why == "long"


def test_arrived_as_a_card_and_is_none(theirs: Room, ours: Room) -> None:
    with pytest.raises(errors.NotACard):
        take(theirs, ours.pems["lon"])


def test_a_signed_certificate_in_it_proves_possession(theirs: Room, ours: Room, tmp_path: Path) -> None:
    pem = certificate(private(), tmp_path)
    ours.receive("lon", pem)
    ours.approve("lon")
    text = signed(ours, tmp_path / "card")
    key = take(theirs, text)
    assert key.public.possession
    assert key.public.certificate == read_key(pem).certificate
    with pytest.raises(errors.CardKeyDiffers):
        take(theirs, changed(text, lambda card: _swap_certificate(card, read_key(certificate(private(), tmp_path)))))


def _swap_certificate(card: dict[str, Any], other: Any) -> None:
    card["pop"]["value"] = base64.b64encode(other.certificate).decode()


def not_ours(desk: Desk) -> list[Fault]:
    """What is wrong but that the record of the program itself, which this version enters, went with its table."""
    return [each for each in audit.inspect(desk).faults if each.facts != ("record", "1")]


def test_an_old_file_gets_its_table_with_the_next_command(ours: Room, tmp_path: Path) -> None:
    """A file of format 1, as it was before cards: read without them, brought up to date when it is written."""
    text = signed(ours, tmp_path / "card")
    ours.desk.close()
    with sqlite3.connect(ours.path) as raw:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
        later = {name for (name,) in raw.execute(tables)} - set(re.findall(r"CREATE TABLE (\w+)", FIRST))
        for name in later:  # their triggers and indices go with them
            raw.execute(f"DROP TABLE {name}")
        raw.execute("PRAGMA user_version = 1")
    raw.close()
    desk = open_desk(ours.path, cost=CHEAP)
    desk.clock = ours.clock
    assert not_ours(desk) == []
    assert cards.inspect(desk, text).device == "lon"
    desk.session = ours.sessions["alice"]
    ours.desk = desk
    signed(ours, tmp_path / "next")
    ours.device("par")
    assert not_ours(desk) == []
    assert desk.file.read.execute("SELECT count(*) FROM card").fetchone()[0] == 0


def test_a_retired_device_hands_out_nothing(ours: Room, tmp_path: Path) -> None:
    perform(ours.sit("alice"), devices.RETIRE, RetireDevice("lon", "sold", "CHG2"))
    with pytest.raises(Refused):
        signed(ours, tmp_path / "card")
