"""What ends something, each on one page with its reason: reject a key, suspect an attack, retire a link or device."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.flows.devices import EndDevice
from core.flows.keys import Reject, Suspect
from core.flows.links import EndLink
from core.flows.step import Flow
from core.model.keys import Key, KeyState
from core.services import devices, keys, links
from core.services.perform import Verb, perform
from core.words.incident import incident
from gui.bench import Bench
from gui.widgets.label import PlainLabel
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work


class Reason(Page):
    """The object by name, what follows, and why."""

    def __init__(self, host: Ending, title: str, *, ticket: bool) -> None:
        super().__init__(host, "reason")
        self.titled(self.tr("Reason"), title, self.tr("This cannot be taken back."))
        if not host.about:
            words = self.tr("&Link") if host.kind == "link" else self.tr("&Device")
            self.choice(host.kind, words, [("", self.tr("Choose\u2026")), *((name, name) for name in host.names())])
        self.follows = PlainLabel("", "follows", selectable=True)
        self.tell_row("", self.follows)
        self.line("reason", self.tr("&Reason"), self.tr("It stands in the activity log."))
        if ticket:
            self.line("ticket", self.tr("Tic&ket"))

    def update_page(self) -> None:
        """What follows for the one that was chosen."""
        host = self.host
        if isinstance(host, Ending):
            self.follows.setText(host.follows() if host.about else "")


class Ending(Wizard):
    """A wizard of one page about one device or link, which the field `kind` of the flow names."""

    def __init__(self, what: str, bench: Bench, flow: Flow, verb: Verb[Any, Any], kind: str = "device") -> None:
        super().__init__(what, bench, flow)
        self._verb, self.kind = verb, kind

    @property
    def about(self) -> str:
        """The device or link."""
        return str(self.flow.value(self.kind) or "")

    def names(self) -> list[str]:
        """What can be chosen where nothing was named: whatever the core finds nothing against but the reason."""
        facts = self.known
        living = [link.name for link in facts.links if facts.link(link.name)]
        offered = living if self.kind == "link" else [each.name for each in facts.active]
        asked = ("reason", "ticket")
        return [
            name
            for name in offered
            if all(each.field in asked for each in self.flow.typed(self.kind, name).problems(facts))
        ]

    def lay(self, title: str, button: str, *, ticket: bool = False) -> None:
        """Its two pages."""
        self.setWindowTitle(title)
        self.put([Reason(self, title, ticket=ticket), Done(self, self.said, self.onward)], {"reason": button})

    def follows(self) -> str:
        """Override: what the commit brings about."""
        raise NotImplementedError

    def said(self) -> tuple[str, str]:
        """Override: what was done."""
        raise NotImplementedError

    def onward(self) -> Sequence[tuple[str, str, str, str]]:
        """Override: what to do next."""
        return ()

    def work(self) -> Work:
        """Do it."""
        desk, verb, command = self.desk, self._verb, self.flow.command()
        return lambda told: perform(desk, verb, command, told)


class RejectWizard(Ending):
    """Reject a waiting key, or withdraw the approved one."""

    def __init__(self, bench: Bench, device: str) -> None:
        super().__init__("reject", bench, Reject(device), keys.WITHDRAW)
        self.lay(self.tr("Reject or withdraw a key"), self.tr("&Reject key"))

    def follows(self) -> str:
        """Which of the two it is."""
        if self.known.waiting(self.about):
            words = self.tr("The waiting key of {device} is rejected. An approved one stays as it is.")
        else:
            words = self.tr(
                "The approved key of {device} is withdrawn: its links cannot be exported, and every device that holds "
                "it has to drop it."
            )
        return words.format(device=self.about)

    def said(self) -> tuple[str, str]:
        """Done."""
        words = self.tr("The key of {device} was ended. Ask its owner for the right one, over another way.")
        return "ok", words.format(device=self.about)

    def onward(self) -> Sequence[tuple[str, str, str, str]]:
        """The right key."""
        return (("nextReceive", self.tr("&Receive a key\u2026"), "receive", self.about),)


class SuspectWizard(Ending):
    """The new key goes into quarantine, the links are suspended, an incident sheet is made."""

    def __init__(self, bench: Bench, device: str) -> None:
        super().__init__("suspect", bench, Suspect(device), keys.SUSPECT)
        self.lay(self.tr("Suspect an attack"), self.tr("&Suspend the links"))
        add_sheet(self, self.page(1))

    def follows(self) -> str:
        """What is suspended."""
        flow = self.flow
        names = flow.suspended(self.known) if isinstance(flow, Suspect) else ()
        words = self.tr(
            "The new key of {device} goes into quarantine and these links are suspended: {links}. Keep the file and "
            "the message it came in."
        )
        return words.format(device=self.about, links=", ".join(names) or self.tr("none"))

    def said(self) -> tuple[str, str]:
        """Done."""
        return "ok", suspended(self, self.about)


def suspended(wizard: Wizard, device: str) -> str:
    """What to do once the links of a device are suspended."""
    words = wizard.tr(
        "The new key of {device} is in quarantine and its links are suspended. Give the sheet below to your security "
        "officer, and call the owner on the number you hold."
    )
    return words.format(device=device)


def add_sheet(wizard: Wizard, page: Any) -> None:
    """The incident sheet, to copy from the last page; it is filled once a key is in quarantine."""
    sheet = Copyable("incidentSheet", wizard.tr("Incident sheet"), lines=12, wraps=True)
    page.fill(sheet)
    sheet.hide()

    def fill(key: Any) -> None:
        if not isinstance(key, Key) or key.state is not KeyState.QUARANTINED:
            return
        facts, command = wizard.known, wizard.flow.command()
        device = next(each for each in facts.devices if each.name == command.device)
        links_ = tuple(link.name for link in facts.links_of(device))
        sheet.tell(incident(device, key, links_, command.reason, facts.actor))
        sheet.show()

    wizard.done_with.connect(fill)


class RetireLinkWizard(Ending):
    """End a link; its devices stay."""

    def __init__(self, bench: Bench, link: str) -> None:
        super().__init__("retire-link", bench, EndLink(link), links.RETIRE, "link")
        self.lay(self.tr("Retire link"), self.tr("&Retire link"))

    def follows(self) -> str:
        """Its devices stay."""
        words = self.tr("{link} ends for good. Its devices and their keys stay; take its configuration off both ends.")
        return words.format(link=self.about)

    def said(self) -> tuple[str, str]:
        """Done."""
        words = self.tr("{link} is retired. Take its configuration off both ends and end what is running.")
        return "ok", words.format(link=self.about)


class RetireDeviceWizard(Ending):
    """End a device with its links and keys."""

    def __init__(self, bench: Bench, device: str) -> None:
        super().__init__("retire-device", bench, EndDevice(device), devices.RETIRE)
        self.lay(self.tr("Retire device"), self.tr("&Retire device"), ticket=True)

    def follows(self) -> str:
        """Which links end."""
        flow = self.flow
        names = [link.name for link in flow.ending(self.known)] if isinstance(flow, EndDevice) else []
        words = self.tr("{device} ends for good with its keys and these links: {links}.")
        return words.format(device=self.about, links=", ".join(names) or self.tr("none"))

    def said(self) -> tuple[str, str]:
        """Done."""
        words = self.tr("{device} is retired. Take its key off every device that holds it.")
        return "ok", words.format(device=self.about)
