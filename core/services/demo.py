"""A filled rehearsal sample: a links workspace with a link in every state, and everybody's passphrases beside it."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from core.crypto.envelope import Cost
from core.errors.workspace import AlreadyThere
from core.media.places import translated
from core.model.people import Duty, NewOperator
from core.model.workspace import Kind, NewWorkspace, PolicyName
from core.services import founding, people, workspace
from core.services.desk import Progress, machine_clock, open_desk
from core.services.story import TOLD, Story, tell

# name, full name, duties; alice, bob and carol become custodians once there is a CA
PEOPLE = (
    ("alice", "Alice Archer", (Duty.SECURITY_OFFICER, Duty.REGISTRATION_OFFICER, Duty.CUSTODIAN)),
    ("bob", "Bob Baker", (Duty.SYSTEM_ADMINISTRATOR, Duty.CA_OPERATOR, Duty.CUSTODIAN)),
    ("carol", "Carol Carter", (Duty.REVOCATION_OFFICER, Duty.CUSTODIAN)),
    ("dave", "Dave Dyer", (Duty.REGISTRATION_OFFICER,)),
    ("erin", "Erin Ewing", (Duty.AUDITOR,)),
)
_WORDS = (
    "amber", "badger", "barrel", "cinder", "cobalt", "copper", "drizzle", "ember", "fathom", "ferry", "gravel",
    "harbour", "heron", "juniper", "kettle", "lantern", "marble", "meadow", "needle", "orchard", "otter", "pebble",
    "quarry", "ribbon", "saddle", "sparrow", "thistle", "timber", "velvet", "walnut", "willow", "yonder",
)  # fmt: skip


SAMPLE = Cost(64 * 1024, 1, 4)  # the least that envelopes are given: everybody's passphrase lies beside them in a file


def make_demo(
    folder: Path,
    *,
    say: founding.Say | None = None,
    now: datetime | None = None,
    cost: Cost = SAMPLE,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Fill `folder`, which must be empty or new; returns the workspaces made. A failure leaves it as it was.

    The sample's year ends `now`, which is this machine's time where it is not given. `say` makes the sentences that
    approvers sign; without it, and from when the guidance's last day for roots is near, there is no CA in the sample.
    """
    told, ends = progress or Progress(), now or machine_clock()
    with _filling(folder):
        passphrases = {name: " ".join(secrets.choice(_WORDS) for _ in range(5)) for name, _, _ in PEOPLE}
        _secrets_file(folder / "secrets.toml", passphrases)
        staff = tuple(NewOperator(*each) for each in PEOPLE)
        path = folder / "links.anchorhold"
        workspace.create(_described(path), passphrases, clock=lambda: ends - timedelta(days=400), cost=cost)
        desk = open_desk(path, cost=cost)
        try:
            alice, bob, dave = (people.authenticate(desk, name, passphrases[name]) for name in ("alice", "bob", "dave"))
            tell(Story(desk, (alice, bob, dave), ends, folder), told)
        finally:
            desk.close()
        if say is None or not founding.possible(ends):
            return (path,)
        week = founding.Founding(folder, staff, passphrases, ends, say)
        return (path, *week.tell(cost, told, TOLD))


@contextmanager
def _filling(folder: Path) -> Iterator[None]:
    """An empty folder to fill; emptied again, or gone, when anything goes wrong."""
    there = folder.exists()
    if there and (not folder.is_dir() or any(folder.iterdir())):
        raise AlreadyThere(str(folder))
    with translated(folder, folder):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for each in folder.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        if not there:
            folder.rmdir()
        raise


def _described(path: Path) -> NewWorkspace:
    return NewWorkspace(
        path,
        Kind.LINKS,
        "Sample links (rehearsal)",
        tuple(NewOperator(*each) for each in PEOPLE),
        policy=PolicyName.REHEARSAL,
        organisation="Example Networks",
        community="Example Networks data centres and partners",
        technologies=("ipsec", "openvpn", "tls", "wireguard"),
        responsible="Alice Archer",
        deputy="Bob Baker",
    )


def _secrets_file(path: Path, passphrases: dict[str, str]) -> None:
    text = "# SAMPLE: these people and their passphrases are for practice only.\n[passphrases]\n"
    text += "".join(f'{name} = "{passphrase}"\n' for name, passphrase in passphrases.items())
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
