"""The main window: it asks the core, shows what it says, and opens the wizard somebody asked for."""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QWidget

from core.model.advice import Act
from core.model.workspace import Kind
from core.services.advice import by_one_person, hinders
from core.services.desk import Desk, Progress
from core.words.advice import by_one, why_not
from gui.bench import Bench
from gui.jobs import Lane
from gui.pages.base import SECTIONS, Shown, Target, first, meant, read
from gui.preferences import Preferences
from gui.shell.bars import MOST_PAGES, WIZARDS, Bars
from gui.shell.chores import Chores
from gui.shell.door import Door, worded
from gui.shell.drop import Drops
from gui.shell.edge import Edged
from gui.shell.idle import Idle
from gui.shell.lock import LockCard
from gui.shell.moves import Moves
from gui.shell.start import StartPage
from gui.shell.status import Status
from gui.shell.taking import Taking
from gui.shell.windows import Windows
from gui.shell.workplace import Workplace
from gui.widgets.banner import Banner

PAINTED = 200  # ms; until then nothing takes the processor from the first painting


class MainWindow(QMainWindow):
    """Start page, lock card and workplace lie on one stack; dialogs and detail windows are its own and hide with it."""

    another = Signal()
    ready = Signal()  # start page, card or filled pages: there is something to look at

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Anchorhold")
        self.setMinimumSize(960, 600)
        self.preferences = preferences
        self.lane = Lane(self)
        self.door = Door(self, self.lane)
        self.shown: Shown | None = None
        self._version, self._reading, self._again, self._entering = -1, False, False, False
        self.start, self.work = StartPage(preferences), Workplace(preferences)
        self.stack = QStackedWidget()
        self.stack.setObjectName("stack")
        for page in (self.start, self.work):
            self.stack.addWidget(page)
        self.setCentralWidget(edged := Edged(self.stack))
        self.root_edge = edged.edge
        self.status = Status(self.lane, self.door)
        self.setStatusBar(self.status)
        self.moves = Moves(self, self.work, preferences, self.status)
        self.windows = Windows(self)
        self.chores = Chores(self, self.lane, self.work, self.windows)
        self.bars = Bars(self, self.work.pages, self._presses())
        self.drops = Drops(self)
        self.taking = Taking(self.drops, self.lane, self.door, self._banner, lambda: self.shown is not None)
        self.idle = Idle(self)
        self._join()
        self._show(self.start)
        self._tick(0)

    @cached_property
    def card(self) -> LockCard:
        """Made when it is first to be seen: who only reads never does."""
        made = LockCard()
        made.serve(self.door)
        made.close_file.connect(self.close_file)
        self.stack.addWidget(made)
        return made

    def _join(self) -> None:
        self.start.make.connect(lambda: self.wanted(Act.FIRST_RUN.value, ""))
        self.start.restore.connect(lambda: self.wanted(Act.PUT_BACK.value, ""))
        self.start.open_file.connect(self.choose_file)
        self.start.open_path.connect(self.open)
        self.start.practise.connect(self.sample)
        self.door.opened.connect(self._opened)
        self.door.not_opened.connect(self._not_opened)
        self.door.asked.connect(self._asked)
        self.door.refused.connect(self._refused)
        self.door.entered.connect(self._entered)
        self.door.warned.connect(lambda said: self.work.banner.tell("warn", said))
        self.door.closed.connect(self._closed)
        self.door.closed.connect(self.work.let_go)
        self.work.wanted.connect(self.wanted)
        self.work.opened.connect(self._details)
        self.windows.wanted.connect(self.wanted)
        self.windows.done.connect(self.done)
        self.windows.refused.connect(lambda said: self.work.banner.tell("warn", said))
        self.windows.copy.connect(self.moves.copy)
        self.windows.lock.connect(self.lock)
        self.windows.hand_over.connect(self.door.lock)
        self.work.menu.connect(self._menu)
        self.work.section.connect(self._section)
        self.work.cleared.connect(self.bars.search.clear)
        self.work.people.signed_off.connect(self.chores.sign_off)
        self.chores.signed_off.connect(self.done)
        self.bars.search.textChanged.connect(self._seek)
        self.drops.dropped.connect(self.taking.take)
        self.taking.opens.connect(self.open)
        self.taking.wanted.connect(self.wanted)
        self.idle.ticked.connect(self._tick)
        self.preferences.changed.connect(self.bars.bar.arrange)
        self.idle.session_locked.connect(lambda: self.door.lock(self.tr("The desktop was locked.")))

    def _presses(self) -> dict[str, Callable[[], None]]:
        """What every action of the menus does, by its name."""
        pages = range(1, MOST_PAGES + 1)
        return {
            **{name: partial(self.wanted, act.value, "") for name, act in WIZARDS.items()},
            **{f"actPage{at}": partial(self.work.step, at - 1) for at in pages},
            "actOpen": self.choose_file, "actWindow": self.another.emit, "actPrint": self.chores.print_sheet,
            "actSheet": self.chores.save_sheet, "actSignIn": self.sign_in, "actLock": self.lock, "actEndSession": self.door.end_sessions, "actClose": self.close_file,
            "actQuit": QApplication.closeAllWindows, "actCopy": self.moves.copy,
            "actFind": lambda: self.moves.find(self.bars.search), "actEscape": lambda: self.moves.escape(self.bars.search),
            "actSettings": lambda: self.work.go("settings"), "actMap": self.moves.toggle_map,
            "actDetails": lambda: self._details(self.work.target), "actNextPane": lambda: self.moves.pane(1),
            "actPreviousPane": lambda: self.moves.pane(-1), "actNextWindow": self.moves.next_window,
            "actRefresh": self.reload, "actLarger": lambda: self.moves.zoom(10),
            "actSmaller": lambda: self.moves.zoom(-10), "actHelp": lambda: self.windows.help(self.work.page.objectName() if self.shown else "start"),
            "actShortcuts": lambda: self.windows.shortcuts(self.bars.menus.actions.values()),
            "actVerifyLog": self.chores.verify_log, "actScript": self.chores.save_script,
        }  # fmt: skip

    # --- opening, locking, closing --------------------------------------------------------------

    @property
    def desk(self) -> Desk | None:
        """The open workspace."""
        return self.door.desk

    def _show(self, widget: QWidget) -> None:
        self.stack.setCurrentWidget(widget)
        hindrance = self.shown.hindrance if self.shown else "signed-out"
        self.bars.show_for(working=widget is self.work, searchable=self.work.page.searchable, hindrance=hindrance)
        self.ready.emit()

    def choose_file(self) -> None:
        """Ask for a workspace."""
        from gui.shell.files import open_file

        path = open_file(self, self.tr("Open a workspace"), self.tr("Workspaces (*.anchorhold)"))
        if path:
            self.open(path)

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Open a workspace, in place of the one that is open."""
        self.start.banner.hide()
        self.door.open(path, read_only=read_only)

    def _not_opened(self, said: str) -> None:
        self._show(self.start)
        self.start.banner.tell("bad", said)

    def _opened(self) -> None:
        desk = self.desk
        if desk is not None:
            self.preferences.opened(desk.file.path, desk.workspace.name, desk.workspace.kind.value)
            self.setWindowTitle(f"{desk.workspace.name} \u2013 Anchorhold")

    def _asked(self, title: str, because: str) -> None:
        if self.desk is not None:
            self.windows.hide_all()
            self.card.ask(title, because, self.door.people(), locked=self.door.locked)
            self._show(self.card)

    def _refused(self, said: str, wait: int, reading_helps: bool) -> None:
        self.card.refused(said, wait)
        if reading_helps:
            self.card.banner.tell("warn", said, self.tr("Open read only"), self.door.read_only)

    def _entered(self) -> None:
        """The pages come up with their first rows, never empty before them."""
        self.idle.touched()
        self._entering = True
        self.reload()

    def _enter(self) -> None:
        self._entering = False
        self._show(self.work)
        self.work.restore()
        self.work.page.focus_widget().setFocus()
        self.windows.show_again()

    def lock(self) -> None:
        """By the person's own wish."""
        self.door.lock(self.tr("You locked it. Half-finished work is kept."))

    def close_file(self) -> None:
        """Back to the start page."""
        self.work.keep()
        self.door.close()

    def _closed(self) -> None:
        self.windows.close_all()
        self.shown = self.chores.shown = None
        self._version, self._entering = -1, False
        self.setWindowTitle("Anchorhold")
        self.root_edge.hide()
        self._show(self.start)

    # --- showing --------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the picture again, beside the lane, and give it to the pages; what was chosen stays chosen."""
        desk = self.desk
        if desk is None:
            return
        self._version = desk.file.version()
        if self._reading:
            self._again = True
            return
        self._reading = True
        reads = first if self.shown is None and desk.session is None else read  # who signed in has waited already
        self.lane.look(lambda: reads(desk), self._read)

    def _read(self, shown: Any, error: BaseException | None) -> None:
        again, self._reading, self._again = self._again, False, False
        if self.desk is None or (error is None and shown.desk is not self.desk) or (again and error is None):
            self.reload()
            return
        if error is not None:
            self.work.banner.tell("bad", worded(error))
            return
        self.shown = self.chores.shown = shown
        self._suit(shown)
        self.work.fill(shown)
        self.windows.refresh(shown)
        self.chores.later.start(PAINTED)
        self._say_state(shown)
        if self._entering:
            self._enter()
        if shown.people is None:
            QTimer.singleShot(PAINTED, self, self.reload)

    def _suit(self, shown: Shown) -> None:
        """The sections, menus and edges of the workspace's kind; a switch turns one into another while it is open."""
        kind = shown.desk.workspace.kind
        self.work.suit(kind)
        self.bars.suit(kind, self.work.pages)
        self.drops.kind = kind
        self.root_edge.setVisible(kind is Kind.ROOT)
        ours = [row.authority.name for row in shown.hierarchy.authorities if row.holders] if shown.hierarchy else []
        self.setWindowTitle(" \u2013 ".join([*ours[:1], shown.desk.workspace.name, "Anchorhold"]))

    def _say_state(self, shown: Shown) -> None:
        """Above every page: why nothing can be changed, and which keys one person compared alone."""
        sign_in = (self.tr("Sign in\u2026"), self.sign_in) if shown.hindrance == "signed-out" else ("", None)
        alone = by_one(by_one_person(shown.picture))
        self.work.state.tell("info", " ".join(filter(None, (why_not(shown.hindrance), alone))), *sign_in)

    def _section(self) -> None:
        self.bars.search.setEnabled(self.work.page.searchable)
        self._seek(self.bars.search.text())
        if self.work.page is self.work.activity:
            self.door.reads_log()

    def _seek(self, text: str) -> None:
        self.work.page.seek(text)

    def sign_in(self) -> None:
        """Who are you?"""
        if self.desk is not None and not self.desk.file.read_only:
            self.door.ask(self.tr("Who are you?"), self.tr("Sign in to change something."))

    def _details(self, target: Target | None) -> None:
        if target is not None and self.shown is not None:
            self.windows.details(target, self.shown)

    def _menu(self, target: Target, at: QPoint) -> None:
        if self.shown is not None:
            menu: QMenu | None = self.windows.menu(target, self.shown)
            if menu is not None:
                menu.popup(at)

    # --- asking ---------------------------------------------------------------------------------

    def wanted(self, what: str, about: str, path: str = "") -> None:
        """Open the dialog that somebody asked for, by button, menu, key or drop."""
        stopped = hinders(self.shown.hindrance, what) if self.shown is not None else ""
        if section := SECTIONS.get(what):
            self.work.go(section)
        elif stopped == "signed-out":
            self.sign_in()
        elif stopped:
            self.work.banner.tell("warn", why_not(stopped))
        if stopped or section:
            return
        desk = None if what in (Act.FIRST_RUN, Act.PUT_BACK) else self.desk
        about = about or (meant(what, self.work.target, self.shown) if self.shown else "")
        self.windows.begin(what, about, Bench(self, self.lane, desk), path)

    def done(self, result: Any) -> None:
        """What a dialog achieved: a new workspace is opened, anything else is told and shown."""
        if isinstance(result, Path) and result.suffix == ".anchorhold":  # others name a folder that was written
            self.open(result)
        elif self.desk is not None:
            from gui.outcomes import Outcomes

            self.reload()
            kind, text = Outcomes().told(result, lone=len(self.door.people()) == 1)
            self.work.banner.tell(kind, text)

    def _banner(self) -> Banner:
        """The banner of what is in view."""
        shown = self.stack.currentWidget()
        return (
            self.start.banner if shown is self.start else self.work.banner if shown is self.work else self.card.banner
        )

    def sample(self) -> None:
        """Make the rehearsal sample in a folder of the person's choice and open it."""
        from core.services.demo import make_demo
        from core.words.proposals import sentence
        from gui.shell.files import new_folder

        folder = new_folder(self, self.tr("An empty folder for the sample"))
        if folder is None:
            return
        self.start.setEnabled(False)

        def work(told: Progress) -> Path:
            return make_demo(folder, say=sentence, progress=told)[0]

        self.lane.run(work, self._sampled, title=self.tr("Making the sample"))

    def _sampled(self, path: Any, error: BaseException | None) -> None:
        self.start.setEnabled(True)
        if error is not None:
            self.start.banner.tell("bad", worded(error))
            return
        self.open(path)
        said = self.tr("The passphrases of the sample's people are in {path}; a root and a local CA lie beside it.")
        self.card.banner.tell("info", said.format(path=path.with_name("secrets.toml")))

    # --- time and events ------------------------------------------------------------------------

    def _tick(self, idle: int) -> None:
        desk = self.desk
        limit = self.preferences.lock_minutes * 60
        signed = desk is not None and desk.session is not None and not self.door.locked
        self.status.tick(desk, max(0, limit - idle) if signed else None, locked=self.door.locked)
        if signed and idle >= limit:
            said = self.tr("Locked after {minutes} minutes without activity. Half-finished work is kept.")
            self.door.lock(said.format(minutes=self.preferences.lock_minutes), "idle")
        elif desk is not None and self.stack.currentWidget() is self.work and desk.file.version() != self._version:
            self.reload()
        else:
            self.door.tidy()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bars.bar.arrange()
        self.drops.overlay.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the file with the window."""
        self.work.keep()
        self.preferences.keep_state("window", self.saveGeometry())
        self.door.close()
        self.windows.close_all()
        event.accept()
        QTimer.singleShot(0, self.deleteLater)
