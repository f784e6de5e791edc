"""Who may sit at the desk: passphrases of any script, the growing wait, and how a workspace begins."""

import base64
import resource
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.errors import people as errors
from core.errors import workspace as file_errors
from core.errors.base import Damaged, Refused, Several
from core.model.devices import AddDevice
from core.model.people import Duty, NewOperator
from core.model.workspace import Kind, NewWorkspace, PolicyName
from core.services import devices, people, workspace
from core.services.audit import inspect
from core.services.desk import open_desk
from core.services.perform import perform
from core.words.say import sentence
from tests.desks import CHEAP, WORKING, Room, make_room, passphrase
from tests.house.sources import ROOT
from tests.services.refusing import raw, refused, rows, says
from tests.spoil import spoil

NEW = AddDevice("new", "strongswan", "new.example.net", "192.0.2.99")
# The same characters, composed and not; written as escapes, so that a reader sees what they are.
SCRIPTS = {
    "Latin": "caf\u00e9 \u00e0 la cr\u00e8me br\u00fbl\u00e9e",
    "Greek": "\u03ac\u03bb\u03c6\u03b1 \u03b2\u03ae\u03c4\u03b1 \u03b3\u03ac\u03bc\u03bc\u03b1",
    "Cyrillic": "\u0439\u043e\u0433\u0443\u0440\u0442 \u0438 \u0441\u044b\u0440 \u0443\u0442\u0440\u043e\u043c",
    "Hangul": "\ub2e4\ub78c\uc950 \ud5cc \uccc7\ubc14\ud034\uc5d0 \ud0c0\uace0\ud30c",
    "Arabic": "\u0623\u0628\u062c\u062f \u0647\u0648\u0632 \u062d\u0637\u064a \u0643\u0644\u0645\u0646",
    "Devanagari": "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e \u0958\u0932\u092e",
    "Han": "\u5929\u5730\u7384\u9ec4\u5b87\u5b99\u6d2a\u8352\u65e5\u6708\u76c8\u6603",
    "emoji": "\U0001f511\U0001f43a\U0001f30a\U0001f6b2\U0001f33b\U0001f34b\U0001f3b2\U0001f984\u26f5\U0001f9f6\U0001f41d\U0001f514",
}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path)
    made.desk.session = None
    yield made
    made.desk.close()


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_passphrase_of_any_script(script: str, tmp_path: Path) -> None:
    """Typed composed or decomposed, on another keyboard, it is the same passphrase."""
    text = SCRIPTS[script]
    new = NewWorkspace(tmp_path / "x.anchorhold", Kind.LINKS, "X", (NewOperator("alice", "Alice Ng", WORKING),))
    workspace.create(new, {"alice": unicodedata.normalize("NFD", text)}, cost=CHEAP)
    desk = open_desk(new.path, cost=CHEAP)
    for form in ("NFC", "NFD"):
        people.sign_in(desk, "alice", unicodedata.normalize(form, text))  # type: ignore[arg-type]
    with pytest.raises(errors.WrongPassphrase):
        people.sign_in(desk, "alice", text[:-1])
    desk.close()
    assert text.encode() not in new.path.read_bytes()


def test_the_wait_grows(room: Room) -> None:
    """0, 0, 0, 5, 10, 20 ... seconds, at most ten minutes; a try during the wait is not looked at."""
    waits = []
    for _ in range(12):
        with pytest.raises(errors.WrongPassphrase) as wrong:
            people.sign_in(room.desk, "alice", "not this one, surely")
        wait = wrong.value.wait
        waits.append(wait)
        if wait:
            room.clock.passes(seconds=wait - 1)
            error = refused(room, lambda: people.sign_in(room.desk, "alice", passphrase("alice")), errors.TooSoon)
            says(error, "1 s", "not looked at")
            assert room.desk.session is None
            room.clock.passes(seconds=1)
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 320, 600, 600, 600]
    people.sign_in(room.desk, "alice", passphrase("alice"))
    with pytest.raises(errors.WrongPassphrase) as wrong:
        people.sign_in(room.desk, "alice", "not this one, surely")
    assert wrong.value.wait == 0  # a success begins anew
    assert inspect(room.desk).faults == ()


def _wrong(room: Room, times: int, name: str = "alice") -> None:
    for _ in range(times):
        with pytest.raises(errors.WrongPassphrase):
            people.sign_in(room.desk, name, "not this one, surely")


def test_another_window_or_name_does_not_shorten_the_wait(room: Room) -> None:
    _wrong(room, 3)
    second = open_desk(room.path, cost=CHEAP)
    second.clock = room.clock
    with pytest.raises(errors.TooSoon):
        people.sign_in(second, "alice", passphrase("alice"))
    people.sign_in(second, "bob", passphrase("bob"))  # others are not locked out
    with pytest.raises(errors.TooSoon):
        people.sign_in(second, "alice", passphrase("alice"))
    for name in ("Alice", " alice", "alice\u200b", "\u0430lice"):
        refused(room, lambda: people.sign_in(room.desk, name, passphrase("alice")), errors.NoSuchOperator)  # noqa: B023
    second.close()


