"""The published format is enough: a verifier that shares no code with us finds every planted fault, and so do we.

Nine attacks on the file: edit, delete in the middle with the rest hashed anew, cut the end, rewrite all, put an older
file back; then edit, cut and rewrite with every secret on the workstation but people's passphrases; and a record put
into or taken out of each table (tests/audit/test_reconciliation.py).
"""

import ast
import base64
import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.crypto import signing
from core.crypto.digest import canonical, leaf
from core.model.events import EVENTS
from core.policy.proposals import RULES
from core.services import audit, checkpoints, people
from core.services.desk import open_desk
from core.services.statements import MEMBERS
from tests.audit import verifier
from tests.audit.verifier import Ledger, proved
from tests.desks import CHEAP, Clock, Room, make_room, passphrase
from tests.house.sources import ROOT

FORMAT = (ROOT / "resources" / "help" / "ledger-format.md").read_text(encoding="utf-8")


@dataclass
class Kept:
    """A workspace file, the checkpoint that was kept elsewhere, and an older copy of the file."""

    path: Path
    checkpoint: str
    old: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("kept")
    room = make_room(folder)
    room.ready_link()
    room.clock.passes(minutes=5)
    with pytest.raises(people.WrongPassphrase):
        people.authenticate(room.desk, "bob", "not this one at all")
    with sqlite3.connect(room.path) as connection, sqlite3.connect(folder / "old.anchorhold") as other:
        connection.backup(other)
    connection.close()
    other.close()
    room.device("par")
    room.receive("par")
    note = checkpoints.make(room.sit("bob"))
    room.desk.close()
    return Kept(room.path, note, folder / "old.anchorhold")


@pytest.fixture
def kept(made: Kept, tmp_path: Path) -> Kept:
    shutil.copy(made.path, tmp_path / "room.anchorhold")
    return Kept(tmp_path / "room.anchorhold", made.checkpoint, made.old)


def ours(path: Path, *notes: str) -> bool:
    """Whether our own verify finds nothing."""
    desk = open_desk(path, cost=CHEAP)
    report = audit.inspect(desk, None, {str(place): note.encode() for place, note in enumerate(notes)})
    desk.close()
    return report.sound


def theirs(path: Path, *notes: str) -> list[tuple[str, int | str]]:
    return Ledger(path).check(notes)


def test_it_shares_no_code() -> None:
    tree = ast.parse(Path(verifier.__file__).read_text(encoding="utf-8"))
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert not [name for name in named if name.partition(".")[0] in ("core", "gui", "tests", "rfc8785")]


def test_the_page_and_the_program_agree() -> None:
    unsigned = re.search(r"may be unsigned: (.*?)\. ", FORMAT)
    assert unsigned is not None
    named = set(re.findall("`([^`]+)`", unsigned[1]))
    assert named == {event.action for event in EVENTS.values() if event.unsigned} == verifier.UNSIGNED
    assert set(re.findall(r"^\| `(\w+)` \| ", FORMAT, re.MULTILINE)) >= verifier.MEMBERS


def test_the_page_names_every_agreement() -> None:
    ours = {
        rule.action: (
            rule.kind,
            {duty.value for duty in rule.proposers},
            {duty.value for duty in rule.approvers},
            rule.one_of.value if rule.one_of else "",
        )
        for rule in RULES.values()
    }
    assert ours == verifier.AGREED
    assert {
        kind: members - {"type", "workspace", "time", "by"} for kind, members in MEMBERS.items()
    } == verifier.STATEMENTS


def test_a_sound_file_is_sound(kept: Kept) -> None:
    assert theirs(kept.path, kept.checkpoint) == []
    assert ours(kept.path, kept.checkpoint)


