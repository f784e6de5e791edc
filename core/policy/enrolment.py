"""Rules of enrolment: names, tickets, renewal, what a certificate's state is."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from core.errors import enrolment as errors
from core.errors.base import Refused
from core.errors.workspace import TextNotFit
from core.model.authorities import Authority, Name
from core.model.certificates import (
    CertificateRequest,
    CertificateState,
    IssueState,
    Listed,
    Plan,
    Profile,
    San,
    SanKind,
    Usage,
)
from core.model.devices import Device, DeviceState, IdentityKind
from core.policy import lifetimes
from core.policy.profiles import profiles
from core.policy.rules import gate, rule

_KINDS = {IdentityKind.FQDN: SanKind.DNS, IdentityKind.EMAIL: SanKind.EMAIL}
_WORDS = re.compile(r"\b(secret|confidential|restricted|classified|password|passwd|internal[ -]only)\b", re.IGNORECASE)
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")


@gate("A8")
def profile(name: str, authority: Authority) -> Profile:
    """The profile that was named, or the first of the authority's service. Raises `ProfileNotFit`."""
    fitting = [each for each in profiles().values() if authority.service in each.services]
    known = tuple(each.name for each in fitting)
    if not name:
        if not fitting:
            raise errors.ProfileNotFit(name, "unknown", known)
        return fitting[0]
    found = profiles().get(name)
    if found is None:
        raise errors.ProfileNotFit(name, "unknown", known)
    if found not in fitting:
        raise errors.ProfileNotFit(name, "service", known)
    return found


@rule("C15")
def device(found: Device, today: date) -> list[Refused]:
    """Findings against a device (C15)."""
    if found.state is DeviceState.RETIRED:
        return [errors.DeviceNotInService(found.name, "retired")]
    over = bool(found.end_of_life) and found.end_of_life <= today.isoformat()
    return [errors.DeviceNotInService(found.name, "over")] if over else []


def own_name(found: Device) -> San:
    """The alternative name that carries the device's identity (RFC 4945 5.1.3)."""
    return San(_KINDS.get(found.identity.kind, SanKind.IP), found.identity.value)


def subject(found: Device, organisation: str) -> Name:
    """The subject a device gets where none was asked for: its identity, and the organisation."""
    return (*((("O", organisation),) if organisation else ()), ("CN", found.identity.value))


def request(asked: CertificateRequest) -> list[Refused]:
    """Findings against a request's own words (C9, M1): what it wishes is never copied, and some wishes are refused."""
    found: list[Refused] = []
    if not any(value.strip() for _, value in asked.subject):
        found.append(errors.WishNotTaken("", "nameless"))
    for wish in asked.wishes:
        critical, _, rest = wish.partition(" ")
        if "CA:TRUE" in wish:
            found.append(errors.WishNotTaken(wish, "ca"))
        elif critical == "critical" and rest[:1].isdigit():
            found.append(errors.WishNotTaken(rest, "critical"))
    return found + [errors.WishNotTaken(str(each), "wildcard") for each in asked.sans if "*" in each.value]


def meant(asked: CertificateRequest, devices: Iterable[Device]) -> tuple[str, ...]:
    """The devices in service that a request names: by their identity in its alternative names, or in its CN."""
    said = {value.casefold() for kind, value in asked.subject if kind == "CN"}
    return tuple(
        each.name
        for each in devices
        if each.state is not DeviceState.RETIRED
        and (own_name(each) in asked.sans or said & {each.name.casefold(), each.identity.value.casefold()})
    )


@rule("C10")
def identity(sans: tuple[San, ...], found: Device) -> list[Refused]:
    """A certificate names the device it is for."""
    named = own_name(found) in sans
    return [] if named else [errors.IdentityNotCertified(found.name, str(own_name(found)))]


@rule("C10")
def unique(subject: str, others: Iterable[str]) -> list[Refused]:
    """A subject is one device's alone; `others` are those who have the same name as RFC 5280 7.1 compares names."""
    return [errors.SubjectTaken(subject, each) for each in list(others)[:1]]


@rule("C11")
def personal(wanted: Name) -> list[Refused]:
    """Certificates are public: no mailbox of a person and no classification word in a name."""
    refused: list[Refused] = []
    for _, value in wanted:
        if _MAILBOX.search(value):
            refused.append(errors.PersonalName(value, "mailbox"))
        if _WORDS.search(value):
            refused.append(errors.PersonalName(value, "word"))
    return refused


def certificate(
    of: Profile, authority: Authority, subject: Name, spki: bytes, sans: tuple[San, ...], serial: int, now: datetime,
    end: date,
) -> Plan:  # fmt: skip
    """What a device's certificate says (design section 7): it signs, for its profile's usages, and is no CA."""
    return Plan(
        serial=serial,
        issuer=authority.subject,
        issuer_spki=authority.spki,
        subject=subject,
        spki=spki,
        not_before=now - lifetimes.BACKDATE,
        not_after=lifetimes.last_second(end),
        usages=(Usage.SIGNATURE,),
        ekus=of.ekus,
        policies=(authority.policy,),
        crl_urls=(authority.crl_url,),
        sans=sans,
        no_check=of.no_check,
    )


@rule("C16")
def ticketed(ticket: str) -> list[Refused]:
    """Every request belongs to a business process."""
    return [] if ticket.strip() else [TextNotFit("ticket", "empty")]


@rule("C18")
def renewable(serial: str, stands: CertificateState) -> list[Refused]:
    """No routine renewal of what has expired or was revoked; that takes a new enrolment."""
    over = stands in (CertificateState.EXPIRED, CertificateState.REVOKED)
    return [errors.NoRoutineRenewal(serial, stands.value)] if over else []


@rule("C19")
def unchanged(serial: str, before: tuple[object, ...], now: tuple[object, ...]) -> list[Refused]:
    """A renewal says what was said before, subject and profile; else it is authenticated like a first one."""
    return [] if before == now else [errors.RenewedDifferently(serial)]


def state(issued: Listed, now: datetime, *, revoked: bool) -> CertificateState:
    """How a certificate stands; it is due for renewal when a third of its life is left."""
    if revoked:
        return CertificateState.REVOKED
    if issued.state is IssueState.INTENDED:
        return CertificateState.UNFINISHED
    if now > issued.not_after:
        return CertificateState.EXPIRED
    life, left = issued.not_after - issued.not_before, issued.not_after - now
    return CertificateState.EXPIRING if left * 3 <= life else CertificateState.VALID
