"""Tickets look as two people said and are good for one device; a key made another way is an exception of two (C16, M2)."""

import sqlite3
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.crypto import requests
from core.errors.agreements import PatternNotFit, TicketElsewhere, TicketNotFit
from core.errors.base import Refused
from core.errors.enrolment import WishNotTaken
from core.errors.keys import PrivateKeyInFile
from core.errors.people import DutyMissing
from core.model.agreements import ExceptKey, SetPattern, WidenTicket
from core.model.certificates import IssueCertificates, SubmitRequest
from core.model.proposals import Proposal
from core.policy import agreements as policy
from core.policy import enrolment as enrolling
from core.services import agreements, audit, enrolment
from core.store import audit as rows
from core.store.unit import record
from core.words.proposals import sentence
from tests.audit.test_soundness import spoil
from tests.pki.worlds import PAIR, World, agree, csr, hands, make_network

pytestmark = pytest.mark.xdist_group("agreements")  # one world for all of them


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_network(tmp_path_factory.mktemp("world"))


def submit(world: World, name: str, ticket: str) -> Proposal:
    untrusted = csr(ec.generate_private_key(ec.SECP256R1()), f"{name}.example.net")
    return enrolment.submit(world.issuing.sit("alice"), SubmitRequest(name, untrusted, ticket))


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("", "anything at all", None),
        ("CHG#######", "CHG0042117", "CHG42117"),
        ("CHG###|INC-*", "INC-7/b", "INC 7"),
        ("(a+)+$", None, None),
        ("*a*b*c*d*", None, None),
        ("A.B", "A.B", "AxB"),
    ],
    ids=["any", "digits", "either", "no-expression", "too-wild", "a-dot-is-a-dot"],
)
def test_a_pattern_is_plain(pattern: str, good: str | None, bad: str | None) -> None:
    assert bool(policy.pattern(pattern)) == (good is None)
    if good is not None:
        assert policy.fits(pattern, good)
        assert bad is None or not policy.fits(pattern, bad)


def test_the_pattern_is_changed_by_two_people_and_then_holds(world: World) -> None:
    room = world.issuing
    room.device("pat1")
    with pytest.raises(PatternNotFit):
        agreements.set_pattern(room.sit("alice"), SetPattern("(a+)+$", "new tool", ""))
    with pytest.raises(DutyMissing):
        agreements.set_pattern(room.sit("dave"), SetPattern("CHG#*", "new tool", ""))
    asked = agreements.set_pattern(room.sit("alice"), SetPattern("CHG#*", "new tool", "CHG1"))
    assert "CHG#*" in sentence(asked)
    submit(world, "pat1", "Ticket 9")  # not in force before the second person agreed
    agree(room, "bob", asked)
    before = rows.newest(room.desk.file.read)[0]
    with pytest.raises(TicketNotFit):
        submit(world, "pat1", "Ticket 10")
    assert rows.newest(room.desk.file.read)[0] == before + 1  # the refusal's own row
    submit(world, "pat1", "CHG10")
    agree(room, "bob", agreements.set_pattern(room.sit("alice"), SetPattern("", "the old way", "")))
    submit(world, "pat1", "whatever")


def test_a_ticket_is_good_for_one_device_unless_two_people_widen_it(world: World) -> None:
    room = world.issuing
    for name in ("gw1", "gw2", "gw3"):
        room.device(name)
    first = submit(world, "gw1", "CHG20")
    with pytest.raises(TicketElsewhere) as caught:  # asked for is enough, it need not be issued
        submit(world, "gw2", "CHG20")
    assert (caught.value.clause, caught.value.device) == ("C16", "gw1")
    agree(room, "dave", agreements.widen(room.sit("alice"), WidenTicket("CHG20", ("gw2",), "one change, both ends")))
    second = submit(world, "gw2", "CHG20")
    with pytest.raises(TicketElsewhere):
        submit(world, "gw3", "CHG20")
    for each in (first, second):
        agree(room, "dave", each)
    command = IssueCertificates((first.digest, second.digest), PAIR)
    made = enrolment.issue(room.sit("bob"), command, hands())
    assert [each.refusal for each in made] == [None, None]
    agree(room, "dave", agreements.widen(room.sit("alice"), WidenTicket("CHG20", (), "the whole site")))
    submit(world, "gw3", "CHG20")


