"""Exit codes, each provoked; an interrupt at any moment leaves nothing half done."""

import json
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from core.crypto.sample import sample_key
from core.model.devices import AddDevice
from core.model.keys import CompareKey, ReceiveKey
from core.model.links import AddLink
from core.services import devices, keys, links, people
from core.services.desk import open_desk
from core.services.perform import perform
from tests.cli.terminal import PROGRAM, Typist, World, process, run
from tests.desks import CHEAP, passphrase


def ledger(world: World) -> list[str]:
    """The actions of every row, oldest first."""
    with sqlite3.connect(world.path) as raw:
        rows = raw.execute("SELECT action FROM ledger ORDER BY number").fetchall()
    raw.close()
    return [row[0] for row in rows]


def test_refused_is_1_and_leaves_one_row(world: World) -> None:
    before = ledger(world)
    done = run("link", "export", world.path, "lon-par", "--to", world.folder / "out", "--json", *world.who("alice"))
    assert (done.code, done.answer["refused"]) == (1, "LNK-05")
    assert done.answer["findings"][0]["clause"] == "SL2"
    assert "par" in done.err
    assert ledger(world) == [*before, "refused"]
    assert not (world.folder / "out").exists()


def test_several_findings_at_once(world: World) -> None:
    words = ("--platform", "teapot", "--identity", "%any", "--address", "10.0.0.0.1", "--phone", "1")
    done = run("device", "add", world.path, "a b", *words, "--json", *world.who("alice"))
    assert done.code == 1
    assert len(done.answer["findings"]) == 5
    assert all(each["sentence"] in done.err for each in done.answer["findings"])


