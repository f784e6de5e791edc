"""Keys that should not be: a private one, a shared secret, a changed one, one that smells of an attack."""

import subprocess
from pathlib import Path

import pytest

from core.services.views import Health
from tests.desks import Room
from tests.gui.walk import bare
from tests.journeys.conftest import Start
from tests.journeys.hands import begin_compare, hear, sign_in
from tests.journeys.stage import Program
from tests.journeys.test_compare import health
from tests.real import need

SECRET = """\
connections {
  man {
    local { auth = psk }
  }
}
secrets {
  ike-man { secret = "seven quiet herons" }
}
"""


def begin_receive(seen: Program, device: str) -> None:
    """The page where the key is given."""
    seen.key("ctrl+i")
    seen.find("page_file")
    if seen.shown("device"):
        seen.choose("device", device)


def test_a_private_key_is_refused_and_nothing_of_it_is_kept(room: Room, start: Start, tmp_path: Path) -> None:
    room.device("man")
    room.desk.close()
    path = tmp_path / "man.key"
    (openssl,) = need("openssl")
    subprocess.run([openssl, "genpkey", "-algorithm", "ed25519", "-out", str(path)], check=True)
    seen = start(str(room.path))
    sign_in(seen, "alice")
    begin_receive(seen, "man")
    seen.type("file", str(path))
    seen.click("wizardNext")
    seen.says("fileProblem", "private key")
    seen.shot("private-key-refused")
    assert seen.shown("page_file")
    seen.leave()
    body = path.read_text().splitlines()[1]
    for each in tmp_path.glob("room.anchorhold*"):
        assert body.encode() not in each.read_bytes()
    assert health(room.path, "man") is Health.NO_KEY


def test_a_configuration_with_a_shared_secret_is_refused(room: Room, start: Start, tmp_path: Path) -> None:
    room.device("man")
    room.desk.close()
    seen = start(str(room.path), look="dark")
    sign_in(seen, "alice")
    begin_receive(seen, "man")
    seen.type("untrusted", SECRET)
    seen.click("wizardNext")
    seen.says("untrustedProblem", "secret")
    seen.shot("shared-secret-refused-dark")
    seen.leave()
    for each in tmp_path.glob("room.anchorhold*"):
        assert b"quiet herons" not in each.read_bytes()


@pytest.fixture
def changed(room: Room) -> Room:
    """A link whose peer's key is approved, and a new one has come."""
    room.ready_link("lon", "man")
    room.receive("man")
    room.desk.close()
    return room


def test_rejecting_a_changed_key_keeps_the_old_one(changed: Room, start: Start) -> None:
    seen = start(str(changed.path))
    sign_in(seen, "alice")
    seen.says("todo0Words", "has changed")
    seen.says("cardChangedNumber", "1")
    seen.key("ctrl+2")
    seen.cell("Key changed")
    assert bare(changed.heard("man")) not in bare(seen.everything())
    seen.shot("key-changed")
    seen.key("ctrl+1")
    seen.click("todo0Button")
    seen.find("wizard_changed")
    assert bare(changed.heard("man")) not in bare(seen.everything())
    seen.shot("key-changed-wizard")
    seen.click("wizardNext")
    seen.click("decision_reject")
    seen.click("wizardNext")
    seen.type("reason", "nobody there has changed it")
    seen.click("wizardCommit")
    seen.find("page_done")
    seen.click("wizardFinish")
    seen.gone("wizard_changed")
    assert health(changed.path, "man") is Health.VERIFIED
    seen.shot("key-rejected")


def test_a_suspected_attack_suspends_the_links(changed: Room, start: Start) -> None:
    seen = start(str(changed.path))
    sign_in(seen, "alice")
    begin_compare(seen, "man", "in-person", "Carol Ito")
    hear(seen, changed.heard("lon"))
    seen.says("verdictBannerText", "DIFFERENT KEY")
    seen.click("nextSuspect")
    seen.says("follows", "lon-man")
    seen.type("reason", "the owner knows of no new key")
    seen.click("wizardCommit")
    seen.says("incidentSheet", "man")
    seen.shot("attack-suspected")
    seen.click("wizardFinish")
    seen.key("ctrl+2")
    seen.cell("Suspended")
    seen.shot("links-suspended")
