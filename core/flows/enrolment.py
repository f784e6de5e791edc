"""Asking for a device's certificate: the device, its request, and what the certificate shall say."""

from dataclasses import field

from core.crypto.requests import read_request
from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.flows.facts import Facts
from core.flows.step import Step, Typed, at
from core.late import dataclass
from core.model.authorities import Authority
from core.model.certificates import CertificateRequest, Profile, SubmitRequest
from core.policy import profiles, texts
from core.policy.enrolment import own_name


@dataclass(frozen=True)
class Enrol(Typed):
    """`authorities` are the sub CAs that issue; names that stay empty are taken from the device.

    `serves` are the technologies of a registration desk, which has no authority; empty elsewhere.
    """

    authorities: tuple[Authority, ...] = field(default=(), repr=False)
    serves: tuple[str, ...] = ()
    device: str = ""
    untrusted: bytes = field(default=b"", repr=False)
    origin: str = ""
    authority: str = ""
    profile: str = ""
    subject: str = ""
    sans: str = ""
    until: str = ""
    ticket: str = ""

    def steps(self) -> tuple[Step, ...]:
        """A page for each question."""
        return (
            Step("device", ("device",)),
            Step("request", ("untrusted",)),
            Step("names", ("authority", "profile", "ticket", "subject", "sans", "until")),
            Step("review", commit=True),
            Step("done"),
        )

    def profiles(self) -> tuple[Profile, ...]:
        """Those of the chosen authority's service, at a desk of the technologies that it serves."""
        if self.serves:
            return tuple(each for each in profiles.profiles().values() if set(self.serves) & set(each.services))
        service = next((each.service for each in self.authorities if each.name == self.authority), None)
        return tuple(each for each in profiles.profiles().values() if service in each.services)

    def asked(self) -> CertificateRequest | None:
        """What the request says, once its proof of possession held."""
        try:
            return read_request(self.untrusted) if self.untrusted else None
        except Refused:
            return None

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """What can be said before the service is asked, which knows every other certificate."""
        found: list[Refused] = [] if facts.device(self.device) else [TextNotFit("device", "empty")]
        found += self._request()
        found += [] if self.serves else texts.line("authority", self.authority, needed=True)
        found += texts.line("profile", self.profile, needed=True)
        found += texts.line("ticket", self.ticket, needed=True)
        return (*found, *texts.day("until", self.until.strip()))

    def _request(self) -> list[Refused]:
        if not self.untrusted.strip():
            return [TextNotFit("untrusted", "empty")]
        try:
            asked = read_request(self.untrusted)
        except Refused as refusal:
            return at([refusal], "untrusted")
        profile = profiles.profiles().get(self.profile)
        return at(profiles.key(asked, profile), "profile") if profile else []

    def names(self, facts: Facts) -> tuple[str, ...]:
        """The alternative names that will stand in it."""
        typed = tuple(self.sans.split())
        device = facts.device(self.device)
        return typed or ((str(own_name(device)),) if device else ())

    def command(self) -> SubmitRequest:
        """What the service takes."""
        return SubmitRequest(
            self.device,
            self.untrusted,
            self.ticket.strip(),
            self.profile,
            self.authority,
            self.subject.strip(),
            tuple(self.sans.split()),
            self.until.strip(),
        )
