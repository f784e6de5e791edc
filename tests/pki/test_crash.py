"""A crash between intent and outcome: the serial is listed, nothing is issued twice, and it can be revoked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from core.errors.devices import DeviceRetired
from core.errors.proposals import ProposalClosed
from core.model.authorities import RequestSub, SignSub
from core.model.certificates import CertificateState, IssueCertificates, SubmitRequest
from core.model.devices import RetireDevice
from core.model.revocation import Revoke
from core.services import audit, crls, devices, enrolment, issuing, keeping, revocation, subordinates
from core.services.perform import perform
from core.store import revocation as lists
from tests.custody.here import KeyHere
from tests.pki.worlds import HOLDERS, PAIR, World, agree, csr, decide, hands, make_sub, make_world, sign_crl, submit
from tests.services.refusing import rows


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(keeping, "start", KeyHere)
    world = make_world(tmp_path)
    decide(world)
    yield world
    for each in (world.root, world.issuing):
        each.desk.close()


def pulled(*_: object) -> None:
    raise SystemExit("the plug was pulled")


def test_the_serial_is_listed_and_not_used_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    make_sub(world)
    room = world.issuing
    room.device("gw1")
    key = ec.generate_private_key(ec.SECP256R1())
    first = enrolment.submit(room.sit("alice"), SubmitRequest("gw1", csr(key), "CHG1"))
    agree(room, "dave", first)
    with monkeypatch.context() as patch:
        patch.setattr(issuing, "signed", pulled)
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


def test_in_a_batch_each_that_was_begun_is_listed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plug is pulled after the second signature: all three serials are listed, none is issued, none used again."""
    make_sub(world)
    room = world.issuing
    asked = [submit(world, f"gw{number}", f"CHG{number}") for number in range(3)]
    for each in asked:
        agree(room, "dave", each)
    command = IssueCertificates(tuple(each.digest for each in asked), PAIR)
    left = [issuing.signed, issuing.signed, pulled]
    with monkeypatch.context() as patch:
        patch.setattr(issuing, "signed", lambda *words: left.pop(0)(*words))
        with pytest.raises(SystemExit):
            enrolment.issue(room.sit("bob"), command, hands())
    assert [row.state for row in enrolment.rows(room.desk)] == [CertificateState.UNFINISHED] * 3
    outcomes = enrolment.issue(room.sit("bob"), command, hands())
    assert [type(each.refusal) for each in outcomes] == [ProposalClosed] * 3
    assert audit.inspect(room.desk).faults == ()


@pytest.mark.parametrize("early", [True, False])
def test_one_of_a_batch_is_refused_and_leaves_the_others_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, early: bool
) -> None:
    """Before the key is opened; or, where it came up only then, among the intents of one transaction."""
    if not early:
        monkeypatch.setattr(enrolment, "_against", lambda *_: {})
    make_sub(world)
    room = world.issuing
    asked = [submit(world, f"gw{number}", f"CHG{number}") for number in range(3)]
    for each in asked:
        agree(room, "dave", each)
    perform(room.sit("alice"), devices.RETIRE, RetireDevice("gw1", "sold", "CHG7"))
    before = len(rows(room))
    command = IssueCertificates(tuple(each.digest for each in asked), PAIR)
    outcomes = enrolment.issue(room.sit("bob"), command, hands())
    assert [type(each.refusal) for each in outcomes] == [type(None), DeviceRetired, type(None)]
    told = [row["action"] for row in rows(room)[before:]]
    intended, issued = ["certificate.intended"], ["certificate.issued"] * 2
    opened = ["refused", "session.opened", *intended] if early else ["session.opened", *intended, "refused"]
    assert told == [*opened, *intended, *issued, "session.ended"]
    assert [row.device for row in enrolment.rows(room.desk)] == ["gw0", "gw2"]
    assert audit.inspect(room.desk).faults == ()


def test_the_number_of_a_crl_is_not_used_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    make_sub(world)
    room = world.issuing
    with monkeypatch.context() as patch:
        patch.setattr(issuing.issuance, "revocation_list", pulled)  # signed, and lost before it was kept
        with pytest.raises(SystemExit):
            sign_crl(world)
    authority = crls.find(room.desk, "ipsec-g1")
    assert crls.newest(room.desk, authority).number == 1
    assert lists.last_number(room.desk.file.read, authority.id) == 2
    assert crls.sign(room.sit("bob"), "ipsec-g1", PAIR, hands()).number == 3
    assert audit.inspect(room.desk).faults == ()


def test_a_sub_cas_serial_is_not_used_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = RequestSub("ipsec-g1", "ipsec", "CN=IPsec CA", HOLDERS, 2, "http://crl.example.net/ipsec.crl")
    asked = subordinates.request(world.issuing.sit("bob"), wanted, hands())
    room = world.root
    first = subordinates.propose(room.sit("bob"), asked, "2029-12-31", "CHG10")
    agree(room, "alice", first)
    with monkeypatch.context() as patch:
        patch.setattr(issuing, "signed", pulled)
        with pytest.raises(SystemExit):
            subordinates.sign(room.sit("bob"), SignSub(first.digest, PAIR), hands(), ())
    root, row = enrolment.rows(room.desk)
    assert (root.state, row.state) == (CertificateState.VALID, CertificateState.UNFINISHED)
    with pytest.raises(ProposalClosed):
        subordinates.sign(room.sit("bob"), SignSub(first.digest, PAIR), hands(), ())
    again = subordinates.propose(room.sit("bob"), asked, "2029-12-31", "CHG10")
    agree(room, "alice", again)
    answer = subordinates.sign(room.sit("bob"), SignSub(again.digest, PAIR), hands(), ())
    assert subordinates.install(world.issuing.sit("bob"), answer).name == "ipsec-g1"
    serials = [each.issued.serial for each in enrolment.rows(room.desk)]
    assert len(set(serials)) == 3
    assert audit.inspect(room.desk).faults == ()
