"""Tickets: what they look like here, which count for several devices, and whose key is made another way."""

from PySide6.QtWidgets import QPushButton

from core.model.advice import Act
from core.model.agreements import Agreement, Allowing
from core.model.workspace import Kind
from core.services import agreements
from core.services.desk import Desk
from core.words.agreements import KINDS, value
from core.words.tongue import told
from gui.pages.base import Shown, TablePage
from gui.pages.columns import NONE
from gui.widgets.label import PlainLabel
from gui.widgets.rows import Column


class Tickets(TablePage):
    """Read beside the lane with each reading; each change is asked of two people."""

    kinds = (Kind.ISSUING, Kind.REGISTRATION)

    def __init__(self) -> None:
        empty = (
            self.tr("Nothing was agreed. A ticket is good for one device, and keys are made on their devices."),
            "",
            "",
        )
        super().__init__("tickets", self.tr("Tickets"), "rubber-stamp", self._agreed, lambda row: row.id, empty)
        self._shown: Shown | None = None
        self._desk: Desk | None = None
        self._found: tuple[Agreement, ...] = ()
        self.pattern = PlainLabel("", "ticketsPattern", selectable=True)
        self.column.addWidget(self.pattern)
        self._button(
            "ticketsPatternSet", self.tr("Pattern\u2026"), self.tr("Ask for another pattern"), Act.TICKET_PATTERN
        )
        self._button("ticketsWiden", self.tr("Widen\u2026"), self.tr("Ask for a wider ticket"), Act.TICKET_WIDEN)
        said = self.tr("Ask for the exception of a key that is made another way")
        self._button("ticketsException", self.tr("Key made another way\u2026"), said, Act.KEY_EXCEPTION)

    def _button(self, name: str, text: str, said: str, act: Act) -> None:
        made = QPushButton(text)
        made.setObjectName(name)
        made.setAccessibleName(said)
        made.clicked.connect(lambda: self.wanted.emit(act.value, ""))
        self.head.addWidget(made)

    def _agreed(self) -> list[Column]:
        return [
            Column(self.tr("What"), "what", lambda row: told(KINDS[row.allowing], {}), 190),
            Column(self.tr("About"), "about", lambda row: row.about or NONE, 130),
            Column(self.tr("Agreed"), "value", value, 240),
            Column(self.tr("Reason"), "reason", lambda row: row.reason, 240),
            Column(self.tr("Ticket"), "ticket", lambda row: row.ticket or NONE, 110),
            Column(self.tr("Since"), "since", lambda row: f"{row.made:%Y-%m-%d}", 95),
        ]

    def look_up(self, desk: Desk) -> tuple[Agreement, ...]:
        return agreements.all_of(desk)

    def looked_up(self, desk: Desk, found: tuple[Agreement, ...] | None, _said: str) -> None:
        self._desk, self._found = desk, found or ()

    def fill(self, shown: Shown) -> None:
        if shown is not self._shown:
            self._shown = shown
            self.reads.emit(self)
        rows = self._found if shown.desk is self._desk else ()
        newest = next((each.value for each in rows if each.allowing is Allowing.PATTERN), "")
        said = self.tr("Tickets look like {pattern}.").format(pattern=newest)
        self.pattern.setText(said if newest else self.tr("Any ticket is taken: no pattern was agreed."))
        self.show_rows(rows)