@pytest.mark.parametrize(
    "words",
    [
        ("key", "receive"),
        ("kee",),
        ("key", "compar", "x"),
        ("link", "export", "x.anchorhold", "--to", "out"),
        ("link", "export", "x.anchorhold", "lon-man", "--all", "--to", "out"),
        ("key", "list", "x.anchorhold", "--now", "noon"),
        ("device", "list", "x.anchorhold", "--nonsense"),
        ("info", "x.anchorhold", "--as"),
    ],
)
def test_wrong_usage_is_2(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "--help" in done.err or "2026-11-24T02:17:40Z" in done.err


def test_whole_words_only(world: World) -> None:
    """An abbreviation in a script would change its meaning once the grammar grows."""
    assert run("device", "list", world.path, "--js").code == 2


def test_a_file_that_cannot_be_read_is_2(world: World) -> None:
    done = run("key", "receive", world.path, "par", world.folder / "none.pem", "--channel", "usb", *world.who("alice"))
    assert (done.code, "none.pem" in done.err) == (2, True)


def test_damaged_is_3(world: World) -> None:
    whole = world.path.read_bytes()
    world.path.write_bytes(whole[: len(whole) // 2])
    done = run("info", world.path, "--json")
    assert (done.code, done.answer["refused"]) == (3, "DB-09")


def test_tampered_is_3(world: World) -> None:
    raw = sqlite3.connect(world.path)
    raw.execute("DROP TRIGGER device_facts")
    raw.execute("UPDATE device SET address = '203.0.113.66' WHERE name = 'man'")
    raw.commit()
    raw.close()
    done = run("audit", "verify", world.path, "--json")
    assert (done.code, done.answer["ok"]) == (3, False)


def test_findings_are_4(world: World) -> None:
    done = run("link", "export", world.path, "--all", "--to", world.folder / "out", "--json", *world.who("alice"))
    assert (done.code, [each["link"] for each in done.answer["left_out"]]) == (4, ["lon-par"])
    assert sorted(path.name for path in (world.folder / "out" / "lon-man").iterdir()) == ["lon", "man"]


@pytest.mark.parametrize(("change", "verdict"), [(lambda h: h[::-1], "different"), (lambda h: h[:8], "too-weak")])
def test_a_comparison_that_does_not_match_is_4(world: World, change: object, verdict: str) -> None:
    heard = change(world.heard("lee"))  # type: ignore[operator]
    words = ("--heard", heard, "--channel", "video", "--reader", "Carol", "--ticket", "CHG1")
    done = run("key", "compare", world.path, "lee", *words, "--json", *world.who("alice"))
    assert (done.code, done.answer["verdict"]) == (4, verdict)


def test_a_read_back_that_does_not_pass_is_4(world: World) -> None:
    world.do("link", "export", "lon-man", "--to", world.folder / "out")
    words = (world.path, "lon", "-", "--json", *world.who("alice"))
    done = run("link", "readback", *words, stdin=world.keys["lon"] + sample_key())
    assert (done.code, done.answer["passed"]) == (4, False)
    done = run("link", "readback", *words, stdin=world.keys["lon"] + world.keys["man"])
    assert (done.code, done.answer["passed"]) == (0, True)


def many_links(world: World, count: int) -> None:
    """A hub with that many spokes, all approved."""
    desk = open_desk(world.path, cost=CHEAP)
    bob, alice = (people.authenticate(desk, name, passphrase(name)) for name in ("bob", "alice"))
    for number in range(count):
        name = f"spoke{number}"
        desk.session = alice
        where = (f"198.51.100.{number + 1}", (f"10.88.{number}.0/24",))
        perform(desk, devices.ADD, AddDevice(name, "strongswan", f"{name}.example.net", *where))
        world.keys[name] = sample_key()
        perform(desk, keys.RECEIVE, ReceiveKey(name, world.keys[name], "usb"))
        for who, channel in ((alice, "video"), (bob, "sheet")):
            desk.session = who
            perform(desk, keys.COMPARE, CompareKey(name, world.heard(name), channel, "Carol", "CHG1"))
        perform(desk, links.ADD, AddLink(f"lon-{name}", "lon", name, "ipsec"))
    desk.close()


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_is_130_and_nothing_is_half_done(world: World, which: signal.Signals) -> None:
    """Ctrl+C, or a timer's end, while folders are being written."""
    many_links(world, 60)
    before, out = ledger(world), world.folder / "out"
    words = ("link", "export", world.path, "--all", "--to", out, "--json", *world.who("alice"))
    started = subprocess.Popen(
        [str(PROGRAM), *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 30
    while not any(out.glob(".anchorhold-*/*/*")):
        assert time.monotonic() < deadline
        assert started.poll() is None
        time.sleep(0.002)
    started.send_signal(which)
    told, said = started.communicate(timeout=30)
    assert (started.returncode, json.loads(told)["refused"]) == (130, "RUN-01")
    assert b"before anything was changed" in said
    assert not out.exists()
    assert ledger(world) == before
    assert run("audit", "verify", world.path).code == 0
    assert run(*words[:-1], world.folder / "secrets.toml").code == 4  # lon-par has no key; all others leave


def test_interrupted_at_the_passphrase(world: World) -> None:
    """On a terminal of its own, Ctrl+C where the passphrase is asked for."""
    before = ledger(world)
    typist = Typist("link", "retire", world.path, "lon-par", "--reason", "x", "--as", "alice")
    typist.until(b"Passphrase of alice: ")
    typist.types("\x03")
    assert typist.ends() == 130
    assert ledger(world) == before


def test_help_and_version_are_0() -> None:
    assert run("--version").out.startswith("anchorhold 0.")
    assert "NOUN" in run("--help").out
    assert run("key", "compare", "--help").code == 0


def test_a_process_says_the_same(world: World) -> None:
    """The installed program, not only main()."""
    done = process("info", world.path, "--json")
    assert (done.code, done.answer["links"], done.err) == (0, 2, "")
    assert process("info", world.folder / "none.anchorhold").code == 1
    assert process("nonsense").code == 2


def test_without_qt(world: World) -> None:
    """Qt is not even imported: for ceremonies on machines without its libraries."""
    code = (
        "import sys; sys.argv = ['anchorhold', 'info', sys.argv[1]]\n"
        "from gui.start import main\nassert main() == 0\n"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]"
    )
    python = str(Path(PROGRAM).with_name("python"))
    done = subprocess.run([python, "-c", code, str(world.path)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
