"""Joining two devices, and retiring a link."""

from dataclasses import replace

from core.errors.base import Refused
from core.errors.linking import NoSuchLink
from core.errors.workspace import TextNotFit
from core.flows.facts import Facts
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.links import AddLink, RetireLink, Technology
from core.policy import links as policy
from core.policy import texts


@dataclass(frozen=True)
class NewLink(Typed):
    """Two devices on file and what both of them carry."""

    left: str = ""
    right: str = ""
    name: str = ""
    technology: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """The ends first: they decide which technologies there are."""
        return (
            Step("ends", ("left", "right")),
            Step("link", ("name", "technology", "ticket")),
            Step("review", commit=True),
            Step("done"),
        )

    def choices(self, facts: Facts) -> tuple[Technology, ...]:
        """What both ends carry; nothing before both are chosen."""
        left, right = facts.device(self.left), facts.device(self.right)
        return policy.shared(left, right) if left and right else ()

    def settled(self, facts: Facts) -> "NewLink":
        """With a technology that both ends carry, and a name where none was typed."""
        choices = self.choices(facts)
        technology = self.technology if self.technology in choices else next(iter(choices), "")
        name = self.name or (f"{self.left}-{self.right}"[:63] if self.left and self.right else "")
        return replace(self, technology=str(technology), name=name)

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        found: list[Refused] = []
        for what in ("left", "right"):
            if facts.device(getattr(self, what)) is None:
                found.append(TextNotFit(what, "empty"))
        left, right = facts.device(self.left), facts.device(self.right)
        return (*found, *policy.findings(self.command(), left, right, facts.links))

    def command(self) -> AddLink:
        """What the service takes."""
        return AddLink(self.name.strip(), self.left, self.right, self.technology, self.ticket.strip())


@dataclass(frozen=True)
class EndLink(Typed):
    """Retiring a link; its devices and their keys stay."""

    link: str
    reason: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("reason", ("link", "reason"), commit=True), Step("done")

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        found: list[Refused] = [] if facts.link(self.link) else [NoSuchLink(self.link)]
        return (*found, *texts.line("reason", self.reason, needed=True))

    def command(self) -> RetireLink:
        """What the service takes."""
        return RetireLink(self.link, self.reason.strip())
