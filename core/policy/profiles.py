"""Profiles as data, and what stands against a request under one of them."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from ipaddress import ip_address

from core.errors import certificates as errors
from core.errors.base import Refused
from core.errors.compliance import UsageNotForIke, UsageNotForLinks
from core.model.authorities import Name, Service
from core.model.certificates import CertificateRequest, Profile, San, SanKind
from core.model.keys import Algorithm
from core.policy.devices import HOST
from core.policy.rules import rule

RSA_BITS, DAYS = 3072, 365
# id-kp-ipsecIKE, serverAuth, clientAuth, emailProtection (gateways and role mailboxes), OCSPSigning
# id-kp-ipsecEndSystem, -Tunnel, -User: of a time before RFC 4945, whose section 5.1.3.12 has them no more
_OLD_IPSEC = tuple(f"1.3.6.1.5.5.7.3.{each}" for each in (5, 6, 7))
_FOR_LINKS = ("1.3.6.1.5.5.7.3.17", *(f"1.3.6.1.5.5.7.3.{each}" for each in (1, 2, 4, 9)))
_MAILBOX = re.compile(r"[A-Za-z0-9.!#&'*+/=?^_`{|}~-]{1,64}")


@cache
def profiles() -> dict[str, Profile]:
    """Every profile by name."""
    text = (files("resources") / "policy" / "profiles.toml").read_text(encoding="utf-8")
    return {
        name: Profile(
            name=name,
            about=each["about"],
            services=tuple(Service(service) for service in each["services"]),
            ekus=tuple(each["ekus"]),
            keys=tuple(Algorithm(key) for key in each["keys"]),
            rsa_bits=each.get("rsa_bits", RSA_BITS),
            attributes=tuple(each["attributes"]),
            sans=tuple(SanKind(san) for san in each["sans"]),
            needs_san=each.get("needs_san", True),
            days=each.get("days", DAYS),
            no_check=each.get("no_check", False),
        )
        for name, each in tomllib.loads(text)["profile"].items()
    }


@rule("M1")
def key(request: CertificateRequest, profile: Profile) -> list[Refused]:
    """Findings against the request's key (M1)."""
    fits = request.algorithm in profile.keys and (
        request.algorithm is not Algorithm.RSA or request.bits >= profile.rsa_bits
    )
    if fits:
        return []
    size = f" {request.bits}" if request.algorithm is Algorithm.RSA else ""
    return [errors.KeyNotInProfile(f"{request.algorithm}{size}", profile.name, tuple(profile.keys))]


@rule("C9")
def named(name: Name) -> list[Refused]:
    """Findings against a subject: never empty, one CN."""
    if not name or not any(value.strip() for _, value in name):
        return [errors.NameNotFit("empty")]
    one = sum(1 for short, value in name if short == "CN" and value.strip()) == 1
    return [] if one else [errors.NameNotFit("cn")]


@rule("C1")
def attributes(name: Name, profile: Profile) -> list[Refused]:
    """Attributes from the allow-list."""
    return [
        errors.AttributeNotInProfile(short, profile.name, profile.attributes)
        for short, _ in name
        if short not in profile.attributes
    ]


@rule("C2")
def usages(profile: Profile) -> list[Refused]:
    """Certificates are for links between endpoints and for nothing else."""
    known = (*_FOR_LINKS, *_OLD_IPSEC)
    return [UsageNotForLinks(each, profile.name) for each in profile.ekus if each not in known]


@rule("RFC4945-5.1.3.12")
def ike(profile: Profile) -> list[Refused]:
    """Of the usages for IPsec, id-kp-ipsecIKE is the one to issue."""
    return [UsageNotForIke(each, profile.name) for each in profile.ekus if each in _OLD_IPSEC]


def sans(names: tuple[San, ...], profile: Profile) -> list[Refused]:
    """Findings against alternative names: some are there, of kinds from the allow-list, each written as its kind is."""
    return carried(names, profile) + taken(names, profile) + spelt(names)


@rule("RFC4945-5.1.3.6")
def carried(names: tuple[San, ...], profile: Profile) -> list[Refused]:
    """What peers know a gateway by stands in an alternative name."""
    return [errors.SanMissing(profile.name)] if not names and profile.needs_san else []


@rule("C1")
def taken(names: tuple[San, ...], profile: Profile) -> list[Refused]:
    """Kinds of alternative names from the allow-list."""
    return [errors.SanNotInProfile(str(san), profile.name) for san in names if san.kind not in profile.sans]


@rule("RFC5280-4.2.1.6")
def spelt(names: tuple[San, ...]) -> list[Refused]:
    """Each is a name of its kind, and of one device: no wildcard."""
    found: list[Refused] = []
    for san in names:
        if "*" in san.value:
            found.append(errors.SanNotSpelt(str(san), "wildcard"))
        elif not plain(san):
            found.append(errors.SanNotSpelt(str(san), "shape"))
    return found


def plain(san: San) -> bool:
    """Whether a value is of its kind's shape."""
    if san.kind is SanKind.IP:
        try:
            return str(ip_address(san.value)) == san.value
        except ValueError:
            return False
    mailbox, at, host = san.value.rpartition("@")
    if not HOST.fullmatch(host) or len(host) > 253 or re.fullmatch(r"[0-9.]+", host) or host.endswith("."):
        return False
    return bool(at and _MAILBOX.fullmatch(mailbox)) if san.kind is SanKind.EMAIL else not at
