"""Refusals about people: sign-in, passphrases, duties."""

from dataclasses import dataclass

from core.errors.base import Refused


@dataclass(eq=False)
class WrongPassphrase(Refused):
    """`wait` is the delay in seconds before the next try counts."""

    name: str = ""
    wait: int = 0
    code = "PPL-01"
    clause = "S-g-1"
    field = "passphrase"


@dataclass(eq=False)
class TooSoon(Refused):
    """A try during the delay; it was not looked at."""

    name: str
    wait: int
    code = "PPL-02"
    clause = "S-g-1"
    field = "passphrase"


@dataclass(eq=False)
class NoSuchOperator(Refused):
    name: str
    code = "PPL-03"
    field = "name"


@dataclass(eq=False)
class PassphraseTooShort(Refused):
    length: int
    shortest: int
    code = "PPL-04"
    clause = "S-g-1"
    field = "passphrase"


@dataclass(eq=False)
class PassphraseTooPlain(Refused):
    code = "PPL-05"
    clause = "S-g-1"
    field = "passphrase"


@dataclass(eq=False)
class NotSignedIn(Refused):
    code = "PPL-06"
    clause = "S-g-1"


@dataclass(eq=False)
class DutyMissing(Refused):
    """`needs` are the duties one of which the verb asks for."""

    name: str
    needs: tuple[str, ...] = ()
    code = "PPL-07"
    clause = "C23"


@dataclass(eq=False)
class NobodyNamed(Refused):
    code = "PPL-08"
    field = "people"


@dataclass(eq=False)
class NameTaken(Refused):
    name: str
    code = "PPL-09"
    field = "people"


@dataclass(eq=False)
class SameFullName(Refused):
    """One person with two accounts, as far as it can be seen (C22)."""

    full_name: str
    code = "PPL-10"
    clause = "C22"
    field = "people"


@dataclass(eq=False)
class NeedsTwoPeople(Refused):
    """A workspace with a CA is never run by one person."""

    kind: str
    code = "PPL-11"
    clause = "C22"
    field = "people"


@dataclass(eq=False)
class NobodyCanWork(Refused):
    """All named people have duties that only read."""

    code = "PPL-12"
    clause = "C23"
    field = "people"


@dataclass(eq=False)
class DutiesClash(Refused):
    """Two duties that one person may not hold; `why` is a `Clash` of `core.policy.duties`."""

    name: str
    one: str
    other: str
    why: str
    code = "PPL-13"
    clause = "C21"
    field = "duties"


@dataclass(eq=False)
class NotEnoughMemory(Refused):
    """The machine cannot give Argon2id its memory, in MiB."""

    megabytes: int
    code = "PPL-20"
    field = "passphrase"


@dataclass(eq=False)
class PassphrasesDiffer(Refused):
    """The two entries of a new passphrase."""

    code = "PPL-21"
    field = "again"
