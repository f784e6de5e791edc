"""Pages and details of both kinds of CA speak in words, and so does the first page of every wizard."""

import pytest
from PySide6.QtWidgets import QWidget

from core.model.advice import Act
from gui.pages.base import Target
from tests.gui.ca.conftest import Office
from tests.gui.walk import texts
from tests.words.shown import left

NO_WIZARD = {Act.PEOPLE, Act.VERIFY_LOG, Act.DUTIES, Act.SIGN_OFF}  # pages and deeds of the window


def _raw(root: QWidget) -> list[tuple[str, list[str]]]:
    everything = [(each.objectName(), text) for each in [root, *root.findChildren(QWidget)] for text in texts(each)]
    return [(name, found) for name, text in everything if (found := left(text))]


@pytest.mark.parametrize(("kind", "who"), [("issuing", "bob"), ("root", "alice")])
def test_no_page_and_no_row_of_a_ca_shows_one(office: Office, kind: str, who: str) -> None:
    window = office.open(getattr(office.made, kind), who)
    rows = 0
    for page in window.work.pages:
        window.work.go(page.objectName())
        office.qtbot.waitUntil(lambda: window.lane.job is None)
        assert _raw(page) == [], page.objectName()
        table = getattr(page, "table", None)
        for row in range(table.rows.rowCount() if table is not None else 0):
            table.setCurrentIndex(table.rows.index(row, 0))
            rows += 1
            assert _raw(window.work.pane) == [], f"{page.objectName()} {row}"
    assert rows > 5


def test_no_device_of_a_ca_shows_one(office: Office) -> None:
    window = office.open(office.made.issuing, "bob")
    assert window.shown is not None
    for row in window.shown.picture.devices:
        window.windows.details(Target("device", row.device.name), window.shown)
    assert _raw(window) == []


@pytest.mark.parametrize(("kind", "who"), [("issuing", "bob"), ("issuing", "carol"), ("root", "alice")])
def test_no_wizard_begins_with_one(office: Office, kind: str, who: str) -> None:
    window = office.open(getattr(office.made, kind), who)
    opened = 0
    for act in Act:
        if act in NO_WIZARD:
            continue
        window.wanted(act.value, "")
        dialog = window.windows.dialog
        if dialog is None:
            continue  # refused in this workspace or to this person, which the banner says
        office.qtbot.waitUntil(lambda: window.lane.job is None)
        opened += 1
        assert _raw(dialog) == [], act
        dialog.done(0)
        office.qtbot.waitUntil(lambda: window.windows.dialog is None)
    assert _raw(window.work) == []
    assert opened > 10
