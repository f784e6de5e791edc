"""Records: every kind with how many there are, how they stand, whose they are and when the next is due; one kind's below."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QSplitter, QVBoxLayout, QWidget

from core.model.advice import Act
from core.model.records import KindRow, RecordState
from core.services.desk import Desk
from gui.pages.base import Shown, TablePage, Target
from gui.widgets.detail import words

if TYPE_CHECKING:  # the first window does without them
    from core.model.compliance import Compliance
    from core.model.records import Records
    from gui.widgets.rows import Column


class RecordsPage(TablePage):
    """Read a moment after the pages are painted; kinds with something late are counted beside its name."""

    details = True

    def __init__(self) -> None:
        self._wait = (self.tr("The records are being read\u2026"), "", "")
        title = self.tr("Records")
        super().__init__("records", title, "clipboard-check", self._kinds, lambda row: row.kind.name, self._wait)
        self._said, self._made = "", False

    def _kinds(self) -> "list[Column]":
        from gui.pages.recorded import RecordColumns

        self._columns_of = RecordColumns(self)
        return self._columns_of.kinds()

    def _make(self) -> None:
        """What stands around the table, when the page is first looked at."""
        from gui.pages.recorded import RecordColumns
        from gui.widgets.table import DataTable

        self._made = True
        self.which, self.when = QComboBox(), QComboBox()
        self._offer(self.which, "recordsWhich", self.tr("Which kinds are shown"), self._which())
        self._offer(self.when, "recordsWhen", self.tr("Which records of the kind are shown"), self._when())
        self.enter = QPushButton(words(Act.RECORD))
        self.enter.setObjectName("recordsEnter")
        self.enter.setAccessibleName(self.tr("Enter a record of the chosen kind"))
        self.enter.clicked.connect(lambda: self.wanted.emit(Act.RECORD.value, self._kind()))
        self.head.addWidget(self.enter)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        above = QWidget()
        above.setProperty("clear", "true")
        above.setLayout(self.body)
        columns = RecordColumns(self).records()
        self.lines = DataTable("recordLines", self.tr("Records of the chosen kind"), columns, lambda row: row.record.id)
        self.lines.chosen.connect(lambda _row: self.chosen.emit(self.target()))
        self.lines.opened.connect(lambda row: self.opened.emit(self._target(row)))
        self.lines.menu.connect(lambda row, at: self.menu.emit(self._target(row), at))
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setObjectName("recordsParts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(above)
        parts.addWidget(self.lines)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        self.column.addWidget(parts, 1)
        self.table.chosen.connect(lambda _row: self._tell())

    def _offer(self, box: QComboBox, name: str, label: str, options: list[tuple[str, str]]) -> None:
        box.setObjectName(name)
        box.setAccessibleName(label)
        for value, text in options:
            box.addItem(text, value)
        box.currentIndexChanged.connect(lambda _at: self._again())
        self.head.addWidget(box)

    def _which(self) -> list[tuple[str, str]]:
        return [
            ("all", self.tr("All kinds")),
            ("asked", self.tr("For an open clause")),
            ("late", self.tr("Overdue")),
            ("some", self.tr("With records")),
            ("none", self.tr("Without records")),
        ]

    def _when(self) -> list[tuple[str, str]]:
        return [("now", self.tr("In force")), ("ever", self.tr("All versions"))]

    def look_up(self, desk: Desk) -> "Records":
        from core.services import records

        return records.overview(desk)

    def looked_up(self, _desk: Desk, _found: object, said: str) -> None:
        self._said = said

    def fill(self, shown: Shown) -> None:
        from core.policy.records import asked_for

        if not self._made:
            self._make()
        self._found: Records | None = shown.also.get("records")
        standing: Compliance | None = shown.also.get("compliance")
        self._asked = asked_for(standing.rows) if standing else frozenset[str]()
        self.table  # noqa: B018 - its columns say which kinds are asked for
        self._columns_of.wanted = self._asked
        read = "records" in shown.also
        self._empty = (self._said or self.tr("Nothing of that."), "", "") if read else self._wait
        self._again()

    def _again(self) -> None:
        found = self._found
        self.enter.setEnabled(found is not None)
        self.show_rows([row for row in found.kinds if self._wanted(row)] if found else ())
        if self.table.current is None and self.table.rows.rowCount():
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self._tell()

    def _wanted(self, row: KindRow) -> bool:
        shows = {
            "asked": row.kind.name in self._asked,
            "late": row.late > 0,
            "some": bool(row.rows),
            "none": not row.rows,
        }
        return shows.get(self.which.currentData(), True)

    def _kind(self) -> str:
        row: Any = self.table.current
        return row.kind.name if row is not None else ""

    def _tell(self) -> None:
        """The records of the chosen kind; the one that is due first is chosen."""
        found, kind = self._found, self._kind()
        every = [row for row in found.every if row.kind.name == kind] if found else []
        if self.when.currentData() == "now":
            every = [row for row in every if row.record.state is RecordState.IN_FORCE]
        self.lines.fill(every)
        if every and self.lines.current is None:
            self.lines.setCurrentIndex(self.lines.rows.index(0, 0))

    def badge(self, shown: Shown) -> int:
        found: Records | None = shown.also.get("records")
        return sum(row.late for row in found.kinds) if found else 0

    def about(self, _row: Any) -> Target | None:
        """A kind is no thing of its own: the pane shows the record that is chosen below."""
        return self.target()

    def _target(self, row: Any) -> Target | None:
        return Target("record", str(row.record.id)) if row is not None else None

    def target(self) -> Target | None:
        return self._target(self.lines.current) if self._made else None
