"""The end of a root key ceremony: copies on two media, read again, and the record closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from core.errors.base import Expected, Refused
from core.flows.ceremony import Closing
from core.media.files import write_over
from core.model.backups import MakeBackup
from core.model.ceremony import CloseCeremony, Record
from core.services import backups, ceremony
from core.services.desk import Desk, Progress
from core.services.papers import written
from core.services.perform import perform
from core.words import script
from core.words.say import sentence
from gui.bench import Bench
from gui.shell.files import save_file
from gui.widgets.paper import PaperView
from gui.wizards.inputs import with_chooser
from gui.wizards.page import Page
from gui.wizards.review import Done, Review
from gui.wizards.wizard import Wizard, Work


class _Copies(Page):
    def __init__(self, host: ClosingWizard) -> None:
        super().__init__(host, "copies")
        self.titled(
            self.tr("Backups"),
            self.tr("Where do the two copies go?"),
            self.tr("Each on a medium of its own. A copy is opened and verified when it is written, and read again."),
        )
        self._copy("first", self.tr("&First copy"), self.tr("A file on the first stick."))
        self._copy("second", self.tr("&Second copy"), self.tr("A file on another stick, kept in another place."))

    def _copy(self, name: str, label: str, hint: str) -> None:
        line = QLineEdit()
        line.textChanged.connect(lambda text: self.changed(name, text))
        what = label.replace("&", "")
        box = with_chooser(line, name, what, lambda: self._pick(name), keyed=name == "first")
        self.row(name, label, line, hint, around=box)

    def _pick(self, name: str) -> None:
        chosen = save_file(self, self.tr("Where the copy goes"), f"{name}-copy.anchorhold", "Anchorhold (*.anchorhold)")
        if chosen is not None:
            self.changed(name, str(chosen))


class _Closing(Page):
    def __init__(self, host: ClosingWizard) -> None:
        super().__init__(host, "closing")
        self.titled(
            self.tr("Closing"),
            self.tr("What closes the record?"),
            self.tr("The machine goes off, the medium goes under a seal, and the next ceremony has a day."),
        )
        now = host.desk.clock()
        off = self.tr("In UTC, as in {now}.").format(now=f"{now:%Y-%m-%dT%H:%MZ}")
        self.line("powered_off", self.tr("&Powered off at"), off)
        self.line("seal", self.tr("&Seal number"), self.tr("As it is printed on the bag or the tape."))
        self.line("place", self.tr("&Kept at"), self.tr("The safe or deposit box."))
        self.line(
            "next_planned",
            self.tr("N&ext planned date"),
            self.tr("YYYY-MM-DD; 30 days before the root's CRL ends at the latest."),
        )
        self.text(
            "exceptions",
            self.tr("E&xceptions"),
            self.tr("What went another way than the script says, why, and who agreed. Empty where nothing did."),
            lines=3,
        )


class _Done(Done):
    def __init__(self, host: ClosingWizard) -> None:
        super().__init__(host, host.said)
        self.save = QPushButton(self.tr("Save the &record\u2026"))
        self.save.setObjectName("saveRecord")
        self.save.setAccessibleName(self.tr("Save the record to print and sign"))
        self.save.clicked.connect(host.save_record)
        self.column.addWidget(self.save)
        self.view = PaperView("record", self.tr("Record of the ceremony, to print and sign"))
        self.fill(self.view)

    def enter(self) -> None:
        """The record as it is signed."""
        super().enter()
        if isinstance(self.host, ClosingWizard):
            self.view.tell(script.paper(self.host.outcome))


class ClosingWizard(Wizard):
    """Backups first: the record says that they were read again."""

    def __init__(self, bench: Bench) -> None:
        super().__init__("close-ceremony", bench, Closing())
        self.setWindowTitle(self.tr("Close the ceremony's record"))
        self._written: set[Path] = set()
        review = Review(self, self._rows, self.tr("The copies are written and read again, then the record is closed."))
        pages: list[Page] = [_Copies(self), _Closing(self), review, _Done(self)]
        self.put(pages, {"review": self.tr("&Write copies and close the record")})

    def _typed(self) -> CloseCeremony:
        flow = self.flow
        assert isinstance(flow, Closing)  # noqa: S101 - made here
        return flow.command()

    def _rows(self) -> tuple[tuple[str, str], ...]:
        typed = self._typed()
        return (
            (self.tr("Copies"), "\n".join(str(each) for each in typed.copies)),
            (self.tr("Powered off at"), typed.powered_off),
            (self.tr("Seal number"), typed.seal),
            (self.tr("Kept at"), typed.place),
            (self.tr("Next planned date"), typed.next_planned),
            (self.tr("Exceptions"), typed.exceptions or self.tr("none")),
        )

    def keeping(self, step: str) -> tuple[Refused, ...]:
        """The flow's findings and the service's, on what was reached."""
        if self.committed:
            return ()
        judged = ceremony.judge(self.desk, self._typed()) if step != "copies" else []
        return (*super().keeping(step), *judged)

    def work(self) -> Work:
        """Write each copy once, read all of them again, close, and sign a checkpoint into the record."""
        desk, command, written = self.desk, self._typed(), self._written
        return lambda told: _close(desk, command, written, told)

    def save_record(self) -> None:
        """The record as a file whose name says the format."""
        page = self.here()
        if page is not None:
            page.banner.tell(*save_record(self, self.outcome))

    def said(self) -> tuple[str, str]:
        """What is left to do."""
        said = self.tr(
            "Both copies were read again and the record is closed. Save and print the record, let everybody sign it, take "
            "the medium out, power off and seal."
        )
        return "ok", said


def _close(desk: Desk, command: CloseCeremony, written: set[Path], told: Progress) -> Record:
    for path in command.copies:
        if path not in written:
            perform(desk, backups.MAKE, MakeBackup(path))
            written.add(path)
    perform(desk, ceremony.CLOSE, command, told)
    return ceremony.record(desk, vouched=True)


def save_record(parent: QWidget, record: Record) -> tuple[str, str]:
    """Ask where, and write the paper; (banner kind, sentence), empty where it was cancelled."""
    from gui.papers import pdf  # 30 ms that only this needs

    kinds = "PDF, HTML, Markdown, JSON (*.pdf *.html *.md *.json)"
    path = save_file(parent, parent.tr("Save the record"), "ceremony.pdf", kinds)
    if path is None:
        return "info", ""
    try:
        write_over(path, written(script.paper(record), path, pdf))
    except Expected as refusal:
        return "warn", sentence(refusal)
    return "ok", parent.tr("The record is in {path}. Print it and sign it.").format(path=path)