def rehash(connection: sqlite3.Connection, begin: int, sign: Callable[[str, bytes], bytes] | None = None) -> None:
    """Number, chain and hash every row from `begin` anew, as an attacker does; signed anew where they have keys."""
    rows = connection.execute("SELECT * FROM ledger ORDER BY number").fetchall()
    connection.execute("DELETE FROM ledger")
    previous = b""
    for number, (old, text, signature, _leaf, time, actor, action) in enumerate(rows, start=1):
        body = text.encode()
        if old >= begin:
            told = {**json.loads(text), "number": number, "previous": previous.hex()}
            body = canonical(told)
            signature = sign(actor, body) if sign and signature else signature
        previous = leaf(body, signature)
        row = (number, body.decode(), signature, previous, time, actor, action)
        connection.execute("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def attack(path: Path, act: Callable[[sqlite3.Connection], None]) -> None:
    """Do it behind the guards, and put them back so that it does not show."""
    connection = sqlite3.connect(path)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    act(connection)
    for _, guard in guards:
        connection.execute(guard)
    connection.commit()
    connection.close()


def edit(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE ledger SET body = replace(body, '\"CHG1\"', '\"CHG2\"') WHERE number = 5")


def edit_and_hash(connection: sqlite3.Connection) -> None:
    edit(connection)
    rehash(connection, 5)


def delete_and_hash(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM ledger WHERE number = 6")
    rehash(connection, 6)


def cut(connection: sqlite3.Connection) -> None:
    last = connection.execute("SELECT max(number) FROM ledger").fetchone()[0]
    connection.execute("DELETE FROM ledger WHERE number = ?", (last,))  # the checkpoint's own row: touches no record


def rewrite(connection: sqlite3.Connection, stolen: dict[str, bytes] | None = None) -> None:
    """Everybody whose key is not stolen gets one of the attacker's, and all is signed anew: whole and consistent."""
    secrets = dict(stolen or {})
    body = json.loads(connection.execute("SELECT body FROM ledger WHERE number = 1").fetchone()[0])
    for each in body["details"]["operators"]:
        if each["name"] in secrets:
            continue
        secrets[each["name"]], public = signing.generate()
        each["key"] = public.hex()
        connection.execute("UPDATE operator SET public_key = ? WHERE name = ?", (public, each["name"]))
    connection.row_factory = sqlite3.Row
    for row in connection.execute("SELECT * FROM operator").fetchall():
        plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in dict(row).items()}
        digest = hashlib.sha256(canonical(plain)).hexdigest()
        for subject in body["subjects"]:
            if (subject["table"], subject["id"]) == ("operator", row["id"]):
                subject["sha256"] = digest
    connection.row_factory = None
    connection.execute("UPDATE ledger SET body = ? WHERE number = 1", (canonical(body).decode(),))
    rehash(connection, 1, lambda actor, message: signing.sign(secrets[actor], message))


@pytest.mark.parametrize("act", [edit, edit_and_hash, delete_and_hash])
def test_found_without_any_checkpoint(kept: Kept, act: Callable[[sqlite3.Connection], None]) -> None:
    attack(kept.path, act)
    assert theirs(kept.path)
    assert not ours(kept.path)


@pytest.mark.parametrize("act", [cut, rewrite])
def test_found_by_what_left_the_room(kept: Kept, act: Callable[[sqlite3.Connection], None]) -> None:
    """In itself the file is whole, and says up to where nothing vouches; the checkpoint tells."""
    attack(kept.path, act)
    assert theirs(kept.path) == []
    assert ours(kept.path)
    assert theirs(kept.path, kept.checkpoint)
    assert not ours(kept.path, kept.checkpoint)


def test_an_older_file_is_found_by_what_left_the_room(kept: Kept) -> None:
    assert theirs(kept.old) == []
    assert theirs(kept.old, kept.checkpoint) == [("rolled back", 0)]
    assert ours(kept.old)
    assert not ours(kept.old, kept.checkpoint)


def with_stolen_keys(path: Path, spoilt: Callable[[sqlite3.Connection, dict[str, bytes]], None]) -> None:
    """The attacker sits at the workstation while people are signed in: signing keys, file, keyring, state."""
    desk = open_desk(path, cost=CHEAP)
    desk.clock = Clock()
    stolen = {name: people.authenticate(desk, name, passphrase(name)).secret for name in ("alice",)}
    desk.close()
    attack(path, lambda connection: spoilt(connection, stolen))


def test_edited_with_a_stolen_signing_key(kept: Kept) -> None:
    """Alice's key signs alice's rows anew; bob's rows behind it name the old chain, and his key is not there."""

    def act(connection: sqlite3.Connection, stolen: dict[str, bytes]) -> None:
        edit(connection)
        kept_by = {actor: signature for _, _, signature, _, _, actor, _ in connection.execute("SELECT * FROM ledger")}
        rehash(
            connection,
            5,
            lambda actor, message: signing.sign(stolen[actor], message) if actor in stolen else kept_by[actor],
        )

    with_stolen_keys(kept.path, act)
    assert theirs(kept.path)
    assert not ours(kept.path)


def test_cut_with_a_stolen_signing_key(kept: Kept) -> None:
    """The end is cut and filled with rows of alice's own: as many as there were, and none that was there."""

    def act(connection: sqlite3.Connection, stolen: dict[str, bytes]) -> None:
        cut(connection)
        number, text, previous = connection.execute(
            "SELECT number, body, leaf FROM ledger ORDER BY number DESC LIMIT 1"
        ).fetchone()
        told = {**json.loads(text), "actor": "alice", "action": "sign-in.done", "subjects": []}
        body = canonical({**told, "number": number + 1, "previous": previous.hex()})
        signature = signing.sign(stolen["alice"], body)
        row = (number + 1, body.decode(), signature, leaf(body, signature), told["time"], "alice", "sign-in.done")
        connection.execute("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    with_stolen_keys(kept.path, act)
    assert theirs(kept.path) == []  # the insider's rows: only what left the room knows better
    assert theirs(kept.path, kept.checkpoint) == [("rewritten", 0)]
    assert ours(kept.path)
    assert not ours(kept.path, kept.checkpoint)


def test_rewritten_with_a_stolen_signing_key(kept: Kept) -> None:
    """Alice keeps her key, everybody else gets one of the attacker's: row 1 is another one then."""

    with_stolen_keys(kept.path, rewrite)
    assert theirs(kept.path) == []
    assert theirs(kept.path, kept.checkpoint) == [("replaced", 0)]
    assert not ours(kept.path, kept.checkpoint)


def reworded(proof: str) -> str:
    """The same proof for an entry that says somebody else did it."""
    entry = base64.b64decode(proof.split("\n")[1].removeprefix("extra "))
    false = base64.b64encode(entry.replace(b'"actor":"', b'"actor":"x')).decode()
    return "\n".join([proof.split("\n")[0], f"extra {false}", *proof.split("\n")[2:]])


def test_a_proof_convinces_somebody_else(kept: Kept) -> None:
    desk = open_desk(kept.path, cost=CHEAP)
    desk.clock = Clock()
    desk.clock.passes(hours=1)
    room = Room(
        kept.path, desk.clock, desk, {name: people.authenticate(desk, name, passphrase(name)) for name in ("alice",)}
    )
    key = room.sessions["alice"].operator.public_key
    for number in (1, 2, 7, len(Ledger(kept.path).leaves)):
        proof = checkpoints.prove(room.sit("alice"), number)
        row = proved(proof, key)
        assert row is not None
        assert row["number"] == number
        assert proved(proof.replace("index ", "index 1"), key) is None
        assert proved(proof, bytes(32)) is None
        assert proved(reworded(proof), key) is None
    desk.close()
