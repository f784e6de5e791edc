"""Enrol: the device, the commands to type on it, its request, what the certificate shall say, and the ticket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.crypto import names
from core.errors.base import Expected
from core.flows.enrolment import Enrol
from core.model.authorities import Service
from core.model.proposals import Proposal
from core.model.workspace import Kind
from core.services import authorities, batches, requesting
from core.words.hierarchy import profile
from core.words.proposals import need
from core.words.verdicts import ALGORITHMS
from gui.bench import Bench
from gui.widgets.label import PlainLabel
from gui.wizards.host import Host
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done, Review
from gui.wizards.source import SourcePage
from gui.wizards.wizard import Wizard, Work


class _Device(Page):
    def __init__(self, host: EnrolWizard, devices: Sequence[str]) -> None:
        super().__init__(host, "device")
        self.titled(
            self.tr("Device"),
            self.tr("Which device is it for?"),
            self.tr("Its key is made on it and never leaves it. What comes here is a request."),
        )
        options = [("", self.tr("Choose\u2026")), *((name, name) for name in devices)]
        self.choice("device", self.tr("&Device"), options)
        self.commands = Copyable("commands", self.tr("Type on the device"), lines=8, wraps=True)
        self.column.addWidget(PlainLabel(self.tr("Commands for this device, where its key stays:"), "commandsTitle"))
        self.column.addWidget(self.commands)

    def update_page(self) -> None:
        """The commands of the chosen device's platform."""
        host, name = self.host, self.host.flow.value("device")
        if not name or not isinstance(host, EnrolWizard):
            self.commands.tell("")
            return
        try:
            self.commands.tell("\n".join(requesting.commands(host.desk, name)))
        except Expected:
            self.commands.tell("")


class _Request(SourcePage):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "request")
        self.titled(
            self.tr("Request"),
            self.tr("What did the device make?"),
            self.tr("A certificate request (CSR, PKCS#10). A file with a private key is refused."),
        )
        self.source(self.tr("&File"), self.tr("&Text"), self.tr("Paste it with its BEGIN and END lines."), lines=9)
        self.found = self.note("requestFound")

    def update_page(self) -> None:
        """What it says, once its own signature held."""
        flow = self.host.flow
        asked = flow.asked() if isinstance(flow, Enrol) else None
        if asked is None:
            self.found.setText("")
            return
        said = self.tr(
            "The signature on the request holds (proof of possession). Key: {key}. It calls itself {subject}."
        )
        key = ALGORITHMS[asked.algorithm] + (f" {asked.bits}" if asked.algorithm == "rsa" else "")
        text = said.format(key=key, subject=names.text(asked.subject) or self.tr("nothing"))
        if asked.wishes:
            wishes = self.tr("It also asks for {wishes}; nothing of that is copied.")
            text += " " + wishes.format(wishes=", ".join(asked.wishes))
        self.found.setText(text)


class _Names(Page):
    def __init__(self, host: EnrolWizard, known: Sequence[str]) -> None:
        super().__init__(host, "names")
        self.titled(
            self.tr("Certificate"),
            self.tr("What shall the certificate say?"),
            self.tr("Empty names are taken from the device: the identity by which its peers know it."),
        )
        self.choice("authority", self.tr("&Authority"), [(name, name) for name in known])
        self.profile = self.choice("profile", self.tr("&Profile"), [])
        self.about = self.note("profileAbout")
        self.line("ticket", self.tr("&Ticket"), self.tr("A ticket is good for one device."))
        self.line("subject", self.tr("S&ubject"), self.tr("Empty, or for example CN=gw1.example.net, O=Example."))
        self.line("sans", self.tr("Other na&mes"), self.tr("Empty, or dns:... ip:... email:... with spaces between."))
        self.line("until", self.tr("Ea&rlier end"), self.tr("YYYY-MM-DD, or empty: a year, or the device's life."))

    def update_page(self) -> None:
        """The profiles of the authority's service."""
        flow = self.host.flow
        if not isinstance(flow, Enrol):
            return
        known = [each.name for each in flow.profiles()]
        if [self.profile.itemData(at) for at in range(self.profile.count())] != known:
            self.offer(self.profile, [(name, profile(name)) for name in known])
            self.host.typed("profile", flow.profile if flow.profile in known else (known[0] if known else ""))
            self.profile.setCurrentIndex(self.profile.findData(self.host.flow.value("profile")))
        chosen = self.host.flow.value("profile")
        self.show_row("authority", shown=not flow.serves)
        self.about.setText(next((each.about for each in flow.profiles() if each.name == chosen), ""))


class Submitting(Wizard):
    """Ends with a request that waits for approval."""

    def work(self) -> Work:
        """Submit it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: batches.submit(desk, command)

    @staticmethod
    def asks(result: Any) -> Sequence[Proposal]:
        """The request that waits for approval."""
        return (result,)

    def waits(self, words: str) -> tuple[str, str]:
        """`words` with the device, until when the request is on file, and what it needs."""
        what = "; ".join(need(each) for each in self.needs.get(self.outcome.digest, ()))
        facts = self.outcome.facts
        return "ok", words.format(device=facts["device"], until=facts["until"], what=what)


class EnrolWizard(Submitting):
    """Ask for one device's certificate; another person approves it."""

    def __init__(self, bench: Bench, about: str, path: str = "") -> None:
        assert bench.desk is not None  # noqa: S101 - only the first run has none
        active = authorities.issuers(bench.desk)
        first = active[0].name if active else ""
        here = bench.desk.workspace
        known = here.technologies or tuple(each.value for each in Service)
        serves = known if here.kind is Kind.REGISTRATION else ()
        super().__init__("enrol", bench, Enrol(authorities=active, device=about, authority=first, serves=serves))
        self.setWindowTitle(self.tr("Enrol device"))
        request = _Request(self)
        pages: list[Page] = [
            _Device(self, [each.name for each in self.known.active]),
            request,
            _Names(self, [each.name for each in active]),
            Review(self, self._rows, self.tr("Another person approves exactly this, and a third issues it.")),
            Done(self, self._told, self._onward),
        ]
        self.put(pages, {"review": self.tr("&Submit request")})
        if path:
            request.load(path)

    def _rows(self) -> Sequence[tuple[str, str]]:
        flow = self.flow
        assert isinstance(flow, Enrol)  # noqa: S101 - made here
        asked = flow.asked()
        return (
            (self.tr("Device"), flow.device),
            (self.tr("Request"), self.tr("its signature holds (proof of possession)") if asked else ""),
            (self.tr("Authority"), flow.authority),
            (self.tr("Profile"), profile(flow.profile)),
            (self.tr("Subject"), flow.subject or self.tr("the device's identity and the organisation")),
            (self.tr("Names"), ", ".join(flow.names(self.known))),
            (self.tr("Until"), flow.until or self.tr("one year, or the end of the device or its issuer")),
            (self.tr("Ticket"), flow.ticket),
        )

    def _told(self) -> tuple[str, str]:
        here = self.tr(
            "The request of {device} is on file. Needs {what}; then it is sent to the workspace that issues."
        )
        waits = self.tr("The request of {device} is on file until {until}. Needs {what}.")
        return self.waits(here if self.flow.value("serves") else waits)

    def _onward(self) -> Sequence[tuple[str, str, str, str]]:
        return (("nextEnrol", self.tr("&Enrol another device\u2026"), "enrol", ""),)
