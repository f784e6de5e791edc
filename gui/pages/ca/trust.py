"""CAs of others: what they are trusted for and until when, and which two people still have to hear."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QPushButton

from core.model.advice import Act
from core.model.trust import Anchor, AnchorState
from core.services import trust
from core.services.desk import Desk
from core.words.tongue import told
from core.words.trust import KINDS
from gui.pages.base import WITH_A_CA, Shown, TablePage
from gui.pages.ca import states
from gui.pages.columns import NONE
from gui.widgets.rows import Column, marked


class ForeignCas(TablePage):
    """Read beside the lane with each reading. A fingerprint is shown once two people heard it."""

    kinds = WITH_A_CA

    def __init__(self) -> None:
        act = Act.TRUST_ADD.value
        empty = (
            self.tr("No CA of others is on file. Take one in where a partner's devices are certified by their own CA."),
            self.tr("Take in a CA of others\u2026"),
            act,
        )
        super().__init__("trust", self.tr("Foreign CAs"), "shield-question", self._kept, lambda row: row.name, empty)
        self._shown: Shown | None = None
        self._today = date.min
        self._desk: Desk | None = None
        self._found: tuple[Anchor, ...] = ()
        self._button("trustAdd", self.tr("Take in\u2026"), self.tr("Take in a CA of others"), Act.TRUST_ADD)
        self.compare = self._button(
            "trustCompare", self.tr("Compare\u2026"), self.tr("Compare a CA of others"), Act.TRUST_COMPARE
        )

    def _button(self, name: str, text: str, said: str, act: Act) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(name)
        made.setAccessibleName(said)
        made.clicked.connect(lambda: self.wanted.emit(act.value, self._name()))
        self.head.addWidget(made)
        return made

    def _name(self) -> str:
        row: Any = self.table.current
        return row.name if isinstance(row, Anchor) else ""

    def _kept(self) -> list[Column]:
        return [
            Column(self.tr("CA"), "name", lambda row: row.name, 150),
            marked(self.tr("State"), "state", lambda row: states.anchor(row, self._today), 180),
            Column(self.tr("Kind"), "kind", lambda row: told(KINDS[row.kind], {}), 150),
            Column(self.tr("Owner"), "owner", lambda row: row.owner, 140),
            Column(self.tr("Trusted for"), "purpose", lambda row: row.purpose, 200),
            Column(self.tr("Until"), "until", lambda row: row.until.isoformat(), 95),
            Column(self.tr("Ticket"), "ticket", lambda row: row.ticket, 100),
            Column(self.tr("SHA-256"), "sha256", _fingerprint, 200),
        ]

    def look_up(self, desk: Desk) -> tuple[Anchor, ...]:
        return trust.rows(desk)

    def looked_up(self, desk: Desk, found: tuple[Anchor, ...] | None, _said: str) -> None:
        self._desk, self._found = desk, found or ()

    def fill(self, shown: Shown) -> None:
        self._today = shown.desk.clock().date()
        if shown is not self._shown:
            self._shown = shown
            self.reads.emit(self)
        rows = self._found if shown.desk is self._desk else ()
        self.compare.setEnabled(any(each.state is AnchorState.PENDING for each in rows))
        self.show_rows(rows)


def _fingerprint(row: Anchor) -> str:
    return row.sha256 if row.state is AnchorState.TRUSTED else NONE
