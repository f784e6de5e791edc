"""The main window: it asks the core and shows what it says."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from core.errors.base import Expected
from core.services import activity, people, views
from core.services.desk import Desk, open_desk
from gui import actions, pages
from gui.bench import Bench
from gui.form import FormDialog, worded
from gui.jobs import Lane
from gui.look import dress
from gui.start_page import LockCard, StartPage, new_workspace
from gui.widgets.banner import Banner
from gui.widgets.label import PlainLabel

IDLE_SECONDS = 300
_ACTIVITY = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class MainWindow(QMainWindow):
    """Start page, lock card and the pages of one workspace, one above the other."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Anchorhold")
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self.settings = settings
        self.lane = Lane(self)
        self.desk: Desk | None = None
        self.picture: views.Picture | None = None
        self._version = 0
        self._idle = 0
        self.start, self.card = StartPage(), LockCard()
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.card)
        self.stack.addWidget(self._workplace())
        self._menus()
        self._status()
        self.start.make.connect(lambda: self._open_form(new_workspace(self, self.lane, self.open)))
        self.start.open_file.connect(self._choose)
        self.card.unlock.connect(self._unlock)
        self.card.read_only.connect(self._enter)
        self.card.close_file.connect(self.close_file)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(1000)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._show(self.start)

    # --- building -------------------------------------------------------------------------------

    def _workplace(self) -> QWidget:
        self.work = QWidget()
        row = QHBoxLayout(self.work)
        row.setContentsMargins(0, 0, 0, 0)
        self.nav = QListWidget()
        self.nav.setObjectName("nav")
        self.nav.setAccessibleName(self.tr("Sections"))
        self.nav.setFixedWidth(200)
        self.body = QStackedWidget()
        self.overview = pages.Overview()
        self.overview.wanted.connect(self._wanted)
        self.sections: list[pages.Page] = [
            self.overview, pages.links_page(), pages.keys_page(), pages.verify_page(), pages.matrix_page(),
            pages.activity_page(),
        ]  # fmt: skip
        for page in self.sections:
            self.body.addWidget(page)
            QListWidgetItem(page.title, self.nav)
        self.nav.currentRowChanged.connect(self.body.setCurrentIndex)
        self.nav.setCurrentRow(0)
        side = QVBoxLayout()
        self.banner = Banner("banner")
        side.addWidget(self.banner)
        side.addWidget(self.body, 1)
        row.addWidget(self.nav)
        row.addLayout(side, 1)
        for page in self.sections:
            if isinstance(page, pages.TablePage):
                page.opened.connect(lambda _row: self._wanted("compare", ""))
        return self.work

    def _menus(self) -> None:
        self._actions: list[QAction] = []
        bar = self.addToolBar(self.tr("Main"))
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        file = self.menuBar().addMenu(self.tr("&File"))
        self._add(file, "actNew", self.tr("&New workspace\u2026"), "", self.start.make.emit, needs=False)
        self._add(file, "actOpen", self.tr("&Open\u2026"), "Ctrl+O", self._choose, needs=False)
        self._add(file, "actLock", self.tr("&Lock"), "Ctrl+L", lambda: self.lock(self.tr("You locked it.")))
        self._add(file, "actClose", self.tr("&Close file"), "Ctrl+W", self.close_file)
        self._add(file, "actQuit", self.tr("&Quit"), "Ctrl+Q", self.close, needs=False)
        link = self.menuBar().addMenu(self.tr("&Link"))
        for what, name, text, keys in (
            ("link", "actLink", self.tr("Add &link\u2026"), "Ctrl+N"),
            ("device", "actDevice", self.tr("Add &device\u2026"), "Ctrl+Shift+N"),
            ("receive", "actReceive", self.tr("&Receive peer key\u2026"), "Ctrl+I"),
            ("compare", "actCompare", self.tr("&Compare with peer\u2026"), "Ctrl+K"),
            ("reject", "actReject", self.tr("Re&ject or withdraw key\u2026"), ""),
            ("suspect", "actSuspect", self.tr("Suspect an &attack\u2026"), ""),
            ("export", "actExport", self.tr("&Export\u2026"), "Ctrl+E"),
            ("readback", "actReadback", self.tr("Read &back\u2026"), "Ctrl+B"),
        ):
            action = self._add(link, name, text, keys, lambda _=False, what=what: self._wanted(what, ""))
            if what not in ("reject", "suspect"):
                bar.addAction(action)
        view = self.menuBar().addMenu(self.tr("&View"))
        for place, page in enumerate(self.sections):
            self._add(
                view,
                f"actPage{place}",
                page.title,
                f"Ctrl+{place + 1}",
                lambda _=False, at=place: self.nav.setCurrentRow(at),
            )
        self._add(view, "actRefresh", self.tr("&Refresh"), "F5", self.reload)
        for choice, text in (
            ("system", self.tr("System colours")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self._add(view, f"actLook{choice}", text, "", lambda _=False, to=choice: self._dress(to), needs=False)
        self._add(view, "actLarger", self.tr("&Larger text"), "Ctrl++", lambda: self._zoom(10), needs=False)
        self._add(view, "actSmaller", self.tr("&Smaller text"), "Ctrl+-", lambda: self._zoom(-10), needs=False)
        self._search(bar)

    def _search(self, bar: Any) -> None:
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setPlaceholderText(self.tr("Search (Ctrl+F)"))
        self.search.setMaximumWidth(280)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._seek)
        spring = QWidget()
        spring.setSizePolicy(spring.sizePolicy().Policy.Expanding, spring.sizePolicy().Policy.Preferred)
        bar.addWidget(spring)
        bar.addWidget(self.search)
        find = QAction(self.tr("Find"), self)
        find.setShortcut(QKeySequence("Ctrl+F"))
        find.triggered.connect(self.search.setFocus)
        self.addAction(find)

    def _seek(self, text: str) -> None:
        for page in self.sections:
            page.seek(text)

    def _add(self, menu: Any, name: str, text: str, keys: str, slot: Any, *, needs: bool = True) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        menu.addAction(action)
        if needs:
            self._actions.append(action)
        return action

    def _status(self) -> None:
        self.who, self.time = PlainLabel("", "statusWho"), PlainLabel("", "statusTime")
        for label in (self.who, self.time):
            label.setWordWrap(False)
        self.statusBar().addWidget(self.who, 1)
        self.statusBar().addPermanentWidget(self.time)
        self.lane.busy.connect(lambda busy: self.statusBar().showMessage(self.tr("Working\u2026") if busy else ""))

    # --- opening, locking, closing --------------------------------------------------------------

    def _show(self, widget: QWidget) -> None:
        self.stack.setCurrentWidget(widget)
        for action in self._actions:
            action.setEnabled(widget is self.work)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open a workspace"), "", "Anchorhold (*.anchorhold)")
        if path:
            self.open(Path(path))

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Open a workspace: the lock card asks who you are, unless it is only to be read."""
        self.close_file()
        try:
            self.desk = open_desk(path, read_only=read_only)
        except Expected as error:
            self.start.banner.tell("bad", worded(error))
            self._show(self.start)
            return
        self.start.banner.tell("info", "")
        self.setWindowTitle(f"{self.desk.workspace.name} \u2013 Anchorhold")
        if read_only:
            self._enter()
        else:
            self._ask(self.tr("Who are you?"), str(path))

    def _ask(self, title: str, because: str) -> None:
        if self.desk is not None:
            self.card.ask(title, because, tuple(each.name for each in people.operators(self.desk)))
            self._show(self.card)

    def _unlock(self, name: str, passphrase: str) -> None:
        desk = self.desk
        if desk is None:
            return
        self.lane.do(lambda: people.sign_in(desk, name, passphrase), self._unlocked)

    def _unlocked(self, _: Any, error: BaseException | None) -> None:
        if error is not None:
            self.card.banner.tell("bad", worded(error))
            self.card.passphrase.setFocus()
            return
        self._enter()

    def _enter(self) -> None:
        self._idle = 0
        self._show(self.work)
        self.reload()

    def lock(self, because: str) -> None:
        """Hide everything and forget the signing key; open dialogs keep what was typed."""
        if self.desk is None or self.stack.currentWidget() is not self.work:
            return
        desk = self.desk
        for form in self.findChildren(FormDialog):
            form.hide()
        self._ask(self.tr("Locked"), because)
        self.lane.do(lambda: people.lock(desk, because), lambda _result, _error: None)

    def close_file(self) -> None:
        """Back to the start page."""
        if self.desk is not None:
            self.lane.wait()
            self.desk.close()
            self.desk = None
        self._show(self.start)

    # --- showing and asking ---------------------------------------------------------------------

    def reload(self) -> None:
        """Read the picture again and give it to every page."""
        if self.desk is None:
            return
        self._version = self.desk.file.version()
        self.picture = views.picture(self.desk)
        rows = activity.recent(self.desk, 500)
        for page in self.sections:
            page.fill(self.picture, rows)
        waiting = sum(1 for row in self.picture.devices if row.waiting)
        for place, page in enumerate(self.sections):
            count = waiting if page.objectName() == "verify" else 0
            self.nav.item(place).setText(f"{page.title}  {count}" if count else page.title)
        for form in self.findChildren(FormDialog):
            form.show()

    def _wanted(self, what: str, about: str) -> None:
        """Open the dialog that somebody asked for, by button, menu or double click."""
        if self.desk is None or self.picture is None:
            return
        if self.desk.session is None:
            self._ask(self.tr("Who are you?"), self.tr("Sign in to change something."))
            return
        form = self._form(what, about, Bench(self, self.lane, self.desk), self.picture)
        if form is None:
            self.banner.tell(
                "warn", self.tr("There is nothing to do that with yet: add devices, a link and keys first.")
            )
            return
        self._open_form(form)

    def _form(self, what: str, about: str, bench: Bench, seen: views.Picture) -> FormDialog | None:
        names = tuple(row.device.name for row in seen.devices if row.health is not views.Health.RETIRED)
        page = self.body.currentWidget()
        chosen = page.table.current if isinstance(page, pages.TablePage) else None
        device = about or pages.chosen_device(chosen, seen) or next(iter(names), "")
        links = tuple(row.link.name for row in seen.links)
        if what == "device":
            return actions.add_device(bench)
        if what == "link":
            return actions.add_link(bench, names) if len(names) >= 2 else actions.add_device(bench)
        if what == "export":
            link = about or (chosen.link.name if isinstance(chosen, views.LinkRow) else "")
            return actions.export_link(bench, links, link) if links else None
        row = seen.device(device)
        if row is None:
            return None
        if what == "receive":
            return actions.receive_key(bench, names, device)
        if what == "readback":
            return actions.read_back(bench, names, device)
        if what == "compare":
            return actions.compare_key(bench, device, row.device.platform, row.device.phone)
        return actions.end_key(bench, device, attack=what == "suspect")

    def _open_form(self, form: FormDialog) -> None:
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.accepted.connect(lambda: self._finished(form.result_object))
        form.open()

    def _finished(self, result: Any) -> None:
        if self.desk is None or isinstance(result, Path):
            return
        kind, text = actions.told(result, lone=len(people.operators(self.desk)) == 1)
        self.banner.tell(kind, text)
        self.reload()

    # --- time, look, events ---------------------------------------------------------------------

    def _tick(self) -> None:
        self._idle += 1
        self.time.setText(datetime.now(UTC).strftime("%H:%M:%S UTC"))
        if self.desk is None:
            self.who.setText("")
            return
        session = self.desk.session
        name = session.operator.name if session else self.tr("read only")
        kind = self.tr("Links mode")
        left = max(0, IDLE_SECONDS - self._idle)
        locks = (
            self.tr("locks in {minutes}:{seconds:02}").format(minutes=left // 60, seconds=left % 60) if session else ""
        )
        self.who.setText(" \u00b7 ".join(part for part in (kind, name, locks) if part))
        if session and left == 0:
            self.lock(self.tr("Locked after five minutes without activity. Half-finished work is kept."))
        elif self.stack.currentWidget() is self.work and self.desk.file.version() != self._version:
            self.reload()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Any key or click anywhere counts as activity."""
        if event.type() in _ACTIVITY:
            self._idle = 0
        return False

    def _dress(self, choice: str) -> None:
        self.settings.setValue("look", choice)
        self._redress()

    def _zoom(self, step: int) -> None:
        now = int(str(self.settings.value("zoom", 100)))
        self.settings.setValue("zoom", min(200, max(100, now + step)))
        self._redress()

    def _redress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            dress(app, str(self.settings.value("look", "system")), int(str(self.settings.value("zoom", 100))))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Any file may be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A workspace is opened; anything else is offered as a peer's key, and judged by its content."""
        path = Path(event.mimeData().urls()[0].toLocalFile())
        if path.suffix == ".anchorhold":
            self.open(path)
        elif self.desk is not None and self.desk.session is not None and self.picture and self.picture.devices:
            names = tuple(row.device.name for row in self.picture.devices)
            bench = Bench(self, self.lane, self.desk)
            self._open_form(actions.receive_key(bench, names, path=str(path)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the file with the window."""
        self.close_file()
        event.accept()
