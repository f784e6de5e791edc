"""Copies: one is made, tried out, or put back; and what two people agree on after that."""

from dataclasses import field, replace
from datetime import date
from pathlib import Path

from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.flows.custody import Present
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.audit import AcceptHead
from core.model.backups import MakeBackup
from core.model.revocation import RecordNone
from core.policy import texts
from core.services.opening import Hands

_PATH = 4096  # characters of a path


def _path(what: str, text: str) -> list[Refused]:
    return texts.line(what, text, needed=True, limit=_PATH)


@dataclass(frozen=True)
class Making(Typed):
    """The folder (of a stick, as a rule), the name of the copy in it, and the CA key whose custodians open it."""

    to: str = ""
    file: str = ""
    key: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("where", ("to", "file", "key"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Both are needed."""
        return (*_path("to", self.to), *texts.line("file", self.file, needed=True))

    def command(self) -> MakeBackup:
        """What the service takes."""
        return MakeBackup(Path(self.to.strip()).expanduser() / Path(self.file.strip()).name, self.key)


def named(workspace: Path, today: date) -> str:
    """The name that is proposed for a copy. It does not end like a workspace, so that nobody works in it by mistake."""
    return f"{workspace.stem}-{today.isoformat()}.backup"


@dataclass(frozen=True, kw_only=True)
class _Copy(Present):
    """A copy, and what its custodians type where it is closed to them; who they are, the copy says when it is opened."""

    file: str = ""

    def hands_or_none(self) -> Hands | None:
        """What they bring; None where nobody typed."""
        typed = {name: text for name, text in self.hands.items() if text}
        return Hands(typed, self.own_sticks(typed)) if typed else None


@dataclass(frozen=True, kw_only=True)
class Trying(_Copy):
    """`how` is "drill" (put back in a trial, on record) or "look" (verified where it lies)."""

    how: str = "drill"

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("copy", ("file",), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """The file says the rest."""
        return tuple(_path("file", self.file))

    def command(self) -> Path:
        """Which copy."""
        return Path(self.file.strip()).expanduser()


@dataclass(frozen=True, kw_only=True)
class Restoring(_Copy):
    """`looked` once the copy was found sound; then the new file, and who signs for it.

    `manifest` is one of a later backup, which knows what this copy cannot; "" where there is none.
    """

    looked: bool = False
    to: str = ""
    manifest: str = ""
    name: str = ""
    passphrase: str = field(default="", repr=False)

    def steps(self) -> tuple[Step, ...]:
        """The copy is verified before anything is asked about it, and once more where it was put."""
        return (
            Step("copy", ("file",), commit=not self.looked),
            Step("place", ("to", "manifest", "name", "passphrase"), commit=True),
            Step("done"),
        )

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """The place and the person, once there is something to put back."""
        if not self.looked:
            return tuple(_path("file", self.file))
        missing = [] if self.passphrase else [TextNotFit("passphrase", "empty")]
        odd = texts.line("manifest", self.manifest, limit=_PATH)
        return (*_path("to", self.to), *odd, *texts.line("name", self.name, needed=True), *missing)

    def more(self) -> tuple[Path, ...]:
        """What knows of a later ledger."""
        return (Path(self.manifest.strip()).expanduser(),) if self.manifest.strip() else ()

    def forgotten(self) -> "Restoring":
        """Without what was typed unseen."""
        return replace(self, passphrase="", hands={})

    def command(self) -> tuple[Path, Path]:
        """The copy, and where it goes."""
        return Path(self.file.strip()).expanduser(), Path(self.to.strip()).expanduser()


@dataclass(frozen=True)
class NothingPublished(Typed):
    """No CRL of the authority is published that could be read in."""

    authority: str
    reason: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("none", ("authority", "reason", "ticket"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What the proposal needs."""
        found = texts.line("authority", self.authority, needed=True) + texts.line("reason", self.reason, needed=True)
        return (*found, *texts.line("ticket", self.ticket))

    def command(self) -> RecordNone:
        """What the service takes."""
        return RecordNone(self.authority, self.reason.strip(), self.ticket.strip())


@dataclass(frozen=True)
class GoingBy(Typed):
    """Go by this file, though the keyring knows another."""

    reason: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("head", ("reason",), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Why."""
        return tuple(texts.line("reason", self.reason, needed=True))

    def command(self) -> AcceptHead:
        """What the service takes."""
        return AcceptHead(self.reason.strip())
