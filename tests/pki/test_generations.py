"""Name constraints of a sub CA from the request to the device, and the next generation of a sub CA."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from core.crypto import issuance, requests
from core.crypto.certificates import as_planned, read_certificate
from core.crypto.chains import Files, judge
from core.errors.authorities import (
    AnswerDoesNotFit,
    AuthorityNameTaken,
    ConstraintNotFit,
    NotRolledOver,
    StillTrusted,
)
from core.errors.base import Refused
from core.errors.certificates import SelfCheckFailed
from core.errors.enrolment import NameOutside
from core.model.authorities import AuthorityState, DestroyKey, RenewSub, RequestSub, RunOff, SignSub
from core.model.certificates import San, SanKind, SubmitRequest
from core.model.checks import Trouble
from core.model.custody import OpenSession, Signable
from core.model.proposals import Facts, Proposal, Propose
from core.policy import authorities as naming
from core.policy import constraints as policy
from core.services import audit, authorities, ending, enrolment, issuing, proposals, rollover, subordinates
from core.services.perform import perform
from core.services.sessions import open_session
from core.words.proposals import sentence
from core.words.say import findings
from tests.pki.hierarchies import NOW, key, make_crl, make_device, make_root, plan_for
from tests.pki.hierarchies import certify as signed
from tests.pki.hierarchies import make_sub as plain_sub
from tests.pki.test_issuance import verify
from tests.pki.worlds import (
    HOLDERS,
    PAIR,
    World,
    agree,
    certify,
    csr,
    decide,
    hands,
    make_network,
    make_sub,
    make_world,
)
from tests.real import need

pytestmark = pytest.mark.xdist_group("generations")
LIMITS = (San(SanKind.DNS, "example.net"), San(SanKind.IP, "192.0.2.0/24"))
NEVER = (San(SanKind.DNS, "secret.example.net"),)


@pytest.mark.parametrize(
    ("typed", "good"),
    [
        ("dns:example.net", True),
        ("ip:192.0.2.0/24", True),
        ("ip:2001:db8::/32", True),
        ("email:example.net", True),
        ("email:noc@example.net", True),
        ("ip:192.0.2.1/24", False),
        ("dns:*.example.net", False),
        ("uri:example.net", False),
        ("email:@example.net", False),
        ("dns:", False),
    ],
)
def test_what_a_constraint_looks_like(typed: str, good: bool) -> None:
    assert (policy.findings((typed,), "tls") == []) is good


def test_ipsec_goes_without() -> None:
    (found,) = policy.findings(("dns:example.net",), "ipsec")
    assert isinstance(found, ConstraintNotFit)
    assert found.why == "service"


@pytest.mark.parametrize(
    ("san", "inside"),
    [
        (San(SanKind.DNS, "example.net"), True),
        (San(SanKind.DNS, "GW1.Example.NET"), True),
        (San(SanKind.DNS, "badexample.net"), False),
        (San(SanKind.DNS, "gw.secret.example.net"), False),
        (San(SanKind.DNS, "example.net.evil.org"), False),
        (San(SanKind.IP, "192.0.2.77"), True),
        (San(SanKind.IP, "192.0.3.1"), False),
        (San(SanKind.EMAIL, "noc@anywhere.org"), True),
    ],
    ids=["itself", "case", "no-dot", "excluded", "suffix", "address", "other-network", "other-kind"],
)
def test_openssl_and_we_judge_names_alike(tmp_path: Path, san: San, inside: bool) -> None:
    root = make_root()
    sub = plain_sub(root, permitted=LIMITS, excluded=NEVER)
    device = make_device(sub, sans=(san,))
    lists = (make_crl(root, 1), make_crl(sub, 1))
    done = verify(tmp_path, root, sub, device, *lists)
    assert (done.returncode == 0) is inside, done.stderr
    assert inside or b"subtree violation" in done.stderr
    files = Files((read_certificate(sub.der), read_certificate(root.der)), lists, frozenset({root.spki}))
    _, found = judge(read_certificate(device.der), files, NOW)
    assert [each.trouble for each in found] == ([] if inside else [Trouble.OUTSIDE])


@pytest.mark.parametrize("what", ["permitted", "excluded"])
def test_constraints_are_read_back(what: str) -> None:
    root = make_root()
    plan = plan_for("CN=Sub", root.spki, root.subject, root.spki, ca=True, permitted=LIMITS, excluded=NEVER)
    made = read_certificate(signed(plan, root.key))
    with pytest.raises(SelfCheckFailed) as caught:
        as_planned(made, replace(plan, **{what: ()}))
    assert caught.value.what == what


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_network(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def serial(world: World) -> str:
    """The certificate of gw1, made while there is one sub CA."""
    return certify(world, "gw1", "CHG70")


def carried(world: World, asked: bytes, ticket: str) -> tuple[Proposal, bytes]:
    proposal = subordinates.propose(world.root.sit("bob"), asked, "2029-12-31", ticket)
    agree(world.root, "alice", proposal)
    return proposal, subordinates.sign(world.root.sit("bob"), SignSub(proposal.digest, PAIR), hands(), ())


def first_crl(world: World, name: str) -> None:
    desk = world.issuing.sit("bob")
    with open_session(desk, OpenSession(name, PAIR, {Signable.CRL: 1}, because="CRL"), hands()) as signing:
        issuing.sign_crl(desk, signing, authorities.find(desk.file.read, name))


def test_from_the_request_to_the_device(world: World, serial: str) -> None:
    room = world.issuing
    assert serial
    wanted = RequestSub(
        "tls-g1",
        "tls",
        "CN=Example TLS CA G1, O=Example",
        HOLDERS,
        2,
        "http://crl.example.net/tls.crl",
        permitted=tuple(str(each) for each in LIMITS),
        excluded=tuple(str(each) for each in NEVER),
    )
    with pytest.raises(ConstraintNotFit):
        subordinates.request(room.sit("bob"), replace(wanted, service="ipsec"), hands())
    asked = subordinates.request(room.sit("bob"), wanted, hands())
    proposal, answer = carried(world, asked, "CHG60")
    assert "only for names under dns:example.net, ip:192.0.2.0/24, never for names under dns:secret" in sentence(
        proposal
    )
    made = subordinates.install(room.sit("bob"), answer)
    assert (read_certificate(made.certificate).permitted, read_certificate(made.certificate).excluded) == (
        LIMITS,
        NEVER,
    )
    root = authorities.find(world.root.desk.file.read, "example-root-ca")
    other = replace(read_certificate(made.certificate), permitted=())
    with pytest.raises(AnswerDoesNotFit) as differs:  # an answer with other limits is not installed
        subordinates._fits(made, other, read_certificate(root.certificate), b"", world.issuing.clock())
    assert differs.value.what == "names"
    first_crl(world, "tls-g1")
    room.device("web1")
    room.device("web2")
    pem = csr(ec.generate_private_key(ec.SECP256R1()), "web1.example.net")
    command = SubmitRequest("web1", pem, "CHG61", authority="tls-g1")
    enrolment.submit(room.sit("alice"), command)
    outside = replace(command, device="web2", ticket="CHG62", sans=("dns:web2.example.net", "dns:a.secret.example.net"))
    with pytest.raises(Refused) as caught:
        enrolment.submit(room.sit("alice"), outside)
    assert NameOutside.__name__ in {each.rule for each in findings(caught.value)}


@pytest.mark.parametrize(
    ("name", "after"),
    [("ipsec-g1", "ipsec-g2"), ("ipsec-g9", "ipsec-g10"), ("ipsec", "ipsec-g2"), ("Example CA G1", "Example CA G2")],
)
def test_a_generation_counts_up(name: str, after: str) -> None:
    assert naming.next_name(name) == after


def test_the_next_generation_takes_over(world: World, serial: str) -> None:
    """Last of those that share the world: a year passes in it."""
    room, read = world.issuing, world.issuing.desk.file.read
    renew = RenewSub("ipsec-g1", HOLDERS, 2)
    with pytest.raises(NotRolledOver):
        rollover.request(room.sit("bob"), replace(renew, name="example-root-ca"), hands())
    asked = rollover.request(room.sit("bob"), renew, hands())
    _, answer = carried(world, asked, "CHG71")
    with pytest.raises(AuthorityNameTaken):  # neither that name nor that key once more
        subordinates.propose(world.root.sit("bob"), asked, "2029-12-31", "CHG72")
    fresh = subordinates.install(room.sit("bob"), answer)
    old = authorities.find(read, "ipsec-g1")
    assert (fresh.name, fresh.subject[-1], fresh.crl_url) == (
        "ipsec-g2",
        ("CN", "Example IPsec CA G2"),
        "http://crl.example.net/ipsec-g2.crl",
    )
    assert fresh.spki != old.spki
    assert {each.state for each in (old, fresh)} == {AuthorityState.ACTIVE}
    first_crl(world, "ipsec-g2")
    perform(
        room.sit("bob"),
        ending.RUN_OFF,
        RunOff("ipsec-g1", "the new one works", "CHG73"),
    )
    pem = csr(ec.generate_private_key(ec.SECP256R1()), "gw1.example.net")
    room.receive("gw1", pem)
    room.approve("gw1")
    renewed = enrolment.submit(room.sit("alice"), SubmitRequest("gw1", pem, "CHG74", renews=serial))
    assert renewed.facts["authority"] == "ipsec-g2"
    destroyed = DestroyKey("ipsec-g1", "its time", "CHG75")
    with pytest.raises(StillTrusted) as caught:
        ending.destroy(room.sit("bob"), destroyed)
    assert caught.value.count == 1
    assert authorities.find(read, "ipsec-g1").state is AuthorityState.RUN_OFF
    room.clock.passes(days=366)
    agree(room, "alice", ending.destroy(room.sit("bob"), destroyed))
    assert authorities.find(read, "ipsec-g1").state is AuthorityState.DESTROYED
    for each in (world.root, world.issuing):
        assert audit.inspect(each.desk).faults == ()


def test_openssl_reads_the_request_with_its_limits(tmp_path: Path) -> None:
    made = key()
    info = requests.request_info((("CN", "Sub"),), issuance.public_of(made), LIMITS, NEVER)
    der = requests.request(
        info, made.sign(info, ec.ECDSA(issuance.hash_of(made.public_key()))), issuance.public_of(made)
    )  # type: ignore[call-arg, arg-type]
    assert (requests.read_request(der).permitted, requests.read_request(der).excluded) == (LIMITS, NEVER)
    command = [need("openssl")[0], "req", "-inform", "DER", "-noout", "-text", "-verify"]
    said = subprocess.run(command, input=der, capture_output=True, check=True)
    assert b"DNS:example.net" in said.stdout
    assert b"verify OK" in said.stderr + said.stdout


def test_a_proposal_from_before_name_constraints_goes_its_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its facts say nothing of subtrees; it is read, approved and signed all the same, and has none."""
    world = make_world(tmp_path)
    decide(world)

    def of_then(facts: Facts, ticket: str, tbs: bytes) -> Propose:
        left = {name: value for name, value in facts.items() if name not in ("permitted", "excluded")}
        return Propose(left, ticket=ticket, tbs=tbs)

    monkeypatch.setattr(subordinates, "Propose", of_then)
    make_sub(world)
    (asked,) = (each for each in proposals.all_of(world.root.desk) if each.kind == "authority.certify")
    assert "permitted" not in asked.facts
    assert "its CRLs at http://crl.example.net/ipsec.crl. Its request" in sentence(asked)
    made = read_certificate(authorities.find(world.issuing.desk.file.read, "ipsec-g1").certificate)
    assert (made.permitted, made.excluded) == ((), ())
