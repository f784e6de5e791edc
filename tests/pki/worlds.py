"""A world of workspaces to test with: a root, an issuing CA, sticks between them, and the custodians' hands."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.crypto.custody import Generated
from core.model.authorities import MakeRoot, RequestSub, SignSub
from core.model.carry import Hear
from core.model.certificates import IssueCertificates, SubmitRequest
from core.model.custody import OpenSession, Signable
from core.model.decisions import Decide
from core.model.people import Duty
from core.model.proposals import Proposal
from core.model.workspace import Kind
from core.services import approvals, authorities, carry, decisions, enrolment, issuing, subordinates
from core.services.opening import Hands
from core.services.perform import perform
from core.services.sessions import open_session
from core.words.proposals import sentence
from tests.desks import START, Room, make_room, passphrase

DUTIES = {
    "alice": (Duty.SECURITY_OFFICER, Duty.REGISTRATION_OFFICER, Duty.CUSTODIAN),
    "bob": (Duty.SYSTEM_ADMINISTRATOR, Duty.CA_OPERATOR, Duty.CUSTODIAN),
    "carol": (Duty.REVOCATION_OFFICER, Duty.CUSTODIAN),
    "dave": (Duty.REGISTRATION_OFFICER,),
}
HOLDERS = ("alice", "bob", "carol")
PAIR = ("alice", "bob")


def hands() -> Hands:
    return Hands({name: Generated(f"{passphrase(name)} for keys") for name in HOLDERS})


def agree(room: Room, who: str, proposal: Proposal) -> None:
    approvals.approve(room.sit(who), who, passphrase(who), {proposal.digest: sentence(proposal)})


@dataclass
class World:
    root: Room
    issuing: Room


def meet(one: Room, other: Room) -> None:
    """Two people of `other` type what the people of `one` read out."""
    content, meeting = carry.introduce(one.sit("alice"))
    digits, words = carry.fingerprint(meeting)
    perform(other.sit("alice"), carry.HEAR, Hear(content, digits))
    perform(other.sit("bob"), carry.HEAR, Hear(content, words))


def make_world(folder: Path, now: datetime = START) -> World:
    """The root is made, and the two workspaces know each other; both clocks stand at `now`."""
    for name in ("root", "issuing"):
        (folder / name).mkdir()
    root = make_room(folder / "root", DUTIES, kind=Kind.ROOT, duties=DUTIES, now=now)
    other = make_room(folder / "issuing", DUTIES, kind=Kind.ISSUING, duties=DUTIES, now=now)
    command = MakeRoot(
        "CN=Example Root CA, O=Example Networks, C=GB", HOLDERS, 2, "2030-12-31", "http://crl.example.net/root.crl"
    )
    _, crl = authorities.make_root(root.sit("bob"), command, hands(), ())
    assert crl.number == 1
    meet(root, other)
    meet(other, root)
    return World(root, other)


def decide(world: World) -> None:
    typed = Decide("L2", "2029-12-31", "2027-06-30", "the table has no newer date", "CHG9")
    agree(world.root, "bob", decisions.decide(world.root.sit("alice"), typed))


def make_sub(world: World) -> None:
    wanted = RequestSub(
        "ipsec-g1", "ipsec", "CN=Example IPsec CA G1, O=Example", HOLDERS, 2, "http://crl.example.net/ipsec.crl"
    )
    asked = subordinates.request(world.issuing.sit("bob"), wanted, hands())
    proposal = subordinates.propose(world.root.sit("bob"), asked, "2029-12-31", "CHG10")
    agree(world.root, "alice", proposal)
    answer = subordinates.sign(world.root.sit("bob"), SignSub(proposal.digest, PAIR), hands(), ())
    subordinates.install(world.issuing.sit("bob"), answer)
    sign_crl(world)


def make_network(folder: Path, now: datetime = START) -> World:
    """A world in which a sub CA for IPsec issues already: the date of its keys decided, its first CRL signed."""
    world = make_world(folder, now)
    decide(world)
    make_sub(world)
    return world


def sign_crl(world: World) -> bytes:
    desk = world.issuing.sit("bob")
    with open_session(desk, OpenSession("ipsec-g1", PAIR, {Signable.CRL: 1}, because="CRL"), hands()) as signing:
        return issuing.sign_crl(desk, signing, authorities.find(desk.file.read, "ipsec-g1")).der


def csr(key: ec.EllipticCurvePrivateKey, name: str = "gw1.example.net") -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def certify(world: World, name: str, ticket: str) -> str:
    """A device with a certificate; its serial."""
    asked = submit(world, name, ticket)
    agree(world.issuing, "dave", asked)
    command = IssueCertificates((asked.digest,), PAIR)
    (outcome,) = enrolment.issue(world.issuing.sit("bob"), command, hands())
    assert outcome.issued is not None
    return outcome.issued.serial


def submit(world: World, name: str, ticket: str) -> Proposal:
    """A device whose request alice has submitted."""
    world.issuing.device(name)
    untrusted = csr(ec.generate_private_key(ec.SECP256R1()), f"{name}.example.net")
    return enrolment.submit(world.issuing.sit("alice"), SubmitRequest(name, untrusted, ticket))
