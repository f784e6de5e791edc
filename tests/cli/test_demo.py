"""The sample: a link in every state, everything marked, its next steps as printed, nothing left when it is stopped."""

import json
import os
import signal
import stat
import subprocess
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from core.errors.base import Cancelled
from core.errors.workspace import AlreadyThere
from core.services import ceremony, hierarchy
from core.services.demo import make_demo
from core.services.desk import Progress, open_desk
from core.services.hierarchy import CrlState
from core.services.proposals import needs, waiting
from core.services.views import Health
from core.words.proposals import sentence
from tests.cli.terminal import PROGRAM, Run, run
from tests.desks import CHEAP


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    folder = tmp_path_factory.mktemp("sample") / "de mo"
    return folder, run("demo", folder)


def test_a_link_in_every_state(made: tuple[Path, Run]) -> None:
    folder, done = made
    assert (done.code, done.err) == (0, "")
    links = run("link", "list", folder / "links.anchorhold", "--json").answer["links"]
    there = Counter(link["health"] for link in links)
    assert set(there) == {health.value for health in Health} - {"retired"}
    assert {link["technology"] for link in links} == {"ipsec", "openvpn", "tls", "wireguard"}
    whole = [link for link in links if link["health"] == "verified" and link["installed"] == 2 and link["exported"]]
    assert len(whole) >= 2
    pins = run("link", "matrix", folder / "links.anchorhold", "--json").answer["pins"]
    assert {pin["standing"] for pin in pins} >= {"missing", "exported", "confirmed", "stale"}


def test_its_ledgers_hold(made: tuple[Path, Run]) -> None:
    for name in ("links", "root", "issuing"):
        done = run("audit", "verify", made[0] / f"{name}.anchorhold", "--json")
        assert (done.code, done.answer["ok"]) == (0, True)
    info = run("info", made[0] / "links.anchorhold", "--json").answer
    assert (info["policy"], info["people"]) == ("rehearsal", ["alice", "bob", "carol", "dave", "erin"])


def test_a_local_ca_stands_beside_it(made: tuple[Path, Run]) -> None:
    """Every state of a certificate that a list shows, a request for each of two people, and a CRL that is due soon."""
    folder = made[0]
    issuing = folder / "issuing.anchorhold"
    listed = run("cert", "list", issuing, "--json").answer["certificates"]
    assert Counter(each["standing"] for each in listed) == {"valid": 3, "expiring": 1, "expired": 1, "revoked": 1}
    told = run("ca", "list", issuing, "--json").answer["authorities"]
    assert [(each["layer"], each["standing"]) for each in told] == [("root", "pinned"), ("sub", "active")]
    assert all("REHEARSAL" in each["subject"] for each in told)
    desk = open_desk(issuing, read_only=True, cost=CHEAP)
    try:
        seen = hierarchy.read(desk, [(each, needs(desk, each)) for each in waiting(desk)])
        assert [row.approved for row in seen.requests] == [False, True]
        assert [(row.authority.name, row.crl_state) for row in seen.due] == [("ipsec-g1", CrlState.SOON)]
        assert seen.reviews == ()
    finally:
        desk.close()
    root = open_desk(folder / "root.anchorhold", read_only=True, cost=CHEAP)
    try:
        record = ceremony.record(root)
        assert record.closed is not None
        copies = {"root-safe.anchorhold", "root-bank.anchorhold"}
        manifests = {f"{name}.manifest.json" for name in copies}
        assert {path.name for path in (folder / "backups").iterdir()} == copies | manifests
        assert {sha256((folder / "backups" / name).read_bytes()).hexdigest() for name in copies} == set(
            record.closed.copies
        )
    finally:
        root.close()


def test_everything_is_marked(made: tuple[Path, Run]) -> None:
    folder = made[0]
    pages = list(folder.glob("exports/*/*/*.txt"))
    assert len(pages) > 50
    assert [path for path in pages if "REHEARSAL" not in path.read_text()] == []
    cards = list(folder.glob("exports/*/*/card/peer-card.json"))
    assert cards
    assert all(json.loads(path.read_bytes())["rehearsal"] for path in cards)
    assert "SAMPLE" in (folder / "secrets.toml").read_text()
    assert stat.S_IMODE((folder / "secrets.toml").stat().st_mode) == 0o600


def test_the_next_steps_walk_as_printed(made: tuple[Path, Run], tmp_path: Path) -> None:
    """Each line that can be typed without a window, by a shell, in the order in which it stands."""
    folder = tmp_path / "my demo"
    printed = subprocess.run(
        [PROGRAM, "demo", folder.name], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    typed = [line.strip() for line in printed.splitlines() if line.startswith("  anchorhold ")]
    window, *others = typed
    assert window == "anchorhold 'my demo/links.anchorhold'"
    path = f"{Path(PROGRAM).parent}{os.pathsep}{os.environ['PATH']}"
    for line in others:
        done = subprocess.run(
            ["bash", "-c", line], cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, check=False
        )
        assert done.returncode == 0, (line, done.stderr)
    assert (tmp_path / "folders" / "edge-edi1" / "README.txt").is_file()
    assert folder.is_dir()


@pytest.mark.parametrize("at", [3, 11])  # in the year of links, and in the week of the CA
def test_stopped_halfway_nothing_is_left(tmp_path: Path, at: int) -> None:
    progress = Progress(lambda done, _: progress.cancel() if done >= at else None)
    with pytest.raises(Cancelled):
        make_demo(tmp_path / "new", say=sentence, cost=CHEAP, progress=progress)
    assert not (tmp_path / "new").exists()
    (tmp_path / "there").mkdir()
    again = Progress(lambda done, _: again.cancel())
    with pytest.raises(Cancelled):
        make_demo(tmp_path / "there", cost=CHEAP, progress=again)
    assert list((tmp_path / "there").iterdir()) == []


@pytest.mark.parametrize("kind", ["full", "file"])
def test_a_folder_that_is_in_use(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "mine"
    if kind == "file":
        folder.write_text("mine")
    else:
        folder.mkdir()
        (folder / "thesis.txt").write_text("mine")
    with pytest.raises(AlreadyThere):
        make_demo(folder, cost=CHEAP)
    assert (folder if kind == "file" else folder / "thesis.txt").read_text() == "mine"


def test_at_another_time(tmp_path: Path) -> None:
    done = run("demo", tmp_path / "demo", "--now", "2031-06-01T12:00:00Z")
    assert done.code == 0
    links = run("link", "list", tmp_path / "demo" / "links.anchorhold", "--json", "--now", "2031-06-01T12:00:00Z")
    assert "check again" in {link["health"] for link in links.answer["links"]}
    rolling = next(link for link in links.answer["links"] if link["health"] == "rolling over")
    assert rolling["exported"] == "2031-05-23"
    assert not (tmp_path / "demo" / "root.anchorhold").exists()  # the guidance's last day for roots has passed


def test_interrupted_nothing_is_left(tmp_path: Path) -> None:
    """Ctrl+C while people are entered, which is the slow part."""
    folder = tmp_path / "demo"
    started = subprocess.Popen(
        [str(PROGRAM), "demo", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 30
    while not (folder / "secrets.toml").exists():
        assert time.monotonic() < deadline
        time.sleep(0.005)
    started.send_signal(signal.SIGINT)
    said = started.communicate(timeout=30)[1]
    assert started.returncode == 130, said
    assert said.count(b"\n") == 1
    assert not folder.exists()
