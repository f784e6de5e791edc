"""Renew a certificate; and ask for many at once, from a folder with one request for each device."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from core.errors.base import Expected
from core.errors.revocation import NoSuchCertificate
from core.flows.renewals import EnrolMany, Renew
from core.model.authorities import Authority
from core.model.certificates import Proved
from core.services import authorities, batches, enrolment, requesting
from core.words.say import sentence
from gui.bench import Bench
from gui.shell.files import new_folder
from gui.widgets.label import PlainLabel
from gui.widgets.marks import Mark
from gui.widgets.rows import Column, marked
from gui.widgets.table import DataTable
from gui.wizards.ca.enrol import Submitting
from gui.wizards.host import Host
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done, Review
from gui.wizards.source import SourcePage
from gui.wizards.wizard import Wizard, Work


class _Request(SourcePage):
    def __init__(self, host: RenewWizard) -> None:
        super().__init__(host, "request")
        self.titled(
            self.tr("Request"),
            self.tr("What did the device make?"),
            self.tr("A new key beside the current one, and a request with it. The last line is for later."),
        )
        commands = Copyable("commands", self.tr("Type on the device"), lines=8, wraps=True)
        try:
            commands.tell("\n".join(requesting.commands(host.desk, host.device, renews=True)))
        except Expected:
            commands.tell("")
        self.column.insertWidget(1, commands)
        self.column.insertWidget(
            1, PlainLabel(self.tr("Commands for this device, where its keys stay:"), "commandsTitle")
        )
        self.source(self.tr("&File"), self.tr("&Text"), self.tr("Paste it with its BEGIN and END lines."), lines=4)


class _Proof(SourcePage):
    def __init__(self, host: Host, *, vouches: bool) -> None:
        super().__init__(host, "proof", "proof")
        self.titled(
            self.tr("Proof"),
            self.tr("What stands for the new request?"),
            self.tr("Without it anybody could ask for a certificate in this device's name."),
        )
        current = self.tr("The device signed the new request with the key that it has: the file NAME.proof.")
        compared = self.tr("Two people compared the new key with the far end, as for a first one.")
        same = self.tr("The request is over the key that the device has. A new key is better.")
        options = [
            (Proved.CURRENT_KEY.value, self.tr("Signed by the current key"), current),
            (Proved.COMPARED.value, self.tr("Compared by two people"), compared),
            (Proved.SAME_KEY.value, self.tr("The same key"), same),
        ]
        self.radios("how", self.tr("&Proof"), options if vouches else options[1:])
        self.source(self.tr("&File"), self.tr("&Text"), self.tr("Only where the current key signed."), lines=4)


class _Ticket(Page):
    def __init__(self, host: Host, known: Sequence[Authority]) -> None:
        super().__init__(host, "ticket")
        self.titled(
            self.tr("Ticket"),
            self.tr("What is it done for?"),
            self.tr("Names and profile stay as they are; a change of them goes the full way (Enrol device)."),
        )
        options = [("", self.tr("As before")), *((each.name, each.name) for each in known)]
        self.choice("authority", self.tr("&Authority"), options)
        self.line("ticket", self.tr("&Ticket"), self.tr("A ticket is good for one device."))
        self.line("until", self.tr("Ea&rlier end"), self.tr("YYYY-MM-DD, or empty: a year, or the device's life."))


class RenewWizard(Submitting):
    """Ask for the certificate that follows one in good standing; another person approves it."""

    def __init__(self, bench: Bench, about: str) -> None:
        assert bench.desk is not None  # noqa: S101 - only the first run has none
        row = next((each for each in enrolment.rows(bench.desk) if each.issued.serial == about), None)
        if row is None:
            raise NoSuchCertificate(about, "none")
        self.device, known = row.device, authorities.issuers(bench.desk)
        vouches = requesting.vouches(bench.desk, row.device)
        how = Proved.CURRENT_KEY if vouches else Proved.COMPARED
        super().__init__("renew", bench, Renew(about, row.device, known, how=how.value))
        self.setWindowTitle(self.tr("Renew the certificate of {device}").format(device=row.device))
        pages: list[Page] = [
            _Request(self),
            _Proof(self, vouches=vouches),
            _Ticket(self, known),
            Review(self, self._rows, self.tr("Another person approves exactly this, and a third issues it.")),
            Done(self, self._told),
        ]
        self.put(pages, {"review": self.tr("&Submit request")})

    def _rows(self) -> Sequence[tuple[str, str]]:
        flow = self.flow
        assert isinstance(flow, Renew)  # noqa: S101 - made here
        how = {
            Proved.CURRENT_KEY.value: self.tr("signed by the current key"),
            Proved.COMPARED.value: self.tr("the new key was compared by two people"),
            Proved.SAME_KEY.value: self.tr("over the key that the device has"),
        }
        return (
            (self.tr("Device"), flow.device),
            (self.tr("In the place of"), flow.serial),
            (self.tr("Request"), self.tr("its signature holds (proof of possession)") if flow.asked() else ""),
            (self.tr("Proof"), how[flow.how]),
            (self.tr("Authority"), flow.authority or self.tr("as before")),
            (self.tr("Until"), flow.until or self.tr("one year, or the end of the device or its issuer")),
            (self.tr("Ticket"), flow.ticket),
        )

    def _told(self) -> tuple[str, str]:
        return self.waits(self.tr("The renewal for {device} is on file until {until}. Needs {what}."))


class _Folder(Page):
    def __init__(self, host: Host, known: Sequence[Authority]) -> None:
        super().__init__(host, "folder")
        self.titled(
            self.tr("Folder"),
            self.tr("Where are the requests?"),
            self.tr(
                "One file for each device, named after it: gw1.csr is the request of gw1. Each has its row afterwards."
            ),
        )
        hint, ask = self.tr("Or drop the folder here."), self.tr("A folder")
        self.path_line("folder", self.tr("&Folder"), self.tr("Choose a folder"), lambda: new_folder(self, ask), hint)
        self.choice("authority", self.tr("&Authority"), [(each.name, each.name) for each in known])
        self.show_row("authority", shown=bool(known))  # a registration desk has none
        hint = self.tr("A ticket is good for one device; for more, two people widen it first.")
        self.line("ticket", self.tr("&Ticket"), hint)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A folder may be dropped anywhere on the page."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it; of a file the folder that it lies in."""
        found = Path(event.mimeData().urls()[0].toLocalFile())
        self.changed("folder", str(found if found.is_dir() else found.parent))


_GOOD, _BAD = ("circle-check", "ok"), ("circle-x", "bad")


class EnrolManyWizard(Wizard):
    """Ask for the certificates of many devices; each request is judged by itself."""

    def __init__(self, bench: Bench, path: str = "") -> None:
        assert bench.desk is not None  # noqa: S101 - only the first run has none
        known = authorities.issuers(bench.desk)
        super().__init__("enrol-many", bench, EnrolMany(known, path, known[0].name if known else ""))
        self.setWindowTitle(self.tr("Enrol a folder of requests"))
        self.put([_Folder(self, known), _Rows(self)], {"folder": self.tr("&Submit requests")})

    def work(self) -> Work:
        """Submit each."""
        desk, command = self.desk, self.flow.command()
        return lambda told: batches.submit_folder(desk, command, told)

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
