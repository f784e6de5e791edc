"""Who may do what, and which duties one person may not hold together. Deny by default (C21, C23)."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from core.errors.base import Refused
from core.errors.people import DutiesClash
from core.late import dataclass
from core.model.people import Duty
from core.model.workspace import Kind
from core.policy.rules import rule

EVERYBODY = frozenset(Duty)  # what concerns only the person who acts: signing in, an own passphrase, verifying
LINK_WORK = frozenset({Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR, Duty.REGISTRATION_OFFICER})
REPORTING = LINK_WORK | {Duty.REVOCATION_OFFICER}  # taking trust away is open to more people than giving it
PEOPLE_WORK = frozenset({Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR})
CA_WORK = frozenset({Duty.CA_OPERATOR, Duty.SECURITY_OFFICER})  # signing needs the key's own quorum beside it
REGISTERING = frozenset({Duty.REGISTRATION_OFFICER})
ISSUING = frozenset({Duty.CA_OPERATOR})
REVOKING = frozenset({Duty.REVOCATION_OFFICER, Duty.REGISTRATION_OFFICER, Duty.CA_OPERATOR, Duty.SECURITY_OFFICER})
ALLOWING = REGISTERING | {Duty.SECURITY_OFFICER}  # who agrees that a rule of enrolment is widened
DECIDING = frozenset({Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR, Duty.CA_OPERATOR})
RECORDING = DECIDING | {Duty.REGISTRATION_OFFICER, Duty.REVOCATION_OFFICER}  # who enters what is vouched for
SIGNING = CA_WORK | {Duty.REVOCATION_OFFICER}  # who opens a signing session
PRESENT = frozenset(Duty) - {Duty.AUDITOR}  # what custodians do together harms nothing
REVIEWERS = frozenset({Duty.SECURITY_OFFICER, Duty.AUDITOR})

# An auditor only reads; a custodian only holds a CA key.
WORKING = frozenset(Duty) - {Duty.AUDITOR, Duty.CUSTODIAN}
_WITH_A_CA = (Kind.ISSUING, Kind.REGISTRATION, Kind.ROOT)


class Clash(StrEnum):
    """Why two duties do not go together; the sentence is in `core.words`."""

    OWN_WORK = "own-work"  # the auditor would judge acts of their own (EN 319 401, REQ-7.4-04)
    RULES_AND_MACHINE = "rules-and-machine"  # who sets the rules would run the machine that keeps them
    REGISTER_AND_ISSUE = "register-and-issue"  # who vouches for a device would also sign for it


@dataclass(frozen=True)
class Pair:
    """Two incompatible duties. In the workspaces of `refused` nobody may hold both; elsewhere it is a finding."""

    one: Duty
    other: Duty
    why: Clash
    refused: tuple[Kind, ...]
    clause: str = "C21"

    def within(self, duties: Iterable[Duty]) -> bool:
        """Whether these duties hold both."""
        return {self.one, self.other} <= set(duties)


# Two people can run a CA: one sets the rules, the other runs the machine, and requests are kept apart one by one
# (submitter ≠ approver, submitter ≠ issuer). So registering and issuing is a finding, not a refusal.
PAIRS = (
    *(Pair(Duty.AUDITOR, duty, Clash.OWN_WORK, tuple(Kind)) for duty in Duty if duty is not Duty.AUDITOR),
    Pair(Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR, Clash.RULES_AND_MACHINE, _WITH_A_CA),
    Pair(Duty.REGISTRATION_OFFICER, Duty.CA_OPERATOR, Clash.REGISTER_AND_ISSUE, ()),
)


def clashes(duties: Iterable[Duty]) -> tuple[Pair, ...]:
    """Every incompatible pair among the duties of one person, refused or not."""
    held = set(duties)
    return tuple(pair for pair in PAIRS if pair.within(held))


@rule("C21")
def findings(kind: Kind, name: str, duties: Iterable[Duty]) -> list[Refused]:
    """The pairs that nobody may hold in a workspace of this kind (C21)."""
    held = tuple(duties)
    return [
        DutiesClash(name, pair.one.value, pair.other.value, pair.why.value)
        for pair in clashes(held)
        if kind in pair.refused
    ]


def can_work(duties: Iterable[Duty]) -> bool:
    """Whether somebody with these duties may change anything at all."""
    return any(duty in WORKING for duty in duties)


def same_person(one: str, other: str) -> bool:
    """Whether two full names are the same as far as it can be seen: case, width, spaces, dots and order aside."""
    return _folded(one) == _folded(other)


def _folded(full_name: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", full_name).casefold())
    return tuple(
        sorted("".join(each if each.isalnum() or unicodedata.combining(each) else " " for each in text).split())
    )
