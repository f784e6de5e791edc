"""Clauses as rows and in the detail pane: the state in words with a sign, the quote, the rule and its test, the evidence."""

from PySide6.QtCore import QObject

from core.errors.base import Expected
from core.model.compliance import ClauseRow, ClauseState, Evidence
from core.services import compliance
from core.words.audit import event
from core.words.compliance import HOWS, STATES, what_to_do
from core.words.tongue import told
from gui.pages.base import Shown
from gui.pages.columns import NONE, day
from gui.widgets.detail import Detail, Part
from gui.widgets.marks import Mark
from gui.widgets.rows import Column, marked

_STATES = {
    ClauseState.OVERDUE: ("clock-exclamation", "bad"), ClauseState.OPEN: ("alert-triangle", "warn"),
    ClauseState.REPLACED: ("arrows-exchange", "warn"), ClauseState.WAIVED: ("player-pause", "warn"),
    ClauseState.ATTESTED: ("rubber-stamp", "ok"), ClauseState.RECORDED: ("clipboard-check", "ok"),
    ClauseState.ENFORCED: ("circle-check", "ok"), ClauseState.OPTIONAL: ("info-circle", "text2"),
    ClauseState.NOT_YET: ("circle-dashed", "text2"),
}  # fmt: skip


def state(row: ClauseRow) -> Mark:
    """How a clause stands."""
    return Mark(told(STATES[row.state], {}), *_STATES[row.state])


def _due(row: ClauseRow) -> str:
    return row.due.isoformat() if row.due else NONE


class ClauseColumns(QObject):
    """A QObject, so that translators find its sentences."""

    def clauses(self) -> list[Column]:
        """Every clause of the register, in its order."""
        return [
            Column(self.tr("Clause"), "clause", lambda row: row.clause.id, 75),
            marked(self.tr("State"), "state", state, 160),
            Column(self.tr("Owner"), "owner", lambda row: row.owner or NONE, 90),
            Column(self.tr("Due"), "due", _due, 90),
            Column(self.tr("What it asks"), "asks", lambda row: row.clause.asks, 200),
        ]


class ClauseDetails(QObject):
    """As `ClauseColumns`."""

    def of(self, name: str, shown: Shown) -> Detail | None:
        """The detail of a clause, None where the signed rows cannot be read."""
        try:
            row = compliance.clause(shown.desk, name)
        except Expected:
            return None
        parts = [
            self._asks(row),
            Part(self.tr("What to do next"), sentence=what_to_do(row)),
            Part(self.tr("The guidance, word for word"), sentence=row.clause.quote),
            *self._agreed(row),
            *self._rules(row),
            self._evidence(row),
        ]
        return Detail(row.clause.id, state(row), tuple(parts), ())

    def _asks(self, row: ClauseRow) -> Part:
        facts = (
            (self.tr("Its verb"), row.clause.strength),
            (self.tr("Met by"), told(HOWS[row.register.how], {})),
            (self.tr("Owner"), row.owner or NONE),
            (self.tr("Due"), _due(row)),
        )
        return Part("", facts, sentence=row.clause.asks)

    def _agreed(self, row: ClauseRow) -> list[Part]:
        """What two people put in its place, or left out for a while."""
        found = []
        if row.decision is not None:
            said = [(self.tr("Number"), f"D-{row.decision.id}"), (self.tr("Counts until"), f"{row.decision.value}")]
            said += [(self.tr("Look again by"), f"{row.decision.review}"), (self.tr("Ticket"), row.decision.ticket)]
            found.append(Part(self.tr("Decision"), tuple(said), sentence=row.decision.reason))
        if row.waiver is not None:
            said = [(self.tr("Until"), f"{row.waiver.until}"), (self.tr("Look again by"), f"{row.waiver.review}")]
            said.append((self.tr("Ticket"), row.waiver.ticket))
            found.append(Part(self.tr("Waiver"), tuple(said), sentence=row.waiver.reason))
        return found

    def _rules(self, row: ClauseRow) -> list[Part]:
        """Names as they stand in the source: a line each, cut at their own marks."""
        rules, proofs = row.register.rules, row.register.proofs
        found = []
        if rules:
            found.append(Part(self.tr("Rules of the program"), sentence="\n".join(map(_broken, rules))))
        if proofs:
            found.append(Part(self.tr("Tests that fail without them"), sentence="\n".join(map(_broken, proofs))))
        return found

    def _evidence(self, row: ClauseRow) -> Part:
        """A line each: what was done is too long for the column of names."""
        said = [f"{self._record(each.record.id)}: {self._reviewed(each.kind.title, each.due)}" for each in row.records]
        said += [f"{event(each.action)}: {self._entries(each)}" for each in row.evidence]
        none = self.tr("Neither a record nor an entry of the ledger shows it yet.")
        return Part(self.tr("Evidence"), sentence="\n".join(said) or none)

    def _record(self, number: int) -> str:
        return self.tr("Record {number}").format(number=number)

    def _reviewed(self, title: str, due: object) -> str:
        return self.tr("{title}; due {due}").format(title=title, due=due)

    def _entries(self, found: Evidence) -> str:
        said = self.tr("{count} in the ledger; the newest is entry {number}, {day} UTC, {person}")
        return said.format(count=found.count, number=found.number, day=day(found.time), person=found.actor)


def _broken(name: str) -> str:
    """A long name may be cut after a full stop, a colon or an underscore, where the pane is narrow."""
    for mark in (".", ":", "_", "/"):
        name = name.replace(mark, f"{mark}\u200b")
    return name
