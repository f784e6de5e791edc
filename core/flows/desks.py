"""What travels between a registration desk and the workspace that issues: requests there, certificates home."""

from dataclasses import field
from pathlib import Path

from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.flows.carrying import place, writable
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.registration import SendRequests, TakeCertificates
from core.policy import texts


@dataclass(frozen=True)
class Send(Typed):
    """`chosen` are digests of what two people agreed to; `name` is the file's on the stick."""

    name: str
    chosen: tuple[str, ...] = ()
    to: str = ""
    written: bool = False

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("which", ("chosen", "to"), commit=True), Step("done")

    @property
    def path(self) -> Path:
        """Where it goes."""
        return place(self.to, self.name)

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Something to send, and a place."""
        return (*([] if self.chosen else [TextNotFit("chosen", "empty")]), *writable(self.to, self.name))

    def command(self) -> SendRequests:
        """What the service takes."""
        return SendRequests(self.chosen)


@dataclass(frozen=True)
class Take(Typed):
    """A desk's requests come in for `authority`; or, at the desk (`home`), certificates for a folder."""

    home: bool
    untrusted: bytes = field(default=b"", repr=False)
    origin: str = ""
    authority: str = ""
    to: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("file", ("untrusted", "to" if self.home else "authority"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """A file, and a place or an authority."""
        where = texts.line("to", self.to, limit=500, needed=True) if self.home else []
        where += [] if self.home else texts.line("authority", self.authority, needed=True)
        return (*([] if self.untrusted else [TextNotFit("untrusted", "empty")]), *where)

    def command(self) -> TakeCertificates:
        """What the desk's service takes."""
        return TakeCertificates(self.untrusted, self.to)
