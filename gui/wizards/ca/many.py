"""Ask for many devices' certificates at once: files, folders and pasted text, with a row for each request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPlainTextEdit

from core.flows.renewals import EnrolMany
from core.model.authorities import Authority
from core.services import authorities, batches
from core.words.say import sentence
from gui.bench import Bench
from gui.shell.files import new_folder, open_files
from gui.widgets.label import PlainLabel
from gui.widgets.marks import Mark
from gui.widgets.rows import Column, marked
from gui.widgets.table import DataTable
from gui.wizards.host import Host
from gui.wizards.inputs import with_chooser
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work


def _local(mime: QMimeData) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


class _Edit(QPlainTextEdit):
    """`given` carries files that were pasted or dropped here, in place of their addresses as text."""

    given = Signal(tuple)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Text is inserted, files are handed on."""
        if paths := _local(source):
            self.given.emit(paths)
        else:
            super().insertFromMimeData(source)


class _Requests(Page):
    def __init__(self, host: Host, known: Sequence[Authority]) -> None:
        super().__init__(host, "requests")
        self.titled(
            self.tr("Requests"),
            self.tr("Where are the requests?"),
            self.tr(
                "One file for each device, named after it: gw1.csr is the request of gw1. Each has its row afterwards."
            ),
        )
        self.setAcceptDrops(True)
        self._places()
        pasted = _Edit()
        pasted.given.connect(self.add)
        hint = self.tr("Or paste several, each with its BEGIN and END lines; each goes to the device that it names.")
        self.text("untrusted", self.tr("Te&xt"), hint, lines=4, edit=pasted)
        self.choice("authority", self.tr("&Authority"), [(each.name, each.name) for each in known])
        self.show_row("authority", shown=bool(known))  # a registration desk has none
        hint = self.tr("A ticket is good for one device; for more, two people widen it first.")
        self.line("ticket", self.tr("&Ticket"), hint)

    def _places(self) -> None:
        """Files and folders, typed, chosen or dropped, one to a line."""
        edit = _Edit()
        edit.given.connect(self.add)
        title, ask = self.tr("Requests"), self.tr("A folder")

        def folder() -> None:
            found = new_folder(self, ask)
            self.add((found,) if found else ())

        files = with_chooser(
            edit, "paths", self.tr("Choose files"), lambda: self.add(open_files(self, title)), self.tr("C&hoose\u2026")
        )
        box = with_chooser(files, "folder", self.tr("Choose a folder"), folder, self.tr("&Folder\u2026"))
        hint = self.tr("Files and folders, one to a line. Or drop them here.")
        self.text("paths", self.tr("&Requests"), hint, lines=4, edit=edit, around=box)

    def add(self, paths: tuple[Path, ...]) -> None:
        """Take files and folders in beside those that are there."""
        if paths:
            before = str(self.host.flow.value("paths")).rstrip("\n")
            self.changed("paths", "\n".join(filter(None, (before, *map(str, paths)))))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped anywhere on the page."""
        if _local(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        self.add(_local(event.mimeData()))


_GOOD, _BAD = ("circle-check", "ok"), ("circle-x", "bad")


class EnrolManyWizard(Wizard):
    """Ask for the certificates of many devices; each request is judged by itself."""

    def __init__(self, bench: Bench, path: str = "") -> None:
        assert bench.desk is not None  # noqa: S101 - only the first run has none
        known = authorities.issuers(bench.desk)
        super().__init__("enrol-many", bench, EnrolMany(known, path, known[0].name if known else ""))
        self.setWindowTitle(self.tr("Enrol many devices"))
        self.put([_Requests(self, known), _Rows(self)], {"requests": self.tr("&Submit requests")})

    def work(self) -> Work:
        """Submit each."""
        desk, command = self.desk, self.flow.command()
        return lambda told: batches.submit_many(desk, command, told)

    def said(self) -> tuple[str, str]:
        """How many wait, and how many were refused."""
        good = sum(1 for each in self.outcome if each.proposal)
        bad = len(self.outcome) - good
        words = self.tr("Waiting for approval: {good}. Refused: {bad}. Each has its line below.")
        return ("warn" if bad or not good else "ok"), words.format(good=good, bad=bad)


class _Rows(Done):
    def __init__(self, host: EnrolManyWizard) -> None:
        super().__init__(host, host.said)
        self.made = DataTable("rows", self.tr("File and result"), self._columns(), lambda row: row.file)
        self.made.setMinimumHeight(self.made.fontMetrics().lineSpacing() * 10)
        self.fill(self.made)
        self.why = PlainLabel("", "rowWhy", selectable=True)
        self.column.addWidget(self.why)
        self.made.chosen.connect(self._whole)

    def _whole(self, row: batches.Row | None) -> None:
        """The whole sentence of the chosen row: a table cuts it."""
        self.why.setText(f"{row.file}: {sentence(row.refusal)}" if row is not None and row.refusal else "")

    def _columns(self) -> list[Column]:
        return [
            Column(self.tr("File"), "file", lambda row: row.file, 130),
            Column(self.tr("Device"), "device", lambda row: row.device, 110),
            marked(self.tr("State"), "state", self._mark, 150),
            Column(self.tr("Why"), "why", lambda row: sentence(row.refusal) if row.refusal else "", 600),
        ]

    def _mark(self, row: batches.Row) -> Mark:
        refused = row.refusal is not None
        return Mark(self.tr("refused") if refused else self.tr("waits for approval"), *(_BAD if refused else _GOOD))

    def enter(self) -> None:
        """A row for each file."""
        super().enter()
        rows: tuple[batches.Row, ...] = self.host.outcome  # type: ignore[attr-defined]
        self.made.fill(rows)
        first = next((row for row in rows if row.refusal is not None), None)
        if first is not None:
            self.made.choose(first.file)
