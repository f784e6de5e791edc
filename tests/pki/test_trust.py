"""CA certificates of others: pending, heard by two people, listed; every refusal by its sentence."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from core.cli.main import main
from core.crypto import issuance
from core.crypto.names import from_text
from core.errors import trust as errors
from core.exports.encoding import pem
from core.model.authorities import CaKey
from core.model.keys import Verdict
from core.model.people import Duty
from core.model.trust import AddTrust, Anchor, AnchorKind, AnchorState, CompareTrust
from core.model.workspace import Kind
from core.services import authorities, trust
from core.services.perform import perform
from tests.desks import Room, make_room
from tests.pki.hierarchies import NOW, Made, certify, key, make_device, make_root, make_sub, plan_for
from tests.services.refusing import refused, says

DUTIES = {
    "alice": (Duty.SECURITY_OFFICER, Duty.CA_OPERATOR),
    "bob": (Duty.SYSTEM_ADMINISTRATOR, Duty.REGISTRATION_OFFICER),
}
FOREIGN = make_root(CaKey.P256)
UNTIL = (NOW + timedelta(days=90)).date().isoformat()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path, kind=Kind.ISSUING, duties=DUTIES, now=NOW)
    yield made
    made.desk.close()


def typed(untrusted: bytes = FOREIGN.der, **facts: str) -> AddTrust:
    return replace(AddTrust(untrusted, "answers of their OCSP", "Other Ltd", UNTIL, "CHG-9"), **facts)  # type: ignore[arg-type]


def add(room: Room, command: AddTrust | None = None) -> Anchor:
    return perform(room.sit("alice"), trust.ADD, command or typed())


def heard(made: Made = FOREIGN) -> str:
    return sha256(made.der).hexdigest()


def compare(room: Room, who: str, text: str = "", name: str = "example-networks-root-ca") -> trust.Heard:
    return perform(room.sit(who), trust.COMPARE, CompareTrust(name, text or heard()))


def test_two_people_make_it_count_and_it_is_handed_to_relying_parties(room: Room) -> None:
    made = add(room)
    assert (made.name, made.kind, made.state) == ("example-networks-root-ca", AnchorKind.ROOT, AnchorState.PENDING)
    assert compare(room, "alice").anchor.state is AnchorState.PENDING
    assert not [each for each in authorities.files(room.desk) if each.path.startswith("foreign/")]
    told = compare(room, "bob")
    assert (told.anchor.state, told.compared) == (AnchorState.TRUSTED, 2)
    assert [each.name for each in trust.relied_on(room.desk)] == ["example-networks-root-ca"]
    assert authorities.files(room.desk)[0].path == "foreign/example-networks-root-ca.pem"
    room.clock.passes(days=91)
    assert trust.relied_on(room.desk) == ()


def test_nobody_is_both(room: Room) -> None:
    add(room)
    compare(room, "alice")
    says(refused(room, lambda: compare(room, "alice"), errors.SameEar), "alice", "not counted")


def test_another_certificate_ends_it_for_good(room: Room) -> None:
    add(room)
    told = compare(room, "alice", heard(make_root(CaKey.P256)))
    assert (told.finding.verdict, told.anchor.state) == (Verdict.DIFFERENT, AnchorState.REFUSED)
    says(refused(room, lambda: compare(room, "bob"), errors.AnchorSettled), "another certificate")
    assert trust.relied_on(room.desk) == ()


def test_three_misreads_end_it(room: Room) -> None:
    add(room)
    slip = ("0" if heard()[10] != "0" else "1").join((heard()[:10], heard()[11:]))
    left = [compare(room, "alice", slip).tries_left for _ in range(3)]
    assert left == [2, 1, 0]
    assert trust.rows(room.desk)[0].state is AnchorState.REFUSED


def test_a_cross_certificate_is_held_to_its_issuer(room: Room) -> None:
    add(room)
    compare(room, "alice")
    compare(room, "bob")
    crossed = make_sub(FOREIGN, CaKey.P256, text="CN=Partner CA, O=Partner")
    assert add(room, typed(crossed.der)).kind is AnchorKind.CROSS
    forged = make_sub(make_root(CaKey.P256), CaKey.P256, text="CN=Partner CA, O=Partner")
    says(refused(room, lambda: add(room, typed(forged.der)), errors.AnchorNotFit), "signature")


def ended() -> bytes:
    made = key(CaKey.P256)
    spki = issuance.public_of(made)
    subject = from_text("CN=Old CA, O=Other")
    dates = {"not_before": NOW - timedelta(days=20), "not_after": NOW - timedelta(days=1)}
    return certify(plan_for("CN=Old CA, O=Other", spki, subject, spki, ca=True, path_length=1, **dates), made)


@pytest.mark.parametrize("why", ["file", "not-ca", "date", "known"])
def test_what_is_not_taken_in(room: Room, why: str) -> None:
    add(room)
    content = {
        "file": pem("CERTIFICATE", FOREIGN.der) * 2,
        "not-ca": make_device(make_sub(FOREIGN, CaKey.P256)).der,
        "date": ended(),
        "known": FOREIGN.der,
    }
    error = refused(room, lambda: add(room, typed(content[why])), errors.AnchorNotFit)
    assert isinstance(error, errors.AnchorNotFit)
    assert error.why == why
    says(error, "Nothing was taken in")


def test_trust_ends_with_the_certificate(room: Room) -> None:
    late = (NOW + timedelta(days=9000)).date().isoformat()
    says(refused(room, lambda: add(room, typed(until=late)), errors.TrustTooLong), late)


def test_a_name_that_is_not_there(room: Room) -> None:
    says(refused(room, lambda: compare(room, "alice", name="nobody"), errors.NoSuchAnchor), "nobody")


def test_the_list_shows_a_fingerprint_only_once_two_heard_it(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    add(room)
    shown = []
    for who in ("alice", "bob", ""):
        assert main(["trust", "list", str(room.path), "--json"]) == 0
        shown.append(json.loads(capsys.readouterr().out)["anchors"][0]["sha256"])
        if who:
            compare(room, who)
    assert shown == ["", "", heard()]
