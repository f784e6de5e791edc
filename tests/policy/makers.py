"""What the examples of the rules are made of: devices, keys, people, lists and rows, good and bad."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.crypto import chains, requests
from core.crypto import crls as crypto_crls
from core.crypto.certificates import read_certificate
from core.crypto.digest import canonical
from core.crypto.envelope import seal
from core.crypto.signing import sign
from core.errors.base import Expected
from core.model.audit import Fault, Report
from core.model.authorities import Authority, AuthorityState, CaKey, Layer, Service
from core.model.backups import Copied
from core.model.caps import ChangeCaps
from core.model.carry import Person
from core.model.certificates import CertificateRequest, San, SanKind, Usage
from core.model.custody import Custodian, HeldKey, Sealed
from core.model.custody import Source as KeySource
from core.model.devices import Device, Identity, IdentityKind, Platform
from core.model.keys import Algorithm, Arrival, Key, KeyState, PublicKey, Source
from core.model.links import Link, LinkState, Technology
from core.model.people import Duty, Operator
from core.model.proposals import Statement
from core.model.records import AddRecord, Record
from core.model.revocation import Crl, CrlPlan, Reason, Revoked
from core.policy import (
    caps,
    crls,
    documents,
    profiles,
    proposals,
    records,
)
from core.services import carry, devices, issuing, ledger, logs, perform, rows
from core.store import audit as store
from tests.desks import CHEAP, START, Room
from tests.pki import hierarchies
from tests.pki.hierarchies import Made, make_device, plan_for
from tests.pki.worlds import csr

TODAY, NOW = date(2026, 11, 24), datetime(2026, 11, 24, 2, 17, 40, tzinfo=UTC)
PRIVATE = "-----BEGIN PRIVATE KEY-----\nMC4CAQA=\n-----END PRIVATE KEY-----\n"


@dataclass
class Stage:
    """What the examples work with: a room with a ready link, a hierarchy of real keys, and a copy that was spoilt."""

    room: Room
    spoilt: Room
    root: Made
    sub: Made


Act = Callable[[Stage], Any]


@dataclass(frozen=True)
class Example:
    """`fails` gives findings, or raises; `passes` gives none. `told` says of an answer whether it is a finding."""

    fails: Act
    passes: Act
    told: Callable[[Any], bool] = bool


def found(act: Act, stage: Stage, told: Callable[[Any], bool]) -> bool:
    """Whether something was refused."""
    try:
        answer = act(stage)
        return told(list(answer) if hasattr(answer, "__next__") else answer)
    except (Expected, AssertionError):
        return True


def device(**facts: Any) -> Device:
    known = Identity(IdentityKind.FQDN, "gw1.example.net")
    return replace(Device(1, "gw1", Platform.STRONGSWAN, known, "192.0.2.1", (), "", "", "", "", ""), **facts)


def authority(**facts: Any) -> Authority:
    blank: dict[str, Any] = {
        "id": 1, "name": "ipsec-g1", "layer": Layer.SUB, "service": Service.IPSEC, "subject": (("CN", "x"),), "spki": b"",
        "key": "k", "certificate": b"", "request": b"", "policy": "2.25.1", "crl_url": "http://x/y",
        "state": AuthorityState.ACTIVE, "created": START,
    }  # fmt: skip
    return Authority(**{**blank, **facts})


def key(state: KeyState, algorithm: Algorithm = Algorithm.P256) -> Key:
    public = PublicKey(b"a", algorithm, 256, Source.SPKI_PEM)
    return Key(1, 1, public, state, Arrival.USB, NOW, "alice", "", "", "2027-11-24", "", False, False)  # noqa: FBT003


def person(name: str, full: str, *held: Duty) -> Operator:
    return Operator(name, full, held, b"")


ALICE = person("alice", "Alice Ng", Duty.REGISTRATION_OFFICER)
DAVE = person("dave", "Dave Obi", Duty.REGISTRATION_OFFICER)
ISSUE = proposals.RULES["certificate.issue"]
ASKED = Statement({"by": "alice", "time": NOW.isoformat(), "facts": {}}, b"")
HERE = {"alice": ALICE, "dave": DAVE}


def given(by: str = "dave", days: int = 0) -> Statement:
    return Statement({"by": by, "time": (NOW - timedelta(days=days)).isoformat(), "facts": {}}, b"")


def record(kind: str, **facts: str) -> Record:
    return Record(1, kind, facts, "A", TODAY, "", "", 0, "", NOW, "alice")


def typed(kind: str, **facts: str) -> tuple[Any, Mapping[str, str]]:
    return records.find(kind), AddRecord(kind, facts, "A", "2026-12-01").facts


PATCH = {"severity": "critical", "released": "2026-11-24"}


def in_force(stage: Stage, until: str) -> None:
    session = stage.room.sessions["alice"]
    perform.in_force({"alice": replace(session.operator, until=until)}, session, NOW)


def heard(stage: Stage, *, right: bool) -> None:
    meeting = carry.introduced(carry.introduce(stage.room.sit("alice"))[0])
    digits = meeting.digest.hex()
    carry._heard(meeting, digits if right else digits[::-1])


def sealed(_: Stage) -> str:
    return seal(b"secret", "right passphrase", bind=b"x", cost=CHEAP)


def signed(stage: Stage, *, forged: bool) -> None:
    """A carried statement of alice's, or one that somebody changed."""
    session = stage.room.sessions["alice"]
    statement = {"by": "alice", "type": "carry"}
    signature = sign(session.secret, canonical(statement))
    known = (Person("alice", "Alice Ng", session.operator.public_key),)
    carry._signed({**statement, "extra": "1"} if forged else statement, signature, known)


