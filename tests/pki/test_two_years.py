"""Two years of a local CA by its clock: no CRL gap, numbers rise, entries leave on time, the root's CRL comes in time.

A CRL every day for the first and the last month, and every fourth day between: 730 take 20 s of a processor.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from core.crypto import crls as lists
from core.crypto import lint
from core.crypto.certificates import read_certificate
from core.crypto.chains import Files, judge, read_all
from core.model.certificates import CertificateState, IssueCertificates, Issued, SubmitRequest
from core.model.checks import Trouble
from core.model.revocation import Crl, Revoke
from core.services import audit, authorities, crls, enrolment, keeping, revocation
from core.services.offline import NetworkUp
from core.store import certificates
from tests.custody.here import KeyHere
from tests.desks import Room
from tests.pki.worlds import PAIR, World, agree, csr, hands, make_network

DAY = timedelta(days=1)
DEVICES = ("gw1", "gw2", "gw3")
LOST = {40: "gw1", 300: "gw2", 500: "gw1"}  # on these days a device's key is in wrong hands; it gets a new one at once


@dataclass
class Life:
    """What happened, kept beside the program, to hold its CRLs against."""

    world: World
    crls: list[Crl] = field(default_factory=list)
    roots: list[Crl] = field(default_factory=list)
    revoked: dict[int, Issued] = field(default_factory=dict)
    keys: dict[str, ec.EllipticCurvePrivateKey] = field(default_factory=dict)
    renewed: int = 0

    @property
    def room(self) -> Room:
        return self.world.issuing

    def passes(self, **delta: int) -> None:
        for room in (self.world.root, self.world.issuing):
            room.clock.passes(**delta)

    def publish(self) -> None:
        made = crls.sign(self.room.sit("bob"), "ipsec-g1", PAIR, hands())
        self.crls.append(lists.read_crl(made.der, authorities.find(self.room.desk.file.read, "ipsec-g1").spki))

    def publish_root(self) -> None:
        desk = self.world.root.sit("bob")
        made = crls.sign(desk, "", PAIR, hands(), NetworkUp("the console is remote", "dave"))
        self.roots.append(lists.read_crl(made.der, authorities.only(desk.file.read, "").spki))
        crls.take(self.room.sit("carol"), made.der)

    def current(self, name: str) -> Issued:
        return certificates.of_device(self.room.desk.file.read, number(self.room, name))[-1]

    def enrol(self, name: str, day: int, renews: str = "") -> None:
        """A new key; where it renews, the old one vouches for it."""
        new = ec.generate_private_key(ec.SECP256R1())
        asked = csr(new)
        body = x509.load_pem_x509_csr(asked).public_bytes(Encoding.DER)
        proof = self.keys[name].sign(body, ec.ECDSA(SHA256())) if renews else b""
        command = SubmitRequest(name, asked, f"CHG-{name}-{day}", renews=renews, untrusted_proof=proof)
        proposal = enrolment.submit(self.room.sit("alice"), command)
        agree(self.room, "dave", proposal)
        enrolment.issue(self.room.sit("bob"), IssueCertificates((proposal.digest,), PAIR), hands())
        self.keys[name] = new

    def lose(self, name: str, day: int) -> None:
        """Reported at noon, on a CRL at once, a new key after it."""
        issued = self.current(name)
        self.revoked[int(issued.serial, 16)] = issued
        revocation.revoke(self.room.sit("carol"), Revoke(issued.serial, "key-compromise", f"INC-{day}"))
        self.publish()
        assert int(issued.serial, 16) in {each.serial for each in self.crls[-1].entries}
        self.enrol(name, day)

    def renew(self, day: int) -> None:
        due = [row for row in enrolment.rows(self.room.desk) if row.state is CertificateState.EXPIRING]
        for row in due:
            if row.issued.id == self.current(row.device).id:
                self.enrol(row.device, day, row.issued.serial)
                self.renewed += 1


def number(room: Room, name: str) -> int:
    return int(room.desk.file.read.execute("SELECT id FROM device WHERE name = ?", (name,)).fetchone()[0])


@pytest.fixture
def life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    monkeypatch.setattr(keeping, "start", KeyHere)
    world = make_network(tmp_path)
    life = Life(world)
    for name in DEVICES:
        world.issuing.device(name)
        life.enrol(name, 0)
    yield life
    for each in (world.root, world.issuing):
        each.desk.close()


def in_time(life: Life, day: int) -> None:
    """On the morning of each day, before anything is signed: what gateways have still counts."""
    for row in crls.status(life.room.desk):
        assert row.until is not None
        assert not row.stale, f"day {day}: {row.authority.name} has a gap"
    (root,) = crls.status(life.world.root.desk)[:1]
    if root.late:
        life.publish_root()
    sub = next(row for row in crls.status(life.room.desk) if row.authority.name == "ipsec-g1")
    assert sub.late is (life.room.clock() - life.crls[-1].this_update >= DAY)  # due after 24 hours, not before
    life.publish()
    assert not any(row.late or row.stale for row in crls.status(life.room.desk))


def good(life: Life) -> None:
    """The chain of every device stands, with the CRLs of the day; the lost ones do not while they last."""
    desk = life.room.desk
    sub, root = authorities.find(desk.file.read, "ipsec-g1"), next(e for e in authorities.everyone(desk) if not e.key)
    both = (crls.newest(desk, sub).der, crls.newest(desk, root).der)
    files = Files(read_all([sub.certificate, root.certificate]), both, frozenset({root.spki}))
    for name in DEVICES:
        assert judge(read_certificate(life.current(name).der), files, desk.clock())[1] == ()
    for issued in life.revoked.values():
        if issued.not_after > desk.clock():
            told = judge(read_certificate(issued.der), files, desk.clock())[1]
            assert [each.trouble for each in told] == [Trouble.REVOKED]


def expected(life: Life, before: datetime) -> set[int]:
    """Serials that have to be on the list after the one made at `before`: revoked, and not ended when that was made."""
    return {serial for serial, issued in life.revoked.items() if issued.not_after >= before}


def test_two_years(life: Life) -> None:
    life.publish()
    days = [day for day in range(1, 731) if day % 4 == 0 or not 30 < day < 700]
    for yesterday, day in pairwise((0, *days)):
        life.passes(days=day - yesterday)
        in_time(life, day)
        on_list = {each.serial for each in life.crls[-1].entries}
        assert on_list == expected(life, life.crls[-2].this_update), f"day {day}"
        life.renew(day)
        if day in LOST:
            life.passes(hours=12)
            life.lose(LOST[day], day)
        if day % 60 == 0:
            good(life)
    numbers = [each.number for each in life.crls]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert all(before.this_update < after.this_update < before.next_update for before, after in pairwise(life.crls))
    assert [each.number for each in life.roots] == [2, 3]
    assert lint.revocation_list(life.crls[-1].der) == ()
    assert life.renewed >= 4
    assert expected(life, life.crls[-1].this_update) != set(life.revoked)  # at least one left the list
    assert audit.inspect(life.room.desk).faults == audit.inspect(life.world.root.desk).faults == ()
