"""A real workspace to test with: real SQLite, real keys, a clock that the test moves, an Argon2id that costs little."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.crypto.envelope import Cost
from core.crypto.fingerprints import fingerprints
from core.crypto.keys import read_key
from core.crypto.sample import sample_key
from core.model.devices import AddDevice, Device
from core.model.keys import Channel, CompareKey, Form, Key, ReceiveKey
from core.model.links import AddLink, Link
from core.model.people import Duty, NewOperator
from core.model.workspace import Kind, NewWorkspace, PolicyName
from core.policy.devices import identity
from core.services import devices, keys, links, people, workspace
from core.services.desk import Desk, Session, open_desk
from core.services.perform import perform

CHEAP = Cost(64, 1, 1)  # KiB, passes, lanes
START = datetime(2026, 11, 24, 2, 17, 40, tzinfo=UTC)
WORKING = (Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR, Duty.REGISTRATION_OFFICER)
FULL = {"alice": "Alice Ng", "bob": "Bob Ruiz", "carol": "Carol Ito", "dave": "Dave Obi", "erin": "Erin Lund"}


@dataclass
class Clock:
    """A clock that stands still until somebody moves it."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **delta: int) -> None:
        """Let time pass: `passes(days=3)`."""
        self.now += timedelta(**delta)


def passphrase(name: str) -> str:
    """Everybody's passphrase in tests."""
    return f"{name} keeps nine copper kettles"


@dataclass
class Room:
    """An open workspace and the people in it, all of whose passphrases were entered once."""

    path: Path
    clock: Clock
    desk: Desk
    sessions: dict[str, Session]
    pems: dict[str, bytes] = field(default_factory=dict)

    def sit(self, name: str) -> Desk:
        """The desk with that person signed in."""
        self.desk.session = self.sessions[name]
        return self.desk

    def device(self, name: str, platform: str = "strongswan", **facts: str) -> Device:
        """A device that alice adds; `facts` are more fields of `AddDevice`."""
        number = len(self.pems) + len(name) % 7 + 1
        new = AddDevice(name, platform, f"{name}.example.net", f"192.0.2.{number}", (f"10.{number}.0.0/24",), **facts)
        return perform(self.sit("alice"), devices.ADD, new)

    def receive(self, name: str, pem: bytes = b"", **facts: str) -> Key:
        """Alice takes a key on file; a fresh P-256 key unless one is given."""
        self.pems[name] = pem or sample_key()
        arrival = facts.pop("arrival", "email")
        return perform(self.sit("alice"), keys.RECEIVE, ReceiveKey(name, self.pems[name], arrival, **facts))

    def heard(self, name: str, form: Form = Form.SPKI_SHA256) -> str:
        """What the far end reads from its own machine."""
        known = identity(f"{name}.example.net")
        assert known is not None
        return fingerprints(read_key(self.pems[name]), known)[form]

    def compare(self, who: str, name: str, heard: str = "", **facts: str) -> keys.Compared:
        """One comparison by `who`; by telephone unless `channel` says otherwise."""
        typed = {"channel": Channel.CALL_BACK.value, "reader": f"{who}'s reader", "ticket": "CHG1", **facts}
        if typed["channel"] == Channel.CALL_BACK:
            typed.setdefault("number", "+44 161 496 0000")
            typed.setdefault("number_from", "contract")
        return perform(self.sit(who), keys.COMPARE, CompareKey(name, heard or self.heard(name), **typed))

    def approve(self, name: str) -> None:
        """Two people, two channels."""
        self.compare("alice", name)
        self.compare("bob", name, channel=Channel.SHEET.value)

    def link(self, left: str, right: str, technology: str = "ipsec") -> Link:
        """A link between two devices on file."""
        return perform(self.sit("alice"), links.ADD, AddLink(f"{left}-{right}", left, right, technology))

    def ready_link(self, left: str = "lon", right: str = "man") -> Link:
        """A link whose two keys are approved."""
        for name in (left, right):
            self.device(name)
            self.receive(name)
            self.approve(name)
        return self.link(left, right)


def make_room(
    folder: Path,
    names: Iterable[str] = ("alice", "bob"),
    *,
    kind: Kind = Kind.LINKS,
    policy: PolicyName = PolicyName.NCSC,
    duties: dict[str, tuple[Duty, ...]] | None = None,
    now: datetime = START,
) -> Room:
    """A new workspace in `folder`; close it with `room.desk.close()`. The clock stands at `now`."""
    path, clock, who = folder / "room.anchorhold", Clock(now), tuple(names)
    new = NewWorkspace(
        path,
        kind,
        "Data centre links",
        tuple(NewOperator(name, FULL.get(name, name.title()), (duties or {}).get(name, WORKING)) for name in who),
        policy=policy,
        organisation="Example Networks",
        community="Data centres",
        responsible=who[0],
    )
    workspace.create(new, {name: passphrase(name) for name in who}, clock=clock, cost=CHEAP)
    desk = open_desk(path, cost=CHEAP)
    desk.clock = clock
    sessions = {name: people.authenticate(desk, name, passphrase(name)) for name in who}
    return Room(path, clock, desk, sessions)
