"""Clauses as rows and in the detail pane: the state in words with a sign, the quote, the rule and its test, the evidence."""

from PySide6.QtCore import QObject

from core.late import dataclass
from core.model.compliance import ClauseRow, ClauseState, Compliance, Evidence, StandardRow
from core.policy.register import section
from core.services.advice import offers_for_clause
from core.words.audit import event
from core.words.compliance import HOWS, STATES, what_to_do, what_to_do_of_standard
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


def state(row: ClauseRow | StandardRow) -> Mark:
    """How a clause, or what an RFC asks, stands."""
    return Mark(told(STATES[row.state], {}), *_STATES[row.state])


def _due(row: ClauseRow | StandardRow) -> str:
    return row.due.isoformat() if row.due else NONE


class ClauseColumns(QObject):
    """A QObject, so that translators find its sentences."""

    def clauses(self) -> list[Column]:
        """Every clause of the register, in its order, and what RFCs ask beside them."""
        return [
            Column(self.tr("Clause"), "clause", lambda row: row.name, 120),
            marked(self.tr("State"), "state", state, 160),
            Column(self.tr("Owner"), "owner", lambda row: row.owner or NONE, 90),
            Column(self.tr("Due"), "due", _due, 90),
            Column(self.tr("What it asks"), "asks", lambda row: row.asks, 200),
        ]

    def agreed(self) -> list[Column]:
        """Waivers and decisions."""
        return [
            Column(self.tr("Number"), "number", lambda row: row.name, 75),
            Column(self.tr("Clause"), "clause", lambda row: row.clause, 75),
            marked(self.tr("What"), "what", self._what, 160),
            Column(self.tr("Counts until"), "until", lambda row: row.until, 100),
            Column(self.tr("Look again by"), "review", lambda row: row.review, 100),
            Column(self.tr("Ticket"), "ticket", lambda row: row.ticket, 100),
            Column(self.tr("Reason"), "reason", lambda row: row.reason, 250),
        ]

    def _what(self, row: "Agreed") -> Mark:
        word = self.tr("waiver") if row.what == "waiver" else self.tr("decision")
        if row.active:
            return Mark(word, "player-pause" if row.what == "waiver" else "arrows-exchange", "warn")
        return Mark(self.tr("{what}, over").format(what=word), "archive", "text2")


@dataclass(frozen=True)
class Agreed:
    """What two people agreed on beside the clauses: a waiver or a decision."""

    name: str
    clause: str
    what: str
    until: str
    review: str
    reason: str
    ticket: str
    active: bool


def agreements(found: Compliance) -> list[Agreed]:
    """Every waiver and decision that there was, the newest first."""
    waivers = [
        Agreed(f"W-{each.id}", each.clause, "waiver", f"{each.until}", f"{each.review}", each.reason, each.ticket, each.active(found.day))
        for each in found.waivers
    ]  # fmt: skip
    told_of, decisions = set[str](), []
    for one in found.decisions:  # the newest of a clause counts
        counts = one.clause not in told_of
        told_of.add(one.clause)
        said = (f"D-{one.id}", one.clause, "decision", f"{one.value}", f"{one.review}", one.reason, one.ticket, counts)
        decisions.append(Agreed(*said))
    return [*waivers, *decisions]


class ClauseDetails(QObject):
    """As `ClauseColumns`."""

    def of(self, name: str, shown: Shown) -> Detail | None:
        """The detail of a clause or of what an RFC asks, None where it was not read."""
        found: Compliance | None = shown.also.get("compliance")
        row = next((each for each in found.every if each.name == name), None) if found else None
        if row is None:
            return None
        if isinstance(row, StandardRow):
            return self._standard(row)
        parts = [
            self._asks(row),
            Part(self.tr("What to do next"), sentence=what_to_do(row)),
            Part(self.tr("The guidance, word for word"), sentence=row.clause.quote),
            *self._agreed(row),
            *self._rules(row),
            self._evidence(row),
        ]
        return Detail(row.clause.id, state(row), tuple(parts), offers_for_clause(row))

    def _standard(self, row: StandardRow) -> Detail:
        """What a section of an RFC asks; its words are ours, so nothing is quoted."""
        parts = [
            Part("", ((self.tr("Met by"), told(HOWS[row.register.how], {})),), sentence=row.asks),
            Part(self.tr("What to do next"), sentence=what_to_do_of_standard(row)),
            *self._rules(row),
            self._evidence(row),
        ]
        return Detail(section(row.name), state(row), tuple(parts), ())

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

    def _rules(self, row: ClauseRow | StandardRow) -> list[Part]:
        """Names as they stand in the source: a line each, cut at their own marks."""
        rules, proofs = row.register.rules, row.register.proofs
        found = []
        if rules:
            found.append(Part(self.tr("Rules of the program"), sentence="\n".join(map(_broken, rules))))
        if proofs:
            found.append(Part(self.tr("Tests that fail without them"), sentence="\n".join(map(_broken, proofs))))
        return found

    def _evidence(self, row: ClauseRow | StandardRow) -> Part:
        """A line each: what was done is too long for the column of names."""
        records = row.records if isinstance(row, ClauseRow) else ()
        said = [f"{self._record(each.record.id)}: {self._reviewed(each.kind.title, each.due)}" for each in records]
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
