"""Refusals about people: sign-in, passphrases, duties."""

from core.errors.base import Damaged, Refused
from core.late import dataclass


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
    typed = ("name",)
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
class HasLeft(Refused):
    """`left` is the time (ISO 8601, UTC)."""

    name: str
    left: str
    code = "PPL-14"
    clause = "S-g-1"


@dataclass(eq=False)
class AccessEnded(Refused):
    """`until` was the last day."""

    name: str
    until: str
    code = "PPL-15"
    clause = "S-g-1"


@dataclass(eq=False)
class KeyReplaced(Refused):
    """This session's key is not the person's key any more."""

    name: str
    code = "PPL-16"
    clause = "S-g-1"


# Whoever these are about cannot act here now, so not even the refusal's row is signed by them.
NOT_IN_FORCE = (HasLeft, AccessEnded, KeyReplaced)


@dataclass(eq=False)
class RosterTampered(Damaged):
    """The people in the tables are not those of the signed rows. `why` is "row", "agreement" or "table"."""

    about: str
    why: str
    code = "PPL-17"
    clause = "C23"


@dataclass(eq=False)
class LastPerson(Refused):
    name: str
    code = "PPL-18"
    clause = "C22"


@dataclass(eq=False)
class LastSecurityOfficer(Refused):
    name: str
    code = "PPL-19"
    clause = "C24"


@dataclass(eq=False)
class AccessPast(Refused):
    """A last day of access that is over."""

    until: str
    code = "PPL-25"
    field = "until"


@dataclass(eq=False)
class NothingChanges(Refused):
    """The change asked for is how it stands already."""

    name: str
    code = "PPL-26"


@dataclass(eq=False)
class NotExpected(Refused):
    """Nobody agreed on this newcomer (yet)."""

    name: str
    code = "PPL-22"
    clause = "C22"


@dataclass(eq=False)
class WitnessNotFit(Refused):
    """Who takes a newcomer in has to be somebody else than the proposer and the newcomer."""

    name: str
    others: tuple[str, ...]
    code = "PPL-23"
    clause = "C22"


@dataclass(eq=False)
class RosterChanged(Refused):
    """The table of people is not the one that was shown for review."""

    code = "PPL-24"


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
