"""Custody: the CA keys and who opens them together, where they were, and the recovery sheets."""

from typing import Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from core.model.advice import Act
from core.model.custody import Entry, HeldKey, Sheet
from core.services import opening, recovery
from core.words.custody import key_line
from core.words.hierarchy import CA_KEYS
from core.words.states import SHEETS
from gui.pages.base import WITH_A_CA, Shown, TablePage
from gui.pages.columns import NONE
from gui.widgets.label import Heading, PlainLabel
from gui.widgets.rows import Column
from gui.widgets.table import DataTable


class CustodyPage(TablePage):
    """The register and the sentence are of the key that is chosen, the first one where none is."""

    kinds = WITH_A_CA

    def __init__(self) -> None:
        empty = (self.tr("There is no CA key here yet."), "", "")
        super().__init__("custody", self.tr("Custody"), "lock", self._keys, lambda row: row.name, empty)
        self._shown: Shown | None = None
        self.body = QVBoxLayout()  # the table is made later, and stands above what it is asked for
        self.column.addLayout(self.body, 1)
        self.drill = QPushButton(self.tr("Prove the quorum (drill)\u2026"))
        self.drill.setObjectName("custodyDrill")
        self.drill.setAccessibleName(self.tr("Prove the quorum of the chosen key"))
        self.drill.clicked.connect(self._drill)
        self.head.addWidget(self.drill)
        own = QPushButton(self.tr("Draw my sheet\u2026"))
        own.setObjectName("custodySheet")
        own.setAccessibleName(self.tr("Draw my own recovery sheet"))
        own.clicked.connect(lambda: self.wanted.emit(Act.OWN_SHEET.value, ""))
        self.head.addWidget(own)
        self.said = PlainLabel("", "custodySaid", selectable=True)
        self.column.addWidget(self.said)
        self.column.addWidget(Heading(self.tr("Custody register"), "registerTitle", "part"))
        self.register = DataTable("registerTable", self.tr("Custody register"), self._lines(), lambda row: row)
        self.column.addWidget(self.register, 1)
        self.column.addWidget(Heading(self.tr("Recovery sheets"), "sheetsTitle", "part"))
        self.sheets = DataTable("sheetsTable", self.tr("Recovery sheets"), self._sheets(), lambda row: row.number)
        self.column.addWidget(self.sheets, 1)
        self.table.chosen.connect(lambda _row: self._tell())

    def _keys(self) -> list[Column]:
        return [
            Column(self.tr("Key"), "key", lambda row: row.name, 150),
            Column(self.tr("Type"), "type", lambda row: CA_KEYS[row.type], 90),
            Column(self.tr("Kept"), "kept", self._kept, 180),
            Column(self.tr("Opens with"), "quorum", self._quorum, 100),
            Column(self.tr("Custodians"), "custodians", _holders, 220),
            Column(self.tr("Generation"), "generation", lambda row: str(row.sealed.generation), 90),
            Column(self.tr("Since"), "since", lambda row: row.created[:10], 100),
        ]

    def _lines(self) -> list[Column]:
        return [
            Column(self.tr("Time (UTC)"), "time", lambda row: row.time[:16].replace("T", " "), 150),
            Column(self.tr("What"), "what", lambda row: row.what, 90),
            Column(self.tr("Who"), "who", lambda row: row.holder, 140),
            Column(self.tr("Place"), "place", lambda row: row.place or NONE, 220),
            Column(self.tr("Seal"), "seal", lambda row: row.seal or NONE, 120),
        ]

    def _sheets(self) -> list[Column]:
        return [
            Column(self.tr("Sheet"), "sheet", lambda row: str(row.number), 70),
            Column(self.tr("Of"), "of", lambda row: row.owner, 140),
            Column(self.tr("State"), "state", lambda row: SHEETS[row.state], 100),
            Column(self.tr("Opens"), "opens", lambda row: ", ".join(row.covers), 220),
            Column(self.tr("Printed"), "printed", lambda row: row.created[:10], 100),
        ]

    def _kept(self, key: HeldKey) -> str:
        if key.token is None:
            return self.tr("software key")
        return self.tr("token {label} ({serial})").format(label=key.token.label, serial=key.token.serial)

    def _quorum(self, key: HeldKey) -> str:
        if key.destroyed:
            return self.tr("nobody: destroyed")
        return self.tr("{quorum} of {count}").format(quorum=key.sealed.quorum, count=len(key.holders))

    def fill(self, shown: Shown) -> None:
        self._shown = shown
        keys = opening.keys(shown.desk)
        self.show_rows(keys)
        if keys and self.table.current is None:
            self.table.choose(keys[0].name)
        sheets: tuple[Sheet, ...] = recovery.sheets(shown.desk)
        self.sheets.fill(sheets)
        self._tell()

    def _tell(self) -> None:
        key: Any = self.table.current
        lines: tuple[Entry, ...] = opening.register(self._shown.desk, key) if self._shown and key else ()
        self.said.setText(key_line(key) if key else "")
        self.drill.setEnabled(key is not None and not key.destroyed)
        self.drill.setToolTip(
            self.tr("The key is destroyed: there is nothing to open.") if key and key.destroyed else ""
        )
        self.register.fill(lines[::-1])

    def _drill(self) -> None:
        key = self.table.current
        if key is not None:
            self.wanted.emit(Act.DRILL.value, key.name)


def _holders(key: HeldKey) -> str:
    return ", ".join(each.name for each in key.holders)
