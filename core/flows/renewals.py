"""Renewing a certificate: the new request, what stands for it, the ticket; and the requests of many devices at once."""

from dataclasses import field
from pathlib import Path

from core.crypto.requests import read_request
from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.flows.step import Step, Typed, at
from core.late import dataclass
from core.model.authorities import Authority
from core.model.certificates import CertificateRequest, Proved, SubmitRequest
from core.policy import texts
from core.services.batches import SubmitMany


@dataclass(frozen=True)
class Renew(Typed):
    """`how` is what stands for the new request, a `Proved`; an empty authority means the one that signed before."""

    serial: str
    device: str
    authorities: tuple[Authority, ...] = field(default=(), repr=False)
    untrusted: bytes = field(default=b"", repr=False)
    origin: str = ""
    how: str = Proved.CURRENT_KEY.value
    proof: bytes = field(default=b"", repr=False)
    authority: str = ""
    ticket: str = ""
    until: str = ""

    def steps(self) -> tuple[Step, ...]:
        """A page for each question."""
        return (
            Step("request", ("untrusted",)),
            Step("proof", ("how", "proof")),
            Step("ticket", ("authority", "ticket", "until")),
            Step("review", commit=True),
            Step("done"),
        )

    def asked(self) -> CertificateRequest | None:
        """What the request says, once its proof of possession held."""
        try:
            return read_request(self.untrusted) if self.untrusted else None
        except Refused:
            return None

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What can be said before the service is asked."""
        found: list[Refused] = []
        if not self.untrusted.strip():
            found.append(TextNotFit("untrusted", "empty"))
        else:
            try:
                read_request(self.untrusted)
            except Refused as refusal:
                found += at([refusal], "untrusted")
        if self.how == Proved.CURRENT_KEY and not self.proof:
            found.append(TextNotFit("proof", "empty"))
        found += texts.line("ticket", self.ticket, needed=True)
        return (*found, *texts.day("until", self.until.strip()))

    def command(self) -> SubmitRequest:
        """What the service takes; names and profile are those of the certificate that is renewed."""
        return SubmitRequest(
            self.device,
            self.untrusted,
            self.ticket.strip(),
            authority=self.authority,
            until=self.until.strip(),
            renews=self.serial,
            untrusted_proof=self.proof if self.how == Proved.CURRENT_KEY else b"",
            same_key=self.how == Proved.SAME_KEY,
        )


@dataclass(frozen=True)
class EnrolMany(Typed):
    """Requests of many devices: `paths` are files and folders, one to a line; `untrusted` is what was pasted."""

    authorities: tuple[Authority, ...] = field(default=(), repr=False)
    paths: str = ""
    authority: str = ""
    ticket: str = ""
    untrusted: str = field(default="", repr=False)

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("requests", ("paths", "untrusted", "authority", "ticket"), commit=True), Step("done")

    def places(self) -> tuple[str, ...]:
        """Each file and folder once, as they were given."""
        return tuple(dict.fromkeys(each.strip() for each in self.paths.splitlines() if each.strip()))

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Something to take in, and a ticket."""
        some = self.places() or self.untrusted.strip()
        found: list[Refused] = [] if some else [TextNotFit("paths", "empty")]
        for each in self.places():
            found += texts.line("paths", each, limit=1000)
        return (*found, *texts.line("ticket", self.ticket, needed=True))

    def command(self) -> SubmitMany:
        """What the service takes."""
        paths = tuple(Path(each).expanduser() for each in self.places())
        return SubmitMany(paths, self.ticket.strip(), self.authority, self.untrusted.encode("utf-8", "replace"))
