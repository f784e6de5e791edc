"""Agreeing to what somebody else asked for, and turning it down."""

from dataclasses import field, replace

from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.flows.facts import Facts
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.proposals import CloseProposal
from core.policy import texts


@dataclass(frozen=True)
class Agree(Typed):
    """`shown` is the list: each proposal's digest with the sentence that its approver reads."""

    shown: tuple[tuple[str, str], ...]
    who: str = ""
    passphrase: str = field(default="", repr=False)

    def steps(self) -> tuple[Step, ...]:
        """The sentences and the passphrase are on one page: nothing lies between reading and signing."""
        return Step("agree", ("who", "passphrase"), commit=True), Step("done")

    def problems(self, _facts: Facts) -> tuple[Refused, ...]:
        """Somebody, and their passphrase."""
        return tuple(TextNotFit(what, "empty") for what in ("who", "passphrase") if not getattr(self, what))

    def forgotten(self) -> "Agree":
        """Without the passphrase."""
        return replace(self, passphrase="")

    def command(self) -> dict[str, str]:
        """What the service takes beside name and passphrase."""
        return dict(self.shown)


@dataclass(frozen=True)
class TurnDown(Typed):
    """Refusing a proposal, or withdrawing one's own."""

    digest: str
    reason: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("reason", ("reason",), commit=True), Step("done")

    def problems(self, _facts: Facts) -> tuple[Refused, ...]:
        """A reason."""
        return tuple(texts.line("reason", self.reason, needed=True))

    def command(self) -> CloseProposal:
        """What the service takes."""
        return CloseProposal(self.digest, self.reason.strip())
