"""`check`: every trouble of a chain is found and said, each made for real."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from core.cli.main import main
from core.crypto import armour
from core.crypto.armour import pieces
from core.crypto.certificates import read_certificate
from core.crypto.chains import Files, judge, read_all
from core.errors.certificates import NothingToCheck
from core.errors.revocation import CrlNotRead
from core.model.authorities import CaKey
from core.model.certificates import Usage
from core.model.checks import Checked, Trouble
from core.model.revocation import Reason, Revoke, Revoked
from core.services import checks, crls, keeping, revocation
from core.store import certificates
from core.words.checks import TROUBLES, explained, found
from core.words.say import say
from tests.custody.here import KeyHere
from tests.desks import make_room
from tests.pki.hierarchies import NOW, Made, key, make_crl, make_device, make_root
from tests.pki.hierarchies import make_sub as sub_of
from tests.pki.worlds import certify, make_network, sign_crl

ROOT = make_root()
SUB = sub_of(ROOT)
DEVICE = make_device(SUB)
LISTS = (make_crl(ROOT, 1), make_crl(SUB, 1))


def troubles(device: Made, *chain: Made, lists: tuple[bytes, ...] = LISTS, pinned: Made = ROOT) -> set[Trouble]:
    files = Files(read_all([each.der for each in chain]), lists, frozenset({pinned.spki}))
    told = judge(read_certificate(device.der), files, NOW)[1]
    assert all(found(each) for each in told)
    return {each.trouble for each in told}


def test_a_good_chain_has_none() -> None:
    assert troubles(DEVICE, SUB, ROOT) == set()


def test_another_root_is_not_trusted() -> None:
    assert troubles(DEVICE, SUB, ROOT, pinned=make_root()) == {Trouble.NOT_PINNED}


def test_a_missing_issuer() -> None:
    assert troubles(DEVICE, ROOT) == {Trouble.NO_ISSUER}


def test_a_forged_signature() -> None:
    """A CA of the same name with another key."""
    assert troubles(DEVICE, sub_of(ROOT), ROOT) == {Trouble.SIGNATURE}


@pytest.mark.parametrize(
    ("facts", "trouble"),
    [
        ({"not_after": NOW - timedelta(seconds=1)}, Trouble.EXPIRED),
        ({"not_before": NOW + timedelta(minutes=1)}, Trouble.NOT_YET),
        ({"not_after": NOW + timedelta(days=301)}, Trouble.OUTLIVES),
        ({"not_before": NOW - timedelta(days=80)}, Trouble.TOO_LONG),
    ],
)
def test_dates(facts: dict[str, object], trouble: Trouble) -> None:
    assert troubles(make_device(SUB, **facts), SUB, ROOT) == {trouble}


def test_a_device_that_plays_ca() -> None:
    below = make_device(DEVICE, "CN=gw2")
    lists = (*LISTS, make_crl(DEVICE, 1))
    expected = {Trouble.NOT_CA, Trouble.NO_CERT_SIGN, Trouble.DEEP, Trouble.PATH_LENGTH}
    assert troubles(below, DEVICE, SUB, ROOT, lists=lists) == expected


def test_a_fourth_layer() -> None:
    below = sub_of(SUB, text="CN=Deeper CA")
    lists = (*LISTS, make_crl(below, 1))
    assert troubles(make_device(below), below, SUB, ROOT, lists=lists) == {Trouble.PATH_LENGTH, Trouble.DEEP}


def test_a_ca_that_may_not_sign() -> None:
    sub = sub_of(ROOT, usages=(Usage.CRLS,))
    lists = (LISTS[0], make_crl(sub, 1))
    assert troubles(make_device(sub), sub, ROOT, lists=lists) == {Trouble.NO_CERT_SIGN}


def test_status() -> None:
    serial = read_certificate(DEVICE.der).serial
    revoked = make_crl(SUB, 2, Revoked(serial, NOW, Reason.KEY_COMPROMISE))
    assert troubles(DEVICE, SUB, ROOT, lists=(LISTS[0], revoked)) == {Trouble.REVOKED}
    assert troubles(DEVICE, SUB, ROOT, lists=LISTS[:1]) == {Trouble.NO_CRL}
    assert troubles(DEVICE, SUB, ROOT, lists=(LISTS[0], b"0\0")) == {Trouble.CRL_NOT_READ}
    later = NOW + timedelta(days=9)
    told = judge(
        read_certificate(DEVICE.der), Files(read_all([SUB.der, ROOT.der]), LISTS, frozenset({ROOT.spki})), later
    )
    assert {each.trouble for each in told[1]} == {Trouble.CRL_STALE}


def test_an_older_list_does_not_unrevoke() -> None:
    """A list with a lower number beside the newer one: a serial that any of them names stays revoked."""
    serial = read_certificate(DEVICE.der).serial
    lists = (LISTS[0], make_crl(SUB, 2, Revoked(serial, NOW, Reason.SUPERSEDED)), make_crl(SUB, 1))
    assert troubles(DEVICE, SUB, ROOT, lists=lists) == {Trouble.REVOKED}


def test_an_unknown_critical_extension() -> None:
    made = key(CaKey.P256)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gw1")])
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(made.public_key())
        .serial_number(7)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(odd, critical=True)
        .sign(made, hashes.SHA256())
    )
    alone = Made(made, built.public_bytes(serialization.Encoding.DER), ())
    assert troubles(alone, pinned=alone) == {Trouble.CRITICAL}


def test_every_trouble_has_its_sentence() -> None:
    assert set(TROUBLES) == set(Trouble)


def pem(der: bytes, label: str, path: Path) -> str:
    import base64

    body = base64.encodebytes(der).decode()
    path.write_text(f"-----BEGIN {label}-----\n{body}-----END {label}-----\n")
    return str(path)


def test_the_command_tells_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = make_room(tmp_path)
    room.desk.close()
    device = pem(DEVICE.der, "CERTIFICATE", tmp_path / "gw.pem")
    beside = ["--chain", pem(SUB.der, "CERTIFICATE", tmp_path / "sub.pem")]
    (tmp_path / "root.der").write_bytes(ROOT.der)
    beside += ["--chain", str(tmp_path / "root.der")]
    lists = [
        "--crl",
        pem(LISTS[0], "X509 CRL", tmp_path / "root.crl"),
        "--crl",
        pem(LISTS[1], "X509 CRL", tmp_path / "sub.crl"),
    ]
    assert main(["check", str(room.path), device, *beside, *lists, "--json"]) == 4
    told = json.loads(capsys.readouterr().out)
    assert told["kind"] == "certificate"
    said = " ".join(told["explained"])
    assert "Issued by CN=Example IPsec CA G1" in said
    assert "It is good for: IPsec gateways (IKE) (1.3.6.1.5.5.7.3.17)." in said
    assert f"Issued under: a policy that is not known here ({read_certificate(DEVICE.der).policies[0]})." in said
    assert "dns:gw1.example.net, ip:192.0.2.1" in said
    assert "It is no CA." in said
    assert "http://crl.example.net/ipsec.crl" in said
    assert len(told["chain"]) == 3
    assert [each["finding"] for each in told["findings"]] == ["root not pinned here"]


@pytest.mark.parametrize("encoding", [serialization.Encoding.PEM, serialization.Encoding.DER])
def test_a_bundle_of_certificates(encoding: serialization.Encoding) -> None:
    """PKCS#7 without signers, as Windows exports a chain: read like a file with the same certificates one by one."""
    made = [x509.load_der_x509_certificate(each.der) for each in (ROOT, SUB, DEVICE)]
    bundle = pkcs7.serialize_certificates(made, encoding)
    found = pieces(bundle)
    assert sorted(found) == sorted(("certificate", each.der) for each in (ROOT, SUB, DEVICE))
    with pytest.raises(NothingToCheck):
        pieces(bundle[: len(bundle) // 2])


NOTHING = {
    "plain text": (b"Dear colleague,\nhere is what you asked for.\n", "is plain text"),
    "empty": (b"  \n", "is empty"),
    "cut off": (b"-----BEGIN CERTIFICATE-----\nMIIB\n", "breaks off"),
    "damaged": (b"-----BEGIN CERTIFICATE-----\nMIIBQ\n-----END CERTIFICATE-----\n", "is damaged"),
    "SSH": (b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEHsPjT2i9d0t you@host\n", "SSH public key"),
    "PGP": (b"-----BEGIN PGP MESSAGE-----\n\nhQ==\n-----END PGP MESSAGE-----\n", "of PGP"),
    "public key": (ROOT.spki, "bare public key"),
    "other DER": (b"\x30\x03\x02\x01\x05", "data of another kind"),
    "many": (b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n" * 65, "more than 64"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_holds_nothing_to_judge_is_told_for_what_it_is(name: str) -> None:
    content, told = NOTHING[name]
    with pytest.raises(NothingToCheck) as caught:
        pieces(content)
    assert told in say(caught.value).line


def test_a_policy_of_ours_is_named() -> None:
    (policy,) = read_certificate(DEVICE.der).policies
    made = Checked("certificate", (read_certificate(DEVICE.der),), None, None, (), policies=((policy, "ipsec-g1"),))
    assert f"Issued under: the policy of ipsec-g1 ({policy})." in explained(made)


def test_a_list_and_a_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = make_room(tmp_path)
    room.desk.close()
    root = pem(ROOT.der, "CERTIFICATE", tmp_path / "root.pem")
    crl = pem(LISTS[0], "X509 CRL", tmp_path / "root.crl")
    assert main(["check", str(room.path), crl, "--chain", root, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["kind"] == "CRL"
    assert told["explained"][0].startswith("Number 1, made on ")
    assert main(["check", str(room.path), crl]) == 1
    made = key(CaKey.P256)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gw1.example.net")])
    builder = x509.CertificateSigningRequestBuilder().subject_name(name)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("gw1.example.net")]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    path = tmp_path / "gw1.csr"
    path.write_bytes(builder.sign(made, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    capsys.readouterr()
    assert main(["check", str(room.path), str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["explained"][1] == "It asks for the names dns:gw1.example.net."
    assert told["wishes"] == ["critical basicConstraints CA:TRUE"]
    assert {each["profile"]: each["fits"] for each in told["profiles"]}["ipsec-gateway"] is True
    assert {each["profile"]: each["fits"] for each in told["profiles"]}["smime-role"] is False


def test_a_private_key_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = make_room(tmp_path)
    room.desk.close()
    path = tmp_path / "key.pem"
    path.write_bytes(
        key().private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    assert main(["check", str(room.path), str(path)]) == 1
    assert "private key" in capsys.readouterr().err


def test_its_own_root_is_pinned_and_its_own_lists_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "start", KeyHere)
    world = make_network(tmp_path)
    serial = certify(world, "gw1", "CHG1")
    desk = world.issuing.desk
    (issued,) = certificates.find(desk.file.read, serial)
    assert checks.check(desk, issued.der, (), ()).found == ()
    revocation.revoke(world.issuing.sit("carol"), Revoke(serial, "key-compromise", "CHG2"))
    sign_crl(world)
    assert [each.trouble for each in checks.check(desk, issued.der, (), ()).found] == [Trouble.REVOKED]
    newest = crls.newest(desk, crls.find(desk, "ipsec-g1"))
    assert checks.check(desk, newest.der, (), ()).crl is not None
    for each in (world.root, world.issuing):
        each.desk.close()


def test_a_chain_is_judged_from_its_end_whatever_its_order(tmp_path: Path) -> None:
    room = make_room(tmp_path, now=NOW)
    pems = [Path(pem(each.der, "CERTIFICATE", tmp_path / "x.pem")).read_bytes() for each in (ROOT, SUB, DEVICE)]
    for order in ((0, 1, 2), (1, 2, 0), (2, 1, 0)):
        told = checks.check(room.desk, b"".join(pems[place] for place in order), (), LISTS)
        assert [each.der for each in told.chain] == [DEVICE.der, SUB.der, ROOT.der]
        assert [each.trouble for each in told.found] == [Trouble.NOT_PINNED]
    with pytest.raises(CrlNotRead) as caught:
        checks.check(room.desk, LISTS[0], (), ())
    assert caught.value.why == "no issuer"
    room.desk.close()


def test_a_text_is_parted_at_its_blocks_whole_or_not() -> None:
    """Nothing between the blocks goes along, a block without its END goes to the next BEGIN, and DER is one thing."""
    one = b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"
    cut = b"-----BEGIN NEW CERTIFICATE REQUEST-----\nBBBB\n"
    assert armour.parted(b"hello\n" + one + b"\nbetween\n" + cut + one + b"\nafter\n") == [one, cut, one]
    assert armour.parted(one + b"\nafter") == [one + b"\nafter"]
    assert armour.parted(b"\x30\x03\x02\x01\x00") == [b"\x30\x03\x02\x01\x00"]
    assert armour.asks_many(one + b"\n" + cut)
    assert not armour.asks_many(one + b"\n" + one.replace(b" REQUEST", b""))
    with pytest.raises(NothingToCheck):
        armour.parted((one + b"\n") * 2001)
