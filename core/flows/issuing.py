"""Issuing what was approved, with the custodians; and a certified device's folder."""

from pathlib import Path

from core.errors.base import Refused
from core.errors.enrolment import SubmitterIssues
from core.errors.workspace import TextNotFit
from core.flows.custody import Present
from core.flows.facts import Facts
from core.flows.step import Step, Typed, at
from core.late import dataclass
from core.model.certificates import IssueCertificates
from core.model.proposals import Proposal
from core.policy import texts
from core.services.endpoints import ExportEndpoint


@dataclass(frozen=True, kw_only=True)
class Issue(Present):
    """`approved` is what can be issued, of one authority; `chosen` digests of it; `to` a folder, "" writes none."""

    approved: tuple[Proposal, ...] = ()
    chosen: tuple[str, ...] = ()
    to: str = ""

    def steps(self) -> tuple[Step, ...]:
        """What, where to, and the custodians."""
        return Step("which", ("chosen", "to")), Step("custodians", ("hands",), commit=True), Step("done")

    def offered(self, facts: Facts) -> tuple[tuple[Proposal, Refused | None], ...]:
        """Everything that was approved, and why this person may not issue it."""
        own = facts.actor.name
        return tuple((each, SubmitterIssues(own) if each.proposer == own else None) for each in self.approved)

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        found: list[Refused] = [why for each, why in self.offered(facts) if why and each.digest in self.chosen]
        found = at(found, "chosen") or ([] if self.chosen else [TextNotFit("chosen", "empty")])
        return (*found, *texts.line("to", self.to, limit=500), *self.missing())

    def command(self) -> IssueCertificates:
        """What the service takes."""
        return IssueCertificates(self.chosen, self.here)


@dataclass(frozen=True)
class Folder(Typed):
    """The folder of a certified device, once more."""

    serial: str
    to: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("folder", ("to",), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """A place."""
        return tuple(texts.line("to", self.to, limit=500, needed=True))

    def command(self) -> ExportEndpoint:
        """What the service takes."""
        return ExportEndpoint(self.serial, Path(self.to.strip()).expanduser())
