"""What two people decide about a CA: becoming one, a date in the place of a published one, the second look."""

from dataclasses import dataclass

from core.errors.base import Refused
from core.flows.step import Step, Typed
from core.model.decisions import Decide
from core.model.design import SwitchToCa
from core.model.revocation import Review
from core.policy import texts


@dataclass(frozen=True)
class Switching(Typed):
    """The design record of the CA that a workspace of links becomes; `relying` is separated by commas."""

    technologies: tuple[str, ...] = ()
    community: str = ""
    relying: str = ""
    hierarchy: str = ""
    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """What it is for, and how it is built."""
        return (
            Step("purpose", ("technologies", "community", "relying")),
            Step("design", ("hierarchy", "reason", "ticket"), commit=True),
            Step("done"),
        )

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What can be said before the service is asked."""
        found = texts.line("technologies", "".join(self.technologies), needed=True)
        for what in ("community", "relying", "hierarchy", "ticket"):
            found += texts.line(what, self.value(what), needed=True)
        return (*found, *texts.line("reason", self.reason))

    def command(self) -> SwitchToCa:
        """What the service takes."""
        relying = tuple(each.strip() for each in self.relying.split(",") if each.strip())
        return SwitchToCa(
            self.technologies,
            self.community.strip(),
            relying,
            self.hierarchy.strip(),
            self.reason.strip(),
            self.ticket.strip(),
        )


@dataclass(frozen=True)
class Deciding(Typed):
    """A date in the place of one that the guidance published."""

    clause: str = "L2"
    date: str = ""
    review: str = ""
    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("decision", ("clause", "date", "review", "reason", "ticket"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What can be said before the service is asked, which knows the network's and the root's end."""
        found: list[Refused] = []
        for what in ("date", "review"):
            text = self.value(what).strip()
            found += texts.day(what, text) or texts.line(what, text, needed=True)
        for what in ("reason", "ticket"):
            found += texts.line(what, self.value(what), needed=True)
        return tuple(found)

    def command(self) -> Decide:
        """What the service takes."""
        return Decide(self.clause, self.date.strip(), self.review.strip(), self.reason.strip(), self.ticket.strip())


@dataclass(frozen=True)
class SecondLook(Typed):
    """The second person looks at an urgent revocation; nothing is undone by it."""

    serial: str

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("look", commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Nothing is asked."""
        return ()

    def command(self) -> Review:
        """What the service takes."""
        return Review(self.serial)
