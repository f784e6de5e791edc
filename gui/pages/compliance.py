"""Compliance: how every clause stands, who answers for it and by when; read a moment after the pages are painted."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout

from core.model.advice import Act
from core.services.desk import Desk
from core.words.advice import button
from core.words.tongue import told
from gui.pages.base import WITH_A_CA, Saving, Shown, TablePage, Target
from gui.widgets.label import Heading

if TYPE_CHECKING:  # the first window does without them
    from core.model.compliance import ClauseRow, Compliance, StandardRow
    from gui.widgets.rows import Column

_DAYS = (7, 30, 90)


class CompliancePage(TablePage):
    """Every clause of the register, then what RFCs ask beside it; open and overdue ones are counted beside its name.

    Below, every waiver and decision that there was, where there is one.
    """

    details = True

    def __init__(self) -> None:
        self._wait = (self.tr("How every clause stands is being read\u2026"), "", "")
        title = self.tr("Compliance")
        super().__init__("compliance", title, "checklist", self._clauses, lambda row: row.name, self._wait)
        self._said, self._made = "", False
        self._found: Compliance | None = None

    def _clauses(self) -> "list[Column]":
        from gui.pages.clauses import ClauseColumns

        return ClauseColumns(self).clauses()

    def _make(self) -> None:
        """What stands around the table, when the page is first looked at."""
        from core.words.compliance import STATES
        from gui.pages.clauses import ClauseColumns

        self._made = True
        self.save = QPushButton(self.tr("Save report\u2026"))
        self.save.setObjectName("complianceSave")
        self.save.setAccessibleName(self.tr("Save the assurance report as PDF, HTML, Markdown or JSON"))
        self.save.clicked.connect(self._save)
        self.head.addWidget(self.save)
        self.filters = QHBoxLayout()
        self.column.addLayout(self.filters)
        states = [(each.value, told(word, {})) for each, word in STATES.items()]
        self.state = self._choice("complianceState", self.tr("State"), [("", self.tr("Every state")), *states])
        self.person = self._choice("compliancePerson", self.tr("Person"), [("", self.tr("Every person"))])
        within = self.tr("Due within {count} days")
        days = [(str(each), within.format(count=each)) for each in _DAYS]
        self.day = self._choice(
            "complianceDue", self.tr("Due"), [("", self.tr("Every day")), ("0", self.tr("Overdue")), *days]
        )
        self.body = QVBoxLayout()
        self.column.addLayout(self.body, 4)
        self._below(ClauseColumns(self).agreed())

    def _below(self, columns: "list[Column]") -> None:
        """What two people left or put in the place of a date: proposed here, and listed."""
        from gui.widgets.table import DataTable

        row = QHBoxLayout()
        row.addWidget(Heading(self.tr("Waivers and decisions"), "agreedTitle", "part"), 1)
        self.waive = self._asks("complianceWaive", Act.WAIVE, self.tr("Waive\u2026"))
        self.decide = self._asks("complianceDecide", Act.DECIDE, self.tr("Decide\u2026"))
        row.addWidget(self.waive)
        row.addWidget(self.decide)
        self.column.addLayout(row)
        self.agreed = DataTable("agreedTable", self.tr("Waivers and decisions"), columns, lambda row: row.name)
        self.column.addWidget(self.agreed, 1)

    def _asks(self, name: str, act: Act, text: str) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(name)
        made.setAccessibleName(button(act))
        made.clicked.connect(lambda: self.wanted.emit(act.value, ""))
        return made

    def _choice(self, name: str, label: str, options: list[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(label)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        for value, text in options:
            box.addItem(text, value)
        box.currentIndexChanged.connect(lambda _at: self._again())
        self.filters.addWidget(box, 1)
        return box

    def look_up(self, desk: Desk) -> "Compliance":
        from core.services import compliance

        return compliance.status(desk)

    def looked_up(self, _desk: Desk, _found: object, said: str) -> None:
        self._said = said

    def fill(self, shown: Shown) -> None:
        from gui.pages.clauses import agreements

        if not self._made:
            self._make()
        self._found = found = shown.also.get("compliance")
        self._empty = (
            (self._said or self.tr("No clause stands so."), "", "") if "compliance" in shown.also else self._wait
        )
        self.save.setEnabled(found is not None)
        self._people()
        agreed = agreements(found) if found else []
        self.agreed.fill(agreed)
        self.agreed.setVisible(bool(agreed))
        self.decide.setVisible(shown.desk.workspace.kind in WITH_A_CA)
        self._again()

    def _people(self) -> None:
        """Who answers for a clause now; the choice stays where it still is one."""
        rows, chosen = (self._found.rows if self._found else ()), self.person.currentData()
        names = sorted({row.owner for row in rows if row.owner})
        if names == [self.person.itemData(at) for at in range(1, self.person.count())]:
            return
        self.person.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        while self.person.count() > 1:
            self.person.removeItem(1)
        for each in names:
            self.person.addItem(each, each)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))
        self.person.blockSignals(False)  # noqa: FBT003

    def _again(self) -> None:
        every = self._found.every if self._found else ()
        self.show_rows([row for row in every if self._wanted(row)])

    def _wanted(self, row: "ClauseRow | StandardRow") -> bool:
        assert self._found is not None  # noqa: S101 - its rows are asked about
        state, person, within = (each.currentData() for each in (self.state, self.person, self.day))
        if (state and row.state.value != state) or (person and row.owner != person):
            return False
        if not within:
            return True
        last = self._found.day + timedelta(days=int(within) if within != "0" else -1)
        return row.due is not None and row.due <= last

    def _save(self) -> None:
        """The assurance report, as it stands when it is written; it carries a checkpoint as on the command line."""
        from core.services import checkpoints, compliance
        from core.words.assurance import paper
        from gui.saving import PAPERS, save_paper

        def write(desk: Desk, path: Path) -> None:
            save_paper(path, lambda: paper(compliance.status(desk), desk.workspace, checkpoints.for_paper(desk)))

        self.saves.emit(Saving(self.tr("Save the assurance report"), "assurance.pdf", PAPERS, write))

    def badge(self, shown: Shown) -> int:
        found: Compliance | None = shown.also.get("compliance")
        return found.waiting if found else 0

    def about(self, row: Any) -> Target | None:
        return Target("clause", row.name) if row is not None else None
