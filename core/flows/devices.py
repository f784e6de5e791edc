"""Adding a device, and retiring one."""

from core.errors.base import Refused
from core.errors.devices import NoSuchDevice
from core.flows.facts import Facts
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.devices import AddDevice, Identity, Platform, RetireDevice
from core.model.links import Link
from core.policy import devices as policy
from core.policy import texts


@dataclass(frozen=True)
class NewDevice(Typed):
    """Texts as typed; `networks` with spaces or commas between them."""

    name: str = ""
    platform: str = Platform.STRONGSWAN.value
    site: str = ""
    end_of_life: str = ""
    identity: str = ""
    address: str = ""
    networks: str = ""
    contact: str = ""
    phone: str = ""
    phone_from: str = ""

    def steps(self) -> tuple[Step, ...]:
        """What it is, where it is reached, whom to call."""
        return (
            Step("what", ("name", "platform", "site", "end_of_life")),
            Step("network", ("identity", "address", "networks")),
            Step("contact", ("contact", "phone", "phone_from")),
            Step("review", commit=True),
            Step("done"),
        )

    def known_as(self) -> Identity | None:
        """The identity as it is understood, while it is typed."""
        return policy.identity(self.identity)

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        command = self.command()
        return tuple(policy.findings(command) + policy.clashes(command, facts.devices))

    def command(self) -> AddDevice:
        """What the service takes."""
        return AddDevice(
            self.name.strip(),
            self.platform,
            self.identity.strip(),
            self.address.strip(),
            tuple(self.networks.replace(",", " ").split()),
            self.site,
            self.end_of_life.strip(),
            self.contact,
            self.phone,
            self.phone_from,
        )


@dataclass(frozen=True)
class EndDevice(Typed):
    """Retiring a device ends its links and keys."""

    device: str
    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("reason", ("device", "reason", "ticket"), commit=True), Step("done")

    def ending(self, facts: Facts) -> tuple[Link, ...]:
        """The links that end with it."""
        device = facts.device(self.device)
        return facts.links_of(device) if device else ()

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        found: list[Refused] = [] if facts.device(self.device) else [NoSuchDevice(self.device)]
        found += texts.line("reason", self.reason, needed=True) + texts.line("ticket", self.ticket, needed=True)
        return tuple(found)

    def command(self) -> RetireDevice:
        """What the service takes."""
        return RetireDevice(self.device, self.reason.strip(), self.ticket.strip())
