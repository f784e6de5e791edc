"""An own recovery sheet: drawn by its owner, printed, typed back from paper; before that it does not work."""

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from core.errors.base import Refused
from core.errors.custody import SheetNotPrinted
from core.errors.workspace import TextNotFit
from core.flows.step import Step, Typed
from core.late import dataclass
from core.services.opening import Hands


@dataclass(frozen=True, kw_only=True)
class Drawing(Typed):
    """`keys` are the CA keys that the owner holds; `held` is their passphrase for them, `stick` the text of a stick.

    `own` has the keys that `held` did not open, and what was typed for each alone: nothing says that it is the same.
    `drawn` is the sheet's number once there is one, `printed` the printer it went to. No representation shows secrets.
    """

    owner: str
    keys: tuple[str, ...] = ()
    passphrase: str = field(default="", repr=False)
    held: str = field(default="", repr=False)
    stick: str = field(default="", repr=False)
    own: Mapping[str, str] = field(default_factory=dict, repr=False)
    printer: str = ""
    drawn: int = 0
    printed: str = ""
    words: str = field(default="", repr=False)

    def typed(self, field: str, value: Any) -> "Drawing":
        """A key's own passphrase goes by `row` of that key."""
        key = self._key(field)
        return replace(self, own={**self.own, key: value}) if key else replace(self, **{field: value})

    def value(self, field: str) -> Any:
        """What a field holds."""
        key = self._key(field)
        return self.own.get(key, "") if key else getattr(self, field)

    def row(self, key: str) -> str:
        """The field of a key's own passphrase; the one for all where there is one key."""
        return f"own_{self.keys.index(key)}" if len(self.keys) > 1 else "held"

    def _key(self, row: str) -> str:
        return next((key for key in self.keys if row.startswith("own_") and self.row(key) == row), "")

    def differing(self, key: str) -> "Drawing":
        """Where several keys are held, the one that was not opened is asked for alone from now on."""
        return replace(self, own={key: "", **self.own}) if len(self.keys) > 1 else self

    def steps(self) -> tuple[Step, ...]:
        """Drawing is one commit, proving the other."""
        return (
            Step("owner", ("passphrase", "held"), commit=True),
            Step("print", ("printer",)),
            Step("typed", ("words",), commit=True),
            Step("done"),
        )

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What is missing; the services judge the rest."""
        if self.drawn:
            found: list[Refused] = [] if self.printed else [SheetNotPrinted()]
            return (*found, *([] if self.words.strip() else [TextNotFit("words", "empty")]))
        wanted = ("passphrase", "held") if self.keys else ("passphrase",)
        return tuple(TextNotFit(name, "empty") for name in wanted if not self.value(name))

    def command(self) -> Hands:
        """What opens the own share of the keys."""
        return self._hands(self.held)

    def by_key(self) -> dict[str, Hands]:
        """What opens the keys that have a passphrase of their own."""
        return {key: self._hands(typed) for key, typed in self.own.items() if typed}

    def _hands(self, passphrase: str) -> Hands:
        return Hands({self.owner: passphrase}, {self.owner: self.stick} if self.stick else {})

    def forgotten(self) -> "Drawing":
        """Without what was typed."""
        return replace(self, passphrase="", held="", stick="", own=dict.fromkeys(self.own, ""), words="")
