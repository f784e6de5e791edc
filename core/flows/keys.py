"""Receiving a key, rejecting one, suspecting an attack, and what to do about a changed key."""

from dataclasses import field

from core.crypto.cards import is_card
from core.crypto.keys import read_key
from core.errors import comparison as errors
from core.errors.base import Refused
from core.errors.cards import NotACard
from core.errors.devices import NoSuchDevice
from core.errors.keys import RsaSizeNotAllowed
from core.errors.workspace import TextNotFit
from core.flows.facts import Facts
from core.flows.step import Step, Typed, at
from core.late import dataclass
from core.model.keys import Arrival, Comparison, PublicKey, ReceiveKey, SuspectKey, WithdrawKey
from core.model.links import LinkState
from core.policy import texts
from core.policy.keys_on_file import doubt, ending, place, roll_over


@dataclass(frozen=True)
class Receive(Typed):
    """A key file for a device. What is told of it never holds its value: it was compared with nobody yet."""

    device: str = ""
    untrusted: bytes = field(default=b"", repr=False)
    origin: str = ""
    legacy_because: str = ""
    arrival: str = ""
    replace_by: str = ""

    def steps(self) -> tuple[Step, ...]:
        """The file is judged before anything else is asked."""
        return (
            Step("file", ("device", "untrusted", "legacy_because")),
            Step("arrival", ("arrival", "replace_by")),
            Step("review", commit=True),
            Step("done"),
        )

    def recognised(self) -> PublicKey | Refused | None:
        """The key, or what the core says of the file; None before there is one."""
        if not self.untrusted:
            return None
        try:
            return read_key(self.untrusted, legacy=bool(self.legacy_because.strip()))
        except Refused as refusal:
            return refusal

    def doubt(self, facts: Facts) -> tuple[str, Comparison] | None:
        """The comparison by which this key was once found to be another one than the far end's."""
        found = self.recognised()
        return doubt(facts.said_of(found.spki)) if isinstance(found, PublicKey) else None

    def asks_why(self) -> bool:
        """Whether a reason for an RSA key below 3072 bits is asked for."""
        found = self.recognised()
        waived = isinstance(found, PublicKey) and bool(self.legacy_because.strip())
        return waived or (isinstance(found, RsaSizeNotAllowed) and found.legacy)

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        device, key = facts.device(self.device), self.recognised()
        found: list[Refused] = [] if device else [TextNotFit("device", "empty")]
        if key is None:
            found.append(TextNotFit("untrusted", "empty"))
        elif isinstance(key, Refused):
            found.append(key)
        elif device:
            found += place(device, key.spki, facts.keys_of(device), facts.elsewhere(device), facts.said_of(key.spki))
        if self.arrival not in set(Arrival):
            found.append(TextNotFit("arrival", "empty"))
        elif self.arrival == Arrival.CARD and self.untrusted and not is_card(self.untrusted):
            found += at([NotACard()], "arrival")
        found += texts.line("legacy_because", self.legacy_because)
        on_file = facts.keys_of(device)
        return (*found, *roll_over(self.device, self.replace_by.strip(), on_file, facts.today))

    def command(self) -> ReceiveKey:
        """What the service takes."""
        because = self.legacy_because.strip()
        return ReceiveKey(self.device, self.untrusted, self.arrival, self.origin, self.replace_by.strip(), because)


@dataclass(frozen=True)
class Reject(Typed):
    """A waiting key is rejected and the approved one stays; without a waiting one, the approved one is withdrawn."""

    device: str
    reason: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("reason", ("device", "reason"), commit=True), Step("done")

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        return (*_known(self.device, facts), *self._nothing(facts), *texts.line("reason", self.reason, needed=True))

    def _nothing(self, facts: Facts) -> list[Refused]:
        device = facts.device(self.device)
        return [errors.NoKey(self.device)] if device and not ending(facts.keys_of(device)) else []

    def command(self) -> WithdrawKey:
        """What the service takes."""
        return WithdrawKey(self.device, self.reason.strip())


@dataclass(frozen=True)
class Suspect(Typed):
    """The new key goes into quarantine and every link of the device is suspended."""

    device: str
    reason: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("reason", ("device", "reason"), commit=True), Step("done")

    def suspended(self, facts: Facts) -> tuple[str, ...]:
        """The links that it suspends."""
        device = facts.device(self.device)
        active = [link for link in facts.links_of(device) if link.state is LinkState.ACTIVE] if device else []
        return tuple(link.name for link in active)

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        known = _known(self.device, facts)
        waiting = known or facts.waiting(self.device)
        none: list[Refused] = [] if waiting else [errors.NoKeyToCompare(self.device)]
        return (*known, *none, *texts.line("reason", self.reason, needed=True))

    def command(self) -> SuspectKey:
        """What the service takes."""
        return SuspectKey(self.device, self.reason.strip())


@dataclass(frozen=True)
class Changed(Typed):
    """A new key beside an approved one. `decision` is "planned", "reject" or "suspect"."""

    device: str
    decision: str = ""
    ticket: str = ""
    reason: str = ""

    def steps(self) -> tuple[Step, ...]:
        """A planned change needs its ticket and goes on to the comparison; the other two are done here."""
        look, decide = Step("look", ("device",)), Step("decide", ("decision",))
        if self.decision in ("reject", "suspect"):
            return look, decide, Step("reason", ("reason",), commit=True), Step("done")
        return look, decide, Step("planned", ("ticket",))

    def _ends(self) -> Reject | Suspect | None:
        if self.decision == "reject":
            return Reject(self.device, self.reason)
        return Suspect(self.device, self.reason) if self.decision == "suspect" else None

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        found = _known(self.device, facts)
        if not found and facts.waiting(self.device) is None:
            found.append(errors.NoKeyToCompare(self.device))
        ends = self._ends()
        if ends:
            return (*found, *(each for each in ends.problems(facts) if each.field == "reason"))
        if self.decision != "planned":
            found.append(TextNotFit("decision", "empty"))
        return (*found, *texts.line("ticket", self.ticket, needed=True))

    def command(self) -> WithdrawKey | SuspectKey | None:
        """What the service takes; nothing for a planned change, which the comparison decides."""
        ends = self._ends()
        return ends.command() if ends else None


def _known(device: str, facts: Facts) -> list[Refused]:
    return [] if facts.device(device) else [NoSuchDevice(device)]
