"""Who may hold a CA key together, and how long it stays open (C22)."""

import re
from collections.abc import Iterable, Mapping

from core.errors import custody as errors
from core.errors.base import Refused
from core.model.custody import (
    MOST_HOLDERS,
    SESSION_SECONDS,
    HeldKey,
    MakeKey,
    OpenSession,
    Origin,
    Sealed,
    TokenFacts,
    UseToken,
)
from core.model.people import Duty, Operator
from core.model.workspace import Kind
from core.policy import people, texts
from core.policy.rules import rule

LEAST_QUORUM = 2
REGISTER = ("out", "in", "sealed", "moved")


def new_key(command: MakeKey, operators: Iterable[Operator], keys: Iterable[HeldKey]) -> list[Refused]:
    """Findings for a key to be made, passphrases aside."""
    found = texts.name("name", command.name)
    if any(each.name.casefold() == command.name.casefold() for each in keys):
        found.append(errors.KeyNameTaken(command.name))
    return found + quorum(command.quorum, command.custodians) + holders(command.custodians, operators)


def quorum(least: int, custodians: tuple[str, ...]) -> list[Refused]:
    """k of n: two at the least, no more than there are, ten people at the most."""
    count = len(custodians)
    if least < LEAST_QUORUM:
        return [errors.QuorumNotFit("one", least, count)]
    if least > count:
        return [errors.QuorumNotFit("more", least, count)]
    return [errors.QuorumNotFit("many", least, count)] if count > MOST_HOLDERS else []


def holders(names: tuple[str, ...], operators: Iterable[Operator]) -> list[Refused]:
    """Different people, each with the duty."""
    known = {each.name for each in operators if Duty.CUSTODIAN in each.duties}
    found = _twice(names)
    return found + [errors.NotACustodian(name, "") for name in dict.fromkeys(names) if name not in known]


@rule("M6")
def present(key: HeldKey, names: tuple[str, ...]) -> list[Refused]:
    """Whether these people open the key."""
    return enough(key.name, key.sealed, names)


def enough(key: str, sealed: Sealed, names: tuple[str, ...]) -> list[Refused]:
    """Whether these people open what is closed to the custodians of the key of that name."""
    found = _twice(names)
    found += [errors.NotACustodian(name, key) for name in dict.fromkeys(names) if name not in sealed.envelopes]
    if not found and len(names) < sealed.quorum:
        found.append(errors.TooFewCustodians(key, len(names), sealed.quorum))
    return found


def _twice(names: tuple[str, ...]) -> list[Refused]:
    return [errors.SameCustodianTwice(name) for name in dict.fromkeys(names) if names.count(name) > 1]


def strong(kind: Kind, origins: Mapping[str, Origin]) -> list[Refused]:
    """Whoever has a copy of the file can guess for years: for a root key no passphrase does that a person thought up."""
    chosen = [name for name, origin in origins.items() if origin is Origin.CHOSEN]
    return [errors.PassphraseChosen(name) for name in chosen] if kind is Kind.ROOT else []


def stayers(key: HeldKey, leaving: str, here: Iterable[str]) -> list[Refused]:
    """All who stay are here when one is replaced: their custody keys are what the new wraps are made with."""
    missing = tuple(sorted({each.name for each in key.holders} - {leaving} - set(here)))
    return [errors.NotAllStayersPresent(missing)] if missing else []


def wait(key: HeldKey, names: Iterable[str], passed: Mapping[str, float]) -> list[Refused]:
    """Who has to wait after wrong passphrases; `passed` is the seconds since each one's newest."""
    found: list[Refused] = []
    for each in key.holders:
        left = people.delay(each.failures) - int(passed.get(each.name, 0))
        if each.name in names and each.failures and left > 0:
            found.append(errors.CustodianTooSoon(each.name, left))
    return found


def session(command: OpenSession) -> list[Refused]:
    """How long a session may last: five minutes at most."""
    fits = 1 <= command.seconds <= SESSION_SECONDS
    return [] if fits else [errors.SessionTooLong(command.seconds, SESSION_SECONDS)]


def at_risk(key: HeldKey) -> bool:
    """Whether the loss of one custodian is the loss of the key: 2 of 2, 3 of 3 ... (named wherever it is shown)."""
    return key.sealed.quorum == len(key.holders)


_URI = re.compile(r"(?:[a-z-]+=(?:[A-Za-z0-9_.~\[\]:@!$'()*+,=&-]|%[0-9A-Fa-f]{2})*;?)+")


def use_token(untrusted_uri: str, approval: str = "", finding: str = "") -> UseToken:
    """The token that a URI names by label or serial number (RFC 7512 section 2.3); other attributes do not choose."""
    scheme, _, path = untrusted_uri.partition("?")[0].partition(":")
    if scheme != "pkcs11" or len(path) > 500 or not _URI.fullmatch(path):
        raise errors.TokenUriNotFit(untrusted_uri)
    named = dict(part.split("=", 1) for part in path.split(";") if part)
    label, serial = (_unquoted(named.get(name, "")) for name in ("token", "serial"))
    if not (label or serial):
        raise errors.TokenUriNotFit(untrusted_uri)
    return UseToken(label, serial, approval, finding)


_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986 section 2.3


def token_uri(facts: TokenFacts) -> str:
    """The URI that names this one token, by label and serial number."""
    named = (("token", facts.label), ("serial", facts.serial))
    return "pkcs11:" + ";".join(f"{name}={_quoted(value)}" for name, value in named if value)


def _quoted(text: str) -> str:
    return "".join(chr(each) if chr(each) in _UNRESERVED else f"%{each:02X}" for each in text.encode())


def _unquoted(text: str) -> str:
    octets = re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), text.encode())
    return octets.decode("utf-8", "replace")
