"""What the hierarchy and a revocation never allow: a key in a carried file, a shared policy, a way back (S-a-2, A9, C20)."""

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core.errors.authorities import PolicyShared
from core.errors.base import Refused
from core.errors.enrolment import KeyUsedBefore
from core.errors.keys import PrivateKeyInFile
from core.errors.revocation import NothingToReview, RevokedAlready
from core.model.authorities import Service
from core.model.carry import CarryKind
from core.model.certificates import CertificateState, IssueCertificates, SubmitRequest
from core.model.revocation import Review, Revoke
from core.policy import authorities as policy
from core.policy.duties import CA_WORK
from core.services import audit, authorities, carry, enrolment, revocation, subordinates
from core.services.perform import Verb, Work, perform
from core.words.say import findings
from tests.pki.worlds import PAIR, World, agree, csr, hands, make_network

pytestmark = pytest.mark.xdist_group("refused")  # one world for all of them


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_network(tmp_path_factory.mktemp("world"))


def certified(world: World, name: str, ticket: str) -> tuple[str, bytes]:
    """A device's serial, and the request that its certificate came from."""
    room = world.issuing
    room.device(name)
    pem = csr(ec.generate_private_key(ec.SECP256R1()), f"{name}.example.net")
    asked = enrolment.submit(room.sit("alice"), SubmitRequest(name, pem, ticket))
    agree(room, "dave", asked)
    (made,) = enrolment.issue(room.sit("bob"), IssueCertificates((asked.digest,), PAIR), hands())
    assert made.issued is not None
    return made.issued.serial, pem


def test_a_carried_file_with_a_private_key_is_refused_and_not_kept(world: World) -> None:
    """Even from a workspace that was met, signed as it should be, and though the key is hidden as hex."""
    key = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )

    def forge(work: Work, _: str) -> bytes:
        return carry.write(work, CarryKind.SUB_REQUEST, "x", "", {"name": "x", "request": key.hex()})

    content = perform(world.issuing.sit("bob"), Verb("authority.requested", forge, CA_WORK), "")
    with pytest.raises(PrivateKeyInFile):
        subordinates.propose(world.root.sit("bob"), content, "2029-12-31", "CHG1")
    stored = world.root.path.read_bytes()
    assert key not in stored
    assert key.hex().encode() not in stored


def test_no_two_technologies_share_a_policy(world: World) -> None:
    sub = authorities.find(world.issuing.desk.file.read, "ipsec-g1")
    (found,) = policy.policy(sub.policy, Service.TLS, [sub])
    assert isinstance(found, PolicyShared)
    assert policy.policy(sub.policy, Service.IPSEC, [sub]) == []


def test_one_person_takes_trust_away_at_once_and_nobody_gives_it_back(world: World) -> None:
    """At night a registration officer; the second look is another's, and undoes nothing."""
    room = world.issuing
    serial, _ = certified(world, "gw1", "CHG2")
    made = revocation.revoke(room.sit("alice"), Revoke(serial, "superseded", "CHG3", suspected=True))
    assert made.waiting is None
    with pytest.raises(NothingToReview) as own:
        perform(room.sit("alice"), revocation.REVIEWED, Review(serial))
    assert own.value.why == "person"
    perform(room.sit("carol"), revocation.REVIEWED, Review(serial))
    (row,) = [each for each in enrolment.rows(room.desk) if each.issued.serial == serial]
    assert row.state is CertificateState.REVOKED
    with pytest.raises(RevokedAlready):
        revocation.revoke(room.sit("dave"), Revoke(serial, "key-compromise", "CHG4"))
    assert audit.inspect(room.desk).faults == ()


@pytest.mark.parametrize("reason", ["superseded", "cessation-of-operation"])
def test_a_revoked_key_is_blocked_for_ever_whatever_the_reason(world: World, reason: str) -> None:
    room, name = world.issuing, f"old-{reason}"
    serial, pem = certified(world, name, f"CHG5 {reason}")
    waiting = revocation.revoke(room.sit("carol"), Revoke(serial, reason, "CHG6")).waiting
    assert waiting is not None  # other reasons are agreed to by two
    agree(room, "alice", waiting)
    room.device(f"new-{reason}")
    for device, renews in ((name, ""), (name, serial), (f"new-{reason}", "")):
        command = SubmitRequest(device, pem, f"CHG7 {device} {renews}", renews=renews, same_key=bool(renews))
        with pytest.raises(Refused) as caught:
            enrolment.submit(room.sit("alice"), command)
        assert KeyUsedBefore.__name__ in {each.rule for each in findings(caught.value)}
