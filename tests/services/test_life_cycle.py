"""Random people with random verdicts, in any order: no key leaves that two of them did not vouch for (SL2)."""

import base64
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.crypto.sample import sample_key
from core.errors.base import Refused
from core.model.keys import (
    SHA1_FORMS,
    Arrival,
    Channel,
    CompareKey,
    Form,
    KeyState,
    ReceiveKey,
    SuspectKey,
    Verdict,
    WithdrawKey,
)
from core.model.links import ExportLinks, LinkState, ReadBackDevice
from core.services import audit, exports, keys, readback
from core.services.perform import perform
from core.store import devices as device_store
from core.store import keys as store
from core.store import links as link_store
from tests.desks import Room, make_room
from tests.services.refusing import rows

DEVICES = st.sampled_from(["lon", "man"])
EVER = (KeyState.APPROVED, KeyState.ROLLING, KeyState.SUPERSEDED)
STRANGE = "a7f322b090c51e6df84a3c97b2510d8e6e74c03f18b9a5d25f0ce68194d72ba4"


class LifeCycle(RuleBasedStateMachine):
    """`vouched` is the test's own book: per key who heard its true value, over which channel, read by whom."""

    room: Room

    @initialize(lone=st.booleans(), ready=st.booleans())
    def begin(self, lone: bool, ready: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ah-cycle-"))
        self.people = ("alice",) if lone else ("alice", "bob", "carol")
        self.room = make_room(self.folder, self.people)
        for name in ("lon", "man"):
            self.room.device(name)
            self.room.receive(name, arrival="usb")
        self.room.link("lon", "man")
        self.lone, self.outs, self.refused = lone, 0, 0
        self.vouched: dict[int, list[tuple[str, Channel, str, Form]]] = {}
        self.bad: set[int] = set()  # a value was heard that is not this key's
        self.pems = {name: [pem] for name, pem in self.room.pems.items()}
        for name in ("lon", "man") if ready else ():
            self.compare(name, 0, Channel.VIDEO, "Carol", "match")
            self.compare(name, 1, Channel.SHEET, "Dan", "match")

    def teardown(self) -> None:
        if hasattr(self, "room"):
            assert audit.inspect(self.room.desk).faults == ()
            assert sum(row["action"] == "refused" for row in rows(self.room)) == self.refused
            self.room.desk.close()
            shutil.rmtree(self.folder)

    def attempt(self, who: int, verb: Any, command: Any) -> Any:
        try:
            return perform(self.room.sit(self.people[who % len(self.people)]), verb, command)
        except Refused:
            self.refused += 1
            return None

    def on_file(self, device: str) -> tuple[Any, ...]:
        known = device_store.find(self.room.desk.file.read, device)
        assert known is not None
        return store.of_device(self.room.desk.file.read, known.id)

    @rule(
        device=DEVICES,
        who=st.integers(0, 2),
        again=st.booleans(),
        roll=st.booleans(),
        arrival=st.sampled_from(["usb", "email", "in-person"]),
    )
    def receive(self, device: str, who: int, again: bool, roll: bool, arrival: str) -> None:
        if not again:
            self.room.pems[device] = sample_key()
            self.pems[device].append(self.room.pems[device])
        pem = self.pems[device][0] if again else self.pems[device][-1]
        day = self.room.clock.now.date().replace(day=28).isoformat() if roll else ""
        taken = self.attempt(who, keys.RECEIVE, ReceiveKey(device, pem, arrival, replace_by=day))
        if taken is not None:
            self.room.pems[device] = pem
        elif not again:
            self.pems[device].pop()

    @rule(
        device=DEVICES, who=st.integers(0, 2), channel=st.sampled_from(list(Channel)), reader=st.sampled_from(["Carol", "carol ", "Dan"]),
        kind=st.sampled_from(["match", "match", "match", "sha1", "near", "different", "alike"]),
    )  # fmt: skip
    def compare(self, device: str, who: int, channel: Channel, reader: str, kind: str) -> None:
        on_file = self.on_file(device)
        live = [key for key in on_file if key.state not in (KeyState.WITHDRAWN, KeyState.SUPERSEDED, KeyState.ROLLING)]
        if not live:
            return
        key = live[0]
        self.room.pems[device] = pem_of(key.public.spki)
        known = self.room.heard(device)
        heard = {
            "sha1": self.room.heard(device, Form.KEY_SHA1),
            "near": ("0" if known[0] != "0" else "1") + known[1:],
            "different": STRANGE,
            "alike": known[:4] + STRANGE[4:60] + known[60:],
        }.get(kind, known)
        command = CompareKey(device, heard, channel.value, reader, "CHG1", "+44 1", "contract")
        answer = self.attempt(who, keys.COMPARE, command)
        if answer is None:
            return
        assert (answer.finding.verdict is Verdict.MATCH) == (kind in ("match", "sha1"))
        if answer.finding.verdict is Verdict.MATCH:
            form = Form.KEY_SHA1 if kind == "sha1" else Form.SPKI_SHA256
            name = self.people[who % len(self.people)]
            self.vouched.setdefault(key.id, []).append((name, channel, reader.strip().casefold(), form))
        elif kind in ("different", "alike"):
            self.bad.add(key.id)

    @rule(
        device=DEVICES,
        first=st.integers(0, 2),
        second=st.integers(0, 2),
        one=st.sampled_from([Channel.VIDEO, Channel.SHEET]),
        other=st.sampled_from([Channel.VIDEO, Channel.SHEET]),
        kind=st.sampled_from(["match", "match", "match", "near", "different"]),
    )
    def vouch(self, device: str, first: int, second: int, one: Channel, other: Channel, kind: str) -> None:
        """Two comparisons in a row, the one way in which a key gets far; then somebody tries to hand it out."""
        self.compare(device, first, one, "Carol", "match")
        self.compare(device, second, other, "Carol", kind)
        self.export(first)

    @rule(device=DEVICES, first=st.integers(0, 2), second=st.integers(0, 2), suspected=st.booleans())
    def change(self, device: str, first: int, second: int, suspected: bool) -> None:
        """A new key comes; it is rejected again, or it is compared."""
        self.receive(device, first, again=False, roll=not suspected, arrival="usb")
        if suspected:
            self.attempt(first, keys.SUSPECT, SuspectKey(device, "odd"))
            self.attempt(second, keys.WITHDRAW, WithdrawKey(device, "not theirs"))
            self.export(first)
        else:
            self.vouch(device, first, second, Channel.SHEET, Channel.VIDEO, "match")

    @rule(
        device=DEVICES,
        who=st.integers(0, 2),
        what=st.sampled_from(["withdraw", "suspect", "read", "wait", "wait", "export", "export"]),
    )
    def disturb(self, device: str, who: int, what: str) -> None:
        if what == "withdraw":
            self.attempt(who, keys.WITHDRAW, WithdrawKey(device, "so it is"))
        elif what == "suspect":
            self.attempt(who, keys.SUSPECT, SuspectKey(device, "odd"))
        elif what == "read":
            self.attempt(who, readback.READ_BACK, ReadBackDevice(device, b"".join(self.room.pems.values())))
        elif what == "wait":
            self.room.clock.passes(days=1 + 13 * who)
        else:
            self.export(who)

    def export(self, who: int) -> None:
        self.outs += 1
        link = link_store.find(self.room.desk.file.read, "lon-man")
        newest = {name: self.on_file(name) for name in ("lon", "man")}
        told = self.attempt(who, exports.EXPORT, ExportLinks(("lon-man",), self.folder / f"out{self.outs}"))
        if told is None:
            return
        assert link is not None
        assert link.state is LinkState.ACTIVE
        for on_file in newest.values():
            waiting = next(key for key in on_file if key.state not in (KeyState.WITHDRAWN, KeyState.SUPERSEDED))
            assert waiting.state is KeyState.APPROVED
        for each in told.exports:
            for number in each.key_ids:
                assert self.good(number), self.vouched.get(number)
                assert number not in self.bad

    def good(self, number: int) -> bool:
        """Whether the first two who vouched are two people, or one over two channels where there is only one."""
        said = self.vouched.get(number, [])[:2]
        if len(said) < 2:
            return False
        (one, channel, reader, form), (other, second, again, other_form) = said
        arrived = store.get(self.room.desk.file.read, number).arrival
        barred = {Channel.EMAIL} | ({Channel.IN_PERSON} if arrived is Arrival.IN_PERSON else set())
        sha1 = form in SHA1_FORMS or other_form in SHA1_FORMS
        people = channel is not second if self.lone else one != other and (channel, reader) != (second, again)
        return people and not {channel, second} & barred and not (sha1 and channel is second)

    @precondition(lambda self: hasattr(self, "room"))
    @invariant()
    def approved_keys_are_vouched_for(self) -> None:
        for key in store.all_keys(self.room.desk.file.read):
            assert key.state not in EVER or self.good(key.id)
            assert bool(key.review_by) == self.good(key.id)
        for name in ("lon", "man"):
            states = [key.state for key in self.on_file(name)]
            assert states.count(KeyState.APPROVED) <= 1
            assert states.count(KeyState.ROLLING) <= 1


def pem_of(spki: bytes) -> bytes:
    """The key as PEM; what it is in does not matter for what the far end reads."""
    return (
        b"-----BEGIN PUBLIC KEY-----\n" + base64.encodebytes(spki).replace(b"\n", b"") + b"\n-----END PUBLIC KEY-----\n"
    )


# Not made smaller when one fails: that takes minutes of real workspaces, and the steps are printed all the same.
LifeCycle.TestCase.settings = settings(
    max_examples=14,
    stateful_step_count=20,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
TestLifeCycle = LifeCycle.TestCase
