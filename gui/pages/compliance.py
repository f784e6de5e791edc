"""Compliance: how every clause stands, who answers for it and by when; read a moment after the pages are painted."""

from typing import TYPE_CHECKING, Any

from core.services.desk import Desk
from gui.pages.base import Shown, TablePage, Target

if TYPE_CHECKING:  # the first window does without them
    from core.model.compliance import Compliance
    from gui.widgets.rows import Column


class CompliancePage(TablePage):
    """Every clause of the register; open and overdue ones are counted beside its name."""

    details = True

    def __init__(self) -> None:
        self._wait = (self.tr("How every clause stands is being read\u2026"), "", "")
        title = self.tr("Compliance")
        super().__init__("compliance", title, "checklist", self._made, lambda row: row.clause.id, self._wait)
        self._desk: Desk | None = None
        self._found: Compliance | None = None

    def _made(self) -> "list[Column]":
        from gui.pages.clauses import ClauseColumns

        return ClauseColumns(self).clauses()

    def look_up(self, desk: Desk) -> "Compliance":
        from core.services import compliance

        return compliance.status(desk)

    def looked_up(self, desk: Desk, found: "Compliance | None", said: str) -> None:
        self._desk, self._found = desk, found
        self._empty = (said, "", "")

    def fill(self, shown: Shown) -> None:
        found = self._of(shown)
        if shown.desk is not self._desk:
            self._empty = self._wait
        self.show_rows(found.rows if found else ())

    def badge(self, shown: Shown) -> int:
        found = self._of(shown)
        return found.waiting if found else 0

    def about(self, row: Any) -> Target | None:
        return Target("clause", row.clause.id) if row is not None else None

    def _of(self, shown: Shown) -> "Compliance | None":
        """Nothing of another workspace, which was open before."""
        return self._found if shown.desk is self._desk else None
