"""The text of now as the next version of a policy document, where it was made available, and how long CRLs count."""

from __future__ import annotations

from core.flows.documents import Lasting, Proposing, Publishing
from core.model.documents import Document, Version
from core.services import documents, settings
from core.words.documents import published
from gui.bench import Bench
from gui.wizards.asking import Asking
from gui.wizards.host import Host
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work


class _Version(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "version")
        self.titled(
            self.tr("New version"),
            self.tr("Why is there a new version?"),
            self.tr(
                "Two people agree on the text as it stands now, by its SHA-256; one of them is a security officer."
            ),
        )
        self.line("reason", self.tr("&Reason"))
        self.line("ticket", self.tr("&Ticket"))


class ProposeDocumentWizard(Asking):
    """`about` is "cp" or "cps"."""

    def __init__(self, bench: Bench, about: str) -> None:
        super().__init__("statement", bench, Proposing(about or Document.CPS.value))
        self.setWindowTitle(self.tr("Propose a version"))
        self.put([_Version(self), Done(self, self.asked, self.onward)], {"version": self.tr("&Propose the version")})

    def work(self) -> Work:
        """Ask for it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: documents.propose(desk, command)


class _Available(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "available")
        self.titled(
            self.tr("Made available"),
            self.tr("To whom, and where?"),
            self.tr("The newest version that two people approved. Nothing is sent by this program."),
        )
        self.line("distribution", self.tr("&Distribution"), self.tr("For example: sent to every relying organisation."))
        self.line("ticket", self.tr("&Ticket"))


class PublishDocumentWizard(Wizard):
    """`about` is "cp" or "cps"."""

    outcome: Version

    def __init__(self, bench: Bench, about: str) -> None:
        super().__init__("publish-statement", bench, Publishing(about or Document.CPS.value))
        self.setWindowTitle(self.tr("Record that a version was made available"))
        self.put([_Available(self), Done(self, self._told)], {"available": self.tr("&Record it")})

    def work(self) -> Work:
        """Record it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: documents.publish(desk, command)

    def _told(self) -> tuple[str, str]:
        said = self.tr("Version {version} of the {document}: {published}")
        made = self.outcome
        return "ok", said.format(version=made.number, document=made.document.short, published=published(made))


class _Validity(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "validity")
        self.titled(
            self.tr("Validity of CRLs"),
            self.tr("How long does a CRL count?"),
            self.tr(
                "Two people agree. Lists that are signed already stay as they are; the CPS is flagged until it says so."
            ),
        )
        self.line("hours", self.tr("&Hours"), self.tr("Whole hours from its issue, for example 192."))
        self.line("reason", self.tr("&Reason"))
        self.line("ticket", self.tr("&Ticket"))


class ValidityWizard(Asking):
    """Another validity of the CRLs of issuing authorities."""

    def __init__(self, bench: Bench) -> None:
        super().__init__("crl-validity", bench, Lasting())
        self.setWindowTitle(self.tr("Change how long CRLs count"))
        self.put([_Validity(self), Done(self, self.asked, self.onward)], {"validity": self.tr("&Propose the change")})

    def work(self) -> Work:
        """Ask for it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: settings.set_crl_validity(desk, command)
