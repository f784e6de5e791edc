"""Pages and details of both kinds of CA speak in words: no short word of the program's own reaches people."""

import pytest
from PySide6.QtWidgets import QWidget

from core.policy.profiles import profiles
from gui.pages.base import Target
from tests.gui.ca.conftest import Office
from tests.gui.walk import texts
from tests.words.shown import left


def _left(text: str) -> list[str]:
    """Ids of profiles too, which stand in no enumeration."""
    return [*left(text), *({text} & set(profiles()))]


def _raw(root: QWidget) -> list[tuple[str, list[str]]]:
    everything = [(each.objectName(), text) for each in [root, *root.findChildren(QWidget)] for text in texts(each)]
    return [(name, found) for name, text in everything if (found := _left(text))]


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
