"""Read back: the commands for the device, what it printed, and the answer key by key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem
from shiboken6 import isValid

from core.flows.readback import ReadBack
from core.model.links import ReadBack as Answer
from core.model.links import Reading
from core.services import readback
from core.services.perform import perform
from core.words.names import READING_NEXT, READING_WORDS
from core.words.states import printed_identity
from gui.bench import Bench
from gui.widgets.icons import icon
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.source import SourcePage
from gui.wizards.wizard import Wizard, Work

_ICONS = {
    Reading.AS_APPROVED: ("circle-check", "ok"),
    Reading.UNKNOWN: ("circle-x", "bad"),
    Reading.WRONG_IDENTITY: ("alert-triangle", "bad"),
    Reading.MISSING: ("circle-dashed", "warn"),
}


class _Device(Page):
    def __init__(self, host: ReadBackWizard) -> None:
        super().__init__(host, "device")
        self.titled(
            self.tr("Device"),
            self.tr("Which device is read back?"),
            self.tr("Type the commands on it and take their whole output: all it prints, nothing cut."),
        )
        names = [("", self.tr("Choose\u2026")), *((each.name, each.name) for each in host.known.active)]
        self.choice("device", self.tr("&Device"), names)
        self.commands = Copyable("commands", self.tr("What to type on the device"), lines=8, wraps=True)
        self.column.addWidget(self.commands)
        self._asked = ""

    def update_page(self) -> None:
        """The commands of every link that the device is in."""
        host, name = self.host, str(self.host.flow.value("device") or "")
        if not isinstance(host, ReadBackWizard) or name == self._asked:
            return
        self._asked = name
        self.commands.tell("")
        if name:
            desk = host.desk

            def ended(lines: Any, error: BaseException | None) -> None:
                if isValid(self) and self._asked == name and error is None:
                    self.commands.tell("\n".join(lines) or self.tr("Nothing can be exported to it yet."))

            host.bench.lane.do(lambda: readback.commands(desk, name), ended)


class _Paste(SourcePage):
    def __init__(self, host: Wizard) -> None:
        super().__init__(host, "paste")
        self.titled(
            self.tr("Output"),
            self.tr("What did it print?"),
            self.tr("The output of several commands may stand one below the other. A private key is refused."),
        )
        self.source(self.tr("&File"), self.tr("or &paste it"), self.tr("The whole output."), lines=10)


class _Answer(Done):
    def __init__(self, host: ReadBackWizard) -> None:
        super().__init__(host, host.said, host.onward, "answer")
        self.titled(
            self.tr("Answer"), self.tr("What the device holds"), self.tr("Every key it printed or should have printed.")
        )
        titles = [self.tr("Key of"), self.tr("Identity"), self.tr("Answer"), self.tr("What to do")]
        self.table = QTableWidget(0, len(titles))
        self.table.setObjectName("readings")
        self.table.setAccessibleName(self.tr("Answer, key by key"))
        self.table.setHorizontalHeaderLabels(titles)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setMinimumHeight(160)
        self.fill(self.table)

    def enter(self) -> None:
        """One row per key."""
        super().enter()
        answer = self.host.outcome if isinstance(self.host, ReadBackWizard) else None
        if not isinstance(answer, Answer):
            return
        self.table.setRowCount(len(answer.keys))
        for row, key in enumerate(answer.keys):
            whose = key.device or self.tr("nobody on file")
            own = self.tr("{device} (its own)").format(device=whose) if key.own and key.device else whose
            for column, text in enumerate(
                (own, printed_identity(key.identity), READING_WORDS[key.reading], READING_NEXT[key.reading])
            ):
                item = QTableWidgetItem(text)
                if column == 2:
                    item.setIcon(icon(*_ICONS[key.reading]))
                self.table.setItem(row, column, item)


class ReadBackWizard(Wizard):
    """Hold a device against what was approved for it."""

    def __init__(self, bench: Bench, device: str, path: str) -> None:
        super().__init__("readback", bench, ReadBack(device))
        self.setWindowTitle(self.tr("Read back a device"))
        paste = _Paste(self)
        self.put([_Device(self), paste, _Answer(self)], {"paste": self.tr("&Check the device")})
        if path:
            paste.load(path)

    def work(self) -> Work:
        """Hold it against what was approved."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, readback.READ_BACK, command, told)

    def said(self) -> tuple[str, str]:
        """Passed or not."""
        device = self.flow.value("device")
        if self.outcome.passed:
            return "ok", self.tr("{device} holds what was approved and nothing else.").format(device=device)
        words = self.tr("{device} does not hold what was approved. See below, mend it, and read it back again.")
        return "warn", words.format(device=device)

    def onward(self) -> Sequence[tuple[str, str, str, str]]:
        """Again, after it was mended."""
        again = ("nextReadback", self.tr("&Read it back again\u2026"), "readback", self.flow.value("device"))
        return () if self.outcome.passed else (again,)
