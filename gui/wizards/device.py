"""Add a device: what it is, where it is reached, whom to call."""

from __future__ import annotations

from collections.abc import Sequence

from core.flows.devices import NewDevice
from core.model.devices import Platform
from core.services import devices
from core.services.perform import perform
from core.words.names import PLATFORMS, identity
from gui.bench import Bench
from gui.widgets.label import PlainLabel
from gui.wizards.page import Page
from gui.wizards.review import Done, Review
from gui.wizards.wizard import Wizard, Work


class _What(Page):
    def __init__(self, host: Wizard) -> None:
        super().__init__(host, "what")
        self.titled(
            self.tr("What it is"),
            self.tr("What device is it?"),
            self.tr("A device is one end of a link. Its own key is made on it and never leaves it."),
        )
        self.line("name", self.tr("Na&me"), self.tr("Letters, digits, dots and dashes, for example edge-lon1."))
        self.choice("platform", self.tr("&Platform"), [(each.value, PLATFORMS[each]) for each in Platform])
        self.line("site", self.tr("&Site"))
        self.line("end_of_life", self.tr("&End of life"), self.tr("YYYY-MM-DD, or empty. Its pins end with it."))


class _Network(Page):
    def __init__(self, host: Wizard) -> None:
        super().__init__(host, "network")
        self.titled(
            self.tr("Network"),
            self.tr("How does the other end know it?"),
            self.tr("The identity is bound to the key: a device that shows another one is refused."),
        )
        self.line(
            "identity", self.tr("&Identity"), self.tr("One host name, address or mailbox, for example gw1.example.net.")
        )
        self.explained = PlainLabel("", "identityExplained", selectable=True)
        self.tell_row("", self.explained)
        self.line("address", self.tr("&Address"), self.tr("Where the other end connects to: an address or a name."))
        self.line("networks", self.tr("Protected net&works"), self.tr("For example 10.1.0.0/24; several with spaces."))

    def update_page(self) -> None:
        """The identity is explained while it is typed."""
        flow = self.host.flow
        if isinstance(flow, NewDevice):
            self.explained.setText(identity(flow.known_as()) if flow.identity.strip() else "")
            self.explained.setAccessibleName(self.explained.text())
            self.explained.setVisible(bool(self.explained.text()))


class _Contact(Page):
    def __init__(self, host: Wizard) -> None:
        super().__init__(host, "contact")
        self.titled(
            self.tr("Contact"),
            self.tr("Whom do you call about it?"),
            self.tr(
                "You will call this number to compare the key. Take it from a source that the key did not come from."
            ),
        )
        self.line("contact", self.tr("&Contact"), self.tr("A role or a person, for example NOC Manchester."))
        self.line("phone", self.tr("P&hone"))
        self.line(
            "phone_from",
            self.tr("Where the number is &from"),
            self.tr("For example: contract of 2024, our own directory. Never the message that carried the key."),
        )


class DeviceWizard(Wizard):
    """Make one device."""

    def __init__(self, bench: Bench, name: str) -> None:
        super().__init__("device", bench, NewDevice(name=name))
        self.setWindowTitle(self.tr("Add device"))
        review = Review(self, self._rows, self.tr("Check what will be written into configurations."))
        done = Done(self, self._told, self._onward)
        self.put([_What(self), _Network(self), _Contact(self), review, done], {"review": self.tr("&Add device")})

    def _rows(self) -> Sequence[tuple[str, str]]:
        made = self.flow.command()
        return (
            (self.tr("Name"), made.name),
            (self.tr("Platform"), PLATFORMS[Platform(made.platform)]),
            (self.tr("Site"), made.site),
            (self.tr("End of life"), made.end_of_life),
            (self.tr("Identity"), made.identity),
            (self.tr("Address"), made.address),
            (self.tr("Protected networks"), ", ".join(made.networks)),
            (self.tr("Contact"), made.contact),
            (self.tr("Phone"), made.phone),
            (self.tr("Number from"), made.phone_from),
        )

    def work(self) -> Work:
        """Add it."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, devices.ADD, command, told)

    def _told(self) -> tuple[str, str]:
        words = self.tr("{name} is on file. Next, receive its public key, or join it to another device with a link.")
        return "ok", words.format(name=self.outcome.name)

    def _onward(self) -> Sequence[tuple[str, str, str, str]]:
        return (
            ("nextReceive", self.tr("&Receive its key\u2026"), "receive", self.outcome.name),
            ("nextDevice", self.tr("Add &another device\u2026"), "device", ""),
            ("nextLink", self.tr("Add a &link\u2026"), "link", self.outcome.name),
        )
