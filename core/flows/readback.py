"""Holding what a device prints against what was approved for it."""

from dataclasses import field

from core.errors.base import Refused
from core.errors.linking import NothingPinnedHere
from core.errors.workspace import TextNotFit
from core.exports.readback import printed_keys
from core.flows.facts import Facts
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.links import ReadBackDevice


@dataclass(frozen=True)
class ReadBack(Typed):
    """`untrusted` is the device's output, pasted or from a file."""

    device: str = ""
    untrusted: bytes = field(default=b"", repr=False)

    def steps(self) -> tuple[Step, ...]:
        """Nothing on the device changes, so there is nothing to review but what was pasted."""
        return Step("device", ("device",)), Step("paste", ("untrusted",), commit=True), Step("answer")

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        device = facts.device(self.device)
        if device is None:
            return (TextNotFit("device", "empty"),)
        peers = {number for link in facts.links_of(device) for number in (link.left_id, link.right_id)} - {device.id}
        none = not any(facts.approved(facts.named(number)) for number in peers)
        found: list[Refused] = [NothingPinnedHere(device.name)] if none else []
        return (*found, *self._printed())

    def _printed(self) -> tuple[Refused, ...]:
        if not self.untrusted.strip():
            return (TextNotFit("untrusted", "empty"),)
        try:
            printed_keys(self.untrusted)
        except Refused as refusal:
            refusal.field = "untrusted"
            return (refusal,)
        return ()

    def command(self) -> ReadBackDevice:
        """What the service takes."""
        return ReadBackDevice(self.device, self.untrusted)
