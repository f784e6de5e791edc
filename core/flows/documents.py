"""Policy documents: the text of now as the next version, and where a version was made available; how long CRLs count."""

from core.errors.base import Refused
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.documents import Document, ProposeDocument, PublishDocument
from core.model.settings import SetCrlValidity
from core.policy import texts


@dataclass(frozen=True)
class Proposing(Typed):
    """Why there is another version."""

    document: str
    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("version", ("reason", "ticket"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What can be said before the service is asked."""
        return (*texts.line("reason", self.reason, needed=True), *texts.line("ticket", self.ticket))

    def command(self) -> ProposeDocument:
        """What the service takes."""
        return ProposeDocument(Document(self.document), self.reason.strip(), self.ticket.strip())


@dataclass(frozen=True)
class Publishing(Typed):
    """To whom and where a version was made available."""

    document: str
    distribution: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("available", ("distribution", "ticket"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What can be said before the service is asked."""
        return (*texts.line("distribution", self.distribution, needed=True), *texts.line("ticket", self.ticket))

    def command(self) -> PublishDocument:
        """What the service takes."""
        return PublishDocument(Document(self.document), self.distribution.strip(), self.ticket.strip())


@dataclass(frozen=True)
class Lasting(Typed):
    """How long CRLs of issuing authorities count."""

    hours: str = ""
    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("validity", ("hours", "reason", "ticket"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What can be said before the service is asked, which knows the bounds."""
        found = texts.line("hours", self.hours, needed=True) + texts.line("reason", self.reason, needed=True)
        return (*found, *texts.line("ticket", self.ticket))

    def command(self) -> SetCrlValidity:
        """What the service takes."""
        return SetCrlValidity(self.hours.strip(), self.reason.strip(), self.ticket.strip())
