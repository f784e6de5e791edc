"""The many sections of an issuing CA: all of them in the smallest usual window, and scrolled to with large text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.ca.conftest import Office


def test_all_show_at_800_pixels_and_large_ones_scroll(office: Office) -> None:
    window = office.open(office.made.issuing, "bob")
    nav = window.work.nav
    seen, last = nav.viewport().rect(), nav.count() - 1
    assert last > 17
    office.qtbot.waitUntil(lambda: seen.contains(nav.visualItemRect(nav.item(last))))
    assert not nav.verticalScrollBar().isVisible()
    assert nav.row_height() >= nav.fontMetrics().height() + 4
    window.resize(1280, 1600)
    office.qtbot.waitUntil(lambda: nav.visualItemRect(nav.item(0)).height() >= 36)
    window.resize(1280, 800)
    office.qtbot.waitUntil(lambda: seen.contains(nav.visualItemRect(nav.item(last))))
    window.preferences.zoom = 200
    try:
        office.qtbot.waitUntil(lambda: nav.verticalScrollBar().maximum() > 0)
        nav.setFocus()
        office.qtbot.keyClick(nav, Qt.Key.Key_End)
        assert nav.currentRow() == last
        assert nav.viewport().rect().contains(nav.visualItemRect(nav.item(last)))
    finally:
        window.preferences.zoom = 100
    QApplication.processEvents()
