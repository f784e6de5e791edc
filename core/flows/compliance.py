"""A clause that two people leave for a while."""

from core.errors.base import Refused
from core.flows.facts import Facts
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.compliance import Waive
from core.policy import waivers


@dataclass(frozen=True)
class Waiving(Typed):
    """Which clause, until when, and why."""

    clause: str = ""
    until: str = ""
    review: str = ""
    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("waiver", ("clause", "until", "review", "reason", "ticket"), commit=True), Step("done")

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Everything that stands against it."""
        return tuple(waivers.findings(self.command(), facts.today))

    def command(self) -> Waive:
        """What the service takes."""
        return Waive(self.clause, self.reason.strip(), self.until.strip(), self.review.strip(), self.ticket.strip())