def copied(*faults: Fault) -> Copied:
    return Copied(Path("x"), "", "", "", (), "", Report(1, "", "", "", tuple(faults), 0, 0))


def held() -> HeldKey:
    people_of = tuple(Custodian(at, name, False, "", "", 0, "") for at, name in enumerate(("alice", "bob"), 1))  # noqa: FBT003
    sealed = Sealed(2, {"alice": "", "bob": ""}, {}, "", 1)
    return HeldKey(1, "u", "root", CaKey.P384, b"", KeySource.SOFTWARE, None, "", "", "", sealed, people_of)


def path(stage: Stage, pool: tuple[bytes, ...]) -> Any:
    leaf = read_certificate(make_device(stage.sub).der)
    return chains._path(leaf, tuple(read_certificate(each) for each in pool))


def link_(stage: Stage, below: int) -> Any:
    leaf, sub = read_certificate(make_device(stage.sub).der), read_certificate(stage.sub.der)
    return chains._link(leaf, sub, below=below)


def status(stage: Stage, *lists: bytes) -> Any:
    leaf, sub = read_certificate(make_device(stage.sub).der), read_certificate(stage.sub.der)
    return chains._status(leaf, sub, lists, hierarchies.NOW)


def partial(*, delta: bool) -> Any:
    """A list as it is, or marked as the delta of another one."""
    made = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateRevocationListBuilder(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")]), hierarchies.NOW, hierarchies.NOW + timedelta(days=8)
    )
    if delta:
        builder = builder.add_extension(x509.DeltaCRLIndicator(1), critical=True)
    return crypto_crls._whole(builder.sign(made, hashes.SHA256()))


def request(*, flipped: bool) -> Any:
    pem = csr(ec.generate_private_key(ec.SECP256R1()))
    loaded = bytearray(x509.load_pem_x509_csr(pem).public_bytes(serialization.Encoding.DER))
    loaded[-1] ^= flipped
    return requests.read_request(bytes(loaded))


