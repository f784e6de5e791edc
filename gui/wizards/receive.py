"""Receive a key: a file is judged, told what it is without its value, and kept as not verified."""

from __future__ import annotations

from collections.abc import Sequence

from core.exports.instructions import public_key
from core.flows.keys import Receive
from core.model.keys import Arrival, PublicKey
from core.services import keys
from core.services.perform import perform
from core.words.names import ARRIVALS, doubt, recognised
from gui.bench import Bench
from gui.widgets.label import PlainLabel
from gui.wizards.inputs import Copyable
from gui.wizards.new_device import WithNewDevice
from gui.wizards.page import Page
from gui.wizards.review import Done, Review
from gui.wizards.source import SourcePage
from gui.wizards.wizard import Wizard, Work


class _File(SourcePage):
    def __init__(self, host: ReceiveWizard) -> None:
        super().__init__(host, "file")
        self.titled(
            self.tr("The key"),
            self.tr("Which key did you get?"),
            self.tr(
                "A public key, certificate request, self-signed certificate, OpenSSH line, WireGuard key or Cisco "
                "key-string. It is known by its content."
            ),
        )
        self.device = self.choice("device", self.tr("&Device"), host.devices())
        self.form.addRow("", host.device_button())
        self.commands = Copyable("commands", self.tr("What the device's owner types"), lines=2, wraps=True)
        self.typed = PlainLabel(self.tr("It is printed b&y"), "commandsLabel")
        self.typed.setBuddy(self.commands.view)
        self.typed.setWordWrap(False)
        self.form.addRow(self.typed, self.commands)
        self.source(self.tr("&File"), self.tr("or &paste it"), self.tr("The text of the key, whole."))
        self.kind = PlainLabel("", "recognised", selectable=True)
        self.doubt = PlainLabel("", "doubt", selectable=True)
        self.doubt.setProperty("problem", "true")
        self.tell_row("", self.kind, self.doubt)
        self.line(
            "legacy_because",
            self.tr("&Why it is taken"),
            self.tr("RSA below 3072 bits is legacy. With a reason on record it is taken until you can replace it."),
        )

    def pull(self) -> None:
        """A device that was just made is offered as well."""
        host = self.host
        if isinstance(host, ReceiveWizard) and self.device.count() != len(host.devices()):
            self.offer(self.device, host.devices())
        super().pull()

    def update_page(self) -> None:
        """Say what it is; ask for the reason only where a legacy key needs one."""
        flow = self.host.flow
        device = self.host.known.device(flow.value("device"))
        self.form.setRowVisible(self.commands, device is not None)
        if device is not None:
            self.commands.tell("\n".join(public_key(device.platform, device.name)))
        if isinstance(flow, Receive):
            key = flow.recognised()
            self.kind.setText(recognised(key) if isinstance(key, PublicKey) else "")
            self.kind.setAccessibleName(self.kind.text())
            self.kind.setVisible(bool(self.kind.text()))
            self.show_row("legacy_because", shown=flow.asks_why())
            before = flow.doubt(self.host.known)
            self.doubt.setText(doubt(*before) if before else "")
            self.doubt.setVisible(before is not None)


class _Arrival(Page):
    def __init__(self, host: Wizard) -> None:
        super().__init__(host, "arrival")
        self.titled(
            self.tr("How it came"),
            self.tr("How did it come?"),
            self.tr("The same way does not count later, when the key is compared."),
        )
        self.radios("arrival", self.tr("It came"), [(each.value, ARRIVALS[each], "") for each in Arrival])
        self.line(
            "replace_by",
            self.tr("&Roll over until"),
            self.tr("YYYY-MM-DD, within 90 days: the old pin stays beside the new one until then. Usually empty."),
        )

    def update_page(self) -> None:
        """Rolling over is asked only where there is an approved key."""
        rolls = self.host.known.approved(self.host.flow.value("device")) is not None
        self.show_row("replace_by", shown=rolls)


class ReceiveWizard(WithNewDevice):
    """Take one key on file."""

    def __init__(self, bench: Bench, device: str, path: str) -> None:
        super().__init__("receive", bench, Receive(device))
        self.setWindowTitle(self.tr("Receive a key"))
        file = _File(self)
        intro = self.tr("The key is kept as not verified: nothing is exported with it before two people compared it.")
        pages = [file, _Arrival(self), Review(self, self._rows, intro), Done(self, self._told, self._onward)]
        self.put(pages, {"review": self.tr("&Keep as not verified")})
        if path:
            file.load(path)

    def devices(self) -> list[tuple[str, str]]:
        """The devices that a key may be for."""
        return [("", self.tr("Choose\u2026")), *((each.name, each.name) for each in self.known.active)]

    def made_device(self, name: str) -> None:
        """The key is for it."""
        page = self.here()
        if page is not None:
            page.changed("device", name)

    def _rows(self) -> Sequence[tuple[str, str]]:
        flow = self.flow
        key = flow.recognised() if isinstance(flow, Receive) else None
        made = flow.command()
        return (
            (self.tr("Device"), made.device),
            (self.tr("Key"), recognised(key) if isinstance(key, PublicKey) else ""),
            (self.tr("File"), made.origin),
            (self.tr("It came"), ARRIVALS[Arrival(made.arrival)]),
            (self.tr("Roll over until"), made.replace_by),
            (self.tr("Legacy, because"), made.legacy_because),
        )

    def work(self) -> Work:
        """Take it on file."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, keys.RECEIVE, command, told)

    def _told(self) -> tuple[str, str]:
        words = self.tr(
            "The key of {device} is on file as not verified. Next, compare it with its owner: they read, you type."
        )
        return "ok", words.format(device=self.flow.value("device"))

    def _onward(self) -> Sequence[tuple[str, str, str, str]]:
        return (("nextCompare", self.tr("&Compare it now\u2026"), "compare", self.flow.value("device")),)
