"""A filled rehearsal sample: a links workspace with a link in every state, and everybody's passphrases beside it."""

import os
import secrets
from pathlib import Path

from core.crypto.envelope import STANDARD, Cost
from core.crypto.fingerprints import fingerprints
from core.crypto.keys import read_key
from core.crypto.sample import sample_key
from core.errors.workspace import AlreadyThere
from core.model.devices import AddDevice, Platform
from core.model.keys import Arrival, Channel, CompareKey, Form, ReceiveKey
from core.model.links import AddLink, ExportLinks, ReadBackDevice, Technology
from core.model.people import Duty, NewOperator
from core.model.workspace import Kind, NewWorkspace, PolicyName
from core.policy.devices import identity
from core.services import devices, exports, keys, links, people, readback, workspace
from core.services.desk import Desk, Progress, Session, open_desk
from core.services.perform import perform

# name, full name, duties; alice, bob and carol become custodians once there is a CA
PEOPLE = (
    ("alice", "Alice Archer", (Duty.SECURITY_OFFICER, Duty.REGISTRATION_OFFICER, Duty.CUSTODIAN)),
    ("bob", "Bob Baker", (Duty.SYSTEM_ADMINISTRATOR, Duty.CA_OPERATOR, Duty.CUSTODIAN)),
    ("carol", "Carol Carter", (Duty.REVOCATION_OFFICER, Duty.CUSTODIAN)),
    ("dave", "Dave Dyer", (Duty.REGISTRATION_OFFICER,)),
    ("erin", "Erin Ewing", (Duty.AUDITOR,)),
)
SITES = ("London", "Manchester", "Paris", "Leeds", "Oslo", "Bristol", "Cork")
TICKET = "CHG0042117"


class _Sample:
    """Two people who work through the sample as two people would."""

    def __init__(self, desk: Desk, alice: Session, bob: Session) -> None:
        self.desk, self.alice, self.bob = desk, alice, bob
        self.keys: dict[str, bytes] = {}

    def device(self, place: int) -> str:
        name = f"edge-{SITES[place].casefold()[:3]}1"
        self.desk.session = self.alice
        typed = AddDevice(
            name, Platform.STRONGSWAN.value, f"{name}.example.net", f"192.0.2.{place + 1}",
            (f"10.77.{place + 1}.0/24",), SITES[place], "", f"NOC {SITES[place]}", f"+44 20 7946 00{place:02}",
            "peering contract",
        )  # fmt: skip
        perform(self.desk, devices.ADD, typed)
        return name

    def receive(self, name: str) -> None:
        self.desk.session = self.alice
        self.keys[name] = sample_key()
        perform(self.desk, keys.RECEIVE, ReceiveKey(name, self.keys[name], Arrival.EMAIL, f"{name}.pub.pem"))

    def heard(self, name: str, pem: bytes | None = None) -> str:
        known = identity(f"{name}.example.net")
        assert known is not None  # noqa: S101 - our own constant above
        return fingerprints(read_key(pem or self.keys[name]), known)[Form.SPKI_SHA256]

    def compare(self, who: Session, name: str, heard: str, channel: Channel) -> None:
        self.desk.session = who
        perform(self.desk, keys.COMPARE, CompareKey(name, heard, channel, f"NOC of {name}", TICKET))

    def approve(self, name: str, second: Channel = Channel.VIDEO) -> None:
        self.compare(self.alice, name, self.heard(name), Channel.CALL_BACK)
        self.desk.session = self.bob
        command = CompareKey(name, self.heard(name), second, f"duty engineer of {name}", TICKET)
        perform(self.desk, keys.COMPARE, command)

    def link(self, left: str, right: str) -> str:
        self.desk.session = self.alice
        name = f"{left.removeprefix('edge-')}-{right.removeprefix('edge-')}"
        perform(self.desk, links.ADD, AddLink(name, left, right, Technology.IPSEC.value, TICKET))
        return name


def make_demo(folder: Path, *, cost: Cost = STANDARD, progress: Progress | None = None) -> tuple[Path, ...]:
    """Fill `folder`, which must be empty or new; returns the workspaces made."""
    told = progress or Progress()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AlreadyThere(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    passphrases = {name: f"{name} {secrets.token_hex(8)}" for name, _, _ in PEOPLE}
    _secrets_file(folder / "secrets.toml", passphrases)
    path = folder / "links.anchorhold"
    new = NewWorkspace(
        path,
        Kind.LINKS,
        "Sample links (rehearsal)",
        tuple(NewOperator(*each) for each in PEOPLE),
        policy=PolicyName.REHEARSAL,
        organisation="Example Networks",
        community="Example Networks data centres",
        technologies=("ipsec",),
        responsible="Alice Archer",
        deputy="Bob Baker",
    )
    workspace.create(new, passphrases, cost=cost)
    told.step(1, 3)
    desk = open_desk(path, cost=cost)
    try:
        bob = people.authenticate(desk, "bob", passphrases["bob"])
        alice = people.authenticate(desk, "alice", passphrases["alice"])
        told.step(2, 3)
        _fill(_Sample(desk, alice, bob), folder)
    finally:
        desk.close()
    return (path,)


def _secrets_file(path: Path, passphrases: dict[str, str]) -> None:
    text = "[passphrases]\n" + "".join(f'{name} = "{text}"\n' for name, text in passphrases.items())
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _fill(sample: _Sample, folder: Path) -> None:
    """Six links: installed, telephone only, not verified, compared once, different key, key changed."""
    names = [sample.device(place) for place in range(len(SITES))]
    made = [sample.link(names[0], other) for other in names[1:]]
    for name in names[:-2]:
        sample.receive(name)
    home, installed, telephone, _, once = names[:5]
    sample.approve(home)
    sample.approve(installed)
    sample.approve(telephone, Channel.CALL_BACK)
    sample.compare(sample.alice, once, sample.heard(once), Channel.IN_PERSON)
    different, changed = names[5], names[6]
    sample.receive(different)
    sample.compare(sample.bob, different, sample.heard(different, sample_key()), Channel.CALL_BACK)
    sample.receive(changed)
    sample.approve(changed)
    sample.desk.session = sample.alice
    for link in (made[0], made[1], made[5]):
        perform(sample.desk, exports.EXPORT, ExportLinks((link,), folder / "exports" / link))
    for device, peer in ((home, installed), (installed, home)):
        printed = b"".join(sample.keys[each] for each in (device, peer))
        if device == home:
            printed += sample.keys[telephone] + sample.keys[changed]
        perform(sample.desk, readback.READ_BACK, ReadBackDevice(device, printed))
    sample.receive(changed)