def test_a_clock_set_back_hides_no_try(room: Room) -> None:
    """Otherwise every wrong try would end in "the clock is behind", unrecorded, and the right one would not."""
    room.clock.passes(hours=-2)
    _wrong(room, 3)
    assert [row["action"] for row in rows(room)[-3:]] == ["sign-in.failed"] * 3
    with pytest.raises(errors.TooSoon):
        people.sign_in(room.desk, "alice", passphrase("alice"))
    assert inspect(room.desk).faults == ()


def test_what_was_typed_as_a_name_is_not_kept(room: Room) -> None:
    """Everybody has typed a passphrase into the name's field once."""
    typed = passphrase("alice")
    error = refused(room, lambda: people.sign_in(room.desk, typed, ""), errors.NoSuchOperator, typed.encode())
    says(error, "Nobody called", "people list")


def test_nobody_signed_in_changes_nothing(room: Room) -> None:
    error = refused(room, lambda: perform(room.desk, devices.ADD, NEW), errors.NotSignedIn)
    says(error, "--as NAME")
    assert rows(room)[-1]["actor"] == "program"
    people.sign_in(room.desk, "alice", passphrase("alice"))
    people.lock(room.desk, "idle")
    assert [row["action"] for row in rows(room)[-2:]] == ["sign-in.done", "sign-in.ended"]
    refused(room, lambda: perform(room.desk, devices.ADD, NEW), errors.NotSignedIn)


def test_changing_the_own_passphrase(room: Room) -> None:
    fresh = "eleven brass lanterns under the pier"
    people.sign_in(room.desk, "alice", passphrase("alice"))
    key = room.desk.acting.secret
    people.change_passphrase(room.desk, passphrase("alice"), fresh)
    assert rows(room)[-1]["action"] == "operator.passphrase-changed"
    with pytest.raises(errors.WrongPassphrase):
        people.sign_in(room.desk, "alice", passphrase("alice"))
    people.sign_in(room.desk, "alice", fresh)
    assert room.desk.acting.secret == key
    perform(room.desk, devices.ADD, NEW)
    assert inspect(room.desk).faults == ()
    assert fresh.encode() not in raw(room)


@pytest.mark.parametrize(
    ("new", "expected", "word"),
    [
        ("eleven char", errors.PassphraseTooShort, "12"),
        ("", errors.PassphraseTooShort, "0 characters"),
        ("e\u0301" * 11, errors.PassphraseTooShort, "11"),  # eleven characters, however they are typed
        ("aaaaaaaaaaaaaaaaaaaaaaaa", errors.PassphraseTooPlain, "one run"),
        ("abcdefghijklmnop", errors.PassphraseTooPlain, "one run"),
        ("a bird in hand " * 80, file_errors.TextNotFit, "1024"),
    ],
)
def test_a_passphrase_that_will_not_do(room: Room, new: str, expected: type[Refused], word: str) -> None:
    room.sit("alice")
    error = refused(room, lambda: people.change_passphrase(room.desk, passphrase("alice"), new), expected)
    assert word in sentence(error)
    people.sign_in(room.desk, "alice", passphrase("alice"))  # the old one stands


def test_a_wrong_old_passphrase_changes_nothing(room: Room) -> None:
    room.sit("alice")
    with pytest.raises(errors.WrongPassphrase):
        people.change_passphrase(room.desk, "somebody walked up to it", "eleven brass lanterns under the pier")
    people.sign_in(room.desk, "alice", passphrase("alice"))


def test_signing_keys_lie_in_the_file_sealed_only(room: Room) -> None:
    room.device("lon")
    stored = raw(room)
    for session in room.sessions.values():
        for spelt in (session.secret, session.secret.hex().encode(), base64.b64encode(session.secret)):
            assert spelt not in stored
        assert session.operator.public_key in stored
    assert all(passphrase(name).encode() not in stored for name in room.sessions)


def test_one_persons_envelope_does_not_open_for_another(room: Room) -> None:
    """Bob cannot put his own envelope in Alice's place and sign as her."""
    room.desk.close()
    spoil(room.path, "UPDATE operator SET envelope = (SELECT envelope FROM operator WHERE name = 'bob') WHERE id = 1")
    room.desk = open_desk(room.path, cost=CHEAP)
    room.desk.clock = room.clock
    with pytest.raises(errors.WrongPassphrase):
        people.authenticate(room.desk, "alice", passphrase("bob"))


