"""Records as rows and in the detail pane: what they say, who answers for them, their evidence and their versions."""

from PySide6.QtCore import QObject

from core.model.records import FieldType, KindRow, RecordRow, Records, RecordState, Timeliness
from core.policy.records import due, serials, versions
from core.services.advice import offers_for_record
from core.words.records import STATES, TIMES, done_by, label, standing, title, value
from core.words.tongue import told
from gui.pages.base import Shown
from gui.pages.columns import NONE, day
from gui.widgets.detail import Detail, Part
from gui.widgets.marks import Mark
from gui.widgets.rows import Column, marked

_TIMES = {
    Timeliness.GOOD: ("circle-check", "ok"), Timeliness.OPEN: ("player-pause", "accent"),
    Timeliness.REVIEW: ("clock-exclamation", "warn"), Timeliness.LATE: ("clock-exclamation", "bad"),
    Timeliness.EXPIRED: ("alert-triangle", "bad"),
}  # fmt: skip
_OVER = ("archive", "text2")


def mark(row: RecordRow) -> Mark:
    """How a record stands."""
    in_force = row.record.state is RecordState.IN_FORCE
    return Mark(standing(row), *(_TIMES[row.timeliness] if in_force else _OVER))


class RecordColumns(QObject):
    """A QObject, so that translators find its sentences. `wanted` are the kinds that an open clause asks for."""

    wanted: frozenset[str] = frozenset()

    def kinds(self) -> list[Column]:
        """Every kind of record."""
        return [
            Column(self.tr("Kind of record"), "kind", lambda row: row.kind.title, 270),
            marked(self.tr("State"), "state", self.kind, 150),
            Column(self.tr("In force"), "count", lambda row: str(len(row.rows)), 70),
            Column(self.tr("Owner"), "owner", _owners, 120),
            Column(self.tr("Due"), "due", lambda row: row.rows[0].due.isoformat() if row.rows else NONE, 100),
            Column(self.tr("Clauses"), "clause", lambda row: ", ".join(row.kind.clauses) or NONE, 120),
        ]

    def kind(self, row: KindRow) -> Mark:
        """How the worst record of a kind stands."""
        if row.worst is None and row.kind.name in self.wanted:
            return Mark(self.tr("a clause is open"), "alert-triangle", "warn")
        if row.worst is None:
            return Mark(self.tr("none yet"), "circle-dashed", "text2")
        return Mark(told(TIMES[row.worst], {}), *_TIMES[row.worst])

    def records(self) -> list[Column]:
        """The records of one kind."""
        return [
            Column(self.tr("Number"), "number", lambda row: str(row.record.id), 70),
            Column(self.tr("About"), "about", _about, 260),
            marked(self.tr("State"), "state", mark, 150),
            Column(self.tr("Owner"), "owner", lambda row: row.record.owner, 120),
            Column(self.tr("Due"), "due", lambda row: row.due.isoformat(), 100),
            Column(self.tr("Entered (UTC)"), "entered", lambda row: day(row.record.made), 140),
            Column(self.tr("Evidence"), "evidence", lambda row: row.record.evidence or NONE, 160),
        ]


def _owners(row: KindRow) -> str:
    return ", ".join(dict.fromkeys(each.record.owner for each in row.rows)) or NONE


def _about(row: RecordRow) -> str:
    first = row.kind.fields[0]
    return value(first, row.record.facts.get(first.name, ""))


class RecordDetails(QObject):
    """As `RecordColumns`."""

    def of(self, name: str, shown: Shown) -> Detail | None:
        """The detail of a record, None where it was not read."""
        found: Records | None = shown.also.get("records")
        row = next((each for each in found.every if str(each.record.id) == name), None) if found else None
        if found is None or row is None:
            return None
        parts = (
            self._says(row),
            *self._linked(row, shown),
            self._stands(row),
            self._evidence(row),
            self._versions(versions(found.every, row.record.id)),
        )
        return Detail(title(row), mark(row), parts, offers_for_record(row))

    def _says(self, row: RecordRow) -> Part:
        said = [(label(each), value(each, row.record.facts.get(each.name, "")) or NONE) for each in row.kind.fields]
        counted = due(row.kind, row.record.facts)
        return Part("", tuple(said), sentence=done_by(counted) if counted else "")

    def _linked(self, row: RecordRow, shown: Shown) -> list[Part]:
        """The certificates that an incident names, and whether they are revoked."""
        named = [one for each in row.kind.fields if each.type is FieldType.SERIALS
                 for one in serials(row.record.facts.get(each.name, ""))]  # fmt: skip
        if not named or shown.hierarchy is None:
            return []
        from gui.pages.ca.states import certificate

        known = ((serial, shown.hierarchy.certificate(serial)) for serial in named)
        return [Part(self.tr("Certificates concerned"), tuple((serial, certificate(one.state).word if one else NONE) for serial, one in known))]  # fmt: skip

    def _stands(self, row: RecordRow) -> Part:
        record = row.record
        said = [
            (self.tr("Owner"), record.owner),
            (self.tr("Next review"), record.review.isoformat()),
            (self.tr("Entered"), f"{day(record.made)} UTC, {record.made_by}"),
        ]
        if record.proposal:
            said.append((self.tr("Agreed"), self.tr("by two people")))
        if record.state is not RecordState.IN_FORCE:
            said.append((self.tr("Ended"), f"{record.ended[:16].replace('T', ' ')} UTC, {record.ended_by}"))
            said.append((self.tr("Because"), record.because or told(STATES[record.state], {})))
        said.append((self.tr("Clauses"), ", ".join(row.kind.clauses) or NONE))
        return Part(self.tr("How it stands"), tuple(said))

    def _evidence(self, row: RecordRow) -> Part:
        record = row.record
        if not record.evidence:
            return Part(self.tr("Evidence"), sentence=self.tr("No file was named."))
        digits = "\u200b".join(record.sha256[at : at + 8] for at in range(0, len(record.sha256), 8))
        said = ((self.tr("File"), record.evidence), (self.tr("SHA-256"), digits))
        return Part(self.tr("Evidence"), said)

    def _versions(self, found: tuple[RecordRow, ...]) -> Part:
        words = self.tr("{day} UTC, {person}: {state}")
        said = [
            (str(each.record.id), words.format(day=day(each.record.made), person=each.record.made_by, state=standing(each)))
            for each in found
        ]  # fmt: skip
        return Part(self.tr("Versions"), tuple(said))
