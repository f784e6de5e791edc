"""Between a registration desk and the workspace that issues: requests there, certificates home, both by stick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.flows.desks import Send, Take
from core.media.files import write_new
from core.model.proposals import Proposal
from core.model.registration import Home, Taken
from core.model.workspace import Kind
from core.services import authorities, registration, returning
from core.services.desk import Desk
from core.words.hierarchy import profile
from core.words.say import sentence
from gui.bench import Bench
from gui.wizards.ca.folder import folder_row
from gui.wizards.ca.ticks import Ticks
from gui.wizards.host import Host
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.source import SourcePage
from gui.wizards.wizard import Wizard, Work


class _Which(Page):
    def __init__(self, host: SendWizard, found: Sequence[tuple[str, str]]) -> None:
        super().__init__(host, "which")
        home = self.tr("Which certificates go back to their desk?")
        asked = self.tr("Which requests go to the workspace that issues?")
        signed = self.tr("What two people of this desk signed goes with each; nothing of it can be changed on the way.")
        back = self.tr("Each with its chain and lists; the desk holds it against what its two people agreed to.")
        self.titled(self.tr("Send"), asked if host.at_desk else home, signed if host.at_desk else back)
        label = self.tr("&Requests") if host.at_desk else self.tr("Ce&rtificates")
        Ticks(self, "chosen", label, list(found))
        folder_row(self, self.tr("&Folder"), self.tr("The stick. Nothing is overwritten, and nothing on it is secret."))


def ready(desk: Desk, _about: str) -> tuple[tuple[Proposal, str], ...]:
    """What can go, oldest first: a desk's requests with their profile, certificates for home with their serial."""
    if desk.workspace.kind is Kind.REGISTRATION:
        return tuple((each, profile(str(each.facts["profile"]))) for each in registration.ready(desk))
    return tuple((each, issued.serial) for each, issued in returning.ready(desk))


class SendWizard(Wizard):
    """Write a carried file: a desk's requests, or the certificates that they became."""

    def __init__(self, bench: Bench) -> None:
        desk = bench.desk
        assert desk is not None  # noqa: S101 - only the first run has none
        self.at_desk = desk.workspace.kind is Kind.REGISTRATION
        stem = desk.file.path.stem
        super().__init__("carry-send", bench, Send(f"{stem}-{'requests' if self.at_desk else 'certificates'}.carry"))
        self.setWindowTitle(self.tr("Send requests") if self.at_desk else self.tr("Send certificates back"))
        said = self.tr("{device}, ticket {ticket}, {what}")
        found = [
            (each.digest, said.format(device=each.facts["device"], ticket=each.ticket, what=what))
            for each, what in reversed(bench.found)
        ]
        pages = [_Which(self, found), Done(self, self._told)]
        self.put(pages, {"which": self.tr("&Write the file")})

    def work(self) -> Work:
        """Sign and write it."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, Send)  # noqa: S101 - made here
        sends = registration.send if self.at_desk else returning.send
        command, path = flow.command(), flow.path

        def sent(_told: Any) -> str:
            write_new(path, sends(desk, command))
            return str(path)

        return sent

    def _told(self) -> tuple[str, str]:
        there = self.tr("{file} is written. Carry it to the workspace that issues and take it in there.")
        home = self.tr("{file} is written. Carry it to the registration desk and take it in there.")
        return "ok", (there if self.at_desk else home).format(file=self.outcome)


class _File(SourcePage):
    def __init__(self, host: Host, known: Sequence[str], *, home: bool) -> None:
        super().__init__(host, "file")
        asked = self.tr("Where are the desk's requests?")
        came = self.tr("Where are the certificates?")
        intro = self.tr("From a workspace that two people met. Its signature is checked before a word of it counts.")
        self.titled(self.tr("File"), came if home else asked, intro)
        self.source(self.tr("&File"), self.tr("&Text"), self.tr("Or paste its content."), lines=5)
        if home:
            folder_row(self, self.tr("F&older"), self.tr("Where a folder for each device goes."), keyed=False)
        else:
            self.choice("authority", self.tr("&Authority"), [(name, name) for name in known])


class TakeWizard(Wizard):
    """Take a carried file in: each request or certificate has its row."""

    def __init__(self, bench: Bench, path: str = "") -> None:
        desk = bench.desk
        assert desk is not None  # noqa: S101 - only the first run has none
        self.at_desk = desk.workspace.kind is Kind.REGISTRATION
        known = [each.name for each in authorities.issuers(desk)]
        super().__init__("carry-take", bench, Take(self.at_desk, authority=known[0] if known else ""))
        self.setWindowTitle(self.tr("Take certificates home") if self.at_desk else self.tr("Take a desk's requests in"))
        file = _File(self, known, home=self.at_desk)
        commit = self.tr("&Write the devices' folders") if self.at_desk else self.tr("Take the &requests in")
        self.put([file, _Rows(self)], {"file": commit})
        if path:
            file.load(path)

    def work(self) -> Work:
        """Each by itself."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, Take)  # noqa: S101 - made here
        if self.at_desk:
            return lambda _told: returning.take(desk, flow.command())
        return lambda _told: registration.take(desk, flow.untrusted, flow.authority)

    def said(self) -> tuple[str, str]:
        """How many were taken."""
        bad = sum(1 for each in self.outcome if each.refusal)
        words = self.tr("Taken: {good}. Refused: {bad}. Each has its line below.")
        return ("warn" if bad else "ok"), words.format(good=len(self.outcome) - bad, bad=bad)

    def row(self, each: Home | Taken) -> str:
        """What became of one."""
        if each.refusal is not None:
            return f"{each.device}: {sentence(each.refusal)}"
        if isinstance(each, Home):
            return self.tr("{device}: certificate {serial}, {folder}").format(**vars(each))
        return self.tr("{device}: waits for approval").format(device=each.device)


class _Rows(Done):
    def __init__(self, host: TakeWizard) -> None:
        super().__init__(host, host.said)
        self.made = Copyable("rows", self.tr("What became of each"), lines=10, wraps=True)
        self.column.addWidget(self.made)

    def enter(self) -> None:
        """A line for each."""
        super().enter()
        host = self.host
        if isinstance(host, TakeWizard):
            self.made.tell("\n".join(host.row(each) for each in host.outcome))
