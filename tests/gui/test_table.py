"""Tables of a thousand rows: search, order, choice; and how quickly."""

import time
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.preferences import Preferences
from gui.widgets.rows import Column, matches
from gui.widgets.table import DataTable


@dataclass(frozen=True)
class Row:
    name: str
    site: str


ROWS = [Row(f"gw-{number:04}", ("Oslo", "Paris", "Cork")[number % 3]) for number in range(1000)]
COLUMNS = [Column("Device", "device", lambda row: row.name), Column("Site", "site", lambda row: row.site)]


@pytest.fixture
def table(qtbot: QtBot, preferences: Preferences) -> DataTable:
    made = DataTable("t", "Devices", COLUMNS, lambda row: row.name)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.fill(ROWS)
    return made


@pytest.mark.parametrize(
    ("needle", "found"),
    [("", True), ("gw-1", True), ("OSLO", True), ("gw oslo", True), ("site:oslo", True), ("site:gw", False), ("paris", False),
     ("device:gw site:os", True), ("other:oslo", False), ("oslo paris", False)],
)  # fmt: skip
def test_search(needle: str, found: bool) -> None:
    assert matches(needle, ["device", "site"], ["gw-1", "Oslo"]) is found


def test_the_choice_survives_a_reload_a_search_and_another_order(table: DataTable) -> None:
    table.choose("gw-0500")
    table.fill(ROWS[::-1])
    assert table.current.name == "gw-0500"
    table.seek("gw-05")
    assert table.current.name == "gw-0500"
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    table.fill(ROWS)
    assert table.rows.row(0).name == "gw-0599"
    assert table.current.name == "gw-0500"
    table.seek("no such thing")
    assert table.current is None


def test_rows_come_in_their_own_order_until_somebody_sorts(table: DataTable) -> None:
    table.fill(ROWS[::-1])
    assert table.rows.row(0).name == "gw-0999"


def test_enter_and_double_click_open_the_row(table: DataTable, qtbot: QtBot) -> None:
    opened = QSignalSpy(table.opened)
    table.choose("gw-0003")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    spot = table.visualRect(table.currentIndex()).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened.count() == 2
    assert opened.at(0)[0].name == "gw-0003"


def test_the_menu_key_opens_the_menu_of_the_row(table: DataTable) -> None:
    asked = QSignalSpy(table.menu)
    table.choose("gw-0003")
    table.customContextMenuRequested.emit(table.rect().bottomRight() * 2)
    assert asked.count() == 1
    assert asked.at(0)[0].name == "gw-0003"


def test_a_thousand_rows_are_quick(table: DataTable) -> None:
    """A hundredth of what QSortFilterProxyModel took for as many; the limit is generous for a busy machine."""
    began = time.process_time()
    for _ in range(5):
        table.fill(ROWS)
        table.seek("site:oslo")
        table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        table.seek("")
        table.selectAll()
        QApplication.processEvents()
    assert (time.process_time() - began) / 5 < 0.25


def test_headers_do_not_ask_the_rows_for_their_selection(table: DataTable) -> None:
    """9 s at a million rows, were it otherwise."""
    assert table.horizontalHeader().selectionModel() is not table.selectionModel()
    assert table.verticalHeader().selectionModel() is not table.selectionModel()
