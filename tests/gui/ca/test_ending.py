"""What is brought, dropped and ended in the window of a CA; everything as plain text; openssl reads the same."""

import subprocess
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QTabBar
from pytestqt.qtbot import QtBot

from core.model.authorities import AuthorityState
from core.model.backups import MakeBackup
from core.model.workspace import Kind
from core.services import authorities, backups, carry, crls
from core.services.desk import open_desk
from core.services.drops import Content, dropped
from core.services.perform import perform
from gui.shell.drop import Drops
from tests.desks import CHEAP, Room, passphrase
from tests.gui.ca.conftest import Office
from tests.gui.ca.test_wizards import room, world  # noqa: F401 - fixtures
from tests.gui.wizards.drive import opened, texts, unnamed
from tests.pki.worlds import World
from tests.real import need


def plain(office: Office, section: str) -> str:
    """The Text tab of the first row of a section."""
    window = office.window
    window.work.go(section)
    table = window.work.page.table  # type: ignore[attr-defined]
    table.setCurrentIndex(table.rows.index(0, 0))
    tabs = window.work.pane.findChild(QTabBar, "detailTabs")
    assert tabs.isVisible()
    tabs.setCurrentIndex(1)
    told = window.work.pane.findChild(QPlainTextEdit, "detailPlain").toPlainText()
    tabs.setCurrentIndex(0)
    return str(told)


def test_everything_is_there_as_text(office: Office, tmp_path: Path) -> None:
    office.open(office.made.issuing, "bob")
    told = plain(office, "certificates")
    for part in (
        "basicConstraints (critical)",
        "CA:FALSE",
        "DNSName: gw",
        "digital_signature",
        "ipsec",
        "-----BEGIN CERTIFICATE-----",
    ):
        assert part.casefold() in told.casefold(), part
    (tmp_path / "it.pem").write_text(told[told.index("-----BEGIN") :])
    openssl = need("openssl")[0]
    said = subprocess.run(
        [openssl, "x509", "-in", tmp_path / "it.pem", "-noout", "-serial"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip().partition("=")[2].lower() in told
    assert "Certificate request:" in plain(office, "requests")
    assert "Certificate revocation list:" in plain(office, "authorities")
    office.window.close_file()


def test_a_crl_comes_home_and_an_authority_runs_off(
    qtbot: QtBot,
    room: Room,  # noqa: F811
    world: World,  # noqa: F811
    tmp_path: Path,
) -> None:
    own = next(each for each in authorities.everyone(world.root.desk) if each.key)
    (tmp_path / "root.crl").write_bytes(crls.newest(world.root.desk, own, 0).der)
    room.sit("bob")
    driver = opened(qtbot, room, "crl-take", path=str(tmp_path / "root.crl"))
    found = unnamed(driver.wizard)
    driver.commit()
    assert driver.step == "done", texts(driver.wizard)
    assert "CRL 1 of" in driver.said("doneBannerText")
    driver = opened(qtbot, room, "crl-take", path=str(tmp_path / "none.crl"))
    driver.commit()
    assert "cannot be read" in texts(driver.wizard)
    driver.wizard.reject()
    driver = opened(qtbot, room, "run-off", "ipsec-g1")
    found += unnamed(driver.wizard)
    driver.commit()
    assert driver.problem("reason")
    driver.type(reason="a new generation", ticket="CHG9")
    driver.commit()
    assert driver.step == "done"
    sub = authorities.find(room.desk.file.read, "ipsec-g1")
    assert sub.state is AuthorityState.RUN_OFF
    driver = opened(qtbot, room, "destroy", "ipsec-g1")
    found += unnamed(driver.wizard)
    driver.commit()
    assert driver.problem("reason")
    driver.type(reason="its time", ticket="CHG10")
    driver.commit()
    assert "nothing leads back" in driver.said("doneBannerText")
    assert authorities.find(room.desk.file.read, "ipsec-g1").state is AuthorityState.RUN_OFF
    driver.press("nextApprove")
    asked = driver.results[0]
    perform(room.sit("bob"), backups.MAKE, MakeBackup(tmp_path / "copy.anchorhold"))
    driver = opened(qtbot, room, "approve", asked.digest)
    driver.type(passphrase=passphrase("alice"))
    driver.commit()
    assert "Destroy the backup of" in driver.said("doneBannerText")
    assert authorities.find(room.desk.file.read, "ipsec-g1").state is AuthorityState.DESTROYED
    assert found == []


def test_what_a_dropped_file_is_for(office: Office, tmp_path: Path) -> None:
    root = open_desk(office.made.root, read_only=True, cost=CHEAP)
    own = next(each for each in authorities.everyone(root) if each.key)
    (tmp_path / "root.der").write_bytes(own.certificate)
    (tmp_path / "root.crl").write_bytes(crls.newest(root, own, 0).der)
    root.close()
    window = office.open(office.made.issuing, "bob")
    assert window.desk is not None
    content, _ = carry.introduce(window.desk)
    (tmp_path / "a.meet").write_bytes(content)
    (tmp_path / "broken.meet").write_bytes(content[:-40])
    asked = b'{"signature":"","statement":{"kind":"sub-request","type":"carry"}}\n'
    (tmp_path / "a.carry").write_bytes(asked)
    acts = {}
    for name in ("root.der", "root.crl", "a.meet", "a.carry"):
        window.taking.take((tmp_path / name,))
        dialog = window.windows.dialog
        assert dialog is not None, name
        acts[name] = dialog.objectName()
        dialog.reject()
        for each in window.findChildren(type(dialog)):
            each.close()
    assert acts == {
        "root.der": "wizard_check", "root.crl": "wizard_crl-take", "a.meet": "wizard_hear", "a.carry": "wizard_sub-propose",
    }  # fmt: skip
    window.taking.take((tmp_path / "broken.meet",))
    assert window.work.banner.isVisible()
    window.close_file()


def test_a_certificate_is_a_key_in_links_mode_and_judged_at_a_ca(tmp_path: Path, office: Office) -> None:
    root = open_desk(office.made.root, read_only=True, cost=CHEAP)
    own = next(each for each in authorities.everyone(root) if each.key)
    root.close()
    (tmp_path / "c.der").write_bytes(own.certificate)
    assert dropped(tmp_path / "c.der", None, Kind.ISSUING).content is Content.CERTIFICATE
    assert dropped(tmp_path / "c.der", None).content is Content.KEY
    for content in Content:
        assert Drops.promise(office.window.drops, content)
        if content is not Content.WORKSPACE:
            assert office.window.drops.act(content)
