"""The monthly review: drawn at random from others' acts, signed off by who drew it, due again a month later."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.cli.main import main
from core.errors.audit import NoSuchSample
from core.errors.people import DutyMissing
from core.errors.workspace import TextNotFit
from core.model.audit import DrawSample, SignOff
from core.model.people import Duty
from core.services import activity, reviews
from tests.desks import START, Room, make_room, passphrase

DUTIES = {
    "alice": (Duty.SECURITY_OFFICER, Duty.REGISTRATION_OFFICER),
    "bob": (Duty.REGISTRATION_OFFICER,),
    "erin": (Duty.AUDITOR,),
}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path, DUTIES, duties=DUTIES)
    for place in range(30):
        made.device(f"dev{place}")
    yield made
    made.desk.close()


def test_a_sample_is_of_others_acts_and_at_random(room: Room) -> None:
    drawn = [reviews.draw(room.sit("erin"), DrawSample(10)) for _ in range(3)]
    assert [len(each.entries) for each in drawn] == [10] * 3
    assert len({tuple(entry.number for entry in each.entries) for each in drawn}) > 1
    assert {entry.actor for each in drawn for entry in each.entries} <= {"alice", "bob"}
    assert drawn[0].counts["device.added"] == 30
    assert (drawn[0].first, drawn[0].last) == (1, 33)


def test_nobody_reviews_themselves_where_others_acted(room: Room) -> None:
    room.receive("dev0")
    room.compare("bob", "dev0")
    drawn = reviews.draw(room.sit("alice"), DrawSample(500))
    assert {entry.actor for entry in drawn.entries} == {"bob", "erin"}


def test_alone_it_is_the_own_acts(tmp_path: Path) -> None:
    alone = make_room(tmp_path, ("alice",))
    alone.device("lon")
    assert [each.actor for each in reviews.draw(alone.sit("alice"), DrawSample()).entries] == ["alice"] * 2
    alone.desk.close()


def test_the_sign_off_moves_the_day_and_the_next_sample(room: Room) -> None:
    first_due = reviews.due(room.desk)
    assert first_due == (START + timedelta(days=31)).date()
    room.clock.passes(days=40)
    drawn = reviews.draw(room.sit("erin"), DrawSample())
    assert reviews.due(room.desk) == first_due  # drawing alone is no review
    day = reviews.sign_off(room.sit("erin"), SignOff(drawn.number, "all tickets seen"))
    assert day == (START + timedelta(days=71)).date()
    room.device("later")
    again = reviews.draw(room.sit("erin"), DrawSample())
    assert again.first == drawn.last + 1
    assert "device.added" in {entry.action for entry in again.entries}


def test_only_who_drew_it_signs_off_and_once(room: Room) -> None:
    drawn = reviews.draw(room.sit("erin"), DrawSample())
    for who, number in (("alice", drawn.number), ("erin", drawn.number - 1), ("erin", 0)):
        with pytest.raises(NoSuchSample):
            reviews.sign_off(room.sit(who), SignOff(number, "seen"))
    with pytest.raises(TextNotFit):
        reviews.sign_off(room.sit("erin"), SignOff(drawn.number, ""))
    reviews.sign_off(room.sit("erin"), SignOff(drawn.number, "seen"))
    with pytest.raises(NoSuchSample):
        reviews.sign_off(room.sit("erin"), SignOff(drawn.number, "seen again"))


def test_it_is_for_reviewers(room: Room) -> None:
    with pytest.raises(DutyMissing):
        reviews.draw(room.sit("bob"), DrawSample())
    actions = [each.action for each in activity.recent(room.sit("erin"), 2)]
    assert actions == ["refused", "device.added"]


def test_the_command_line(room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room.desk.close()
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'[passphrases]\nerin = "{passphrase("erin")}"\n')
    secrets.chmod(0o600)
    ours = [str(room.path), "--as", "erin", "--secrets", str(secrets), "--json"]
    assert main(["audit", "review", *ours, "--sample", "3"]) == 0
    drawn = json.loads(capsys.readouterr().out)
    assert (len(drawn["rows"]), drawn["signed_off"]) == (3, False)
    assert main(["audit", "review", *ours, "--sign-off", str(drawn["sample"]), "--note", "seen"]) == 0
    assert json.loads(capsys.readouterr().out)["signed_off"] is True
