"""What travels between two workspaces by stick: introductions, a sub CA's request, the root's answer."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.flows.ceremony import NewKey
from core.flows.custody import Present
from core.flows.step import Step, Typed, at
from core.media import places
from core.media.network import Interface
from core.model.authorities import CaKey, RenewSub, RequestSub, Service, SignSub
from core.model.carry import Hear, Meeting
from core.model.proposals import Proposal
from core.policy import texts
from core.services import carry


def place(to: str, name: str) -> Path:
    """Where a carried file goes: under a name of ours in the folder that was typed."""
    return Path(to.strip()).expanduser() / name


def writable(to: str, name: str) -> list[Refused]:
    """Findings against a place, before anything is made that has to go there."""
    if not to.strip():
        return [TextNotFit("to", "empty")]
    return at(places.against(place(to, name)), "to")


@dataclass(frozen=True)
class Introduce(Typed):
    """This workspace's introduction, written into a folder."""

    name: str
    to: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page; what is read out comes after it."""
        return Step("folder", ("to",), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """A place."""
        return tuple(writable(self.to, self.name))

    def command(self) -> Path:
        """Where it goes."""
        return place(self.to, self.name)


@dataclass(frozen=True)
class Hearing(Typed):
    """The other workspace's introduction, and its fingerprint as its people read it out."""

    untrusted: bytes = field(default=b"", repr=False)
    origin: str = ""
    heard: str = ""

    def steps(self) -> tuple[Step, ...]:
        """The file, then what was heard: never shown here before it was typed."""
        return Step("file", ("untrusted",)), Step("heard", ("heard",), commit=True), Step("done")

    def meeting(self) -> Meeting | None:
        """Who the file says it is from, once its own signature held."""
        try:
            return carry.introduced(self.untrusted) if self.untrusted else None
        except Refused:
            return None

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Findings of the file, and an empty field."""
        found: list[Refused] = [] if self.heard.strip() else [TextNotFit("heard", "empty")]
        if not self.untrusted:
            return (TextNotFit("untrusted", "empty"), *found)
        try:
            carry.introduced(self.untrusted)
        except Refused as refusal:
            found += at([refusal], "untrusted")
        return tuple(found)

    def command(self) -> Hear:
        """What the service takes."""
        return Hear(self.untrusted, self.heard)


@dataclass(frozen=True, kw_only=True)
class Asking(NewKey):
    """A sub CA's key, made here, and the request that goes to the root. `written` once only the file is missing."""

    WHAT: ClassVar[tuple[str, ...]]

    name: str = ""
    kind: str = CaKey.P384.value
    crl_url: str = ""
    to: str = ""
    written: bool = False

    def steps(self) -> tuple[Step, ...]:
        """What it is, where its key is, who holds it, and their passphrases."""
        return (
            Step("what", (*self.WHAT, "to")),
            Step("medium", ("medium", "library", "token")),
            Step("holders", ("custodians", "quorum")),
            Step("custodians", ("hands",), commit=True),
            Step("done"),
        )

    @property
    def called(self) -> str:
        """The name of the sub CA that the key is for."""
        return self.name.strip()

    @property
    def file(self) -> str:
        """The request's name on the stick."""
        return f"{self.called}-request.carry"

    def unnamed(self) -> list[Refused]:
        """Findings against the name."""
        return texts.line("name", self.name, needed=True)

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What needs no look into the workspace."""
        found = self.unnamed() or writable(self.to, self.file)
        return tuple(found if self.written else [*found, *self.whereabouts(), *self.room(), *self.missing()])


@dataclass(frozen=True, kw_only=True)
class AskSub(Asking):
    """A sub CA of a technology that has none here."""

    WHAT = ("name", "service", "subject", "kind", "crl_url", "permitted", "excluded")

    service: str = ""
    subject: str = ""
    permitted: str = ""
    excluded: str = ""

    def unnamed(self) -> list[Refused]:
        """It gets a name, which is also that of its file."""
        return texts.name("name", self.called)

    @property
    def constrained(self) -> bool:
        """Whether its names can be constrained: off for IPsec, whose identities constraints do not reach."""
        return self.service != Service.IPSEC

    def command(self) -> RequestSub:
        """What the service takes."""
        permitted, excluded = (each.split() if self.constrained else () for each in (self.permitted, self.excluded))
        return RequestSub(
            self.called,
            self.service,
            self.subject.strip(),
            self.custodians,
            self.least,
            self.crl_url.strip(),
            key=self.kind,
            token=self.on_token,
            permitted=tuple(permitted),
            excluded=tuple(excluded),
        )


@dataclass(frozen=True, kw_only=True)
class RenewCa(Asking):
    """The next generation of the sub CA `name`: a new name, `following`, and a new key."""

    WHAT = ("name", "kind", "crl_url")

    following: str = ""

    @property
    def called(self) -> str:
        """The name it will have."""
        return self.following

    def command(self) -> RenewSub:
        """What the service takes."""
        return RenewSub(self.name, self.custodians, self.least, self.crl_url.strip(), self.kind, self.on_token)


@dataclass(frozen=True)
class ProposeSub(Typed):
    """A sub CA's request taken in at the root, for two people to approve."""

    untrusted: bytes = field(default=b"", repr=False)
    origin: str = ""
    until: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """The file and the terms."""
        return Step("file", ("untrusted",)), Step("terms", ("until", "ticket"), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What can be said before the service is asked."""
        found: list[Refused] = [] if self.untrusted else [TextNotFit("untrusted", "empty")]
        found += texts.day("until", self.until.strip()) or texts.line("until", self.until, needed=True)
        return (*found, *texts.line("ticket", self.ticket, needed=True))

    def command(self) -> tuple[bytes, str, str]:
        """What the service takes."""
        return self.untrusted, self.until.strip(), self.ticket.strip()


@dataclass(frozen=True, kw_only=True)
class Certify(Present):
    """`approved` are sub CAs that two people approved; `chosen` is the digest of one."""

    approved: tuple[Proposal, ...] = ()
    chosen: str = ""
    to: str = ""
    interfaces: tuple[Interface, ...] | None = None
    written: bool = False

    def steps(self) -> tuple[Step, ...]:
        """Which, where to, and the custodians of the root."""
        return (
            Step("which", ("chosen", "to", "network_up_because", "witness")),
            Step("custodians", ("hands",), commit=True),
            Step("done"),
        )

    @property
    def file(self) -> str:
        """The answer's name on the stick."""
        name = next((each.facts["name"] for each in self.approved if each.digest == self.chosen), "")
        return f"{name}-answer.carry"

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What needs no look into the workspace."""
        found = texts.line("chosen", self.chosen, needed=True) + writable(self.to, self.file)
        return tuple(found if self.written else found + self.missing())

    def command(self) -> SignSub:
        """What the service takes."""
        because, witness = self.network_up_because.strip(), self.witness.strip()
        return SignSub(self.chosen, self.here, network_up_because=because, witness=witness)


@dataclass(frozen=True)
class Install(Typed):
    """The root's answer comes home."""

    untrusted: bytes = field(default=b"", repr=False)
    origin: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("file", ("untrusted",), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """A file."""
        return () if self.untrusted else (TextNotFit("untrusted", "empty"),)

    def command(self) -> bytes:
        """What the service takes."""
        return self.untrusted
