"""Asking two people for another pattern of tickets, a wider ticket, or a key that is made another way."""

from __future__ import annotations

from collections.abc import Sequence

from core.flows.agreements import KeyElsewhere, Pattern, Widen
from core.services import agreements
from gui.bench import Bench
from gui.wizards.asking import Asking
from gui.wizards.ca.ticks import Ticks
from gui.wizards.host import Host
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Work


class _Pattern(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "pattern")
        self.titled(
            self.tr("Pattern"),
            self.tr("What do tickets look like here?"),
            self.tr("A request with a ticket that looks otherwise is refused. Two people decide."),
        )
        hint = self.tr("# is a digit, * any run, | stands between two: CHG####### or INC*. Empty takes any ticket.")
        self.line("pattern", self.tr("P&attern"), hint)
        self.line("reason", self.tr("&Reason"))
        self.line("ticket", self.tr("&Ticket"), self.tr("What it is done for, where there is one."))


class PatternWizard(Asking):
    """Ask for another pattern of tickets."""

    def __init__(self, bench: Bench) -> None:
        assert bench.desk is not None  # noqa: S101 - only the first run has none
        super().__init__("ticket-pattern", bench, Pattern(agreements.pattern(bench.desk.file.read)))
        self.setWindowTitle(self.tr("Pattern of tickets"))
        pages = [_Pattern(self), Done(self, self.asked, self.onward)]
        self.put(pages, {"pattern": self.tr("&Propose the pattern")})

    def work(self) -> Work:
        """Ask for it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: agreements.set_pattern(desk, command)


class _Widen(Page):
    def __init__(self, host: Host, devices: Sequence[str]) -> None:
        super().__init__(host, "widen")
        self.titled(
            self.tr("Ticket"),
            self.tr("Which ticket counts for more than one device?"),
            self.tr("Otherwise a ticket is good for one device, so that nobody hangs a second one on it."),
        )
        self.line("ticket", self.tr("&Ticket"))
        options = [
            ("named", self.tr("For the de&vices below"), ""),
            ("all", self.tr("For &every device"), self.tr("Also for devices that are added later.")),
        ]
        self.radios("whom", self.tr("Counts"), options)
        Ticks(self, "devices", self.tr("&Devices"), [(name, name) for name in devices])
        self.line("reason", self.tr("&Reason"))

    def update_page(self) -> None:
        """Devices are named or not."""
        self.show_row("devices", shown=self.host.flow.value("whom") == "named")


class WidenWizard(Asking):
    """Ask that a ticket counts for further devices."""

    def __init__(self, bench: Bench) -> None:
        super().__init__("ticket-widen", bench, Widen())
        self.setWindowTitle(self.tr("A ticket for several devices"))
        pages = [_Widen(self, [each.name for each in self.known.active]), Done(self, self.asked, self.onward)]
        self.put(pages, {"widen": self.tr("&Propose the wider ticket")})

    def work(self) -> Work:
        """Ask for it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: agreements.widen(desk, command)


class _Exception(Page):
    def __init__(self, host: Host, devices: Sequence[str]) -> None:
        super().__init__(host, "exception")
        self.titled(
            self.tr("Exception"),
            self.tr("Which device's key is made another way?"),
            self.tr("Only where the device's own security procedures ask for it. The key is still never stored here."),
        )
        options = [("", self.tr("Choose\u2026")), *((name, name) for name in devices)]
        self.choice("device", self.tr("&Device"), options)
        self.line(
            "how", self.tr("&How it is made"), self.tr("Where and with what, for example: on the card of the HSM team.")
        )
        self.line("reason", self.tr("&Reason"), self.tr("Which procedure asks for it."))
        self.line("ticket", self.tr("&Ticket"))


class ExceptKeyWizard(Asking):
    """Ask for the recorded exception of a device whose key is made another way."""

    def __init__(self, bench: Bench, about: str) -> None:
        super().__init__("key-exception", bench, KeyElsewhere(about))
        self.setWindowTitle(self.tr("A key that is made another way"))
        pages = [_Exception(self, [each.name for each in self.known.active]), Done(self, self.asked, self.onward)]
        self.put(pages, {"exception": self.tr("&Propose the exception")})

    def work(self) -> Work:
        """Ask for it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: agreements.except_key(desk, command)
