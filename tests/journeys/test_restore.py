"""The file of a CA is lost: a backup that its custodians open is put back, and the CRL published since is taken in.

Everything by real clicks and keys; only the CRL that is published between backup and loss is made by the service.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from core.model.revocation import Published
from core.services import audit, crls, restored
from core.services.desk import machine_clock, open_desk
from core.services.people import authenticate
from tests.desks import CHEAP, passphrase
from tests.journeys.conftest import Start
from tests.journeys.hands import close, made, menu, sign_in
from tests.journeys.stage import Program
from tests.pki.worlds import PAIR, hands, make_network


@pytest.fixture
def issuing(tmp_path: Path) -> Path:
    """A workspace with a sub CA, an hour old, closed."""
    world = make_network(tmp_path, machine_clock() - timedelta(hours=1))
    for room in (world.root, world.issuing):
        room.desk.close()
    return world.issuing.path


def published_since(path: Path) -> Published:
    """Signed after the backup was made."""
    desk = open_desk(path, cost=CHEAP)
    desk.session = authenticate(desk, "bob", passphrase("bob"))
    made = crls.sign(desk, "ipsec-g1", PAIR, hands())
    desk.close()
    return made


def backed_up(seen: Program, folder: Path) -> Path:
    """Bob makes a backup that opens with the custodians."""
    sign_in(seen, "bob")
    menu(seen, "alt+f b", "page_where")
    assert "2 of the 3 custodians of ipsec-g1" in seen.find("key")["name"]
    seen.type("to", str(folder))
    seen.type("file", "of-monday.backup")
    seen.click("wizardCommit")
    made(seen, "page_done")
    seen.says("doneBannerText", "was opened again and holds together")
    seen.shot("backup-made")
    close(seen)
    return folder / "of-monday.backup"


def put_back(seen: Program, copy: Path, to: Path) -> None:
    """From the start page; two custodians type, then bob signs for it."""
    seen.click("startRestore")
    seen.type("file", str(copy))
    seen.click("wizardCommit")
    seen.says("copyBannerText", "2 of its custodians type now")
    for name in PAIR:
        seen.type(f"hand_{name}", f"{passphrase(name)} for keys")
    seen.click("wizardCommit")
    made(seen, "page_place")
    seen.type("to", str(to))
    seen.choose("name", "bob")
    seen.type("passphrase", passphrase("bob"))
    seen.shot("restore-place")
    seen.click("wizardCommit")
    made(seen, "page_done")
    seen.says("doneBannerText", "Before a CRL of ipsec-g1 is signed")
    seen.shot("restore-done")
    close(seen)


def test_lost_put_back_and_gone_on(start: Start, issuing: Path, tmp_path: Path) -> None:
    seen = start(str(issuing))
    copy = backed_up(seen, tmp_path)
    seen.leave()
    newest = published_since(issuing)
    (tmp_path / "published.crl").write_bytes(newest.der)
    for each in issuing.parent.glob(f"{issuing.name}*"):
        each.unlink()
    seen = start()
    put_back(seen, copy, issuing)
    sign_in(seen, "bob")
    seen.says("linksBannerText", "Before a CRL of ipsec-g1 is signed, read in the newest one")
    seen.shot("restore-unread")
    seen.click("linksBannerButton")
    seen.type("file", str(tmp_path / "published.crl"))
    seen.click("wizardCommit")
    seen.says("doneBannerText", f"CRL {newest.number} of ipsec-g1 is on file")
    close(seen)
    seen.leave()
    desk = open_desk(issuing, cost=CHEAP)
    assert audit.inspect(desk).faults == ()
    assert restored.open_ones(desk.file.read) == ()
    desk.session = authenticate(desk, "bob", passphrase("bob"))
    assert crls.sign(desk, "ipsec-g1", PAIR, hands()).number == newest.number + 1
    desk.close()
