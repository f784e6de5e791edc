"""Driving a wizard as a person without a mouse does: Tab to a control, type, press."""

import re
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.bench import Bench
from gui.jobs import Lane
from gui.wizards import make, reading
from gui.wizards.wizard import Wizard
from tests.desks import Room
from tests.gui.walk import raw

MOST_TABS = 80


@dataclass
class Driver:
    """One wizard over a room; `results` are what it was done with, `wanted` what it asked for next."""

    qtbot: QtBot
    room: Room | None
    wizard: Wizard
    results: list[object] = field(default_factory=list)
    wanted: list[tuple[str, str]] = field(default_factory=list)
    opened: list[Wizard] = field(default_factory=list)

    @property
    def at(self) -> QWidget | None:
        """Where the keyboard is (offscreen, a window that was hidden is not active again)."""
        return QApplication.focusWidget() or self.wizard.focusWidget()

    def to(self, name: str) -> QWidget:
        """Tab to the control of that name."""
        for _ in range(MOST_TABS):
            widget = self.at
            if widget is not None and widget.objectName() == name:
                return widget
            QTest.keyClick(widget or self.wizard, Qt.Key.Key_Tab)
        raise AssertionError(f"{name} cannot be reached by Tab")

    def type(self, **typed: str) -> None:
        """Type into fields; a choice is chosen by typing the beginning of its words."""
        for name, text in typed.items():
            widget = self.to(name)
            if isinstance(widget, QLineEdit | QPlainTextEdit):
                widget.selectAll()
                QTest.keyClick(widget, Qt.Key.Key_Delete)
            QTest.keyClicks(widget, text)

    def choose(self, name: str, value: str) -> None:
        """Tab to a group of radio buttons and walk to one of it with the arrow keys."""
        group = self.wizard.currentPage().findChildren(QRadioButton)
        names = [each.objectName() for each in group if each.objectName().startswith(f"{name}_") and each.isEnabled()]
        for _ in range(MOST_TABS):
            widget = self.at
            if widget is not None and widget.objectName() in names:
                break
            QTest.keyClick(widget or self.wizard, Qt.Key.Key_Tab)
        for _ in names:
            widget = self.at
            assert widget is not None
            if widget.objectName() == f"{name}_{value}":
                QTest.keyClick(widget, Qt.Key.Key_Space)
                return
            QTest.keyClick(widget, Qt.Key.Key_Down)
        raise AssertionError(f"{name}_{value} cannot be reached")

    def read(self) -> None:
        """No short word of the program's own stands on any page, as it is now."""
        for each in (self.wizard, *self.opened):
            assert raw(each) == []

    def press(self, name: str) -> None:
        """Tab to a button and press it, once everything was read."""
        self.read()
        QTest.keyClick(self.to(name), Qt.Key.Key_Space)

    def next(self) -> None:
        """Next."""
        self.press("wizardNext")

    def commit(self) -> None:
        """The commit, and its end."""
        self.press("wizardCommit")
        self.qtbot.waitUntil(lambda: not self.wizard.busy)
        self.read()

    @property
    def step(self) -> str:
        """The page that is shown."""
        page = self.wizard.here()
        return page.step if page else ""

    def said(self, name: str) -> str:
        """What a label or field says."""
        widget = self.wizard.currentPage().findChild(QWidget, name)
        assert isinstance(widget, QLabel | QPlainTextEdit | QLineEdit), name
        shown = widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()
        return shown if widget.isVisible() else ""

    def problem(self, name: str) -> str:
        """The finding beside a field."""
        return self.said(f"{name}Problem")


def bench_of(qtbot: QtBot, room: Room | None) -> Bench:
    """A window with a lane over the room."""
    window = QWidget()
    lane = Lane(window)
    qtbot.addWidget(window, before_close_func=lambda _: lane.wait())  # before the room's file is closed
    window.show()
    return Bench(window, lane, room.desk if room else None)


def read_for(qtbot: QtBot, what: str, about: str, bench: Bench) -> Bench:
    """The bench with what the wizard's reading brings beside the lane, as the window does it."""
    reads, desk = reading(what), bench.desk
    if reads is None or desk is None:
        return bench
    told: list[tuple[object, BaseException | None]] = []
    bench.lane.look(lambda: reads(desk, about), lambda found, error: told.append((found, error)))
    qtbot.waitUntil(lambda: bool(told))
    found, error = told[0]
    if error is not None:
        raise error
    return replace(bench, found=found)


def opened(qtbot: QtBot, room: Room | None, what: str, about: str = "", path: str = "") -> Driver:
    """The wizard, open and active."""
    wizard = make(what, about, read_for(qtbot, what, about, bench_of(qtbot, room)), path)
    assert isinstance(wizard, Wizard)
    assert wizard.objectName() == f"wizard_{what}"
    return driven(qtbot, room, wizard)


def driven(qtbot: QtBot, room: Room | None, wizard: Wizard) -> Driver:
    """Open a wizard and listen to it."""
    driver = Driver(qtbot, room, wizard)
    wizard.done_with.connect(driver.results.append)
    wizard.wanted.connect(lambda what, about: driver.wanted.append((what, about)))
    wizard.opens.connect(lambda dialog: (driver.opened.append(dialog), dialog.open()))
    wizard.open()
    wizard.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is wizard)
    return driver


def unnamed(root: QWidget) -> list[str]:
    """Visible controls without an object name or an accessible name, and mnemonics that clash."""
    found = []
    for widget in root.findChildren(QWidget):
        kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QTableWidget)
        if not isinstance(widget, kinds) or not widget.isVisible() or isinstance(widget.parent(), QComboBox):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface else ""
        if not name or not widget.objectName():
            found.append(f"{type(widget).__name__} {widget.objectName()!r} {name!r}")
    return found + clashing(root)


def texts(root: QWidget) -> str:
    """Everything that is written anywhere below `root`, shown or not, and what a screen reader is told."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
        if isinstance(widget, QTableWidget):
            for row in range(widget.rowCount()):
                found += [item.text() for column in range(widget.columnCount()) if (item := widget.item(row, column))]
        if isinstance(widget, QComboBox):
            found += [f"{widget.itemText(at)} {widget.itemData(at)}" for at in range(widget.count())]
    return "\n".join(found)


def clashing(root: QWidget) -> list[str]:
    """Mnemonics that two visible controls share: Alt and the letter would only walk between them."""
    held: dict[str, list[str]] = {}
    for widget in root.findChildren(QWidget):
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy()):
            match = re.search("&([^&])", widget.text())
            if match and widget.isVisible() and widget.isEnabled():
                held.setdefault(match.group(1).lower(), []).append(widget.objectName())
    return [f"{letter}: {', '.join(names)}" for letter, names in held.items() if len(names) > 1]
