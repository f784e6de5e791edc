"""Where the keys go: panes, windows, search, map, text size."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from gui.preferences import Preferences
from gui.shell.menus import Search
from gui.shell.status import Status
from gui.shell.workplace import Workplace
from gui.widgets.fingerprint import Fingerprint


class Moves(QObject):
    """Nothing here changes a workspace."""

    def __init__(self, window: QMainWindow, work: Workplace, preferences: Preferences, status: Status) -> None:
        super().__init__(window)
        self._work, self._preferences, self._status = work, preferences, status

    def find(self, search: Search) -> None:
        """To the search box; from a page without a search to the links."""
        if not search.isEnabled():
            self._work.go("links")
        search.setFocus()
        search.selectAll()

    def escape(self, search: Search) -> None:
        """Clear the search, then leave it, then close the message."""
        if search.text():
            search.clear()
        elif search.hasFocus():
            self._work.page.focus_widget().setFocus()
        else:
            self._work.banner.hide()

    def toggle_map(self) -> None:
        """Table to map and back."""
        self._work.go("links")
        self._work.links.toggle_map()

    def pane(self, way: int) -> None:
        """To the next pane, or with -1 to the one before."""
        panes = self._work.panes()
        focus = QApplication.focusWidget()
        here = (at for at, pane in enumerate(panes) if focus and (focus is pane or pane.isAncestorOf(focus)))
        panes[(next(here, -way) + way) % len(panes)].setFocus()

    def next_window(self) -> None:
        """To the next window of the program."""
        shown = [each for each in QApplication.topLevelWidgets() if each.isWindow() and each.isVisible()]
        active = QApplication.activeWindow()
        if len(shown) > 1:
            at = shown.index(active) if active in shown else -1
            following = shown[(at + 1) % len(shown)]
            following.raise_()
            following.activateWindow()

    def zoom(self, step: int) -> None:
        """Larger or smaller text, in per cent."""
        self._preferences.zoom = self._preferences.zoom + step

    def copy(self) -> None:
        """The fingerprint of what is chosen, with its label; an unapproved key has none to copy."""
        found = self._work.pane.findChildren(Fingerprint)
        if self._work.pane.isVisible() and found:
            found[0].copy()
            self._status.showMessage(self.tr("Fingerprint copied with its label"), 4000)
        elif self._work.target is not None:
            QGuiApplication.clipboard().setText(self._work.target.name)
