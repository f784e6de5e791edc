"""A root workspace with people who hold its key, for tests."""

from pathlib import Path
from typing import Any

from core.crypto.custody import Generated
from core.model.authorities import CaKey
from core.model.custody import HeldKey, MakeKey, OpenSession, ReplaceCustodian, Signable
from core.model.people import Duty
from core.model.proposals import Proposal
from core.model.workspace import Kind, PolicyName
from core.services import approvals, custodians, custody, sessions
from core.services.opening import Hands
from core.services.sessions import Signing
from core.words.proposals import sentence
from tests.desks import Room, make_room, passphrase

DUTIES = {
    "alice": (Duty.SECURITY_OFFICER, Duty.REGISTRATION_OFFICER, Duty.CA_OPERATOR, Duty.CUSTODIAN),
    "bob": (Duty.SYSTEM_ADMINISTRATOR, Duty.REGISTRATION_OFFICER, Duty.CA_OPERATOR, Duty.CUSTODIAN),
    "carol": (Duty.CUSTODIAN, Duty.REVOCATION_OFFICER),
    "dave": (Duty.CUSTODIAN,),
    "erin": (Duty.AUDITOR,),
    "fay": (Duty.CUSTODIAN,),
}


def root_room(folder: Path, policy: PolicyName = PolicyName.NCSC) -> Room:
    """Alice, bob, carol and dave may hold keys; erin audits."""
    return make_room(folder, DUTIES, kind=Kind.ROOT, policy=policy, duties=DUTIES)


def hands(*names: str, **more: Any) -> Hands:
    """The passphrases of these people, right ones, as if the program had made them."""
    return Hands({name: Generated(passphrase(name)) for name in names}, **more)


def held(room: Room, *names: str, quorum: int = 2, name: str = "root", type_: CaKey = CaKey.P384) -> HeldKey:
    """A software key under these people (alice, bob and carol), made by alice."""
    who = names or ("alice", "bob", "carol")
    key, process = custody.make(room.sit("alice"), MakeKey(name, type_, who, quorum), hands(*who))
    process.close()
    return key


def session(room: Room, *names: str, seconds: int = 300, **may: int) -> Signing:
    """A signing session of alice and bob with the root key, opened by alice."""
    who = names or ("alice", "bob")
    allowed = {Signable(kind): count for kind, count in may.items()}
    command = OpenSession("root", who, allowed, seconds, because="test")
    return sessions.open_session(room.sit("alice"), command, hands(*who))


def agreed(room: Room, command: ReplaceCustodian) -> Proposal:
    """A replacement that alice asked for and bob approved."""
    asked = custodians.propose(room.sit("alice"), command)
    outcome = approvals.approve(room.desk, "bob", passphrase("bob"), {asked.digest: sentence(asked)})[0]
    assert outcome.proposal is not None
    assert outcome.proposal.state.value == "approved"
    return outcome.proposal
