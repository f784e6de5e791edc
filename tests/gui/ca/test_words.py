"""Pages, details and wizards of both kinds of CA speak in words: no short word of the program's own reaches people."""

import pytest

from core.model.advice import Act
from gui.pages.base import Target
from tests.gui.ca.conftest import Office
from tests.gui.walk import raw


@pytest.mark.parametrize(("kind", "who"), [("issuing", "bob"), ("root", "alice")])
def test_no_page_and_no_row_of_a_ca_shows_one(office: Office, kind: str, who: str) -> None:
    window = office.open(getattr(office.made, kind), who)
    rows = 0
    for page in window.work.pages:
        window.work.go(page.objectName())
        office.qtbot.waitUntil(lambda: window.lane.job is None)
        assert raw(page) == [], page.objectName()
        table = getattr(page, "table", None)
        for row in range(table.rows.rowCount() if table is not None else 0):
            table.setCurrentIndex(table.rows.index(row, 0))
            rows += 1
            assert raw(window.work.pane) == [], f"{page.objectName()} {row}"
    assert rows > 5


def test_no_device_of_a_ca_shows_one(office: Office) -> None:
    window = office.open(office.made.issuing, "bob")
    assert window.shown is not None
    for row in window.shown.picture.devices:
        window.windows.details(Target("device", row.device.name), window.shown)
    assert raw(window) == []


PAGES = {Act.PEOPLE, Act.VERIFY_LOG, Act.DUTIES, Act.SIGN_OFF}  # pages and deeds of the window
OF_ONE = {Act.RECORD_VERSION, Act.RECORD_END}  # of one record, which tests/gui/wizards/test_records.py walks


@pytest.mark.parametrize(("kind", "who"), [("issuing", "bob"), ("issuing", "carol"), ("root", "alice")])
def test_no_wizard_begins_with_one(office: Office, kind: str, who: str) -> None:
    """All pages of each, as it comes up in the window; `tests.gui.wizards.drive` reads them at every further step."""
    window = office.open(getattr(office.made, kind), who)
    opened = 0
    for act in Act:
        if act in PAGES | OF_ONE:
            continue
        window.wanted(act.value, "")
        office.qtbot.waitUntil(lambda: window.lane.job is None)
        dialog = window.windows.dialog
        if dialog is None:
            continue  # refused in this workspace or to this person, which the banner says
        opened += 1
        assert raw(dialog) == [], act
        dialog.done(0)
        office.qtbot.waitUntil(lambda: window.windows.dialog is None)
    assert raw(window.work) == []
    assert opened > 10