def test_what_is_refused_in_a_batch_takes_no_signature(world: World) -> None:
    """The session is opened for what is left; where nothing is, nobody is asked for a passphrase."""
    room = world.issuing
    for name in ("bat1", "bat2"):
        room.device(name, end_of_life="2027-03-01")
    good, bad = submit(world, "bat1", "CHG30"), submit(world, "bat2", "CHG31")
    for each in (good, bad):
        agree(room, "dave", each)
    spoil(room.path, "UPDATE device SET end_of_life = '2026-11-24' WHERE name = 'bat2'")
    command = IssueCertificates((bad.digest, good.digest), PAIR)
    refused, made = enrolment.issue(room.sit("bob"), command, hands())
    assert made.issued is not None
    assert isinstance(refused.refusal, Refused)
    assert refused.issued is None
    with sqlite3.connect(room.path) as connection:
        may = [row[0] for row in connection.execute("SELECT body FROM ledger WHERE action = 'session.opened'")]
    connection.close()
    assert '"may":{"certificate":1}' in may[-1]
    spoil(room.path, "UPDATE device SET end_of_life = '2027-03-01' WHERE name = 'bat2'")


def test_a_key_made_another_way_is_an_exception_of_two(world: World, tmp_path: Path) -> None:
    room = world.issuing
    room.device("hsm1")
    typed = ExceptKey("hsm1", "in the vendor's factory, on its own card", "the vendor's procedure 4.2", "CHG40")
    asked = agreements.except_key(room.sit("alice"), typed)
    with pytest.raises(Refused):
        agree(room, "alice", asked)
    assert agreements.key_made(room.desk.file.read, "hsm1") == ""
    agree(room, "dave", asked)
    made = submit(world, "hsm1", "CHG41")
    assert "key made by a recorded exception: in the vendor's factory" in sentence(made)
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(PrivateKeyInFile):  # and the key is still never stored here
        enrolment.submit(room.sit("alice"), SubmitRequest("hsm1", _private(key), "CHG42"))
    assert _private(key)[40:80] not in room.path.read_bytes()


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    from cryptography.hazmat.primitives import serialization as say

    return key.private_bytes(say.Encoding.PEM, say.PrivateFormat.PKCS8, say.NoEncryption())


@pytest.mark.parametrize(
    ("name", "extension", "critical", "why"),
    [
        ("", None, False, "nameless"),
        ("gw1", x509.BasicConstraints(ca=True, path_length=None), True, "ca"),
        ("gw1", x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0"), True, "critical"),
        ("gw1", x509.SubjectAlternativeName([x509.DNSName("*.example.net")]), False, "wildcard"),
        ("gw1", x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0"), False, ""),
        ("gw1", x509.BasicConstraints(ca=False, path_length=None), True, ""),
    ],
    ids=["nameless", "ca", "critical", "wildcard", "only-a-wish", "no-ca"],
)
def test_what_a_request_may_wish_for(name: str, extension: x509.ExtensionType | None, critical: bool, why: str) -> None:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)] if name else [])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    if extension is not None:
        builder = builder.add_extension(extension, critical=critical)
    made = builder.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    asked = requests.read_request(made.public_bytes(serialization.Encoding.PEM))
    found = [each.why for each in enrolling.request(asked) if isinstance(each, WishNotTaken)]
    assert found == ([why] if why else [])


def test_agreements_are_held_against_the_rows(world: World) -> None:
    room = world.issuing
    agree(room, "bob", agreements.set_pattern(room.sit("alice"), SetPattern("CHG*", "again", "")))
    assert record(room.desk.file.read, "agreement", 1)["allowing"]
    assert audit.inspect(room.desk).faults == ()
    with pytest.raises(sqlite3.IntegrityError, match="a fact of agreement"), room.desk.file.writing() as unit:
        unit.update("agreement", 1, value="*")
    spoil(room.path, "UPDATE agreement SET value = '*' WHERE id = (SELECT max(id) FROM agreement)")
    assert ("changed", "agreement") in {(each.what, each.facts[0]) for each in audit.inspect(room.desk).faults}
