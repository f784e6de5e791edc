"""What two people are asked to allow: a pattern of tickets, a ticket for further devices, a key made another way."""

from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.flows.facts import Facts
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.agreements import ExceptKey, SetPattern, WidenTicket
from core.policy import agreements, texts


@dataclass(frozen=True)
class Pattern(Typed):
    """What tickets look like here; an empty pattern takes any."""

    pattern: str = ""
    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("pattern", ("pattern", "reason", "ticket"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What can be said before the service is asked."""
        return (*agreements.pattern(self.pattern.strip()), *texts.line("reason", self.reason, needed=True))

    def command(self) -> SetPattern:
        """What the service takes."""
        return SetPattern(self.pattern.strip(), self.reason.strip(), self.ticket.strip())


@dataclass(frozen=True)
class Widen(Typed):
    """A ticket for further devices: those that were ticked, or every one."""

    ticket: str = ""
    whom: str = "named"  # or "all"
    devices: tuple[str, ...] = ()
    reason: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("widen", ("ticket", "whom", "devices", "reason"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """No device named is not every device: that is a choice of its own."""
        found = texts.line("ticket", self.ticket, needed=True)
        found += [TextNotFit("devices", "empty")] if self.whom == "named" and not self.devices else []
        return (*found, *texts.line("reason", self.reason, needed=True))

    def command(self) -> WidenTicket:
        """What the service takes."""
        devices = self.devices if self.whom == "named" else ()
        return WidenTicket(self.ticket.strip(), devices, self.reason.strip())


@dataclass(frozen=True)
class KeyElsewhere(Typed):
    """A device whose own security procedures have its key made another way (M2)."""

    device: str = ""
    how: str = ""
    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("exception", ("device", "how", "reason", "ticket"), commit=True), Step("done")

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """What can be said before the service is asked."""
        found: list[Refused] = [] if facts.device(self.device) else [TextNotFit("device", "empty")]
        for what in ("how", "reason", "ticket"):
            found += texts.line(what, self.value(what), needed=True)
        return tuple(found)

    def command(self) -> ExceptKey:
        """What the service takes."""
        return ExceptKey(self.device, self.how.strip(), self.reason.strip(), self.ticket.strip())
