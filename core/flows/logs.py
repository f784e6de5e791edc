"""Taking entries out of the ledger: a batch for another system, one entry with its proof, a checkpoint."""

from dataclasses import dataclass
from pathlib import Path

from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.flows.step import Step, Typed
from core.model.audit import ExportLog, LogFormat
from core.policy import texts

_PATH = 4096


def _number(what: str, text: str) -> list[Refused]:
    found: list[Refused] = texts.line(what, text)
    return found or ([] if not text.strip() or text.strip().isdecimal() else [TextNotFit(what, "number")])


@dataclass(frozen=True)
class Exporting(Typed):
    """`first` stays empty to go on behind the last export in that format."""

    format: str = LogFormat.JSONL.value
    to: str = ""
    first: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("export", ("format", "to", "first"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Where it goes."""
        return (*texts.line("to", self.to, needed=True, limit=_PATH), *_number("first", self.first))

    def command(self) -> ExportLog:
        """What the service takes."""
        first = int(self.first.strip() or 0)
        return ExportLog(LogFormat(self.format), Path(self.to.strip()).expanduser(), first)


@dataclass(frozen=True)
class TakingOut(Typed):
    """One entry with its proof, or, where `number` is None, the checkpoint of all."""

    number: str | None
    to: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("take", ("number", "to"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Which, and where it goes."""
        number = [] if self.number is None else texts.line("number", self.number, needed=True)
        odd = [] if self.number is None else _number("number", self.number)
        return (*(number or odd), *texts.line("to", self.to, needed=True, limit=_PATH))

    def command(self) -> tuple[int, Path]:
        """The entry's number, 0 for the checkpoint."""
        return int(self.number or 0), Path(self.to.strip()).expanduser()
