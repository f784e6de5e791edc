"""Publishing a CRL: whose, where to, and the custodians."""

from core.errors.base import Refused
from core.flows.custody import Present
from core.flows.step import Step
from core.late import dataclass
from core.policy import texts


@dataclass(frozen=True, kw_only=True)
class Publish(Present):
    """`signed` is the number of a CRL that is signed already and only has to be written, 0 before."""

    authority: str = ""
    to: str = ""
    signed: int = 0

    def steps(self) -> tuple[Step, ...]:
        """Where it goes is said first, so that nothing is signed that has no place."""
        return (
            Step("where", ("authority", "to")),
            Step("custodians", ("hands", "network_up_because", "witness"), commit=True),
            Step("done"),
        )

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Every finding."""
        found = texts.line("authority", self.authority, needed=True) + texts.line("to", self.to, limit=500, needed=True)
        return tuple(found if self.signed else found + self.missing())

    def command(self) -> tuple[str, tuple[str, ...]]:
        """The authority, and who is present."""
        return self.authority, self.here
