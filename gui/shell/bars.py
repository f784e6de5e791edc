"""The menus, the toolbar and the keys of the main window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from core.model.advice import Act
from core.words.advice import why_not
from gui.shell.menus import Entry, Menus, Search, act_entry, toolbar

if TYPE_CHECKING:
    from gui.window import MainWindow


class Bars(QObject):
    """Every action of the window, and which can be used now."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.menus = Menus(window)
        self.search = Search()
        self.search.left.connect(lambda: window.work.page.focus_widget().setFocus())
        self._file()
        self._edit()
        self._view()
        self._link()
        self._help()
        named = ("actLink", "actReceive", "actCompare", "actExport", "actReadback")
        actions = self.menus.actions
        title = self.tr("Main")
        self.bar = toolbar(window, title, [actions[name] for name in named], self.search, actions["actLock"])

    def show_for(self, *, working: bool, hindrance: str) -> None:
        """Toolbar and menus for the start page and lock card, or for the pages."""
        self.bar.setVisible(working)
        self.menus.allow(file=working, change=why_not(hindrance))
        self.search.setEnabled(working and self._window.work.page.searchable)

    def _file(self) -> None:
        window = self._window
        self.menus.menu(self.tr("&File"), "menuFile", [
            act_entry(Act.FIRST_RUN, "actNew", self.tr("&New workspace\u2026"), (), self._anywhere),
            Entry("actOpen", self.tr("&Open\u2026"), ("Ctrl+O",), window.choose_file, "", "folder-open"),
            Entry("actWindow", self.tr("New &window"), ("Ctrl+Shift+N",), self._another, ""),
            None,
            Entry("actPrint", self.tr("&Print verification sheet\u2026"), ("Ctrl+P",), self._print, "file", "printer"),
            Entry("actSheet", self.tr("Save verification &sheet as PDF\u2026"), (), self._pdf, "file", "file-text"),
            None,
            Entry("actSignIn", self.tr("S&ign in\u2026"), (), window.sign_in, "file", "user"),
            Entry("actLock", self.tr("&Lock"), ("Ctrl+L",), window.lock, "file", "lock"),
            Entry("actClose", self.tr("&Close file"), ("Ctrl+W",), window.close_file, "file"),
            Entry("actQuit", self.tr("&Quit"), ("Ctrl+Q",), QApplication.closeAllWindows, ""),
        ])  # fmt: skip

    def _edit(self) -> None:
        window = self._window
        self.menus.menu(self.tr("&Edit"), "menuEdit", [
            Entry("actCopy", self.tr("&Copy fingerprint"), ("Ctrl+C",), window.copy, "file", "copy"),
            Entry("actFind", self.tr("&Find"), ("Ctrl+F", "/"), self._find, "file", "search"),
            Entry("actEscape", self.tr("C&lear search"), ("Esc",), self._escape),
            None,
            Entry("actSettings", self.tr("&Settings"), ("Ctrl+,",), lambda: window.work.go("settings"), "file", "settings"),
        ])  # fmt: skip

    def _view(self) -> None:
        window = self._window
        sections = [
            Entry(
                f"actPage{at + 1}",
                page.title,
                (f"Ctrl+{at + 1}",),
                self._to(at),
                "file",
                page.icon,
            )
            for at, page in enumerate(window.work.pages)
        ]
        self.menus.menu(self.tr("&View"), "menuView", [
            *sections,
            None,
            Entry("actMap", self.tr("&Map or table"), ("Ctrl+M",), self._map, "file", "map"),
            Entry("actDetails", self.tr("&Details in a window"), ("Alt+Return",), self._details),
            Entry("actNextPane", self.tr("&Next pane"), ("F6",), lambda: self._pane(1)),
            Entry("actPreviousPane", self.tr("&Previous pane"), ("Shift+F6",), lambda: self._pane(-1)),
            Entry("actNextWindow", self.tr("Next &window"), ("Ctrl+Tab",), self._next_window, ""),
            Entry("actRefresh", self.tr("&Refresh"), ("F5",), window.reload, "file", "refresh"),
            None,
            Entry("actLarger", self.tr("&Larger text"), ("Ctrl++", "Ctrl+="), lambda: self._zoom(10), ""),
            Entry("actSmaller", self.tr("Sm&aller text"), ("Ctrl+-",), lambda: self._zoom(-10), ""),
        ])  # fmt: skip

    def _link(self) -> None:
        want = self._want
        self.menus.menu(self.tr("&Link"), "menuLink", [
            act_entry(Act.LINK, "actLink", self.tr("Add &link\u2026"), ("Ctrl+N",), want),
            act_entry(Act.DEVICE, "actDevice", self.tr("Add &device\u2026"), (), want),
            None,
            act_entry(Act.RECEIVE, "actReceive", self.tr("&Receive peer key\u2026"), ("Ctrl+I",), want),
            act_entry(Act.COMPARE, "actCompare", self.tr("&Compare with peer\u2026"), ("Ctrl+K",), want),
            act_entry(Act.REJECT, "actReject", self.tr("Re&ject or withdraw key\u2026"), ("Del",), want),
            act_entry(Act.SUSPECT, "actSuspect", self.tr("Suspect an &attack\u2026"), (), want),
            None,
            act_entry(Act.EXPORT, "actExport", self.tr("&Export\u2026"), ("Ctrl+E",), want),
            act_entry(Act.READBACK, "actReadback", self.tr("Read &back\u2026"), ("Ctrl+B",), want),
        ])  # fmt: skip

    def _help(self) -> None:
        self.menus.menu(self.tr("&Help"), "menuHelp", [
            Entry("actHelp", self.tr("&Help for this page"), ("F1",), self._help_page, "", "info-circle"),
            Entry("actShortcuts", self.tr("&Keyboard shortcuts"), ("Ctrl+?",), self._shortcuts, "", "keyboard"),
            Entry("actVerifyLog", self.tr("&Verify the activity log"), (), self._verify, "file", "checklist"),
        ])  # fmt: skip

    # --- what they do ---------------------------------------------------------------------------

    def _want(self, what: str) -> None:
        self._window.wanted(what, "")

    def _anywhere(self, what: str) -> None:
        self._window.wanted(what, "")

    def _another(self) -> None:
        from gui.app import open_window

        made = open_window(self._window.preferences)
        if self._window.desk is not None:
            made.open(self._window.desk.file.path)

    def _print(self) -> None:
        from gui.sheet import print_sheet

        print_sheet(self._window)

    def _pdf(self) -> None:
        from gui.sheet import save_sheet

        save_sheet(self._window)

    def _find(self) -> None:
        if not self.search.isEnabled():
            self._window.work.go("links")
        self.search.setFocus()
        self.search.selectAll()

    def _escape(self) -> None:
        if self.search.text() or self.search.hasFocus():
            self.search.escape()
        else:
            self._window.work.banner.hide()

    def _to(self, at: int) -> Callable[[], None]:
        return lambda: self._window.work.step(at)

    def _map(self) -> None:
        self._window.work.go("links")
        self._window.work.links.toggle_map()

    def _details(self) -> None:
        target = self._window.work.target
        if target is not None:
            self._window.windows.details(target)

    def _pane(self, way: int) -> None:
        panes = self._window.work.panes()
        focus = QApplication.focusWidget()
        at = next(
            (place for place, pane in enumerate(panes) if focus and (focus is pane or pane.isAncestorOf(focus))), -1
        )
        panes[(at + way) % len(panes)].setFocus()

    def _next_window(self) -> None:
        shown = [each for each in QApplication.topLevelWidgets() if each.isWindow() and each.isVisible()]
        active = QApplication.activeWindow()
        if len(shown) > 1:
            at = shown.index(active) if active in shown else -1
            following = shown[(at + 1) % len(shown)]
            following.raise_()
            following.activateWindow()

    def _zoom(self, step: int) -> None:
        self._window.preferences.zoom = self._window.preferences.zoom + step

    def _verify(self) -> None:
        self._window.work.go("activity")
        self._window.verify_log()

    def _shortcuts(self) -> None:
        from gui.shell.shortcuts import Shortcuts

        self._window.windows.open(Shortcuts(self._window, list(self.menus.actions.values())))

    def _help_page(self) -> None:
        from gui.shell.help import Help

        at = self._window.work.page.objectName() if self._window.shown else "start"
        self._window.windows.open(Help(self._window, at))
