"""The monthly review of the ledger: a sample is drawn, looked up and signed off."""

from dataclasses import replace

from core.errors.base import Refused
from core.flows.facts import Facts
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.audit import DrawSample, SignOff
from core.policy import texts


@dataclass(frozen=True)
class LedgerReview(Typed):
    """`sample` is the row that drew it, 0 before there is one; `note` is what the reviewer found."""

    sample: int = 0
    note: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Drawing leaves a row as well, so it is a commit of its own; a sample is drawn once."""
        return Step("draw", commit=not self.sample), Step("look", ("note",), commit=True), Step("done")

    def problems(self, _facts: Facts) -> tuple[Refused, ...]:
        """The note, once there is something to note."""
        return tuple(texts.line("note", self.note, needed=True, limit=500)) if self.sample else ()

    def drawn(self, sample: int) -> "LedgerReview":
        """With the sample."""
        return replace(self, sample=sample)

    def command(self) -> DrawSample | SignOff:
        """What the service takes next."""
        return SignOff(self.sample, self.note.strip()) if self.sample else DrawSample()
