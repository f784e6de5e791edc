"""Overview of Local CA mode: what is due, what waits for whom, and how every authority stands."""

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from core.model.advice import ALARMS, Act, Task
from core.model.certificates import CertificateState
from core.model.workspace import Kind
from core.services.hierarchy import CrlState, Hierarchy, mine
from core.words.advice import step
from core.words.calendar import more
from core.words.hierarchy import due, leg, record_open
from gui.look import grown
from gui.pages.base import Page, Shown
from gui.pages.ca.columns import CaColumns
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.chart import ExpiryChart
from gui.widgets.detail import words
from gui.widgets.label import Heading
from gui.widgets.table import DataTable

_LATE = (Task.DUTY, Task.RECORD, Task.WAIVER, Task.DECISION)
_PEOPLE = (Act.PEOPLE, Act.LEDGER_REVIEW, Act.CRL_TAKE)  # what waits for people, whatever keys there are


class CaOverview(Page):
    """`go` names the section behind a card."""

    go = Signal(str)
    week = Signal(object)
    kinds = (Kind.ISSUING,)

    def __init__(self) -> None:
        super().__init__("ca", self.tr("Overview"), "home")
        self.banner = Banner("crlBanner")
        self.column.addWidget(self.banner)
        self.links = Banner("linksBanner")
        self.column.addWidget(self.links)
        self.duties = Banner("dutiesBanner")
        self.column.addWidget(self.duties)
        self.leg = Banner("legBanner")
        self.column.addWidget(self.leg)
        self.cards = (
            Card("cardRequests", self.tr("requests wait"), "inbox"),
            Card("cardExpiring", self.tr("expire soon"), "clock-exclamation"),
            Card("cardRevoked", self.tr("revoked, not expired"), "ban"),
            Card("cardLists", self.tr("CRLs are due"), "refresh"),
        )
        grid = QGridLayout()
        grid.setSpacing(12)
        sections = ("requests", "certificates", "certificates", "lists")
        for place, (card, section) in enumerate(zip(self.cards, sections, strict=True)):
            grid.addWidget(card, 0, place)
            card.clicked.connect(lambda _=False, section=section: self.go.emit(section))
        self.column.addLayout(grid)
        self.chart_title = Heading(
            self.tr("Certificates that end, by week (red: this week, amber: within 30 days)"), "chartTitle", "part"
        )
        self.column.addWidget(self.chart_title)
        self.chart = ExpiryChart("expiryChart", self.tr("Certificates that end, by week"))
        self.chart.opened.connect(self.week)
        self._any = False
        self.column.addWidget(self.chart)
        self.column.addSpacing(4)
        self.column.addWidget(Heading(self.tr("Authorities"), "caAuthoritiesTitle", "part"))
        columns = CaColumns()
        shown = columns.overview()
        self.table = DataTable("caTable", self.tr("Authorities"), shown, lambda row: row.authority.name)
        self.table.opened.connect(lambda _row: self.go.emit("authorities"))
        self.column.addWidget(self.table, 1)

    def fill(self, shown: Shown) -> None:
        seen, session = shown.hierarchy, shown.desk.session
        if seen is None:
            return
        self._due(seen)
        tell_leg(self.leg, seen, self.wanted)
        self.chart.tell(seen.weeks, seen.now.date())
        self._any = any(each.count for each in seen.weeks)
        self._fit()
        alarm = next((each for each in shown.steps if each.task in ALARMS or each.act in _PEOPLE), None)
        if alarm is None:
            self.links.tell("info", "")
        else:
            press = partial(self.wanted.emit, alarm.act.value, alarm.about)
            self.links.tell("bad" if alarm.task in ALARMS else "info", step(alarm), words(alarm.act), press)
        tell_late(self.duties, shown, self.wanted)
        waiting = sum(1 for row in seen.requests if not row.approved)
        own = mine(seen, session.operator.name) if session else 0
        self.cards[0].say(self.tr("requests wait, {mine} for you").format(mine=own))
        self.cards[0].tell(str(len(seen.requests)), "accent" if waiting or own else "text2")
        expiring = sum(1 for row in seen.certificates if row.state is CertificateState.EXPIRING)
        self.cards[1].tell(str(expiring), "warn" if expiring else "ok")
        gone = [row for row in seen.certificates if row.state is CertificateState.REVOKED]
        standing = sum(1 for row in gone if row.issued.not_after > seen.now)
        late = any(row.unpublished for row in seen.authorities)
        self.cards[2].say(self.tr("revoked, not all published") if late else self.tr("revoked, not expired"))
        self.cards[2].tell(str(standing), "bad" if late else "text2")
        self.cards[3].tell(str(len(seen.due)), "warn" if seen.due else "ok")
        self.table.fill(seen.authorities)

    def _due(self, seen: Hierarchy) -> None:
        if not seen.due:
            self.banner.tell("info", "")
            return
        first = seen.due[0]
        publish = partial(self.wanted.emit, Act.PUBLISH.value, first.authority.name)
        bad = first.crl_state in (CrlState.STALE, CrlState.UNPUBLISHED)
        self.banner.tell("bad" if bad else "warn", due(first, seen.now), self.tr("Publish now\u2026"), publish)

    def _fit(self) -> None:
        """The chart where there is room for it: large text on a small screen needs it for the table."""
        for part in (self.chart, self.chart_title):
            part.setVisible(self._any and self.height() >= grown(520))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focus_widget(self) -> QWidget:
        return self.table


def tell_leg(banner: Banner, seen: Hierarchy, wanted: SignalInstance) -> None:
    """What is half done and goes on here: a ceremony's record, a sub CA between two workspaces."""
    if seen.record_open:
        press = partial(wanted.emit, Act.CLOSE_CEREMONY.value, "")
        banner.tell("warn", record_open(), words(Act.CLOSE_CEREMONY), press)
    elif seen.legs:
        first = seen.legs[0]
        banner.tell("info", leg(first), words(first.act), partial(wanted.emit, first.act.value, first.about))
    else:
        banner.tell("info", "")


def tell_late(banner: Banner, shown: Shown, wanted: SignalInstance) -> None:
    """What is late of duties, records, waivers and decisions: the first with its button, the others by number."""
    late = [each for each in shown.steps if each.task in _LATE]
    if not late:
        banner.tell("info", "")
        return
    told = [step(late[0]), *([more(len(late) - 1)] if len(late) > 1 else [])]
    press = partial(wanted.emit, late[0].act.value, late[0].about)
    banner.tell("warn", " ".join(told), words(late[0].act), press)
