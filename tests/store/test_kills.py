"""Killed at every commit point: the state is the one before or the one after, and doing it again ends as if nothing was.

One row of `SCENES` is one piece of work. A process of its own does it and is killed (SIGKILL) before and after each
COMMIT, rename, link and fsync in turn. Each time the workspace has to open, `audit verify` with its reconciliation has
to find nothing, the ledger has to hold the work's rows up to one of its transactions, and once the work was done again
nothing may lie about that it does not leave by itself. Devices, issuing, CRLs and sub CAs have tests of their own in
tests/store/test_writing.py and tests/pki/test_crash.py.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from core.crypto.custody import Generated
from core.model.audit import ExportLog, LogFormat
from core.model.authorities import CaKey, MakeRoot
from core.model.backups import MakeBackup
from core.model.caps import ChangeCaps
from core.model.custody import ChangeCustodyPassphrase, MakeKey, ReplaceCustodian
from core.model.design import SwitchToCa
from core.model.links import ExportLinks
from core.model.people import ChangeDuties, Duty
from core.model.records import AddRecord
from core.model.trust import AddTrust, CompareTrust
from core.model.workspace import Kind
from core.services import (
    approvals,
    audit,
    authorities,
    backups,
    caps,
    custodians,
    custody,
    exports,
    keeping,
    logs,
    membership,
    people,
    proposals,
    records,
    restoring,
    switching,
    trust,
)
from core.services.desk import Desk, machine_clock, open_desk
from core.services.opening import Hands
from core.services.perform import perform
from core.store import audit as ledger
from core.words.proposals import sentence
from tests.custody.here import KeyHere
from tests.custody.vaults import DUTIES, hands
from tests.desks import CHEAP, Room, make_room, passphrase
from tests.pki.hierarchies import make_root
from tests.store.killing import Act, run

NAME = "room.anchorhold"
HOLDERS = ("alice", "bob", "carol")
NEW = Hands({"bob": Generated("eleven grey geese over the weir")})


@dataclass(frozen=True)
class Scene:
    """`before` makes the workspace, `act` is killed; `rows` is what it leaves in the ledger, a transaction each.

    `says`: between two of them, the refusals that doing it again ends in.
    """

    before: Callable[[Path], Room | None]
    act: Act
    rows: tuple[str, ...]
    says: tuple[str, ...] = ()


def room(folder: Path, kind: Kind = Kind.LINKS) -> Room:
    return make_room(folder, DUTIES, kind=kind, duties=DUTIES, now=machine_clock())


def root(folder: Path) -> Room:
    return room(folder, Kind.ROOT)


def issuing(folder: Path) -> Room:
    made = room(folder, Kind.ISSUING)
    (folder / "foreign.der").write_bytes(make_root(CaKey.P256).der)
    return made


def with_a_link(folder: Path) -> Room:
    made = room(folder)
    made.ready_link()
    return made


def with_a_key(folder: Path) -> Room:
    made = root(folder)
    custody.make(made.sit("alice"), MakeKey("root", CaKey.P384, HOLDERS, 2), hands(*HOLDERS))[1].close()
    return made


def exported_once(folder: Path) -> Room:
    made = with_a_link(folder)
    perform(made.sit("erin"), logs.EXPORT, ExportLog(LogFormat.JSONL, folder / "first"))
    return made


def pinned_by_one(folder: Path) -> Room:
    made = issuing(folder)
    taken_in(made.sit("alice"), folder)
    heard(made.desk, folder)
    return made


def lost(folder: Path) -> Room:
    """There is a backup, and the workspace is gone."""
    made = with_a_link(folder)
    perform(made.sit("bob"), backups.MAKE, MakeBackup(folder / "copy"))
    made.desk.close()
    made.path.rename(folder / "lost")
    return made


def asked(make: Callable[[Path], Room], ask: Callable[[Desk], object]) -> Callable[[Path], Room]:
    """Alice has proposed it."""

    def before(folder: Path) -> Room:
        made = make(folder)
        ask(made.sit("alice"))
        return made

    return before


def one_for_another(folder: Path) -> Room:
    made = with_a_key(folder)
    custodians.propose(made.sit("alice"), ReplaceCustodian("root", "carol", "dave"))
    agree(made.desk, folder)
    return made


def as_(name: str, act: Callable[[Desk, Path], object]) -> Act:
    """That person opens the workspace and does it."""

    def done(folder: Path) -> None:
        desk = open_desk(folder / NAME, cost=CHEAP)
        try:
            people.authenticate(desk, name, passphrase(name))
            act(desk, folder)
        finally:
            desk.close()

    return done


def agree(desk: Desk, _folder: Path) -> None:
    (waiting,) = proposals.waiting(desk)
    approvals.approve(desk, "bob", passphrase("bob"), {waiting.digest: sentence(waiting)})


def founded(folder: Path) -> None:
    room(folder).desk.close()


def ceremony(desk: Desk, _folder: Path) -> None:
    wanted = MakeRoot("CN=Example Root CA, O=Example, C=GB", HOLDERS, 2, "2030-12-31", "http://crl.example.net/r.crl")
    authorities.make_root(desk, wanted, hands(*HOLDERS), ())


def replaced(desk: Desk, _folder: Path) -> None:
    (approved,) = proposals.waiting(desk)
    custodians.replace(desk, approved, hands("alice", "bob", "dave"))


def taken_in(desk: Desk, folder: Path) -> None:
    untrusted = (folder / "foreign.der").read_bytes()
    perform(desk, trust.ADD, AddTrust(untrusted, "answers of their OCSP", "Other Ltd", "2027-05-31", "CHG-9"))


def heard(desk: Desk, folder: Path) -> None:
    said = sha256((folder / "foreign.der").read_bytes()).hexdigest()
    perform(desk, trust.COMPARE, CompareTrust(trust.rows(desk)[0].name, said))


def recorded(desk: Desk, _folder: Path) -> None:
    told = {"person": "Erin Hale", "deputy": "Bob Ruiz", "since": "2026-01-01"}
    records.add(desk, AddRecord("responsible-person", told, "bob", "2027-06-01"))


SCENES = {
    "a workspace is made": Scene(lambda _: None, founded, ("workspace.created", *["operator.accepted"] * 5)),
    "root key ceremony": Scene(
        root,
        as_("alice", ceremony),
        ("custody.key-made", "session.opened", "root.intended", "root.made", "crl.intended", "crl.signed", "session.ended"),
        ("KeyNameTaken", "RootAlready"),
    ),
    "a custodian is replaced": Scene(one_for_another, as_("alice", replaced), ("custody.replaced",)),
    "a custodian's passphrase": Scene(
        with_a_key,
        as_("bob", lambda desk, _: custodians.change_passphrase(desk, ChangeCustodyPassphrase("root", "bob"), hands("bob"), NEW)),
        ("custody.passphrase-changed",),
    ),
    "a foreign CA is taken in": Scene(issuing, as_("alice", taken_in), ("trust.added",)),
    "a foreign CA is pinned": Scene(pinned_by_one, as_("bob", heard), ("trust.compared",)),
    "a record": Scene(room, as_("alice", recorded), ("record.added",)),
    "a backup": Scene(
        with_a_link,
        as_("bob", lambda desk, folder: perform(desk, backups.MAKE, MakeBackup(folder / "copy"))),
        ("backup.made",),
    ),
    "a closed backup": Scene(
        with_a_key,
        as_("bob", lambda desk, folder: perform(desk, backups.MAKE, MakeBackup(folder / "copy", "root"))),
        ("backup.made",),
    ),
    "restore": Scene(
        lost,
        lambda folder: restoring.restore(folder / "copy", folder / NAME, "bob", passphrase("bob")),
        ("sign-in.done", "backup.restored"),
    ),
    "the table of lifetimes": Scene(
        asked(issuing, lambda desk: caps.change(
            desk, ChangeCaps("2029-12-31", "2034-12-31", "Guidance of 2026", "2026-10-01", "new dates", "CHG9"))),
        as_("bob", agree),
        ("caps.changed",),
    ),
    "a person's duties": Scene(
        asked(room, lambda desk: membership.change(desk, ChangeDuties("dave", add=(Duty.REVOCATION_OFFICER,)))),
        as_("bob", agree),
        ("operator.duties-changed",),
    ),
    "the mode is switched": Scene(
        asked(room, lambda desk: switching.to_ca(
            desk, SwitchToCa(("ipsec",), "Data centres", ("Example",), "", "a CA at last", "CHG1"))),
        as_("bob", agree),
        ("workspace.switched",),
    ),
    "the ledger's next export": Scene(
        exported_once,
        as_("erin", lambda desk, folder: perform(desk, logs.EXPORT, ExportLog(LogFormat.JSONL, folder / "next"))),
        ("audit.exported",),
    ),
    "a link's folders": Scene(
        with_a_link,
        as_("alice", lambda desk, folder: perform(desk, exports.EXPORT, ExportLinks(("lon-man",), folder / "out"))),
        ("link.exported",),
    ),
}  # fmt: skip


def act(name: str, folder: Path) -> None:
    SCENES[name].act(folder)


def names(folder: Path) -> list[str]:
    """Everything that lies there, but for SQLite's own journal, which it plays back or uses again."""
    found = (each.relative_to(folder).as_posix() for each in folder.rglob("*"))
    return sorted(each for each in found if each != f"{NAME}-journal")


