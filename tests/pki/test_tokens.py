"""A sub CA whose key is on a token (SoftHSM): asked for, signed by the root, at work; by the services and on the command line."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.model.authorities import RequestSub, SignSub
from core.model.certificates import IssueCertificates
from core.model.custody import OpenSession, Signable
from core.model.people import Duty
from core.model.workspace import Kind, PolicyName
from core.services import audit, authorities, enrolment, issuing, opening, subordinates
from core.services.sessions import open_session
from tests.cli.terminal import run
from tests.custody.tokens import SO_PIN, request_on, softhsm
from tests.desks import make_room
from tests.pki.worlds import DUTIES, HOLDERS, PAIR, agree, decide, hands, make_world, submit


def test_from_the_request_to_an_issued_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = softhsm(monkeypatch, tmp_path / "hsm", "SUB-A")
    world = make_world(tmp_path)
    decide(world)
    wanted = RequestSub(
        "ipsec-g1",
        "ipsec",
        "CN=Example IPsec CA G1",
        HOLDERS,
        2,
        "http://crl.example.net/ipsec.crl",
        token=f"pkcs11:token={token.label};serial={token.serial}",
    )
    bring = replace(hands(), library=token.library, so_pin=SO_PIN)
    asked = subordinates.request(world.issuing.sit("bob"), wanted, bring)
    (key,) = opening.keys(world.issuing.desk)
    assert key.token is not None
    assert key.uid in token.tool("--list-objects", "--type", "pubkey").stdout
    proposal = subordinates.propose(world.root.sit("bob"), asked, "2029-12-31", "CHG10")
    agree(world.root, "alice", proposal)
    answer = subordinates.sign(world.root.sit("bob"), SignSub(proposal.digest, PAIR), hands(), ())
    subordinates.install(world.issuing.sit("bob"), answer)
    bring = replace(hands(), library=token.library)
    desk = world.issuing.sit("bob")
    with open_session(desk, OpenSession("ipsec-g1", PAIR, {Signable.CRL: 1}, because="CRL"), bring) as signing:
        issuing.sign_crl(desk, signing, authorities.find(desk.file.read, "ipsec-g1"))
    request = submit(world, "gw1", "CHG1")
    agree(world.issuing, "dave", request)
    command = IssueCertificates((request.digest,), PAIR)
    (outcome,) = enrolment.issue(world.issuing.sit("bob"), command, bring)
    assert outcome.refusal is None
    for room in (world.root, world.issuing):
        assert audit.inspect(room.desk).faults == ()
        room.desk.close()


def test_on_the_command_line_it_is_found_and_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`custody tokens` prints the URI that `ca request --token` takes."""
    token = softhsm(monkeypatch, tmp_path / "hsm", "SUB A;1")
    now = datetime.now(UTC).replace(microsecond=0)
    room = make_room(tmp_path, DUTIES, kind=Kind.ISSUING, policy=PolicyName.REHEARSAL, duties=DUTIES, now=now)
    assert Duty.CA_OPERATOR in DUTIES["bob"]
    listed = run("custody", "tokens", "--module", token.library, "--json")
    assert listed.code == 0, listed.err
    (found,) = listed.answer["tokens"]
    assert (found["label"], found["serial"], found["model"]) == (token.label, token.serial, "SoftHSM v2")
    request_on(room, token, found["uri"], tmp_path)
    (key,) = run("custody", "list", room.path, "--json").answer["keys"]
    assert (key["source"], key["token"], key["serial"]) == ("token", token.label, token.serial)
    room.desk.close()


def test_a_library_that_is_none(tmp_path: Path) -> None:
    refused = run("custody", "tokens", "--module", tmp_path / "nothing.so", "--json")
    assert refused.code == 1
    assert refused.answer["refused"] == "TOK-02"
