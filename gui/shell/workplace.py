"""The pages of an open workspace: sections at the left, the page, and the details at the right or below."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.model.workspace import Kind
from gui.look import grown
from gui.pages.activity import Activity
from gui.pages.backups import BackupPage
from gui.pages.base import WITH_A_CA, Page, Shown, TablePage, Target
from gui.pages.compliance import CompliancePage
from gui.pages.duties import DutiesPage
from gui.pages.keys import Exports, Keys, Verify
from gui.pages.links import Links
from gui.pages.overview import Overview
from gui.pages.people import PeoplePage
from gui.pages.records import RecordsPage
from gui.pages.settings import Settings
from gui.preferences import Preferences
from gui.shell.nav import Nav
from gui.widgets.banner import Banner
from gui.widgets.detail import DetailPane

if TYPE_CHECKING:
    from core.services.copies import Copy
    from core.services.desk import Desk
    from gui.pages.details import Details
    from gui.widgets.dragged import Handed, Taken

NARROW = 1100
_ATTENTION = ("verify", "people", "requests", "lists", "backup", "compliance", "records", "duties")


class Workplace(QWidget):
    """`wanted` is (act, about); `opened` and `menu` carry a Target; `section` says that another page is shown."""

    wanted = Signal(str, str)
    reads = Signal(object)
    saves = Signal(object)
    opened = Signal(object)
    menu = Signal(object, QPoint)
    section = Signal()
    cleared = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("workplace")
        self._preferences = preferences
        self._shown: Shown | None = None
        self._stale: set[Page] = set()
        self.overview, self.links, self.activity = Overview(), Links(), Activity()
        self.people, self.settings = PeoplePage(), Settings(preferences)
        self.compliance, self.records, self.backups = CompliancePage(), RecordsPage(), BackupPage()
        self.duties = DutiesPage()
        self.after: tuple[Page, ...] = (
            self.duties,
            self.compliance,
            self.records,
            self.backups,
        )  # read a moment after the painting
        self._every: tuple[Page, ...] = (
            self.overview, self.links, Keys(), Verify(), Exports(), self.activity, self.people,
            self.backups, self.compliance, self.records, self.duties, self.settings,
        )  # fmt: skip
        self.pages: tuple[Page, ...] = self._every
        self._kind = Kind.LINKS
        self.nav, self.stack = Nav(self.pages), QStackedWidget()
        self.state, self.banner = Banner("stateBanner"), Banner("banner", closes=True)
        self.pane = DetailPane()
        self.splitter = QSplitter()
        self.splitter.setObjectName("splitter")
        self.splitter.setChildrenCollapsible(False)
        self._lay()
        self._join()

    def _lay(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(20, 8, 20, 0)
        above.addWidget(self.state)
        above.addWidget(self.banner)
        column.addLayout(above)
        column.addWidget(self.stack, 1)
        for page in self._every:
            self.stack.addWidget(page)
        self.splitter.addWidget(middle)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([700, 340])
        row.addWidget(self.nav)
        row.addWidget(self.splitter, 1)

    def _join(self) -> None:
        self.nav.currentRowChanged.connect(self._changed)
        self.overview.go.connect(self.go)
        self.pane.wanted.connect(self.wanted)
        for page in self._every:
            self._hear(page)
        self.nav.setCurrentRow(0)

    def _hear(self, page: Page) -> None:
        page.wanted.connect(self.wanted)
        page.reads.connect(self.reads)
        page.saves.connect(self.saves)
        page.opened.connect(self._opened)
        page.menu.connect(self._menu)
        page.chosen.connect(lambda _target, page=page: self._chosen(page))
        if isinstance(page, TablePage):
            page.cleared.connect(self.cleared)
            if page.drags:
                page.taken = partial(self._take, page.copied)

    @cached_property
    def handed(self) -> "Handed":
        """What was dragged out of the tables."""
        from gui.widgets.dragged import Handed

        return Handed(lambda said: self.banner.tell("warn", said))

    def _take(self, copied: "Callable[[Desk, Any], Copy]", rows: Sequence[Any]) -> "Taken | None":
        shown = self._shown
        return self.handed.take([partial(copied, shown.desk, row) for row in rows]) if shown is not None else None

    def let_go(self) -> None:
        """The workspace was closed: files that were dragged out go."""
        if "handed" in self.__dict__:
            self.handed.clear()

    @cached_property
    def _words(self) -> "Details":
        """Made when something is chosen."""

        from gui.pages.details import Details

        return Details(self)

    def suit(self, kind: Kind) -> None:
        """The sections of that kind of workspace; those of a CA are made when one is opened first."""
        if kind is self._kind:
            return
        self._kind = kind
        if kind is not Kind.LINKS and not any(page.kinds == WITH_A_CA for page in self._every):
            self._add_ca()
        before = self.page
        ours = (page for page in self._every if kind in page.kinds)
        self.pages = tuple(sorted(ours, key=lambda page: page is not self.overview))  # first also at a desk
        self.nav.show_pages(self.pages)
        self.nav.setCurrentRow(self.pages.index(before) if before in self.pages else 0)

    def _add_ca(self) -> None:
        from gui.pages.ca.agreements import Tickets
        from gui.pages.ca.custody import CustodyPage
        from gui.pages.ca.documents import PolicyDocuments
        from gui.pages.ca.overview import CaOverview
        from gui.pages.ca.tables import Authorities, Certificates, Requests, RevocationLists
        from gui.pages.ca.trust import ForeignCas

        overview, certificates = CaOverview(), Certificates()
        overview.go.connect(self.go)
        overview.week.connect(certificates.between)
        overview.week.connect(lambda _week: self.go("certificates"))
        made: tuple[Page, ...] = (
            overview,
            Requests(),
            certificates,
            Authorities(),
            RevocationLists(),
            Tickets(),
            ForeignCas(),
            CustodyPage(),
            PolicyDocuments(),
        )
        for page in made:
            self.stack.addWidget(page)
            self._hear(page)
        self._every = (*made, *self._every)

    def _opened(self, target: Target | None) -> None:
        if target is not None:
            self.opened.emit(target)

    def _menu(self, target: Target | None, at: QPoint) -> None:
        if target is not None:
            self.menu.emit(target, at)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        shown = self.stack.currentWidget()
        return next(page for page in self._every if page is shown)

    def go(self, name: str) -> None:
        """Show the section of that name."""
        self.nav.setCurrentRow(next(at for at, page in enumerate(self.pages) if page.objectName() == name))

    def step(self, place: int) -> None:
        """Show the section at that place and put the keyboard on it."""
        if place < len(self.pages):
            self.nav.setCurrentRow(place)
            self.page.focus_widget().setFocus()

    def _changed(self, place: int) -> None:
        if not 0 <= place < len(self.pages):
            return
        self.stack.setCurrentWidget(self.pages[place])
        self.banner.hide()
        self._refresh()
        self.section.emit()

    def _chosen(self, page: Page) -> None:
        if page is self.page:
            self._details()

    def fill(self, shown: Shown) -> None:
        """Show what stands now: the page in view at once, the others when they are looked at."""
        shown.keeps(self._shown)
        self._shown = shown
        self._stale = set(self.pages)
        self._refresh()
        for page in self.pages:
            self._count(page, shown)

    def again(self, page: Page) -> None:
        """A page has read something of its own: show it, and its number."""
        if self._shown is not None and page in self.pages:
            self._stale.add(page)
            self._count(page, self._shown)
            if page is self.page:
                self._refresh()

    def _count(self, page: Page, shown: Shown) -> None:
        waits = page.objectName() in _ATTENTION
        self.nav.tell(self.pages.index(page), page.badge(shown), waits=waits)

    def _refresh(self) -> None:
        if self._shown is not None and self.page in self._stale:
            self._stale.discard(self.page)
            self.page.fill(self._shown)
        self._details()

    def _details(self) -> None:
        page, shown = self.page, self._shown
        target = page.target() if page.details else None
        detail = self._words.of(target, shown) if target and shown else None
        self.pane.setVisible(detail is not None)
        if detail is not None and shown is not None:
            self.pane.present(detail, shown.hindrance)

    @property
    def target(self) -> Target | None:
        """What is chosen on the page in view."""
        return self.page.target()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "splitter"):
            self._arrange()

    def _arrange(self) -> None:
        """Below 1100 px, or as much more as the text is larger, sections are icons and details stand below."""
        narrow = self.width() < grown(NARROW)
        self.nav.narrows(narrow)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.splitter.orientation() != way:
            self.keep()
            self.splitter.setOrientation(way)
            self.pane.stands_below(below=narrow)
            self.restore()

    def _name(self) -> str:
        wide = self.splitter.orientation() == Qt.Orientation.Horizontal
        return "splitter" if wide else "splitter-below"

    def keep(self) -> None:
        """Remember where the splitter stands."""
        if self.pane.isVisible():
            self._preferences.keep_state(self._name(), self.splitter.saveState())

    def restore(self) -> None:
        """Put the splitter where it stood."""
        way = self.splitter.orientation()
        if not self.splitter.restoreState(self._preferences.state(self._name())):
            wide = way == Qt.Orientation.Horizontal
            self.splitter.setSizes([self.width() - 340, 340] if wide else [self.height() - 250, 250])
        self.splitter.setOrientation(way)

    def panes(self) -> list[QWidget]:
        """Where F6 goes, in order."""
        found: list[QWidget] = [self.nav, self.page.focus_widget()]
        if self.pane.isVisible():
            found.append(self.pane)
        return found
