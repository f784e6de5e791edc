"""Custodians who are present and type, one after the other: what every flow has that opens a CA key."""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Any, TypeVar

from core.errors.base import Refused
from core.flows.step import Typed, at
from core.late import dataclass
from core.model.custody import HeldKey
from core.policy import custody
from core.services.offline import NetworkUp
from core.services.opening import Hands

_FIELD = "hand_"
P = TypeVar("P", bound="Present")


@dataclass(frozen=True, kw_only=True)
class Present(Typed):
    """`key` is the one to be opened; `hands` has what each custodian typed, `sticks` the texts of their sticks.

    No representation shows any of them.
    """

    key: HeldKey | None = field(default=None, repr=False)
    hands: Mapping[str, str] = field(default_factory=dict, repr=False)
    sticks: Mapping[str, str] = field(default_factory=dict, repr=False)
    library: str = ""
    network_up_because: str = ""
    witness: str = ""
    rehearsal: bool = False

    def typed(self: P, name: str, value: Any) -> P:
        """One more value; `hand_NAME` is that custodian's passphrase for the key."""
        if name.startswith(_FIELD):
            return replace(self, hands={**self.hands, name.removeprefix(_FIELD): value})
        return replace(self, **{name: value})

    def value(self, name: str) -> Any:
        """What a field holds."""
        return self.hands.get(name.removeprefix(_FIELD), "") if name.startswith(_FIELD) else getattr(self, name)

    @property
    def holders(self) -> tuple[str, ...]:
        """Who can be present."""
        return tuple(each.name for each in self.key.holders) if self.key else ()

    @property
    def here(self) -> tuple[str, ...]:
        """Who typed."""
        return tuple(name for name in self.holders if self.hands.get(name))

    def missing(self) -> list[Refused]:
        """Findings while too few of them typed."""
        return at(custody.present(self.key, self.here), "hands") if self.key else []

    def with_stick(self: P, name: str, untrusted: str) -> P:
        """A custodian's own stick, "" to do without; the service judges its text."""
        return replace(self, sticks={**self.sticks, name: untrusted})

    def own_sticks(self, people: Iterable[str]) -> dict[str, str]:
        """The sticks that are in, of these people."""
        return {name: self.sticks[name] for name in people if self.sticks.get(name)}

    def bring(self) -> Hands:
        """What travels beside the command."""
        typed = {name: self.hands[name] for name in self.here}
        return Hands(typed, self.own_sticks(self.here), self.library.strip())

    def network(self) -> NetworkUp:
        """What was said of a network that is up; a rehearsal does not ask."""
        return NetworkUp(self.network_up_because.strip(), self.witness.strip(), asked=not self.rehearsal)

    def forgotten(self: P) -> P:
        """Without what was typed."""
        return replace(self, hands={}, sticks={})


def field_of(name: str) -> str:
    """The field of a custodian."""
    return f"{_FIELD}{name}"
