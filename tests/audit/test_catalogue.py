"""The catalogue of events: every act has its sentence, every command writes its one row, and no other event occurs."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.errors.base import Refused
from core.model.audit import DrawSample, ExportLog, LogFormat, SignOff
from core.model.devices import AddDevice, ChangeDevice, RetireDevice
from core.model.events import EVENTS
from core.model.keys import CompareKey, ReceiveKey, SuspectKey, WithdrawKey
from core.model.links import AddLink, ExportLinks, ReadBackDevice, RetireLink
from core.services import audit, checkpoints, devices, exports, keys, links, logs, people, readback, reviews
from core.services.ledger import write_row
from core.services.perform import perform
from core.store import audit as store
from core.words.audit import EVENTS as SENTENCES
from core.words.audit import event
from tests.desks import Room, make_room, passphrase
from tests.house.sources import ROOT

SHAPE = re.compile("[a-z]+(?:-[a-z]+)*(?:\\.[a-z]+(?:-[a-z]+)*)?")


NOUNS = ("device", "key", "link", "audit", "sign-in", "refused")  # the others have rooms and tests of their own
AT_THE_KEYRING = {"sign-in.kept", "sign-in.forgotten", "audit.head-accepted", "audit.head-agreed"}  # tests/vault


def test_every_event_has_its_sentence_and_no_more() -> None:
    assert set(SENTENCES) == set(EVENTS)
    assert [action for action in EVENTS if not SHAPE.fullmatch(action)] == []
    assert all(event(action) and not event(action).endswith(".") for action in EVENTS)


def test_every_event_is_written_somewhere() -> None:
    """Named in the services, not only in the catalogue and the sentences."""
    services = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "core" / "services").glob("*.py")]
    services += [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "core" / "policy").glob("*.py")]
    named = {node.value for tree in services for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {action for action in EVENTS if action.partition(".")[0] in NOUNS} - named == set()


def test_an_event_of_nobody_is_not_written(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    session = room.sessions["alice"]
    for action, by in (("device.blessed", session), ("device.blessed", None), ("device.added", None)):
        with pytest.raises((KeyError, AssertionError)), room.desk.file.writing() as unit:
            write_row(unit, room.desk.workspace.id, room.clock(), action, session=by)
    assert store.newest(room.desk.file.read)[0] == 2
    room.desk.close()


def _acts(room: Room, folder: Path) -> Iterator[tuple[str, Callable[[], Any]]]:
    """One command after the other, each with the event it has to leave."""

    def do(who: str, verb: Any, command: Any) -> Callable[[], Any]:
        return lambda: perform(room.sit(who), verb, command)

    def device(name: str) -> AddDevice:
        return AddDevice(name, "strongswan", f"{name}.example.net", "192.0.2.7", ("10.9.0.0/24",))

    def compare(name: str, heard: str, channel: str, who: str) -> CompareKey:
        return CompareKey(name, heard, channel, f"reader of {who}", "CHG1", "+44 161 496 0000", "contract")

    for name in ("lon", "man"):
        yield "device.added", do("alice", devices.ADD, device(name))
    yield "device.changed", do("alice", devices.CHANGE, ChangeDevice("lon", "moved", "CHG1", site="Leeds"))
    for name in ("lon", "man"):
        yield "key.received", lambda name=name: room.receive(name)
        yield "key.compared", lambda name=name: room.compare("alice", name)
        yield "key.approved", lambda name=name: room.compare("bob", name, channel="sheet")
    yield "key.reviewed", lambda: room.compare("alice", "lon", channel="sheet", reader="somebody else")
    yield "link.added", do("alice", links.ADD, AddLink("lon-man", "lon", "man", "ipsec"))
    yield "link.exported", do("alice", exports.EXPORT, ExportLinks(("lon-man",), folder / "out"))
    yield (
        "device.read-back",
        lambda: perform(
            room.sit("alice"), readback.READ_BACK, ReadBackDevice("lon", room.pems["man"] + room.pems["lon"])
        ),
    )
    yield "key.received", lambda: room.receive("lon")
    yield "key.suspected", do("bob", keys.SUSPECT, SuspectKey("lon", "a call nobody expected"))
    yield "key.withdrawn", do("bob", keys.WITHDRAW, WithdrawKey("lon", "not theirs"))
    yield "key.received", lambda: room.receive("lon")
    yield "key.quarantined", lambda: room.compare("bob", "lon", heard=room.heard("man"))
    yield "link.retired", do("alice", links.RETIRE, RetireLink("lon-man", "closed"))
    yield "device.retired", do("alice", devices.RETIRE, RetireDevice("man", "sold", "CHG2"))
    yield "refused", lambda: refused(do("alice", devices.ADD, device("lon")))
    yield "refused", lambda: refused(do("alice", keys.RECEIVE, ReceiveKey("nowhere", b"", "email")))
    yield "refused", lambda: refused(do("alice", keys.COMPARE, compare("lon", "", "email", "alice")))


def _audits(room: Room, folder: Path) -> Iterator[tuple[str, Callable[[], Any]]]:
    yield "sign-in.done", lambda: people.sign_in(room.desk, "alice", passphrase("alice"))
    yield "sign-in.ended", lambda: people.lock(room.desk, "end of shift")
    yield (
        "operator.passphrase-changed",
        lambda: people.change_passphrase(room.sit("bob"), passphrase("bob"), "nine brass lanterns on a shelf"),
    )
    yield "audit.verified", lambda: audit.verify(room.sit("alice"))
    yield "audit.checkpoint", lambda: checkpoints.make(room.sit("alice"))
    yield "audit.proved", lambda: checkpoints.prove(room.sit("alice"), 3)
    yield "audit.read", lambda: logs.read(room.sit("alice"), 10)
    yield "audit.exported", lambda: perform(room.sit("alice"), logs.EXPORT, ExportLog(LogFormat.CEF, folder / "log"))
    yield "audit.sampled", lambda: reviews.draw(room.sit("alice"), DrawSample())
    yield (
        "audit.reviewed",
        lambda: reviews.sign_off(room.sit("alice"), SignOff(store.newest(room.desk.file.read)[0], "seen")),
    )
    yield "sign-in.failed", lambda: refused(lambda: people.authenticate(room.desk, "bob", "not this one at all"))


def refused(act: Callable[[], Any]) -> None:
    with pytest.raises(Refused):
        act()


def test_each_command_leaves_its_one_row(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    seen = set()
    for action, act in (*_acts(room, tmp_path), *_audits(room, tmp_path)):
        before = store.newest(room.desk.file.read)[0]
        act()
        newest = store.recent(room.desk.file.read, 2)
        assert (newest[0].action, newest[0].number) == (action, before + 1)
        seen.add(action)
    assert audit.inspect(room.desk).faults == ()
    ours = {action for action in EVENTS if action.partition(".")[0] in NOUNS}
    assert ours - seen == AT_THE_KEYRING
    room.desk.close()