def test_an_envelope_that_is_none_is_damage(room: Room) -> None:
    room.desk.close()
    spoil(room.path, "UPDATE operator SET envelope = '{}' WHERE id = 1")
    room.desk = open_desk(room.path, cost=CHEAP)
    with pytest.raises(Damaged) as damage:
        people.authenticate(room.desk, "alice", passphrase("alice"))
    assert str(room.path) in sentence(damage.value)


ALICE, BOB = NewOperator("alice", "Alice Ng", WORKING), NewOperator("bob", "Bob Ruiz", WORKING)
BEGINNINGS: dict[str, tuple[dict[str, Any], type[Refused]]] = {
    "nobody": ({"operators": ()}, errors.NobodyNamed),
    "one name twice": ({"operators": (ALICE, replace(BOB, name="ALICE"))}, errors.NameTaken),
    "one person twice": ({"operators": (ALICE, replace(BOB, full_name="alice  NG"))}, errors.SameFullName),
    "nobody who works": ({"operators": (replace(ALICE, duties=(Duty.AUDITOR,)),)}, errors.NobodyCanWork),
    "a CA alone": ({"operators": (replace(ALICE, duties=WORKING[:1]),), "kind": Kind.ROOT}, errors.NeedsTwoPeople),
    "a registration desk alone": (
        {"operators": (replace(ALICE, duties=WORKING[:1]),), "kind": Kind.REGISTRATION}, errors.NeedsTwoPeople,
    ),
    "another suffix": ({"path": "x.db"}, file_errors.WrongSuffix),
    "there already": ({"path": "there.anchorhold"}, file_errors.AlreadyThere),
    "no such folder": ({"path": "no/x.anchorhold"}, file_errors.NoSuchFolder),
    "no name": ({"name": " "}, file_errors.TextNotFit),
    "a name in two lines": ({"name": "a\nb"}, file_errors.TextNotFit),
    "an end that is no date": ({"network_end": "never"}, file_errors.TextNotFit),
}  # fmt: skip


@pytest.mark.parametrize("case", BEGINNINGS)
def test_a_workspace_that_is_not_made(case: str, tmp_path: Path) -> None:
    changes, expected = BEGINNINGS[case]
    (tmp_path / "there.anchorhold").write_text("theirs", encoding="utf-8")
    new = NewWorkspace(tmp_path / "x.anchorhold", Kind.LINKS, "X", (ALICE, BOB))
    new = replace(new, **{**changes, "path": tmp_path / changes.get("path", "x.anchorhold")})
    with pytest.raises(Refused) as refusal:
        workspace.create(new, {each.name: passphrase(each.name) for each in new.operators}, cost=CHEAP)
    error = refusal.value
    assert expected in {type(each) for each in (error.findings if isinstance(error, Several) else (error,))}
    assert [path.name for path in tmp_path.iterdir()] == ["there.anchorhold"]
    assert (tmp_path / "there.anchorhold").read_text(encoding="utf-8") == "theirs"


def test_everybody_needs_a_passphrase_to_begin(tmp_path: Path) -> None:
    new = NewWorkspace(tmp_path / "x.anchorhold", Kind.LINKS, "X", (ALICE, BOB))
    with pytest.raises(errors.PassphraseTooShort):
        workspace.create(new, {"alice": passphrase("alice")}, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_a_lone_administrator_may_begin_with_links(tmp_path: Path) -> None:
    room = make_room(tmp_path, ("alice",))
    assert inspect(room.desk).faults == ()
    assert [operator.name for operator in people.operators(room.desk)] == ["alice"]
    room.desk.close()


def test_the_clock_is_set_in_a_rehearsal_only(tmp_path: Path) -> None:
    when = datetime(2030, 1, 1, tzinfo=UTC)
    for policy in PolicyName:
        (tmp_path / policy.value).mkdir()
        room = make_room(tmp_path / policy.value, policy=policy)
        room.desk.close()
        if policy is PolicyName.REHEARSAL:
            desk = open_desk(room.path, now=when, cost=CHEAP)
            assert desk.clock() == when
            desk.close()
        else:
            with pytest.raises(file_errors.NotRehearsal) as refusal:
                open_desk(room.path, now=when, cost=CHEAP)
            says(refusal.value, "--now", "rehearsal")


def test_a_machine_without_the_memory(tmp_path: Path) -> None:
    """Really without: the address space ends before Argon2id's 256 MiB, and before half of them twice."""
    code = (
        "from core.crypto.envelope import open_envelope, seal, STANDARD\n"
        "from core.errors.people import NotEnoughMemory\n"
        "import cryptography.hazmat.primitives.kdf.argon2, resource, rfc8785\n"
        "resource.setrlimit(resource.RLIMIT_AS, (60 << 20, resource.getrlimit(resource.RLIMIT_AS)[1]))\n"
        "try: seal(b'x' * 32, 'y' * 20, bind=b'', cost=STANDARD)\n"
        "except NotEnoughMemory as refusal: print(refusal.megabytes)\n"
    )
    assert resource.RLIMIT_AS
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "64", done.stderr
