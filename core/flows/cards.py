"""Signing a card: whose key it hands out, and the file it goes into."""

from pathlib import Path

from core.errors.base import Refused
from core.errors.devices import NoSuchDevice
from core.errors.workspace import TextNotFit
from core.flows.facts import Facts
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.cards import SignCard
from core.policy import texts
from core.policy.cards import signable


@dataclass(frozen=True)
class HandOut(Typed):
    """`to` is the card's file; its signature lies beside it."""

    device: str = ""
    to: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("card", ("device", "to"), commit=True), Step("done")

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        device = facts.device(self.device)
        if device is not None:
            found = signable(device.name, facts.keys_of(device))
        else:
            found = [NoSuchDevice(self.device) if self.device else TextNotFit("device", "empty")]
        return (*found, *texts.line("to", self.to, needed=True))

    def command(self) -> SignCard:
        """What the service takes."""
        return SignCard(self.device, Path(self.to.strip()).expanduser())
