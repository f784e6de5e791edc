"""A crash between intent and outcome: the serial is listed, nothing is issued twice, and it can be revoked."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from core.errors.proposals import ProposalClosed
from core.model.certificates import CertificateState, IssueCertificates, SubmitRequest
from core.model.revocation import Revoke
from core.services import audit, enrolment, issuing, revocation
from core.services.desk import Desk
from core.store import revocation as lists
from tests.pki.worlds import PAIR, agree, csr, decide, hands, make_sub, make_world, sign_crl


def test_the_serial_is_listed_and_not_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(tmp_path)
    decide(world)
    make_sub(world)
    room = world.issuing
    room.device("gw1")
    key = ec.generate_private_key(ec.SECP256R1())
    first = enrolment.submit(room.sit("alice"), SubmitRequest("gw1", csr(key), "CHG1"))
    agree(room, "dave", first)

    def pulled(_desk: Desk, *_: object) -> None:
        raise SystemExit("the plug was pulled")

    with monkeypatch.context() as patch:
        patch.setattr(issuing, "sign", pulled)
        with pytest.raises(SystemExit):
            enrolment.issue(room.sit("bob"), IssueCertificates((first.digest,), PAIR), hands())
    (row,) = enrolment.rows(room.desk)
    assert row.state is CertificateState.UNFINISHED
    with pytest.raises(ProposalClosed):
        enrolment.issue(room.sit("bob"), IssueCertificates((first.digest,), PAIR), hands())
    again = enrolment.submit(room.sit("alice"), SubmitRequest("gw1", csr(key), "CHG1"))
    agree(room, "dave", again)
    (outcome,) = enrolment.issue(room.sit("bob"), IssueCertificates((again.digest,), PAIR), hands())
    assert outcome.issued is not None
    assert outcome.issued.serial != row.issued.serial
    revocation.revoke(room.sit("carol"), Revoke(row.issued.serial, "superseded", "CHG2", suspected=True))
    sign_crl(world)
    newest = lists.signed(room.desk.file.read, row.issued.authority_id)
    assert newest is not None
    assert newest.entries == 1
    assert audit.inspect(room.desk).faults == ()
