"""What ends or goes back: an authority that runs off or whose key is gone, the way back to Links mode; and a CRL that comes home."""

from dataclasses import dataclass

from core.errors.base import Refused
from core.flows.step import Step, Typed
from core.model.authorities import DestroyKey, RunOff
from core.policy import texts


@dataclass(frozen=True)
class _Final(Typed):
    """What nothing leads back from wants its reason and its ticket."""

    name: str
    reason: str = ""
    ticket: str = ""

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What the record needs."""
        found = texts.line("reason", self.reason, needed=True) + texts.line("ticket", self.ticket, needed=True)
        return tuple(found)


@dataclass(frozen=True)
class Ending(_Final):
    """Running off."""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("ending", ("reason", "ticket"), commit=True), Step("done")

    def command(self) -> RunOff:
        """What the service takes."""
        return RunOff(self.name, self.reason.strip(), self.ticket.strip())


@dataclass(frozen=True)
class Destroying(_Final):
    """The end of a key; `deleted` is "yes" or "no"."""

    deleted: str = "no"

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("ending", ("reason", "ticket", "deleted"), commit=True), Step("done")

    def command(self) -> DestroyKey:
        """What the service takes."""
        return DestroyKey(self.name, self.reason.strip(), self.ticket.strip(), self.deleted == "yes")


@dataclass(frozen=True)
class GoingBack(Typed):
    """Back to Links mode, while no sub CA was installed."""

    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("back", ("reason", "ticket"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What the record needs."""
        return tuple(texts.line("reason", self.reason, needed=True) + texts.line("ticket", self.ticket))

    def command(self) -> tuple[str, str]:
        """What the service takes."""
        return self.reason.strip(), self.ticket.strip()


@dataclass(frozen=True)
class TakingCrl(Typed):
    """The file of a CRL."""

    file: str = ""

    def steps(self) -> tuple[Step, ...]:
        """The file says the rest."""
        return Step("file", ("file",), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """The service judges what is in it."""
        return tuple(texts.line("file", self.file, needed=True, limit=4096))

    def command(self) -> str:
        """What the service takes."""
        return self.file.strip()