def differs(stage: Stage, *, same: bool) -> Any:
    plan = plan_for(
        "CN=gw1.example.net", make_device(stage.sub).spki, stage.sub.subject, stage.sub.spki, usages=(Usage.SIGNATURE,),
        ekus=profiles.profiles()["ipsec-gateway"].ekus, policies=(hierarchies.OID,),
        crl_urls=("http://crl.example.net/ipsec.crl",), sans=(San(SanKind.DNS, "gw1.example.net"),),
    )  # fmt: skip
    digest = sha256(issuing.rehearsed(plan)).hexdigest()
    return issuing.differs(plan, digest if same else "00" * 32)


def reconciled(stage: Stage, *, lost: bool) -> Any:
    connection = stage.room.desk.file.read
    said = {
        (each["table"], each["id"]): each["sha256"]
        for row in store.raw(connection)
        for each in json.loads(row.text)["subjects"]
    }
    if lost:
        said.pop(("device", 1))
    return list(rows.reconciled(connection, said))


def placed(stage: Stage, **changed: Any) -> Any:
    row = next(store.raw(stage.room.desk.file.read))
    body = {**json.loads(row.text), **changed}
    return list(rows.Reader(stage.room.desk.workspace.id, 1)._place(row, body) or ())


def followed(*, kept: bool) -> Any:
    """A list after one that had an entry, with it or without."""
    entry = Revoked(7, NOW, Reason.SUPERSEDED)
    before = Crl(b"", (), 41, NOW, NOW + 8 * DAY, (entry,))
    return crls.continuity(
        "ipsec", before, CrlPlan((), b"", 42, NOW + DAY, NOW + 9 * DAY, (entry,) if kept else ()), {}
    )


def nobody(stage: Stage, action: str) -> None:
    """A row by nobody, in a transaction that is rolled back."""
    try:
        with stage.room.desk.file.writing() as unit:
            ledger.write_row(unit, stage.room.desk.workspace.id, stage.room.clock(), action, session=None)
            raise InterruptedError
    except InterruptedError:
        pass


def known(stage: Stage, name: str) -> Any:
    stage.room.sit("alice")
    with perform.reading(stage.room.desk) as work:
        devices.known(work, name)


def row_text(stage: Stage, *, named: bool) -> Any:
    body = json.loads(next(store.raw(stage.room.desk.file.read)).text)
    if not named:
        body.pop("actor")
    return rows.parsed(json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def caps_(sub: str) -> Any:
    return caps.findings(
        ChangeCaps(sub, "2035-12-31", "Guidance of 2026", "2026-10-01", "new", "CHG1"), TODAY, caps.published()
    )


GW = (("CN", "gw1.example.net"),)
TWO = {"first": "Alice Ng"}
SCOPE = {"internal": "yes", "external": "yes"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RSA = key(KeyState.APPROVED, Algorithm.X25519)
BOTH = (
    record("policy-document", document="cp", published="2026-01-01"),
    record("policy-document", document="cps", published="2026-01-01"),
)
FORGED = profiles.profiles()["ipsec-gateway"]
SIGNS_CODE = replace(FORGED, ekus=("1.3.6.1.5.5.7.3.3",))
TUNNELS = replace(FORGED, ekus=("1.3.6.1.5.5.7.3.6",))  # id-kp-ipsecTunnel
SANS = (San(SanKind.DNS, "gw1.example.net"),)
OUTLINE = tuple((each.number, each.title, ("told",)) for each in documents.outline())
RSA_1024 = CertificateRequest(b"", b"", Algorithm.RSA, 1024, (), (), ())
P256 = CertificateRequest(b"", b"", Algorithm.P256, 256, (), (), ())
LINK = Link(1, "a-b", 1, 2, Technology.IPSEC, "", LinkState.ACTIVE)
ENDS = datetime(2028, 1, 1, tzinfo=UTC)


def pairs(count: int) -> list[tuple[str, str, str]]:
    """Links that share no device."""
    return [(f"a{at}", f"b{at}", "ipsec") for at in range(count)]


def exported(room: Room) -> None:
    """Every row, asked whether it may leave."""
    for each in store.raw(room.desk.file.read):
        logs.whole(room.path, each)


PEERS = [(device(), RSA, dict[str, str]())]
