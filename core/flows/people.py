"""People: proposing one, other duties, a lost passphrase, leaving, and the newcomer's acceptance."""

from dataclasses import field, replace

from core.errors.base import Refused
from core.errors.people import PassphrasesDiffer
from core.errors.workspace import TextNotFit
from core.flows.facts import Facts
from core.flows.step import Step, Typed, at
from core.late import dataclass
from core.model.people import AddPerson, ChangeDuties, Duty, Leave
from core.policy import people as policy
from core.policy import texts


@dataclass(frozen=True)
class NewPerson(Typed):
    """A person to be proposed; the second person and the newcomer come later."""

    name: str = ""
    full_name: str = ""
    duties: tuple[Duty, ...] = ()
    until: str = ""
    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Who, and as what."""
        return (
            Step("person", ("name", "full_name")),
            Step("duties", ("duties", "until", "reason", "ticket")),
            Step("review", commit=True),
            Step("done"),
        )

    def problems(self, _facts: Facts) -> tuple[Refused, ...]:
        """What can be said before the service is asked, which knows who works here."""
        found = texts.name("name", self.name.strip()) + texts.full_name("full_name", self.full_name.strip())
        if not self.duties:
            found.append(TextNotFit("duties", "empty"))
        found += texts.day("until", self.until.strip())
        return (*found, *texts.line("reason", self.reason), *texts.line("ticket", self.ticket))

    def command(self) -> AddPerson:
        """What the service takes; reason and ticket go beside it."""
        return AddPerson(self.name.strip(), self.full_name.strip(), self.duties, self.until.strip())


@dataclass(frozen=True)
class OtherDuties(Typed):
    """Duties ticked and not; `held` is how it stands now."""

    name: str
    held: tuple[Duty, ...]
    duties: tuple[Duty, ...]
    until: str = ""
    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("duties", ("name", "duties", "until", "reason", "ticket"), commit=True), Step("done")

    def problems(self, _facts: Facts) -> tuple[Refused, ...]:
        """What can be said before the service is asked."""
        until = self.until.strip()
        found = [] if until == "never" else texts.day("until", until)
        return (*found, *texts.line("reason", self.reason), *texts.line("ticket", self.ticket))

    def command(self) -> ChangeDuties:
        """The difference."""
        add = tuple(each for each in self.duties if each not in self.held)
        remove = tuple(each for each in self.held if each not in self.duties)
        return ChangeDuties(self.name, add, remove, self.until.strip())


@dataclass(frozen=True)
class About(Typed):
    """Something about one person that takes no more than a reason: leaving, or a lost passphrase."""

    name: str
    reason: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("reason", ("name", "reason"), commit=True), Step("done")

    def problems(self, _facts: Facts) -> tuple[Refused, ...]:
        """A reason."""
        return tuple(texts.line("reason", self.reason, needed=True))

    def command(self) -> Leave:
        """Who, and why."""
        return Leave(self.name, self.reason.strip())


@dataclass(frozen=True)
class Accept(Typed):
    """The newcomer's passphrase, twice, and then the witness's. No representation shows them."""

    name: str
    witness: str
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    witness_passphrase: str = field(default="", repr=False)

    def steps(self) -> tuple[Step, ...]:
        """One page for each person, so that nobody types in front of the other's."""
        return (
            Step("own", ("passphrase", "again")),
            Step("witness", ("witness", "witness_passphrase"), commit=True),
            Step("done"),
        )

    def problems(self, _facts: Facts) -> tuple[Refused, ...]:
        """Findings of the new passphrase."""
        found = at(policy.passphrase(self.passphrase), "passphrase")
        differ: list[Refused] = [PassphrasesDiffer()] if self.passphrase != self.again else []
        empty: list[Refused] = [] if self.witness_passphrase else [TextNotFit("witness_passphrase", "empty")]
        return (*found, *at(differ, "again"), *empty)

    def forgotten(self) -> "Accept":
        """Without what was typed."""
        return replace(self, passphrase="", again="", witness_passphrase="")

    def command(self) -> str:
        """Who accepts."""
        return self.name
