"""A changed key: the approved one is shown, the new one is not before it was compared; three ways to go on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWizard

from core.crypto.fingerprints import fingerprints
from core.flows.keys import Changed, Suspect
from core.model.keys import Form
from core.services import keys
from core.services.perform import perform
from core.words.names import ARRIVALS
from gui.bench import Bench
from gui.widgets.fingerprint import Fingerprint
from gui.wizards.compare import CompareWizard
from gui.wizards.ends import add_sheet, suspended
from gui.wizards.host import Host
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work


class _Look(Page):
    def __init__(self, host: ChangedWizard) -> None:
        super().__init__(host, "look")
        self.titled(
            self.tr("What happened"),
            self.tr("A new key came for this device"),
            self.tr("Nothing with this device is exported until two people compared the new key, or it was rejected."),
        )
        self.choice("device", self.tr("&Device"), host.devices())
        self.new = self.note("newKey")
        self.old = self.note("oldKey")
        self._print: Fingerprint | None = None

    def enter(self) -> None:
        """A device that was named is not asked for."""
        super().enter()
        host = self.host
        self.show_row("device", shown=isinstance(host, ChangedWizard) and not host.about)

    def update_page(self) -> None:
        """The approved key's fingerprint may be shown; of the new one, only how it came."""
        facts, name = self.host.known, self.host.flow.value("device")
        device, waiting, approved = facts.device(name), facts.waiting(name), facts.approved(name)
        came = self.tr(
            "The new key: {how}, on {day}, taken on file by {by}. It is not shown before it was compared: what is read "
            "to you has to come from the device, not from this screen."
        )
        self.new.setText(
            came.format(how=ARRIVALS[waiting.arrival], day=f"{waiting.received:%Y-%m-%d}", by=waiting.received_by)
            if waiting
            else ""
        )
        if self._print is not None:
            self._print.hide()
            self.column.removeWidget(self._print)
            self._print.deleteLater()
            self._print = None
        self.old.setText(self.tr("The approved key stays pinned on the devices:") if approved else "")
        if approved and device:
            value = fingerprints(approved.public, device.identity)[Form.SPKI_SHA256]
            label = self.tr("SHA-256 of the approved public key of {device}").format(device=name)
            self._print = Fingerprint(label, value, "approvedFingerprint")
            self.column.addWidget(self._print)


class _Decide(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "decide")
        self.titled(self.tr("Decide"), self.tr("What is it?"), self.tr("If you do not know, call the owner first."))
        self.radios(
            "decision",
            self.tr("It is"),
            [
                (
                    "planned",
                    self.tr("A &planned change"),
                    self.tr("The owner said so and there is a ticket. Two people compare the new key."),
                ),
                (
                    "reject",
                    self.tr("The &wrong key"),
                    self.tr("The new key is rejected and the approved one stays."),
                ),
                (
                    "suspect",
                    self.tr("Perhaps an &attack"),
                    self.tr(
                        "The new key goes into quarantine, the links are suspended, and an incident sheet is made."
                    ),
                ),
            ],
        )


class _Reason(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "reason")
        self.titled(self.tr("Reason"), self.tr("Why?"), self.tr("This cannot be taken back."))
        self.follows = self.note("follows")
        self.column.removeWidget(self.follows)
        self.column.insertWidget(2, self.follows)
        self.line("reason", self.tr("&Reason"), self.tr("It stands in the activity log."))

    def update_page(self) -> None:
        """What follows, and the button that says so."""
        flow = self.host.flow
        if not isinstance(flow, Changed):
            return
        attack = flow.decision == "suspect"
        button = self.tr("&Suspend the links") if attack else self.tr("&Reject the new key")
        self.setButtonText(QWizard.WizardButton.CommitButton, button)
        links = ", ".join(Suspect(flow.device).suspended(self.host.known))
        words = (
            self.tr("These links of {device} are suspended: {links}. Keep the file and the message it came in.")
            if attack
            else self.tr("The new key of {device} is rejected. The approved one stays and can be exported again.")
        )
        self.follows.setText(words.format(device=flow.device, links=links or self.tr("none")))


class _Planned(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "planned")
        self.titled(
            self.tr("Ticket"),
            self.tr("Which change is it part of?"),
            self.tr("Next, the new key is compared with its owner: they read, you type."),
        )
        self.line("ticket", self.tr("Tic&ket"))
        self.setButtonText(QWizard.WizardButton.FinishButton, self.tr("&Compare the new key\u2026"))


class ChangedWizard(Wizard):
    """Planned, wrong, or an attack."""

    def __init__(self, bench: Bench, device: str) -> None:
        self.about = device
        super().__init__("changed", bench, Changed(device))
        self.setWindowTitle(self.tr("The key has changed"))
        done = Done(self, self._told, self._onward)
        pages = [_Look(self), _Decide(self), _Reason(self), done, _Planned(self)]
        self.put(pages, {"reason": self.tr("&Reject the new key")})
        add_sheet(self, done)
        self.accepted.connect(self._go_on)

    def devices(self) -> list[tuple[str, str]]:
        """Devices with a key that waits beside an approved one."""
        facts = self.known
        held = [each.name for each in facts.active if facts.waiting(each.name) and facts.approved(each.name)]
        return [("", self.tr("Choose\u2026")), *((name, name) for name in held)]

    def work(self) -> Work:
        """Reject it, or suspend the links."""
        desk, command = self.desk, self.flow.command()
        verb = keys.SUSPECT if self.flow.value("decision") == "suspect" else keys.WITHDRAW
        return lambda told: perform(desk, verb, command, told)

    def _go_on(self) -> None:
        """A planned change goes on to the comparison, with its ticket."""
        if not self.committed:
            self.opens.emit(CompareWizard(self.bench, self.flow.value("device"), self.flow.value("ticket")))

    def _told(self) -> tuple[str, str]:
        device = self.flow.value("device")
        if self.flow.value("decision") == "suspect":
            return "ok", suspended(self, device)
        words = self.tr("The new key of {device} was rejected; the approved one stays. Tell the owner.")
        return "ok", words.format(device=device)

    def _onward(self) -> Sequence[tuple[str, str, str, str]]:
        return ()
