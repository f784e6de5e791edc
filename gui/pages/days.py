"""Days of the calendar as rows and in the detail pane."""

from PySide6.QtCore import QObject

from core.model.calendar import Due
from core.services import calendar
from core.words.calendar import MATTERS
from core.words.tongue import told
from gui.pages.base import Shown
from gui.pages.columns import NONE
from gui.widgets.detail import Detail, Part
from gui.widgets.marks import Mark
from gui.widgets.rows import Column, marked


class DayColumns(QObject):
    """A QObject, so that translators find its sentences."""

    def days(self) -> list[Column]:
        """Everything with a day."""
        return [
            Column(self.tr("Due"), "due", lambda row: row.day.isoformat(), 100),
            marked(self.tr("State"), "state", self.state, 110),
            Column(self.tr("What"), "what", lambda row: told(MATTERS[row.matter], {}), 200),
            Column(self.tr("About"), "about", lambda row: row.about or NONE, 330),
            Column(self.tr("Person"), "owner", lambda row: row.owner or NONE, 120),
            Column(self.tr("Clauses"), "clause", lambda row: ", ".join(row.clauses) or NONE, 100),
        ]

    def state(self, row: Due) -> Mark:
        """Late, or in time."""
        if row.overdue:
            return Mark(self.tr("overdue"), "clock-exclamation", "bad")
        return Mark(self.tr("in time"), "circle-check", "ok")


class DayDetails(QObject):
    """As `DayColumns`."""

    def of(self, name: str, shown: Shown) -> Detail | None:
        """The detail of a day, None where it was not read."""
        found = next((each for each in shown.also.get("duties") or () if each.uid == name), None)
        if found is None:
            return None
        said = (
            (self.tr("Due"), found.day.isoformat()),
            (self.tr("Person"), found.owner or NONE),
            (self.tr("Clauses"), ", ".join(found.clauses) or NONE),
        )
        part = Part("", said, sentence=found.about)
        return Detail(told(MATTERS[found.matter], {}), DayColumns(self).state(found), (part,), calendar.offers(found))
