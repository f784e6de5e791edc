"""A fingerprint is read out over the telephone: never mirrored, never cut, never without its label."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.services.views import Health
from gui.preferences import Preferences
from gui.widgets.fingerprint import Fingerprint
from tests.gui.conftest import Seat

VALUE = "0123456789abcdef" * 4


def _groups(widget: Fingerprint) -> list[list[QLabel]]:
    return [[widget.findChild(QLabel, f"fingerprintGroup{row}{column}") for column in range(4)] for row in range(4)]


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft], ids=["ltr", "rtl"]
)
@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_groups_stand_from_left_to_right_and_are_whole(
    qtbot: QtBot, preferences: Preferences, direction: Qt.LayoutDirection, zoom: int
) -> None:
    preferences.zoom = zoom
    QApplication.setLayoutDirection(direction)
    widget = Fingerprint("SHA-256 of public key, edge-man2", VALUE)
    qtbot.addWidget(widget)
    widget.resize(1, 1)
    widget.show()
    qtbot.waitExposed(widget)
    rows = _groups(widget)
    assert ["".join(label.text() for label in row) for row in rows] == ["0123456789ABCDEF"] * 4
    for row in rows:
        at = [label.mapTo(widget, QPoint(0, 0)).x() for label in row]
        assert at == sorted(at)
        for label in row:
            needed = label.fontMetrics().horizontalAdvance(label.text())
            assert label.width() >= needed
            assert label.mapTo(widget, QPoint(label.width(), 0)).x() <= widget.width()
            assert not label.wordWrap()
    down = [row[0].mapTo(widget, QPoint(0, 0)).y() for row in rows]
    assert down == sorted(down)
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    preferences.zoom = 100


def test_it_grows_with_the_text(qtbot: QtBot, preferences: Preferences) -> None:
    widget = Fingerprint("x", VALUE)
    qtbot.addWidget(widget)
    widget.show()
    small = _groups(widget)[0][0].fontMetrics().horizontalAdvance("0000")
    preferences.zoom = 200
    assert _groups(widget)[0][0].fontMetrics().horizontalAdvance("0000") > 1.8 * small
    preferences.zoom = 100


def test_the_keyboard_copies_it_with_its_label(qtbot: QtBot, preferences: Preferences) -> None:
    widget = Fingerprint("SHA-256 of public key, edge-man2", VALUE)
    qtbot.addWidget(widget)
    widget.show()
    QTest.keyClick(widget, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("SHA-256 of public key, edge-man2: 0123 4567 89AB")
    assert "line" not in widget.accessibleName()
    assert widget.accessibleName().count("CDEF") == 4


@pytest.mark.parametrize("zoom", [100, 200])
@pytest.mark.parametrize("size", [(960, 600), (1280, 800)])
def test_the_pane_never_cuts_it(seat: Seat, zoom: int, size: tuple[int, int]) -> None:
    window = seat.window
    window.preferences.zoom = zoom
    window.resize(*size)
    window.work.go("keys")
    window.work.page.table.choose(seat.device(Health.VERIFIED))  # type: ignore[attr-defined]
    QApplication.processEvents()
    (shown,) = window.work.pane.findChildren(Fingerprint)
    assert shown.width() >= shown.minimumSizeHint().width()
    right = shown.mapTo(window.work.pane, QPoint(shown.width(), 0)).x()
    assert right <= window.work.pane._scroll.viewport().width() + 1
    window.preferences.zoom = 100
