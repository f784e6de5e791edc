"""An own recovery sheet: drawn by its owner, printed, typed back from paper; before that it does not work."""

from dataclasses import field, replace

from core.errors.base import Refused
from core.errors.custody import SheetNotPrinted
from core.errors.workspace import TextNotFit
from core.flows.step import Step, Typed
from core.late import dataclass
from core.services.opening import Hands


@dataclass(frozen=True, kw_only=True)
class Drawing(Typed):
    """`keys` are the CA keys that the owner holds; `held` is their passphrase for them, `stick` the text of a stick.

    `drawn` is the sheet's number once there is one, `printed` the printer it went to. No representation shows secrets.
    """

    owner: str
    keys: tuple[str, ...] = ()
    passphrase: str = field(default="", repr=False)
    held: str = field(default="", repr=False)
    stick: str = field(default="", repr=False)
    printer: str = ""
    drawn: int = 0
    printed: str = ""
    words: str = field(default="", repr=False)

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
        sticks = {self.owner: self.stick} if self.stick else {}
        return Hands({self.owner: self.held}, sticks)

    def forgotten(self) -> "Drawing":
        """Without what was typed."""
        return replace(self, passphrase="", held="", stick="", words="")