def actions(folder: Path) -> list[str]:
    """The ledger, after the file was opened and everything in it was verified; none where there is no workspace."""
    if not (folder / NAME).exists():
        return []
    desk = open_desk(folder / NAME, cost=CHEAP)
    try:
        assert audit.inspect(desk).faults == ()
        return [row.action for row in reversed(ledger.recent(desk.file.read, 1000))]
    finally:
        desk.close()


@pytest.mark.parametrize("name", SCENES)
def test_killed_at_every_commit_point(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "start", KeyHere)
    scene, before, whole = SCENES[name], tmp_path / "before", tmp_path / "whole"
    before.mkdir()
    made = scene.before(before)
    if made is not None:
        made.desk.close()
    (before / "tmp").mkdir()
    shutil.copytree(before, whole)
    points, refused = run(partial(act, name), whole)
    assert refused == ""
    known, end = actions(before), actions(whole)
    states = [known, *(known + list(scene.rows[:count]) for count in range(1, len(scene.rows))), end]
    assert end[len(known) :][-len(scene.rows) :] == list(scene.rows)
    seen = set()
    for number, point in enumerate(points, 1):
        place, here = tmp_path / f"{number}", f"{name}, killed at {number}: {point}"
        shutil.copytree(before, place)
        assert run(partial(act, name), place, number)[1] == "killed", here
        state = states.index(actions(place))
        seen.add(state)
        if state == 0:
            assert names(place) == names(before) or not (place / NAME).exists(), here
            assert run(partial(act, name), place)[1] == "", here
            assert actions(place) == end, here
        elif state < len(scene.rows):
            assert run(partial(act, name), place)[1] in scene.says, here
        assert names(place) == names(whole), here
        shutil.rmtree(place)
    assert {0, len(states) - 1} <= seen
