"""Keeping the own sign-in on this workstation: the passphrase, typed at that moment."""

from dataclasses import field, replace

from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.flows.facts import Facts
from core.flows.step import Step, Typed
from core.late import dataclass


@dataclass(frozen=True)
class KeepOwn(Typed):
    """`name` is who sits at the desk. No representation shows the passphrase."""

    name: str
    passphrase: str = field(default="", repr=False)

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("keep", ("passphrase",), commit=True), Step("done")

    def problems(self, _facts: Facts) -> tuple[Refused, ...]:
        """Something typed; whether it is right is the service's to say."""
        return () if self.passphrase else (TextNotFit("passphrase", "empty"),)

    def forgotten(self) -> "KeepOwn":
        """Without what was typed."""
        return replace(self, passphrase="")

    def command(self) -> str:
        """Whose."""
        return self.name
