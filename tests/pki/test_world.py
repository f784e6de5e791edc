"""From three people in a room to a revoked gateway: a root workspace, an issuing one, sticks between them."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from core.crypto.certificates import read_certificate
from core.model.certificates import CertificateState, IssueCertificates, SubmitRequest
from core.model.revocation import Revoke
from core.services import audit, enrolment, revocation
from core.words.proposals import sentence
from tests.pki.worlds import PAIR, World, agree, csr, decide, hands, make_sub, make_world, sign_crl


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def test_the_whole_way(world: World) -> None:
    decide(world)
    make_sub(world)
    room = world.issuing
    room.device("gw1")
    key = ec.generate_private_key(ec.SECP256R1())
    proposal = enrolment.submit(room.sit("alice"), SubmitRequest("gw1", csr(key), "CHG11"))
    agree(room, "dave", proposal)
    (outcome,) = enrolment.issue(room.sit("bob"), IssueCertificates((proposal.digest,), PAIR), hands())
    assert outcome.issued is not None
    made = read_certificate(outcome.issued.der)
    assert str(made.sans[0]) == "dns:gw1.example.net"
    assert [row.state for row in enrolment.rows(room.desk)] == [CertificateState.VALID]
    revocation.revoke(room.sit("carol"), Revoke(outcome.issued.serial, "key-compromise", "CHG12"))
    assert revocation.unpublished(room.desk) == ("ipsec-g1",)
    room.clock.passes(minutes=1)
    sign_crl(world)
    assert revocation.unpublished(room.desk) == ()
    room.device("gw2")
    pinned = ec.generate_private_key(ec.SECP256R1())
    room.receive("gw2", csr(pinned, "gw2.example.net"))
    room.approve("gw2")
    evident = enrolment.submit(room.sit("alice"), SubmitRequest("gw2", csr(pinned, "gw2.example.net"), "CHG13"))
    assert "compared with the far end" in sentence(evident)
    assert evident.facts["evidence"] == ["alice", "bob"]
    for each in (world.root, world.issuing):
        assert audit.inspect(each.desk).faults == ()
