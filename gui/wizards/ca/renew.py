"""Renew a certificate; and ask for many at once, from a folder with one request for each device."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors.base import Expected
from core.errors.revocation import NoSuchCertificate
from core.flows.renewals import Renew
from core.model.authorities import Authority
from core.model.certificates import Proved
from core.services import authorities, enrolment, requesting
from gui.bench import Bench
from gui.widgets.label import PlainLabel
from gui.wizards.ca.enrol import Submitting
from gui.wizards.host import Host
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done, Review
from gui.wizards.source import SourcePage


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
