"""What a proposal would change is told beside its sentence, as it stands now and as it would, in window and command."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.cli.main import main
from core.model.people import AddPerson, ChangeDuties, Duty
from core.services import approvals, membership, proposals
from core.services.differences import differences
from core.words.differences import difference
from core.words.proposals import sentence
from gui.pages.base import read
from gui.pages.people import PeoplePage
from tests.desks import CHEAP, Room, passphrase
from tests.gui.wizards.conftest import room  # noqa: F401 - a fixture
from tests.gui.wizards.drive import opened, texts
from tests.pki.worlds import make_network, submit

CAROL = AddPerson("carol", "Carol Ito", (Duty.AUDITOR,))


def told(room: Room, digest: str) -> list[str]:  # noqa: F811
    return [difference(each) for each in differences(room.desk, proposals.find(room.desk, digest))]


def test_duties_now_and_then(
    qtbot: QtBot,
    room: Room,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    change = ChangeDuties("bob", (Duty.REVOCATION_OFFICER,), (Duty.REGISTRATION_OFFICER,), until="2027-12-31")
    asked = membership.change(room.sit("alice"), change)
    lines = told(room, asked.digest)
    assert len(lines) == 2
    assert "Registration officer" in lines[0].partition("then")[0]
    assert "Registration officer" not in lines[0].partition("then")[2]
    assert "Revocation officer" in lines[0].partition("then")[2]
    assert lines[1] == "Last day of access: now nothing; then 2027-12-31."
    page = PeoplePage()
    qtbot.addWidget(page)
    page.fill(read(room.desk))
    assert all(line in texts(page) for line in lines)
    driver = opened(qtbot, room, "approve", asked.digest)
    qtbot.waitUntil(lambda: driver.said("changes0") == "\n".join(lines))
    room.desk.close()
    assert main(["proposal", "show", str(room.path), asked.digest], cost=CHEAP) == 0
    assert all(line in capsys.readouterr().out for line in lines[:1])


def test_what_is_new_differs_in_nothing(room: Room) -> None:  # noqa: F811
    assert told(room, membership.add(room.sit("alice"), CAROL).digest) == []


def test_a_certificate_beside_its_request(tmp_path: Path) -> None:
    """The request's own subject and names are not copied: the approver sees both."""
    world = make_network(tmp_path)
    asked = submit(world, "gw1", "CHG1")
    found = {each.what: each for each in differences(world.issuing.desk, asked)}
    assert found
    assert all(each.request for each in found.values())
    assert found["names"].after == ", ".join(asked.facts["sans"])
    assert "what is signed says" in difference(found["names"])


def test_a_list_is_signed_as_it_is_shown(qtbot: QtBot, room: Room) -> None:  # noqa: F811
    """The digest on the page is the one that each approval carries; what comes later is not in it."""
    asked = [
        membership.change(room.sit("alice"), ChangeDuties(name, (Duty.REVOCATION_OFFICER,)))
        for name in ("alice", "bob")
    ]
    driver = opened(qtbot, room, "approve")
    later = membership.add(room.sit("alice"), CAROL)
    batch = approvals.batch_digest({each.digest: sentence(each) for each in asked})
    assert f"these 2, over the list with the digest {batch[: proposals.SHOWN]}" in driver.said("listed")
    driver.type(passphrase=passphrase("bob"))
    driver.commit()
    given = [proposals.find(room.desk, each.digest).approvals for each in asked]
    assert [each.body["batch"] for (each,) in given] == [batch, batch]
    assert proposals.find(room.desk, later.digest).approvals == ()
