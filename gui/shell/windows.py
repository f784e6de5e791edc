"""The dialogs and detail windows of one main window: opened, hidden with the lock, shown again, refreshed."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.errors.base import Expected
from core.model.advice import Offer
from core.services.advice import offers_for_device, offers_for_link
from core.words.advice import why_not
from gui.bench import Bench
from gui.pages.base import Shown, Target
from gui.shell.door import worded
from gui.widgets.detail import DetailPane, words
from gui.widgets.icons import icon
from gui.widgets.marks import ACTS

if TYPE_CHECKING:
    from gui.pages.details import Details


class DetailWindow(QWidget):
    """The details of one thing in a window of its own, not modal: two can stand side by side."""

    def __init__(self, parent: QWidget, target: Target) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("detailWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.target = target
        self.setWindowTitle(f"{target.name} \u2013 Anchorhold")
        self.resize(460, 640)
        self.pane = DetailPane("windowDetail")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        for keys in ("Ctrl+W", "Esc"):
            QShortcut(QKeySequence(keys), self, self.close)


class Windows(QObject):
    """Locking hides every one of them and unlocking shows them again, with all that was typed.

    `wanted` is (act, about); `done` carries what a dialog achieved; `hand_over` wants the lock, for a colleague.
    `refused` says why a dialog was not opened: what it was about has changed since it was shown.
    """

    wanted = Signal(str, str)
    done = Signal(object)
    hand_over = Signal(str)
    copy = Signal()
    lock = Signal()
    refused = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._dialogs: list[QDialog] = []
        self._details: list[DetailWindow] = []
        self._hidden: list[QWidget] = []
        self._awaited: Bench | None = None

    @cached_property
    def _words(self) -> "Details":
        """Made when something is chosen."""

        from gui.pages.details import Details

        return Details(self)

    @property
    def dialog(self) -> QDialog | None:
        """The newest dialog that is still open, hidden by the lock or not."""
        return self._dialogs[-1] if self._dialogs else None

    def begin(self, what: str, about: str, bench: Bench, path: str) -> None:
        """Open the dialog for something, once what it shows is read; only the one that was asked for last."""
        from gui import wizards

        self._awaited = bench
        reads, desk = wizards.reading(what), bench.desk

        def made(found: Any, error: BaseException | None) -> None:
            self._window.unsetCursor()
            if self._awaited is not bench:  # locked, closed or asked for something else since
                return
            self._awaited = None
            try:
                if error is not None:
                    raise error
                self.open(wizards.make(what, about, replace(bench, found=found), path))
            except Expected as refusal:
                self.refused.emit(worded(refusal))

        if reads is None or desk is None:
            made(None, None)
        else:
            self._window.setCursor(Qt.CursorShape.BusyCursor)
            bench.lane.look(lambda: reads(desk, about), made)

    def open(self, dialog: QDialog) -> None:
        """Open a dialog over the window and hear its end once."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._locks(dialog)
        self._dialogs.append(dialog)
        dialog.finished.connect(lambda _code: self._ended(dialog))
        for name, signal in (
            ("done_with", self.done),
            ("wanted", self.wanted),
            ("opens", self.open),
            ("hand_over", self.hand_over),
        ):
            made = getattr(dialog, name, None)  # a wizard has them, a dialog of Qt's has not
            if made is not None:
                made.connect(signal)
        dialog.open()

    def _locks(self, window: QWidget) -> None:
        """A dialog shadows the main window's keys, and the lock must be at hand everywhere."""
        QShortcut(QKeySequence("Ctrl+L"), window, self.lock.emit)

    def _ended(self, dialog: QDialog) -> None:
        if dialog in self._dialogs:
            self._dialogs.remove(dialog)
        if not self._dialogs:
            self._window.activateWindow()  # openbox gives the keyboard to nobody after two dialogs closed at once

    def details(self, target: Target, shown: Shown) -> None:
        """Open a detail window, or raise the one there is."""
        for each in self._details:
            if each.target == target:
                each.raise_()
                each.activateWindow()
                return
        made = DetailWindow(self._window, target)
        self._locks(made)
        made.pane.wanted.connect(self.wanted)
        made.destroyed.connect(lambda: self._details.remove(made) if made in self._details else None)
        self._details.append(made)
        self._present(made, shown)
        made.show()

    def shortcuts(self, actions: Iterable[QAction]) -> None:
        """The keyboard sheet."""
        from gui.shell.shortcuts import Shortcuts

        self.open(Shortcuts(self._window, [each for each in actions if each.isVisible()]))

    def help(self, page: str) -> None:
        """What a page is for."""
        from gui.shell.help import Help

        self.open(Help(self._window, page))

    def refresh(self, shown: Shown) -> None:
        """Show in every detail window what stands now; what is gone closes."""
        for each in list(self._details):
            self._present(each, shown)

    def _present(self, window: DetailWindow, shown: Shown) -> None:
        detail = self._words.of(window.target, shown)
        if detail is None:
            window.close()
        else:
            window.pane.present(detail, shown.hindrance)

    def hide_all(self) -> None:
        """The lock: nothing stays visible, nothing is closed."""
        self._awaited = None
        for each in QApplication.topLevelWidgets():
            if each.isVisible() and self._ours(each):
                each.hide()
                if not isinstance(each, QMenu):
                    self._hidden.append(each)

    def _ours(self, widget: QWidget) -> bool:
        """Whether a window stands over ours, however many dialogs lie between."""
        above = widget.parentWidget()
        while above is not None and above is not self._window:
            above = above.parentWidget()
        return above is not None

    def show_again(self) -> None:
        """After the lock."""
        hidden, self._hidden = self._hidden, []
        for each in sorted((each for each in hidden if isValid(each)), key=_depth):
            each.show()

    def close_all(self) -> None:
        """With the file."""
        self._hidden, self._awaited = [], None
        for dialog in list(self._dialogs):
            dialog.done(0)  # asks nothing: the person has closed the file
        for each in list(self._details):
            each.close()
        self._dialogs, self._details = [], []

    def menu(self, target: Target, shown: Shown) -> QMenu | None:
        """The context menu of a row: every act with its reason where it cannot be done."""
        offers = self._offers(target, shown)
        if not offers:
            return None
        menu = QMenu(self._window)
        menu.setObjectName("rowMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for offer in offers:
            reason = why_not(shown.hindrance or offer.why_not)
            text = words(offer.act) + (f"  ({reason})" if reason else "")
            action = menu.addAction(icon(ACTS[offer.act]), text)
            action.setEnabled(not reason)
            action.triggered.connect(lambda _=False, offer=offer: self.wanted.emit(offer.act.value, offer.about))
        menu.addSeparator()
        menu.addAction(self.tr("Open in a window"), lambda: self.details(target, shown))
        menu.addAction(self.tr("Copy fingerprint"), self.copy.emit)
        return menu

    def _offers(self, target: Target, shown: Shown) -> tuple[Offer, ...]:
        if target.kind == "link":
            link = next((row for row in shown.picture.links if row.link.name == target.name), None)
            return offers_for_link(shown.picture, link) if link else ()
        if target.kind != "device":
            detail = self._words.of(target, shown)
            return detail.offers if detail else ()
        row = shown.picture.device(target.name)
        return offers_for_device(shown.picture, row) if row else ()


def _depth(widget: QWidget) -> int:
    """How many windows a window stands over: a question is shown after the wizard that asked it."""
    above = widget.parentWidget()
    return 0 if above is None else 1 + _depth(above)
