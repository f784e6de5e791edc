"""The drill: custodians prove that they open a key; nothing is signed."""

from core.errors.base import Refused
from core.flows.custody import Present
from core.flows.step import Step
from core.late import dataclass
from core.model.custody import Drill


@dataclass(frozen=True, kw_only=True)
class Drilling(Present):
    """Who is present, and what they type."""

    name: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("custodians", ("hands", "network_up_because", "witness"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Too few."""
        return tuple(self.missing())

    def command(self) -> Drill:
        """Which key, and who."""
        return Drill(self.name, self.here)
