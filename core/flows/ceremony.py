"""The root key ceremony: the room, the clock, what the certificate will say, the custodians, the fingerprint read back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from core.crypto.custody import Generated, generated_passphrase, typed_back
from core.errors.base import Refused
from core.errors.ceremony import SameMedium
from core.errors.custody import PassphraseChosen, TokenLibraryNotFit
from core.errors.people import PassphrasesDiffer
from core.errors.workspace import TextNotFit
from core.flows.custody import Present
from core.flows.step import Step, Typed, at
from core.media.network import Interface
from core.model.authorities import CaKey, MakeRoot
from core.model.ceremony import CloseCeremony, ReadBack
from core.model.custody import Inserted, Source
from core.policy import custody, people
from core.services.opening import Hands

_AGAIN = "again_"
N = TypeVar("N", bound="NewKey")


@dataclass(frozen=True, kw_only=True)
class NewKey(Present):
    """A CA key that is to be made: who holds it, and each one's new passphrase.

    It is typed twice; or it was `made` by the program, and the words are typed back. `strong` where it is a root's key,
    for which nobody thinks up a passphrase. `tokens` are those that were seen, `token` the URI of the one that the key
    is made on; `so_pin` is the one of its set-up, which ends with this.
    """

    custodians: tuple[str, ...] = ()
    quorum: str = "2"
    again: Mapping[str, str] = field(default_factory=dict, repr=False)
    made: Mapping[str, Generated] = field(default_factory=dict, repr=False)
    strong: bool = False
    medium: str = Source.SOFTWARE.value
    tokens: tuple[Inserted, ...] = ()
    token: str = ""
    so_pin: str = field(default="", repr=False)

    def typed(self: N, name: str, value: Any) -> N:
        """One more value; `again_NAME` is a passphrase once more."""
        if name.startswith(_AGAIN):
            return replace(self, again={**self.again, name.removeprefix(_AGAIN): value})
        return super().typed(name, value)

    def value(self, name: str) -> Any:
        """What a field holds."""
        return self.again.get(name.removeprefix(_AGAIN), "") if name.startswith(_AGAIN) else super().value(name)

    def with_words(self: N, name: str) -> N:
        """Ten fresh words for a custodian, who types them back."""
        return replace(self, made={**self.made, name: generated_passphrase()}, hands={**self.hands, name: ""})

    def twice(self, name: str) -> bool:
        """Whether a custodian types twice: what the program made is held against what it showed."""
        return bool(self.sticks.get(name)) or not self.strong

    @property
    def holders(self) -> tuple[str, ...]:
        """Everybody who will hold it is present."""
        return self.custodians

    @property
    def least(self) -> int:
        """How many open it, 0 where that is no number."""
        return int(self.quorum) if self.quorum.strip().isdecimal() else 0

    def room(self) -> list[Refused]:
        """Findings about who holds it."""
        return custody.quorum(self.least, self.custodians)

    @property
    def on_token(self) -> str:
        """The URI of the token that the key is made on, "" for a software key."""
        return self.token if self.medium == Source.TOKEN else ""

    def whereabouts(self) -> list[Refused]:
        """Findings about where the key is made."""
        if self.medium != Source.TOKEN:
            return []
        found: list[Refused] = [] if self.library.strip() else at([TokenLibraryNotFit("", "none")], "library")
        return found + ([] if self.token else [TextNotFit("token", "empty")])

    def missing(self) -> list[Refused]:
        """Findings about the passphrases and the token's SO-PIN, each at its field."""
        found: list[Refused] = []
        if self.on_token and not self.so_pin:
            found.append(TextNotFit("so_pin", "empty"))
        for name in self.custodians:
            typed = self.hands.get(name, "")
            if not self.twice(name):
                made = self.made.get(name)
                unmade: Refused = PassphraseChosen(name) if made is None else PassphrasesDiffer()
                found += at([] if made and typed_back(made, typed) else [unmade], f"hand_{name}")
                continue
            found += at(people.passphrase(typed), f"hand_{name}")
            found += at([PassphrasesDiffer()] if typed != self.again.get(name) else [], f"{_AGAIN}{name}")
        return found

    def bring(self) -> Hands:
        """What travels beside the command; words that were typed back go as they were made."""
        given = {name: self.hands[name] if self.twice(name) else self.made[name] for name in self.here}
        so_pin = self.so_pin if self.on_token else ""
        return Hands(given, self.own_sticks(self.custodians), self.library.strip(), so_pin)

    def forgotten(self: N) -> N:
        """Without what was typed."""
        return replace(self, hands={}, again={}, made={}, sticks={}, so_pin="")


@dataclass(frozen=True, kw_only=True)
class Ceremony(NewKey):
    """`interfaces` are this machine's, None where it cannot be asked; `fingerprint` (hex) is there once it was made."""

    interfaces: tuple[Interface, ...] | None = None
    clock: str = ""
    subject: str = ""
    kind: str = CaKey.P384.value
    until: str = ""
    crl_url: str = ""
    began: str = ""
    fingerprint: str = ""
    by: str = ""
    heard: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Nothing is made before every field was shown; the fingerprint is typed back after it."""
        return (
            Step("room", ("custodians", "quorum", "network_up_because", "witness")),
            Step("clock", ("clock",)),
            Step("medium", ("medium", "library", "token")),
            Step("parameters", ("subject", "kind", "until", "crl_url")),
            Step("fields"),
            Step("custodians", ("hands",), commit=True),
            Step("fingerprint", ("by", "heard")),
            Step("done"),
        )

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What needs no look into the workspace; the service judges the rest before each page is left."""
        found = self.room()
        found += [] if self.clock == "right" else [TextNotFit("clock", "empty")]
        return (*found, *self.whereabouts(), *self.missing())

    def read_back(self) -> ReadBack:
        """What the second person typed; the service judges it."""
        return ReadBack(self.heard, self.by)

    def command(self) -> MakeRoot:
        """What the service takes."""
        return MakeRoot(
            self.subject.strip(),
            self.custodians,
            self.least,
            self.until.strip(),
            self.crl_url.strip(),
            key=self.kind,
            token=self.on_token,
            network_up_because=self.network_up_because.strip(),
            witness=self.witness.strip(),
            clock_checked=self.clock == "right",
            began=self.began,
        )


@dataclass(frozen=True, kw_only=True)
class Closing(Typed):
    """What ends the ceremony: two copies on media of their own, and what closes the record (M11)."""

    first: str = ""
    second: str = ""
    powered_off: str = ""
    seal: str = ""
    place: str = ""
    next_planned: str = ""
    exceptions: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Nothing is written before everything was typed."""
        return (
            Step("copies", ("first", "second")),
            Step("closing", ("powered_off", "seal", "place", "next_planned", "exceptions")),
            Step("review", commit=True),
            Step("done"),
        )

    @property
    def copies(self) -> tuple[Path, ...]:
        """Where the copies go."""
        return tuple(Path(each.strip()).expanduser() for each in (self.first, self.second) if each.strip())

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Two media outlive the loss of one."""
        found: list[Refused] = [
            TextNotFit(name, "empty") for name in ("first", "second") if not self.value(name).strip()
        ]
        same = len(self.copies) == 2 and self.copies[0].parent == self.copies[1].parent
        return (*found, *([SameMedium(str(self.copies[0].parent))] if same else []))

    def command(self) -> CloseCeremony:
        """What the service takes."""
        return CloseCeremony(
            self.powered_off.strip(),
            self.seal.strip(),
            self.place.strip(),
            self.next_planned.strip(),
            self.copies,
            self.exceptions.strip(),
        )
