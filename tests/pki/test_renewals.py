"""Renewal: in good standing, with the same names, and with a request that the current key stands for (C13, C18, C19)."""

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core.crypto import requests
from core.errors.base import Expected, Refused
from core.errors.keys import PrivateKeyInFile
from core.model.certificates import CertificateState, IssueCertificates, SubmitRequest
from core.model.keys import WithdrawKey
from core.model.proposals import Proposal
from core.model.revocation import Revoke
from core.services import enrolment, keys, requesting, revocation
from core.services.perform import perform
from core.store import audit as rows
from core.words.proposals import sentence
from core.words.say import findings
from tests.desks import Room
from tests.pki.worlds import PAIR, World, agree, csr, hands, make_network, sign_crl
from tests.real import need

pytestmark = pytest.mark.xdist_group("renewals")  # one world for all of them
Key = ec.EllipticCurvePrivateKey


def fresh() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def der(pem: bytes) -> bytes:
    return x509.load_pem_x509_csr(pem).public_bytes(serialization.Encoding.DER)


def signed(key: Key, message: bytes) -> bytes:
    return key.sign(message, ec.ECDSA(hashes.SHA256()))


class Gateway:
    """A device with a certificate, and the keys it made."""

    def __init__(self, room: Room, name: str, ticket: str) -> None:
        self.room, self.name, self.key = room, name, fresh()
        self.new = fresh()
        room.device(name)
        self.serial = self.issued(self.ask(self.key, ticket, renews=""))

    def request(self, key: Key) -> bytes:
        return csr(key, f"{self.name}.example.net")

    def ask(self, key: Key, ticket: str, **facts: object) -> Proposal:
        typed: dict[str, object] = {"renews": getattr(self, "serial", ""), **facts}
        command = SubmitRequest(self.name, self.request(key), ticket, **typed)  # type: ignore[arg-type]
        return enrolment.submit(self.room.sit("alice"), command)

    def renewed(self, ticket: str, **facts: object) -> Proposal:
        pem = self.request(self.new)
        typed: dict[str, object] = {"renews": self.serial, "untrusted_proof": signed(self.key, der(pem)), **facts}
        return enrolment.submit(self.room.sit("alice"), SubmitRequest(self.name, pem, ticket, **typed))  # type: ignore[arg-type]

    def issued(self, asked: Proposal) -> str:
        agree(self.room, "dave", asked)
        (made,) = enrolment.issue(self.room.sit("bob"), IssueCertificates((asked.digest,), PAIR), hands())
        assert made.issued is not None
        return made.issued.serial


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_network(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def gateway(world: World) -> Gateway:
    return Gateway(world.issuing, "gw1", "CHG1")


def said(room: Room, act: Callable[[], object]) -> dict[str, str]:
    """What was refused, by rule; the refusal has its one row."""
    before = rows.newest(room.desk.file.read)[0]
    with pytest.raises(Expected) as caught:
        act()
    assert rows.newest(room.desk.file.read)[0] == before + 1
    return {each.rule: each.happened for each in findings(caught.value)}


def test_a_new_key_that_the_current_one_signed_for(gateway: Gateway) -> None:
    """Names, profile and authority need not be typed again."""
    asked = gateway.renewed("CHG2")
    assert asked.facts["proved"] == "current-key"
    assert f"in the place of {gateway.serial}, its request signed by the current key" in sentence(asked)
    assert gateway.issued(asked) != gateway.serial
    assert [each.state for each in enrolment.rows(gateway.room.desk) if each.device == "gw1"] == [
        CertificateState.VALID,
        CertificateState.VALID,
    ]


def test_without_the_current_key_nothing_is_kept(gateway: Gateway) -> None:
    gateway = Gateway(gateway.room, "gw2", "CHG3")
    room = gateway.room
    found = said(room, lambda: gateway.ask(gateway.new, "CHG4"))
    assert "did not sign" in found["RenewalNotProved"]
    other = signed(gateway.new, der(gateway.request(gateway.new)))  # the new key itself stands for nothing
    assert "RenewalNotProved" in said(room, lambda: gateway.ask(gateway.new, "CHG4", untrusted_proof=other))
    old = signed(gateway.key, der(gateway.request(gateway.new)) + b"\0")
    assert "RenewalNotProved" in said(room, lambda: gateway.ask(gateway.new, "CHG4", untrusted_proof=old))
    pem = gateway.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(PrivateKeyInFile):
        gateway.ask(gateway.new, "CHG4", untrusted_proof=pem)
    assert "NotRenewed" in said(room, lambda: gateway.ask(gateway.new, "CHG4", renews="", untrusted_proof=b"x"))


def test_where_the_device_cannot_sign_two_people_compare_the_new_key(gateway: Gateway) -> None:
    gateway = Gateway(gateway.room, "gw3", "CHG5")
    gateway.room.receive("gw3", gateway.request(gateway.new))
    gateway.room.compare("alice", "gw3")
    assert "RenewalNotProved" in said(gateway.room, lambda: gateway.ask(gateway.new, "CHG6"))  # one is not enough
    gateway.room.compare("bob", "gw3", channel="sheet")
    asked = gateway.ask(gateway.new, "CHG6")
    assert "its new key compared like a first one" in sentence(asked)


def test_the_same_key_only_where_that_was_asked_for(gateway: Gateway) -> None:
    gateway = Gateway(gateway.room, "gw4", "CHG7")
    assert "KeyUsedBefore" in said(gateway.room, lambda: gateway.ask(gateway.key, "CHG8"))
    assert "NotRenewed" in said(gateway.room, lambda: gateway.ask(gateway.key, "CHG8", renews="", same_key=True))
    asked = gateway.ask(gateway.key, "CHG8", same_key=True)
    assert "over the same key as before" in sentence(asked)
    gateway.issued(asked)


def test_a_change_of_name_or_profile_goes_the_full_way(gateway: Gateway) -> None:
    gateway = Gateway(gateway.room, "gw5", "CHG9")
    for change in (
        {"subject": "CN=gw5.example.net, O=Other"},
        {"sans": ("dns:gw5.example.net", "ip:192.0.2.77")},
        {"profile": "ipsec-gateway-plain"},
    ):
        found = said(gateway.room, lambda change=change: gateway.renewed("CHG10", **change))  # type: ignore[misc]
        assert "differ" in found["RenewedDifferently"]
    gateway.renewed("CHG10", sans=("dns:gw5.example.net",))  # typed again is no change
    fully = gateway.ask(gateway.new, "CHG10", renews="", sans=("dns:gw5.example.net", "ip:192.0.2.77"))
    assert fully.facts["renews"] == ""


def test_another_devices_certificate_and_none(gateway: Gateway) -> None:
    other = Gateway(gateway.room, "gw6", "CHG11")
    found = said(gateway.room, lambda: other.renewed("CHG12", renews=gateway.serial))
    assert "another device" in found["NoRoutineRenewal"]
    assert "no certificate" in said(gateway.room, lambda: other.renewed("CHG12", renews="abc"))["NoRoutineRenewal"]


def test_a_key_in_doubt_or_revoked_is_not_renewed(world: World) -> None:
    room = world.issuing
    doubted = Gateway(room, "gw7", "CHG13")
    room.receive("gw7", doubted.request(doubted.key))
    perform(room.sit("alice"), keys.WITHDRAW, WithdrawKey("gw7", "the cabinet was found open"))
    assert "in doubt" in said(room, lambda: doubted.renewed("CHG14"))["NoRoutineRenewal"]
    revoked = Gateway(room, "gw8", "CHG15")
    waiting = revoked.renewed("CHG16")
    agree(room, "dave", waiting)
    revocation.revoke(room.sit("carol"), Revoke(revoked.serial, "key-compromise", "CHG17"))
    assert "is revoked" in said(room, lambda: revoked.renewed("CHG18"))["NoRoutineRenewal"]
    room.clock.passes(minutes=1)
    sign_crl(world)
    with pytest.raises(Refused):  # and it is judged again when it is issued
        enrolment.issue(room.sit("bob"), IssueCertificates((waiting.digest,), PAIR), hands())


def test_a_proof_is_of_one_request(gateway: Gateway) -> None:
    gateway = Gateway(gateway.room, "gw9", "CHG19")
    asked = gateway.renewed("CHG20")
    proof = bytes.fromhex(asked.facts["proof"])
    assert requests.vouched(proof, bytes.fromhex(asked.facts["request"]), _spki(gateway.key))
    assert not requests.vouched(proof, der(gateway.request(gateway.key)), _spki(gateway.key))


def _spki(key: Key) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("platform", ["strongswan", "openvpn", "libreswan"])
def test_what_the_program_prints_makes_a_renewal(world: World, tmp_path: Path, platform: str) -> None:
    """The very lines, run by a shell: strongSwan's pki, OpenSSL, and NSS, where the keys never leave the database."""
    need({"strongswan": "pki", "libreswan": "certutil"}.get(platform, "openssl"))
    room, name = world.issuing, f"run-{platform}"
    room.device(name, platform)

    def run(lines: tuple[str, ...]) -> None:
        script = "\n".join(lines).replace("/etc/swanctl/private/", "./").replace("/etc/openvpn/", "./")
        script = script.replace("sql:/var/lib/ipsec/nss", "sql:.")
        subprocess.run(["sh", "-ec", script], cwd=tmp_path, check=True, capture_output=True)

    def ask(ticket: str, **facts: object) -> Proposal:
        command = SubmitRequest(name, (tmp_path / f"{name}.csr").read_bytes(), ticket, **facts)  # type: ignore[arg-type]
        return enrolment.submit(room.sit("alice"), command)

    if platform == "libreswan":
        run(("certutil -N -d sql:. --empty-password",))
    run(requesting.commands(room.desk, name))
    asked = ask(f"CHG30 {platform}")
    agree(room, "dave", asked)
    (made,) = enrolment.issue(room.sit("bob"), IssueCertificates((asked.digest,), PAIR), hands())
    assert made.issued is not None
    if platform == "libreswan":
        (tmp_path / "own.der").write_bytes(made.issued.der)
        run((f"certutil -A -d sql:. -n {name} -t ,, -i own.der",))
    before = (tmp_path / f"{name}.csr").read_bytes()
    run(requesting.commands(room.desk, name, renews=True))
    assert (tmp_path / f"{name}.csr").read_bytes() != before
    proof = (tmp_path / f"{name}.proof").read_bytes()
    renewed = ask(f"CHG31 {platform}", renews=made.issued.serial.upper(), untrusted_proof=proof)
    assert renewed.facts["proved"] == "current-key"


def test_a_third_of_its_life_is_the_reminder_and_the_end_is_the_end(world: World) -> None:
    """Last here, since it moves the clock of the world."""
    room = world.issuing
    gateway = Gateway(room, "gw10", "CHG40")

    def row() -> tuple[CertificateState, timedelta, timedelta]:
        (found,) = (each for each in enrolment.rows(room.desk) if each.issued.serial == gateway.serial)
        life = found.issued.not_after - found.issued.not_before
        return found.state, life, found.issued.not_after - room.clock()

    _, life, left = row()
    third = timedelta(seconds=life.total_seconds() // 3)  # clocks here have whole seconds
    room.clock.now += left - third - timedelta(seconds=1)
    assert row()[0] is CertificateState.VALID
    room.clock.now += timedelta(seconds=1)
    assert row()[0] is CertificateState.EXPIRING
    sign_crl(world)
    gateway.renewed("CHG41")
    room.clock.now += row()[2]
    sign_crl(world)
    gateway.renewed("CHG42")  # its last second
    room.clock.now += timedelta(seconds=1)
    assert "has expired" in said(room, lambda: gateway.renewed("CHG43"))["NoRoutineRenewal"]
