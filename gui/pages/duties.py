"""Duties: every day by which something has to be done, the soonest first, each with the button that leads to it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QPushButton

from core.services.desk import Desk
from core.words.tongue import told
from gui.pages.base import Saving, Shown, TablePage, Target

if TYPE_CHECKING:  # the first window does without them
    from core.model.calendar import Due
    from gui.widgets.rows import Column


class DutiesPage(TablePage):
    """Read a moment after the pages are painted; what is late is counted beside its name."""

    details = True

    def __init__(self) -> None:
        self._wait = (self.tr("The calendar is being read\u2026"), "", "")
        title = self.tr("Duties")
        super().__init__("duties", title, "clock-exclamation", self._days, lambda row: row.uid, self._wait)
        self._said, self._made = "", False

    def _days(self) -> "list[Column]":
        from gui.pages.days import DayColumns

        return DayColumns(self).days()

    def _make(self) -> None:
        """What stands above the table, when the page is first looked at."""
        from core.words.calendar import MATTERS

        self._made = True
        self.which = QComboBox()
        self.which.setObjectName("dutiesWhich")
        self.which.setAccessibleName(self.tr("Which days are shown"))
        self.which.addItem(self.tr("Everything"), "all")
        self.which.addItem(self.tr("Overdue"), "late")
        for matter, words in MATTERS.items():
            self.which.addItem(told(words, {}), matter.value)
        self.which.currentIndexChanged.connect(lambda _at: self._again())
        self.save = QPushButton(self.tr("Save as calendar\u2026"))
        self.save.setObjectName("dutiesSave")
        self.save.setAccessibleName(self.tr("Save the days shown as a calendar file (.ics)"))
        self.save.clicked.connect(self._save)
        self.head.addWidget(self.which)
        self.head.addWidget(self.save)

    def look_up(self, desk: Desk) -> "tuple[Due, ...]":
        from core.services import calendar

        return calendar.due(desk)

    def looked_up(self, _desk: Desk, _found: object, said: str) -> None:
        self._said = said

    def fill(self, shown: Shown) -> None:
        if not self._made:
            self._make()
        found = shown.also.get("duties")
        read = "duties" in shown.also
        self._empty = (self._said or self.tr("Nothing is due."), "", "") if read else self._wait
        self._due: tuple[Due, ...] = found or ()
        self._again()

    def _again(self) -> None:
        found = [row for row in self._due if self._wanted(row)]
        self.save.setEnabled(bool(found))
        self.show_rows(found)

    def _save(self) -> None:
        from core.services import calendar
        from core.words.calendar import MATTERS

        found = [row for row in self._due if self._wanted(row)]
        words = [told(MATTERS[each.matter], {}) for each in found]

        def write(desk: Desk, path: Path) -> None:
            from core.media.files import write_over

            write_over(path, calendar.as_ics(desk, found, words))

        self.saves.emit(Saving(self.tr("Save as calendar"), "duties.ics", "iCalendar (*.ics)", write))

    def _wanted(self, row: "Due") -> bool:
        which = self.which.currentData()
        return which == "all" or (row.overdue if which == "late" else row.matter.value == which)

    def badge(self, shown: Shown) -> int:
        return sum(1 for each in shown.also.get("duties") or () if each.overdue)

    def about(self, row: Any) -> Target | None:
        return Target("due", row.uid) if row is not None else None
