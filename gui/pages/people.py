"""People: who holds which duty and why not another, the access review, and what waits for a second person."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.model.proposals import Difference, Proposal, State, Step
from core.policy.access import Table
from gui.pages.base import Page, People, Shown
from gui.widgets.banner import Banner
from gui.widgets.card import clear
from gui.widgets.label import Heading, PlainLabel

if TYPE_CHECKING:
    from gui.widgets.duties import DutiesTable


class PeoplePage(Page):
    """`signed_off` carries the digest of the table that was shown."""

    signed_off = Signal(str)

    def __init__(self) -> None:
        super().__init__("people", self.tr("People"), "user")
        self._table: Table | None = None
        self.banner = Banner("peopleBanner")
        self.column.addWidget(self.banner)

    @cached_property
    def duties(self) -> "DutiesTable":
        """Made when the page is first looked at."""

        from gui.widgets.duties import DutiesTable

        made = DutiesTable("dutiesTable", self.tr("Who holds which duty"))
        made.chosen.connect(self._cell)
        return made

    @cached_property
    def _area(self) -> QScrollArea:
        """As `duties`."""
        body = QWidget()
        body.setProperty("clear", "true")
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 6, 0)
        self._body.setSpacing(8)
        self._body.addWidget(self.duties)
        self._said = PlainLabel("", "dutiesSaid").quiet()
        self._body.addWidget(self._said)
        self._body.addLayout(self._buttons())
        self._body.addSpacing(12)
        head = QHBoxLayout()
        head.addWidget(Heading(self.tr("Waiting for a second person"), "proposalsTitle", "part"), 1)
        self._all = self._button("approveAll", self.tr("Approve all\u2026"))
        self._all.clicked.connect(lambda: self.wanted.emit("approve", ""))
        head.addWidget(self._all)
        self._body.addLayout(head)
        self._proposals = QVBoxLayout()
        self._body.addLayout(self._proposals)
        self._body.addStretch(1)
        area = QScrollArea()
        area.setObjectName("peopleScroll")
        area.setAccessibleName(self.title)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        return area

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._add = self._button("peopleAdd", self.tr("Add a person\u2026"))
        self._add.clicked.connect(lambda: self.wanted.emit("person", ""))
        row.addWidget(self._add)
        self._of_person: list[QPushButton] = []
        for what, words in (
            ("duties", self.tr("Change duties\u2026")),
            ("restore", self.tr("Lost passphrase\u2026")),
            ("leave", self.tr("Has left\u2026")),
        ):
            button = self._button(f"people_{what}", words)
            button.clicked.connect(lambda _=False, what=what: self.wanted.emit(what, self.duties.current))
            self._of_person.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self._review = self._button("peopleReview", self.tr("Sign off the review"))
        self._review.clicked.connect(self._sign_off)
        row.addWidget(self._review)
        return row

    def _sign_off(self) -> None:
        if self._table is not None:
            self.signed_off.emit(self._table.digest)

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(True)  # Enter presses it, as in a dialog
        button.setObjectName(name)
        button.setAccessibleName(words)
        return button

    def _cell(self, name: str, text: str) -> None:
        self._said.setText(text or self.tr("Choose a cell to read what it means."))
        for button in self._of_person:
            button.setEnabled(bool(name))

    def fill(self, shown: Shown) -> None:
        self.column.addWidget(self._area, 1)
        clear(self._proposals)
        seen = shown.people
        if seen is None:  # the signed rows are being read
            return
        if not isinstance(seen, People):
            from core.words.say import sentence as said

            self.banner.tell("bad", said(seen))
            return
        from core.words.proposals import need

        self._table = seen.table
        self.duties.fill(seen.table)
        self.banner.tell(*self._notice(seen.table))
        for proposal, needs in seen.waiting:
            step = needs[0].step if needs else Step.PERFORMING
            changes = seen.differences.get(proposal.digest, ())
            self._proposals.addWidget(self._card(proposal, shown, [need(each) for each in needs], step, changes))
        self._all.setVisible(sum(each.state is State.WAITING for each, _ in seen.waiting) > 1)
        if not seen.waiting:
            self._proposals.addWidget(PlainLabel(self.tr("Nothing waits."), "proposalsNone").quiet())

    def _notice(self, table: Table) -> tuple[str, str]:
        due = self.tr("The access review was due by {day}. Look at the table, then sign it off.")
        soon = self.tr("The next access review is due by {day}.")
        auditor = self.tr("Nobody is auditor yet; an outsider with no other duty can be.")
        ends = [row.person.full_name for row in table.rows if row.ends_soon]
        parts = [(due if table.overdue else soon).format(day=table.due.isoformat())]
        parts += [] if table.auditor else [auditor]
        parts += [self.tr("Access ends soon: {names}.").format(names=", ".join(ends))] if ends else []
        alone = [row.person.full_name for row in table.rows if row.person.by_one_person]
        parts += [self.tr("Taken in by one person alone: {names}.").format(names=", ".join(alone))] if alone else []
        return ("warn" if table.overdue or ends or alone else "info"), " ".join(parts)

    def _card(
        self, proposal: Proposal, shown: Shown, needs: list[str], step: Step, changes: Sequence[Difference]
    ) -> QFrame:
        from core.words.differences import difference
        from core.words.proposals import sentence

        short = proposal.digest[:8]
        box = QFrame()
        box.setProperty("card", "true")
        column = QVBoxLayout(box)
        column.addWidget(PlainLabel(sentence(proposal), f"proposal_{short}", selectable=True))
        if changes:
            told = "\n".join(difference(each) for each in changes)
            column.addWidget(PlainLabel(told, f"changes_{short}", selectable=True))
        left = self.tr("Needs {what}.").format(what=self.tr("; then ").join(needs))
        column.addWidget(PlainLabel(left, f"needs_{short}").quiet())
        row = QHBoxLayout()
        row.addStretch(1)
        session = shown.desk.session
        own = session is not None and session.operator.name == proposal.proposer
        refuse = self.tr("Withdraw\u2026") if own else self.tr("Refuse\u2026")
        row.addWidget(self._act(f"refuse_{short}", refuse, "refuse", proposal.digest, sentence(proposal)))
        if proposal.state is State.WAITING and step is Step.APPROVAL:
            words = self.tr("Approve\u2026")
            row.addWidget(self._act(f"approve_{short}", words, "approve", proposal.digest, sentence(proposal)))
        elif step is Step.ACCEPTANCE:
            words = self.tr("Take up work\u2026")
            name = str(proposal.facts["name"])
            row.addWidget(self._act(f"accept_{short}", words, "accept", name, sentence(proposal)))
        column.addLayout(row)
        return box

    def _act(self, name: str, words: str, what: str, about: str, sentence_: str) -> QPushButton:
        button = self._button(name, words)
        button.setAccessibleDescription(sentence_)
        button.clicked.connect(lambda: self.wanted.emit(what, about))
        return button

    def badge(self, shown: Shown) -> int:
        return len(shown.people.waiting) if isinstance(shown.people, People) else 0

    def focus_widget(self) -> QWidget:
        return self.duties
