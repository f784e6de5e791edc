"""Every control can be named, reached and pressed without a mouse."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget, QWizard
from pytestqt.qtbot import QtBot

from gui.shell.shortcuts import Shortcuts, keys_of
from gui.window import MainWindow
from tests.gui.conftest import Seat
from tests.gui.walk import controls, visible

PAGES = (
    "overview",
    "links",
    "keys",
    "verify",
    "exports",
    "activity",
    "people",
    "compliance",
    "records",
    "duties",
    "settings",
)


def unnamed(window: QWidget) -> list[str]:
    """Controls without an object name or without an accessible name."""
    return [
        f"{type(each).__name__} {each.objectName()}"
        for each, name in controls(window)
        if not name or not each.objectName()
    ]


@pytest.mark.parametrize("name", PAGES)
def test_every_control_of_a_page_is_named(seat: Seat, name: str) -> None:
    seat.window.work.go(name)
    table = getattr(seat.window.work.page, "table", None)
    if table is not None:
        table.setCurrentIndex(table.rows.index(0, 0))
    assert len(list(controls(seat.window))) > 5
    assert unnamed(seat.window) == []


def test_start_page_and_card_are_named(window: MainWindow, seat: Seat) -> None:
    seat.window.lock()
    assert unnamed(seat.window) == []
    seat.window.close_file()
    assert unnamed(seat.window) == []


def test_map_and_matrix_are_named(seat: Seat) -> None:
    seat.window.work.go("links")
    for place in (1, 2):
        seat.window.work.links.view(place)
        assert unnamed(seat.window) == []


def test_a_planted_button_without_a_name_is_found(seat: Seat) -> None:
    planted = QPushButton(seat.window.work.page)
    planted.show()
    assert unnamed(seat.window) == ["QPushButton "]


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_every_control_and_comes_round(seat: Seat, name: str) -> None:
    window = seat.window
    window.work.go(name)
    wanted = {each for each in visible(window) if _takes_tab(each)}
    seen: set[QWidget] = set()
    each: QWidget = window
    for _ in range(2000):
        each = each.nextInFocusChain()
        seen.add(each)
        if each is window:
            break
    assert wanted - seen == set()
    assert each is window


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.focusProxy() is None


def test_tab_leaves_a_table(seat: Seat) -> None:
    window = seat.window
    window.work.step(1)
    assert window.work.links.table.hasFocus()
    seat.qtbot.keyClick(window.work.links.table, Qt.Key.Key_Tab)
    assert not window.work.links.table.hasFocus()


def _actions(window: MainWindow) -> list[QAction]:
    return list(window.bars.menus.actions.values())


def test_no_two_actions_share_a_shortcut(window: MainWindow) -> None:
    keys = Counter(key.toString() for action in _actions(window) for key in action.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []
    assert len(keys) > 25


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ("Ctrl+N", "actLink"), ("Ctrl+O", "actOpen"), ("Ctrl+I", "actReceive"), ("Ctrl+E", "actExport"),
        ("Ctrl+F", "actFind"), ("/", "actFind"), ("Esc", "actEscape"), ("Ctrl+1", "actPage1"), ("Ctrl+7", "actPage7"),
        ("F6", "actNextPane"), ("Shift+F6", "actPreviousPane"), ("Alt+Return", "actDetails"), ("Ctrl+C", "actCopy"),
        ("F5", "actRefresh"), ("Del", "actReject"), ("Ctrl+M", "actMap"), ("Ctrl+P", "actPrint"), ("Ctrl+L", "actLock"),
        ("Ctrl+,", "actSettings"), ("Ctrl+W", "actClose"), ("Ctrl+Q", "actQuit"), ("F1", "actHelp"),
        ("Ctrl+Tab", "actNextWindow"),
    ],
)  # fmt: skip
def test_the_keyboard_map(window: MainWindow, keys: str, name: str) -> None:
    assert QKeySequence(keys) in window.bars.menus.actions[name].shortcuts()


def test_every_action_is_in_a_menu_with_a_letter_of_its_own(window: MainWindow) -> None:
    menus = [action.menu() for action in window.menuBar().actions()]
    placed = {action for menu in menus if isinstance(menu, QMenu) for action in menu.actions()}
    assert set(_actions(window)) <= placed
    for menu in menus:
        letters = [_letter(each.text()) for each in menu.actions() if not each.isSeparator() and each.isVisible()]
        assert len(set(letters)) == len(letters), menu.objectName()
        assert "" not in letters, menu.objectName()


def _letter(text: str) -> str:
    return text.partition("&")[2][:1].casefold()


def test_the_sheet_is_made_of_the_actions(seat: Seat) -> None:
    seat.window.bars.menus.actions["actShortcuts"].trigger()
    sheet = seat.window.windows.dialog
    assert isinstance(sheet, Shortcuts)
    rows = {sheet.table.rows.row(at) for at in range(sheet.table.rows.rowCount())}
    with_keys = [action for action in _actions(seat.window) if action.shortcuts() and action.isVisible()]
    assert {(action.text().replace("&", "").rstrip("\u2026"), keys_of(action)) for action in with_keys} <= rows


def test_f6_goes_through_the_panes(seat: Seat) -> None:
    window = seat.window
    window.work.step(1)
    window.work.links.table.setCurrentIndex(window.work.links.table.rows.index(0, 0))
    panes = window.work.panes()
    assert len(panes) == 3
    for _ in range(3):
        before = QApplication.focusWidget()
        window.bars.menus.actions["actNextPane"].trigger()
        assert QApplication.focusWidget() is not before
    assert window.work.links.table.hasFocus()


def test_controls_are_large_enough_to_hit(seat: Seat) -> None:
    for name in PAGES:
        seat.window.work.go(name)
        QApplication.processEvents()
        small = [
            each.objectName()
            for each, _ in controls(seat.window)
            if isinstance(each, QPushButton) and min(each.width(), each.height()) < 24
        ]
        assert small == []


def test_enter_presses_the_button_the_keyboard_is_on(window: MainWindow, qtbot: QtBot) -> None:
    start = window.findChild(QPushButton, "startNew")
    assert start is not None
    start.setFocus()
    with qtbot.waitSignal(start.clicked, timeout=30000):
        QTest.keyClick(start, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.findChildren(QWizard)))
    for each in window.findChildren(QWizard):
        each.reject()
