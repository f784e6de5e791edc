"""The Custody page, and the drill from it."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from core.model.custody import ChangeCustodyPassphrase, HeldKey
from core.services import audit, custodians, custody, opening
from core.services.opening import Hands
from core.words.hierarchy import CA_KEYS
from gui.pages.ca.custody import CustodyPage
from gui.widgets.table import DataTable
from tests.desks import Room, passphrase
from tests.gui.ca.conftest import Office
from tests.gui.walk import controls
from tests.gui.wizards.drive import clashing, opened, unnamed
from tests.pki.worlds import make_world


def cells(table: DataTable) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_key_its_custody_and_its_register(office: Office) -> None:
    window = office.open(office.made.root, "alice")
    window.work.go("custody")
    page = window.work.page
    assert isinstance(page, CustodyPage)
    office.qtbot.waitUntil(lambda: 0 < page.table.geometry().bottom() < page.register.geometry().top(), timeout=3000)
    (row,) = cells(page.table)
    desk = window.desk
    assert desk is not None
    (key,) = opening.keys(desk)
    names = ", ".join(each.name for each in key.holders)
    assert row[:6] == [key.name, CA_KEYS[key.type], "software key", f"2 of {len(key.holders)}", names, "1"]
    said = page.findChild(QLabel, "custodySaid")
    assert said.text().startswith(f"{key.name}: software key")
    lines = cells(page.register)
    assert lines[-1][1:4] == ["made", "bob", "this file"]
    assert {"out", "in"} <= {line[1] for line in lines}  # each signing session with a root key
    assert [widget.objectName() for widget, name in controls(page) if not name] == []
    page.drill.click()
    dialog = window.windows.dialog
    assert dialog is not None
    assert dialog.objectName() == "wizard_drill"


def test_the_drill(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The root's key: with a network up it stays closed, and says so at the field for the reason."""
    room = make_world(tmp_path).root
    carrier = tmp_path / "net" / "eth0" / "carrier"
    carrier.parent.mkdir(parents=True)
    carrier.write_text("1\n")
    monkeypatch.setattr("core.media.network._NET", tmp_path / "net")
    room.sit("alice")
    (key,) = opening.keys(room.desk)
    first, second, *_ = (each.name for each in key.holders)
    driver = opened(qtbot, room, "drill", key.name)
    found = unnamed(driver.wizard) + clashing(driver.wizard)
    driver.commit()
    assert driver.step == "custodians"  # nobody typed
    driver.type(
        **{f"hand_{first}": f"{passphrase(first)} for keys", f"hand_{second}": f"{passphrase(second)} for keys"}
    )
    driver.commit()
    assert driver.step == "custodians"
    assert "eth0" in driver.said("network_up_becauseProblem")
    carrier.write_text("0\n")
    driver.commit()
    assert driver.step == "done", driver.said("custodiansBannerText")
    assert f"open {key.name}. Nothing was signed" in driver.said("doneBannerText")
    newest = room.desk.file.read.execute("SELECT action FROM ledger ORDER BY number DESC LIMIT 1").fetchone()[0]
    assert newest == "custody.drilled"
    assert passphrase(first) not in repr(driver.wizard.flow)
    assert found + unnamed(driver.wizard) == []
    assert audit.inspect(room.desk).faults == ()


def with_a_stick(room: Room, name: str, folder: Path) -> Path:
    """From now on the passphrase of that custodian counts together with a stick only."""
    path = custody.make_stick(room.sit(name), folder / f"{name}.stick")
    old = Hands({name: f"{passphrase(name)} for keys"})
    new = Hands(dict(old.passphrases), {name: path.read_text()})
    (key,) = opening.keys(room.desk)
    custodians.change_passphrase(room.sit(name), ChangeCustodyPassphrase(key.name, name), old, new)
    return path


def test_who_has_a_stick_is_asked_for_it(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else has a field for one; without it the passphrase alone opens nothing."""
    room = make_world(tmp_path).root
    (tmp_path / "net").mkdir()
    monkeypatch.setattr("core.media.network._NET", tmp_path / "net")
    (key,) = opening.keys(room.desk)
    first, second, *_ = (each.name for each in key.holders)
    stick = with_a_stick(room, first, tmp_path)
    driver = opened(qtbot, room, "drill", key.name)
    page = driver.wizard.currentPage()
    line = page.findChild(QLineEdit, f"stick_{first}")
    assert page.findChild(QLineEdit, f"stick_{second}") is None
    assert unnamed(driver.wizard) + clashing(driver.wizard) == []
    typed = {f"hand_{each}": f"{passphrase(each)} for keys" for each in (first, second)}
    driver.type(**typed)
    driver.commit()
    assert driver.step == "custodians"
    assert first in driver.said("custodiansBannerText")
    room.clock.now += timedelta(hours=1)  # a wrong try makes wait
    line.setText(str(stick))
    line.editingFinished.emit()
    driver.type(**typed)
    driver.commit()
    assert driver.step == "done", driver.said("custodiansBannerText")
    assert line.text() == ""
    assert driver.wizard.flow.sticks == {}  # type: ignore[attr-defined]


def test_a_destroyed_key_opens_with_nobody(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HeldKey, "destroyed", property(lambda _: True))
    window = office.open(office.made.root, "alice")
    window.work.go("custody")
    page = window.work.page
    assert isinstance(page, CustodyPage)
    office.qtbot.waitUntil(lambda: len(cells(page.table)) == 1)
    assert cells(page.table)[0][3] == "nobody: destroyed"
    assert not page.drill.isEnabled()
    assert "destroyed" in page.drill.toolTip()
