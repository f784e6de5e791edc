"""A CA of others: taken in as pending, then heard by two people, each by themselves."""

from dataclasses import field

from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.trust import AddTrust, CompareTrust
from core.policy import texts


@dataclass(frozen=True)
class TakeIn(Typed):
    """A foreign root or cross-certificate, and what it is to be trusted for."""

    untrusted: bytes = field(default=b"", repr=False)
    origin: str = ""
    purpose: str = ""
    owner: str = ""
    until: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """The file, then why it is here and how long."""
        return (
            Step("file", ("untrusted",)),
            Step("terms", ("purpose", "owner", "until", "ticket"), commit=True),
            Step("done"),
        )

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What can be said before the service is asked, which judges the certificate."""
        found: list[Refused] = [] if self.untrusted else [TextNotFit("untrusted", "empty")]
        found += texts.day("until", self.until.strip()) or texts.line("until", self.until, needed=True)
        for what in ("purpose", "owner", "ticket"):
            found += texts.line(what, self.value(what), needed=True)
        return tuple(found)

    def command(self) -> AddTrust:
        """What the service takes."""
        typed = (self.value(what).strip() for what in ("purpose", "owner", "until", "ticket"))
        return AddTrust(self.untrusted, *typed)


@dataclass(frozen=True)
class HearTrust(Typed):
    """One person's blind comparison of the CA `name`."""

    name: str = ""
    heard: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Which, and what its owner reads out."""
        return Step("heard", ("name", "heard"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Both are needed."""
        found = texts.line("name", self.name, needed=True)
        return (*found, *([] if self.heard.strip() else [TextNotFit("heard", "empty")]))

    def command(self) -> CompareTrust:
        """What the service takes."""
        return CompareTrust(self.name, self.heard)
