"""What may become an authority: names, addresses, services, lifetimes; and what its certificate says."""

import re
import tomllib
import uuid
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from core.errors import authorities as errors
from core.errors.base import Refused
from core.model.authorities import Authority, AuthorityState, CaKey, Layer, Name, Service
from core.model.certificates import Plan, San, Usage
from core.policy import lifetimes
from core.policy.lifetimes import Bound
from core.policy.rules import rule

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_URL = re.compile(rf"http://(?=[^/:]{{1,253}}[/:]){_LABEL}(\.{_LABEL})*(:[0-9]{{1,5}})?/[A-Za-z0-9._~/-]{{1,200}}")
PATH_LENGTH = {Layer.ROOT: 1, Layer.SUB: 0}  # root, sub CA, end entity: no layer more (A13)
AUTHORITY = (Usage.CERTIFICATES, Usage.CRLS)
REHEARSAL = "REHEARSAL "


@cache
def ekus(service: Service) -> tuple[str, ...]:
    """The extended key usages that a sub CA of this service is bound to (A8): devices' own and the OCSP signer's."""
    text = (files("resources") / "policy" / "profiles.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["service"][service.value]["ekus"])


@rule("C8")
def url(text: str) -> list[Refused]:
    """Findings for the address of a CRL."""
    return [] if _URL.fullmatch(text) else [errors.CrlUrlNotFit(text)]


def key(text: str) -> list[Refused]:
    """Findings for a key type as typed."""
    known = tuple(each.value for each in CaKey)
    return [] if text in known else [errors.ServiceNotFit(text, "unknown", known)]


@rule("A7")
def service(text: str, design: tuple[str, ...]) -> list[Refused]:
    """Findings for a service as typed; `design` is what the workspace was made for, () where nobody said (A7)."""
    known = tuple(each.value for each in Service)
    if text not in known:
        return [errors.ServiceNotFit(text, "unknown", known)]
    return [errors.ServiceNotFit(text, "design", design)] if design and text not in design else []


def taken(name: str, authorities: Iterable[Authority]) -> list[Refused]:
    """Findings against a name that is on file, whatever became of its holder (strongSwan trusts by name)."""
    return [errors.AuthorityNameTaken(each.name) for each in authorities if each.name.casefold() == name.casefold()]


@rule("A9")
def policy(oid: str, of: Service, authorities: Iterable[Authority]) -> list[Refused]:
    """Findings against a policy OID that another service has (A9)."""
    return [
        errors.PolicyShared(oid, each.name) for each in authorities if each.policy == oid and each.service is not of
    ]


def fresh_policy() -> str:
    """A policy OID of one's own under 2.25 (ITU-T X.667), where there is no own arc."""
    return f"2.25.{uuid.uuid4().int}"


def marked(subject: Name, *, rehearsal: bool) -> Name:
    """The subject with the mark that every CA of a rehearsal carries in its CN."""
    if not rehearsal:
        return subject
    return tuple(
        (short, value if short != "CN" or value.startswith(REHEARSAL) else f"{REHEARSAL}{value}")
        for short, value in subject
    )


def slug(subject: Name) -> str:
    """A name for the file from the CN: lower case, dashes."""
    common = dict(subject).get("CN", "root")
    plain = "".join(character if character.isascii() and character.isalnum() else " " for character in common.lower())
    return "-".join(plain.split())[:60] or "root"


_GENERATION = re.compile(r"(.*?)([ -]?[gG])([0-9]{1,4})")


def _next(text: str, first: str) -> str:
    """The text with its generation counted up: "ipsec-g1" becomes "ipsec-g2"; without one, `first` is put behind it."""
    found = _GENERATION.fullmatch(text)
    return f"{found[1]}{found[2]}{int(found[3]) + 1}" if found else f"{text}{first}"


def next_name(name: str) -> str:
    """The next generation's name."""
    return _next(name, "-g2")


def next_subject(subject: Name) -> Name:
    """The next generation's subject: another CN, since devices tell authorities apart by it."""
    return tuple((short, _next(value, " G2") if short == "CN" else value) for short, value in subject)


def next_url(url: str) -> str:
    """An address of its own for the next generation's CRL."""
    folder, _, name = url.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    return f"{folder}/{_next(stem, '-g2')}{dot}{suffix}" if dot else f"{folder}/{_next(name, '-g2')}"


def until(asked: str, bound: Bound, today: date, layer: Layer) -> list[Refused]:
    """Findings for the end that was asked for (L1 to L3)."""
    return lifetimes.judged(date.fromisoformat(asked), bound, today, layer)


def certificate(
    layer: Layer, issuer: Name, issuer_spki: bytes, subject: Name, spki: bytes, serial: int, now: datetime, end: date,
    of: Service | None = None, policies: tuple[str, ...] = (), crl_urls: tuple[str, ...] = (),
    permitted: tuple[San, ...] = (), excluded: tuple[San, ...] = (),
) -> Plan:  # fmt: skip
    """What an authority's certificate says (design section 7): pathLen 1 and 0, one service's usages in a sub CA."""
    return Plan(
        serial=serial,
        issuer=issuer,
        issuer_spki=issuer_spki,
        subject=subject,
        spki=spki,
        not_before=now,
        not_after=lifetimes.last_second(end),
        usages=AUTHORITY,
        ca=True,
        path_length=PATH_LENGTH[layer],
        ekus=ekus(of) if of else (),
        policies=policies,
        crl_urls=crl_urls,
        permitted=permitted,
        excluded=excluded,
    )


@rule("M12")
def can_sign(authority: Authority, *, certificates: bool) -> list[Refused]:
    """An authority at work signs both; one that runs off signs its CRLs only."""
    able = (AuthorityState.ACTIVE,) if certificates else (AuthorityState.ACTIVE, AuthorityState.RUN_OFF)
    return [] if authority.state in able else [errors.NoSuchAuthority(authority.name, "state", authority.state.value)]
