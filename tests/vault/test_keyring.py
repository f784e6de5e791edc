"""The real gnome-keyring on a bus of its own, and a session that has none."""

import json
from pathlib import Path

import pytest

from core.errors.vault import HeadHere, KeyringAbsent
from core.model.proposals import Propose
from core.services import accepting, heads, proposals
from core.services.desk import open_desk
from core.store import audit
from core.vault.ring import open_ring
from tests.desks import CHEAP, make_room, passphrase
from tests.services.refusing import refused, says
from tests.vault.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path / "home")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    room = make_room(tmp_path)
    room.desk.close()
    return room.path


@pytest.mark.real
def test_an_older_copy_put_back_is_noticed(session: Session, workspace: Path) -> None:
    copy = workspace.with_name("copy")
    told = session.run(
        f"anchorhold info {workspace}",
        f"cp {workspace} {copy}",
        session.device(workspace, "one"),
        f"anchorhold info {workspace}",
        f"cp {copy} {workspace}",
        f"anchorhold info {workspace}",
        session.device(workspace, "two"),
        f"anchorhold info {workspace}",
    )
    assert "KRG-06" in told[0]
    assert told[3] == ""
    assert "has 2 entries, and you have seen 3 of them" in told[5]
    assert "KRG-03" in told[7]  # three rows again, but not the ones that were seen
    assert session.codes() == [0] * 8  # a warning refuses nothing


@pytest.mark.real
def test_a_restored_copy_is_accepted_by_two_on_the_record(session: Session, workspace: Path) -> None:
    """One person alone does not make the keyring go back; the second one's agreement names the head that is given up."""
    copy = workspace.with_name("copy")
    alice, bob = (f"--as {name} --secrets {session.secrets}" for name in ("alice", "bob"))
    accept = f"anchorhold keyring accept {workspace} --reason 'the disk died, backup of Monday' {alice}"
    pick = "import json, sys; print(json.load(sys.stdin)['proposals'][0]['proposal'])"
    listed = f'anchorhold proposal list {workspace} --json | python -c "{pick}"'
    told = session.run(
        f"cp {workspace} {copy}",
        session.device(workspace, "one"),
        f"cp {copy} {workspace}",
        accept,
        f"anchorhold info {workspace}",
        f"anchorhold approve {workspace} $({listed}) {bob}",
        accept,
        f"anchorhold info {workspace}",
        f"anchorhold audit verify {workspace}",
        f"anchorhold audit read {workspace} {alice}",
    )
    assert session.codes() == [0] * 10
    assert "KRG-02" in told[3]
    assert "KRG-03" in told[4]  # one alone asked, and the keyring still goes by what it saw
    assert told[7:] == ["", "", ""]
    out = (session.home / "out").read_text()
    assert "waits for a second person: This file takes the place of the one whose entry 3" in out
    assert "accepted this file in place of the one their keyring knew" in out
    assert "agreed to go by this file, although a newer or other one was seen" in out


@pytest.mark.real
def test_restore_says_that_it_goes_back_and_asks_for_the_second_person(session: Session, workspace: Path) -> None:
    copy, back = workspace.with_name("copy"), workspace.with_name("back.anchorhold")
    alice = f"--as alice --secrets {session.secrets}"
    told = session.run(
        f"anchorhold backup make {workspace} {copy} {alice}",
        session.device(workspace, "one"),
        f"anchorhold restore {copy} {back} {alice}",
        f"anchorhold proposal list {back}",
        f"anchorhold audit verify {back}",
    )
    assert session.codes() == [0] * 5
    assert "KRG-0" in told[2]
    out = (session.home / "out").read_text()
    assert "It lies behind what was seen: proposal" in out
    assert "This file takes the place of the one whose entry" in out


def test_a_head_that_is_in_the_file_is_not_given_up(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    number, leaf, time = audit.newest(room.desk.file.read)
    facts = {"seen": str(number), "leaf": leaf.hex(), "time": time}
    act = lambda: proposals.propose(room.sit("alice"), accepting.AGREE, Propose(facts, "why not"))  # noqa: E731
    says(refused(room, act, HeadHere), "not behind", "Nothing was changed")
    room.desk.close()


@pytest.mark.real
def test_the_window_says_so_too(session: Session, workspace: Path) -> None:
    copy = workspace.with_name("copy")
    sign_in = f"python -m tests.vault.window {workspace} '{passphrase('alice')}'"
    session.run(f"cp {workspace} {copy}", sign_in, f"anchorhold info {workspace}", f"cp {copy} {workspace}", sign_in)
    assert session.codes() == [0] * 5
    told = (session.home / "out").read_text()
    assert told.count("KRG-06") == 1  # only the first time
    assert "has 2 entries, and you have seen 3 of them" in told


@pytest.mark.real
def test_a_missing_file_and_another_workspace_are_noticed(session: Session, workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    other = make_room(folder)
    other.desk.close()
    told = session.run(
        f"anchorhold info {workspace}",
        f"rm {workspace}",
        f"anchorhold info {workspace}",
        f"cp {other.path} {workspace}",
        f"anchorhold info {workspace}",
    )
    assert "KRG-05" in told[2]
    assert "a workspace of 2 entries" in told[2]
    assert "KRG-04" in told[4]


@pytest.mark.real
def test_a_locked_keyring_is_not_asked_to_unlock(session: Session, workspace: Path) -> None:
    session.run(f"anchorhold info {workspace}")
    session.unlocked = False  # the collection exists now, and nobody unlocks it
    told = session.run(f"{session.daemon} --start --components=secrets", f"anchorhold info {workspace}")
    assert told[1] == ""
    (session.home / "probe.py").write_text(
        "from core.vault.ring import open_ring\n"
        "from core.errors.vault import KeyringAbsent\n"
        "try:\n    open_ring().get('head', 'x')\n"
        "except KeyringAbsent as absent:\n    print(absent.why)\n"
    )
    session.run(f"{session.daemon} --start --components=secrets", f"python {session.home}/probe.py")
    assert (session.home / "out").read_text().split()[-1] == "locked"


@pytest.mark.real
def test_only_heads_and_places_are_kept(session: Session, workspace: Path) -> None:
    (session.home / "list.py").write_text(
        "import json, secretstorage\n"
        "bus = secretstorage.dbus_init()\n"
        "items = secretstorage.get_collection_by_alias(bus, 'default').get_all_items()\n"
        "print(json.dumps({item.get_attributes()['username']: item.get_secret().decode() for item in items}))\n"
    )
    session.run(session.device(workspace, "one"), f"python {session.home}/list.py")
    kept = json.loads((session.home / "out").read_text().splitlines()[-1])
    desk = open_desk(workspace, cost=CHEAP)
    assert set(kept) == {f"head:{desk.workspace.id}", f"place:{workspace.resolve()}"}
    assert json.loads(kept[f"head:{desk.workspace.id}"])[0] == 3
    assert kept[f"place:{workspace.resolve()}"] == desk.workspace.id
    desk.close()


def test_without_a_session_there_is_a_sentence_and_nothing_else(workspace: Path) -> None:
    with pytest.raises(KeyringAbsent) as caught:
        open_ring()
    assert caught.value.why == "headless"
    desk = open_desk(workspace, cost=CHEAP)
    assert [type(each) for each in heads.greet(desk)] == [KeyringAbsent]
    heads.remember(desk)
    desk.close()
    assert heads.gone(workspace) is None


def test_a_bus_elsewhere_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """No network socket, even where the environment names one."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "tcp:host=192.0.2.1,port=9")
    with pytest.raises(KeyringAbsent):
        open_ring()
