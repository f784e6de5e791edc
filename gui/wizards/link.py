"""Add a link: two devices on file, and what both of them carry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from core.flows.links import NewLink
from core.model.links import Technology
from core.services import links
from core.services.perform import perform
from core.words.names import PLATFORMS
from core.words.verdicts import TECHNOLOGIES
from gui.bench import Bench
from gui.wizards.new_device import WithNewDevice
from gui.wizards.page import Page
from gui.wizards.review import Done, Review
from gui.wizards.wizard import Wizard, Work


class _Ends(Page):
    def __init__(self, host: LinkWizard) -> None:
        super().__init__(host, "ends")
        self.titled(
            self.tr("Ends"),
            self.tr("Which two devices does it join?"),
            self.tr("A link joins exactly two devices with one technology."),
        )
        self.left = self.choice("left", self.tr("&Our end"), host.devices())
        self.right = self.choice("right", self.tr("&Peer end"), host.devices())
        self.form.addRow("", host.device_button())

    def pull(self) -> None:
        """A device that was just made is offered as well."""
        host = self.host
        if isinstance(host, LinkWizard):
            for box in (self.left, self.right):
                if box.count() != len(host.devices()):
                    self.offer(box, host.devices())
        super().pull()


class _Link(Page):
    def __init__(self, host: Wizard) -> None:
        super().__init__(host, "link")
        self.titled(
            self.tr("Link"),
            self.tr("How are they joined?"),
            self.tr("Only what both devices carry is offered."),
        )
        self.technologies: QComboBox = self.choice("technology", self.tr("&Technology"), [])
        self.line("name", self.tr("Na&me"), self.tr("Letters, digits, dots and dashes."))
        self.line("ticket", self.tr("Tic&ket"), self.tr("The change that asks for it, where there is one."))

    def enter(self) -> None:
        """The ends are known now: what they carry, and a name."""
        flow = self.host.flow
        if isinstance(flow, NewLink):
            self.host.flow = flow.settled(self.host.known)
            self.offer(self.technologies, [(each.value, TECHNOLOGIES[each]) for each in flow.choices(self.host.known)])
            self.technologies.setCurrentIndex(self.technologies.findData(self.host.flow.value("technology")))
        super().enter()


class LinkWizard(WithNewDevice):
    """Join two devices."""

    def __init__(self, bench: Bench, device: str) -> None:
        super().__init__("link", bench, NewLink(left=device))
        self.setWindowTitle(self.tr("Add link"))
        intro = self.tr("Nothing leaves yet: a link is exported once the keys of both ends are approved.")
        pages = [_Ends(self), _Link(self), Review(self, self._rows, intro), Done(self, self._told, self._onward)]
        self.put(pages, {"review": self.tr("&Add link")})

    def devices(self) -> list[tuple[str, str]]:
        """What an end may be."""
        offered = [(each.name, f"{each.name} ({PLATFORMS[each.platform]})") for each in self.known.active]
        return [("", self.tr("Choose\u2026")), *offered]

    def made_device(self, name: str) -> None:
        """The first end that has none."""
        end = "left" if not self.flow.value("left") else "right"
        page = self.here()
        if page is not None:
            page.changed(end, name)

    def _rows(self) -> Sequence[tuple[str, str]]:
        made = self.flow.command()
        return (
            (self.tr("Name"), made.name),
            (self.tr("Our end"), made.left),
            (self.tr("Peer end"), made.right),
            (self.tr("Technology"), TECHNOLOGIES[Technology(made.technology)]),
            (self.tr("Ticket"), made.ticket),
        )

    def work(self) -> Work:
        """Add it."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, links.ADD, command, told)

    def _waits(self) -> str:
        """The first end without an approved key."""
        ends = (self.flow.value("left"), self.flow.value("right"))
        return next((name for name in ends if self.known.approved(name) is None), "")

    def _told(self) -> tuple[str, str]:
        if self._waits():
            words = self.tr("{name} is on file. Next, receive and compare the keys that its ends do not have yet.")
        else:
            words = self.tr("{name} is on file and both keys are approved. Next, export its folders.")
        return "ok", words.format(name=self.outcome.name)

    def _onward(self) -> Sequence[tuple[str, str, str, str]]:
        device = self._waits()
        if not device:
            return (("nextExport", self.tr("&Export\u2026"), "export", self.outcome.name),)
        if self.known.waiting(device):
            return (("nextCompare", self.tr("&Compare a key\u2026"), "compare", device),)
        return (("nextReceive", self.tr("&Receive a key\u2026"), "receive", device),)
