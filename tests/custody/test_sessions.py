"""Signing sessions through the services: limits, countdown, every way to end, and their rows."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from core.crypto import crls, extensions, issuance
from core.errors import custody as errors
from core.errors.people import DutyMissing
from core.model.authorities import CaKey
from core.model.custody import Enter, MakeKey, OpenSession, Signable
from core.model.revocation import CrlPlan
from core.services import audit, custody, opening, people, sessions
from core.services.perform import perform
from core.store import audit as rows
from tests.custody.elsewhere import stand_in
from tests.custody.vaults import hands, held, root_room, session
from tests.desks import Room

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = root_room(tmp_path)
    held(room)
    yield room
    room.desk.close()


def crl(room: Room, number: int = 1) -> bytes:
    """To-be-signed bytes of a CRL of the root."""
    spki = opening.key(room.desk, "root").public_key
    return crls.rehearse(CrlPlan((("CN", "Example Root"),), spki, number, NOW, NOW + timedelta(days=8), ())).tbs


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def last(room: Room) -> tuple[str, str]:
    row = rows.recent(room.desk.file.read, 1)[0]
    return row.action, str(row.body["details"].get("because", ""))


def test_it_signs_what_was_said_and_no_more(room: Room) -> None:
    with session(room, crl=1) as open_:
        tbs, spki = crl(room), open_.held.public_key
        der = issuance.revocation_list(tbs, open_.sign(Signable.CRL, tbs), spki)
        assert x509.load_der_x509_crl(der).is_signature_valid(extensions.public(spki))
        assert open_.standing().may == {Signable.CRL: 0}
        with pytest.raises(errors.NotAllowedInSession):
            open_.sign(Signable.CRL, crl(room, 2))
        pid = open_.pid
    assert gone(pid)
    opened, ended = rows.recent(room.desk.file.read, 2)[::-1]
    assert opened.body["details"] == {
        "key": "root", "custodians": ["alice", "bob"], "may": {"crl": 1}, "seconds": 300, "because": "test",
    }  # fmt: skip
    assert ended.body["details"] == {"key": "root", "because": "done", "signed": 1}
    assert audit.inspect(room.desk).faults == ()


def test_a_builder_of_pyca_signs_with_it_once(room: Room) -> None:
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    with session(room, request=1) as open_:
        taken: list[bytes] = []
        rehearsed = stand_in(open_.held.public_key, lambda tbs, _: taken.append(tbs) or bytes(8))
        builder.sign(rehearsed, hashes.SHA384())
        key = stand_in(open_.held.public_key, open_._permit(Signable.REQUEST, sha256(taken[0]).hexdigest()))
        assert builder.sign(key, hashes.SHA384()).is_signature_valid
        with pytest.raises(errors.SigningTokenSpent):
            builder.sign(key, hashes.SHA384())


def test_every_session_with_a_root_key_is_in_the_register(room: Room) -> None:
    session(room, crl=1).end()
    entries = opening.register(room.desk, opening.key(room.desk, "root"))
    assert [each.what for each in entries] == ["made", "out", "in"]
    perform(room.sit("carol"), custody.ENTERED, Enter("root", "sealed", "Carol Ito", "safe 2", "A-0043"))


def test_who_may_open_one(room: Room) -> None:
    command = OpenSession("root", ("alice", "bob"), {Signable.CRL: 1})
    for name in ("dave", "erin"):
        with pytest.raises(DutyMissing):
            sessions.open_session(room.sit(name), command, hands("alice", "bob"))
    sessions.open_session(room.sit("carol"), command, hands("alice", "bob")).end()


@pytest.mark.parametrize("seconds", [0, 301, -5])
def test_five_minutes_are_the_most(room: Room, seconds: int) -> None:
    with pytest.raises(errors.SessionTooLong):
        session(room, seconds=seconds, crl=1)


def test_the_countdown_is_there_to_be_read(room: Room) -> None:
    with session(room, seconds=120, crl=1) as open_:
        assert 118 <= open_.standing().left <= 120
        room.clock.passes(seconds=30)
        assert 88 <= open_.standing().left <= 90


def test_it_ends_by_the_clock(room: Room) -> None:
    open_ = session(room, seconds=60, crl=1)
    room.clock.passes(seconds=61)
    with pytest.raises(errors.SessionEnded) as ended:
        open_.sign(Signable.CRL, crl(room))
    assert ended.value.why == "time"
    assert gone(open_.pid)
    assert last(room) == ("session.ended", "time")


def test_it_ends_by_monotonic_time_while_the_clock_stands_still(room: Room) -> None:
    open_ = session(room, seconds=1, crl=1)
    time.sleep(1.5)
    with pytest.raises(errors.SessionEnded) as ended:
        open_.standing()
    assert ended.value.why == "time"
    assert gone(open_.pid)


def test_a_lock_ends_it(room: Room) -> None:
    open_ = session(room, crl=1)
    people.lock(room.desk, "Locked after five minutes without activity.")
    assert gone(open_.pid)
    assert [row.action for row in rows.recent(room.desk.file.read, 2)] == ["session.ended", "sign-in.ended"]
    assert last(room) == ("session.ended", "lock")
    with pytest.raises(errors.SessionEnded) as ended:
        open_.sign(Signable.CRL, b"")
    assert ended.value.why == "lock"


def test_closing_the_file_ends_it(room: Room) -> None:
    open_ = session(room, crl=1)
    room.desk.close()
    assert gone(open_.pid)


@pytest.mark.parametrize("why", ["idle", "suspend", "quit"])
def test_the_window_ends_it_at_once_from_its_own_thread(room: Room, why: str) -> None:
    open_ = session(room, crl=1)
    start = time.perf_counter()
    open_.halt(why)
    assert time.perf_counter() - start < 0.5
    assert gone(open_.pid)
    with pytest.raises(errors.SessionEnded) as ended:
        open_.standing()
    assert ended.value.why == why
    assert last(room) == ("session.ended", why)


def test_a_killed_signing_process_is_said(room: Room) -> None:
    open_ = session(room, crl=1)
    os.kill(open_.pid, signal.SIGKILL)
    with pytest.raises(errors.SessionEnded) as ended:
        open_.sign(Signable.CRL, crl(room))
    assert ended.value.why == "lost"


def test_its_end_has_one_row(room: Room) -> None:
    open_ = session(room, crl=1)
    for why in ("idle", "lock", "done"):
        open_.end(why)
    rows_ = [row.action for row in rows.recent(room.desk.file.read, 10)]
    assert rows_.count("session.ended") == 1


def test_a_key_that_was_just_made_goes_straight_into_its_session(room: Room) -> None:
    key, process = custody.make(room.sit("alice"), MakeKey("sub", CaKey.P256, ("alice", "bob")), hands("alice", "bob"))
    command = OpenSession("sub", ("alice", "bob"), {Signable.CRL: 1})
    with sessions.begin(room.desk, command, key, process) as open_:
        plan = CrlPlan((("CN", "Sub"),), key.public_key, 1, NOW, NOW + timedelta(days=8), ())
        tbs = crls.rehearse(plan).tbs
        assert issuance.revocation_list(tbs, open_.sign(Signable.CRL, tbs), key.public_key)
