"""What terminals, pipes, disks and inputs do to a command."""

import os
import subprocess
from pathlib import Path

import pytest

from core.crypto.sample import sample_key
from tests.cli.terminal import PROGRAM, Typist, World, process, run


def test_a_reader_that_has_seen_enough(world: World) -> None:
    """anchorhold link matrix WS | head -1"""
    words = f"'{PROGRAM}' link matrix '{world.path}' | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", words], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "0"


def test_a_closed_pipe(world: World) -> None:
    read, write = os.pipe()
    os.close(read)
    words = [str(PROGRAM), "info", str(world.path), "--json"]
    done = subprocess.run(words, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="platform: no /dev/full")
def test_a_full_disk_behind_stdout_is_told(world: World) -> None:
    with Path("/dev/full").open("wb") as full:
        words = [str(PROGRAM), "link", "retire", str(world.path), "lon-par", "--reason", "x"]
        done = subprocess.run([*words, *map(str, world.who("alice"))], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 4
    assert done.stderr.count(b"\n") == 1
    assert b"was carried out, but its answer could not be written" in done.stderr


def test_without_stdout_at_all(world: World) -> None:
    words = f"'{PROGRAM}' info '{world.path}' >&-"
    done = subprocess.run(["sh", "-c", words], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


CONTACT = "\u0414\u0435\u0436\u0443\u0440\u043d\u044b\u0439 NOC Z\u00fcrich"


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"LC_ALL": "no_such_locale"},
    ],
    ids=lambda environment: " ".join(environment.values()),
)
def test_any_locale(world: World, environment: dict[str, str]) -> None:
    """A terminal that lacks a letter shows its number; the JSON is the same everywhere."""
    world.do("device", "change", "lon", "--contact", CONTACT, "--reason", "x", "--ticket", "CHG2")
    done = process("device", "list", world.path, "--json", env=environment)
    assert (done.code, done.err) == (0, "")
    assert [each["contact"] for each in done.answer["devices"] if each["name"] == "lon"] == [CONTACT]
    listed = process("people", "list", world.path, env=environment)
    assert (listed.code, listed.err) == (0, "")
    refused = process("info", world.folder / "\u0438.anchorhold", env=environment)
    assert refused.code == 1
    assert "Traceback" not in refused.err
    assert "There is no workspace at" in refused.err


@pytest.mark.parametrize("name", ["two words", "Stra\u00dfe \u0416\u4e2d", "-dash", "a'b\"c$d;e", "per%20cent?x=1#y"])
def test_paths_of_all_kinds(original: World, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    world = original.copy(folder)
    world.do("link", "export", "lon-man", "--to", folder / "out put")
    assert (folder / "out put" / "lon" / "README.txt").is_file()
    assert process("info", world.path).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_path_that_is_no_text(original: World, tmp_path: Path) -> None:
    """Linux file names are bytes; one that is not UTF-8 stays a file name."""
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    world = original.copy(folder)
    done = process("link", "export", world.path, "lon-man", "--to", folder / "out", "--json", *world.who("alice"))
    assert (done.code, done.err) == (0, "")
    assert (folder / "out" / "man" / "verify.txt").is_file()
    assert process("audit", "verify", world.path).code == 0


def test_a_relative_path(world: World) -> None:
    done = process("info", "dc.anchorhold", cwd=world.folder)
    assert (done.code, done.err) == (0, "")


def test_stdin(world: World) -> None:
    words = ("key", "receive", world.path, "par", "-", "--channel", "usb", "--json", *world.who("alice"))
    assert run(*words, stdin=sample_key()).answer["source"] == "public key, PEM"
    done = process(*words, stdin=sample_key().replace(b"\n", b"\r\n"))
    assert (done.code, done.answer["device"]) == (0, "par")


@pytest.mark.parametrize("where", ["-", "large.pem"])
def test_two_megabytes(world: World, where: str) -> None:
    """Nothing of it is kept, and no more of it is read than shows that it is too large."""
    large = sample_key() + b"#" * 2_000_000
    (world.folder / "large.pem").write_bytes(large)
    path = where if where == "-" else world.folder / where
    size = world.path.stat().st_size
    done = process("key", "receive", world.path, "par", path, "--channel", "usb", *world.who("alice"), stdin=large)
    assert done.code == 1
    assert "too large to be a key" in done.err
    assert world.path.stat().st_size < size + 50_000


def test_nothing_on_stdin(world: World) -> None:
    words = ("key", "receive", world.path, "par", "-", "--channel", "usb", *world.who("alice"))
    done = run(*words)
    assert (done.code, "empty" in done.err) == (1, True)


def test_the_clock_is_set_in_a_rehearsal_only(world: World, tmp_path: Path) -> None:
    words = ("--now", "2031-01-01T00:00:00Z", "--json")
    world.do("device", "change", "lon", "--site", "Slough", "--reason", "x", "--ticket", "C", *words)
    row = run("audit", "read", world.path, *words[:2], "--json", *world.who("alice")).answer["rows"]
    row = run("audit", "read", world.path, *words, *world.who("alice")).answer["rows"]
    assert any(each["time"].startswith("2031-01-01") for each in row)
    done = run("device", "list", world.path, "--now", "2030-01-01")
    assert done.code == 0
    back = run("link", "retire", world.path, "lon-par", "--reason", "x", "--now", "2029-01-01", *world.who("alice"))
    assert (back.code, "CLK-01" in back.err) == (1, True), back.err
    people = world.folder / "people.toml"
    new = ("new", "links", tmp_path / "x.anchorhold", "--name", "x", "--people", people, "--now", "2031-01-01")
    done = run(*new, *world.who("alice"))
    assert (done.code, "honoured only in a workspace made with --policy rehearsal" in done.err) == (1, True)


@pytest.mark.parametrize("untrusted", ["\x1b[2J\x1b]0;owned\x07", "a\u202eb", "line\nline\rline", "{name}{0}%s"])
def test_nothing_from_outside_reaches_the_terminal_raw(world: World, untrusted: str) -> None:
    done = run("link", "export", world.path, untrusted, "--to", world.folder / "out", *world.who("alice"))
    assert done.code == 1
    assert not set(done.err) & set("\x1b\x07\r\u202e")
    assert done.err.count("\n") == 1


def test_progress_leaves_the_terminal(world: World) -> None:
    """A counter while it runs, and nothing of it before the answer."""
    typist = Typist("link", "export", world.path, "--all", "--to", world.folder / "out", *world.who("alice"))
    assert typist.ends() == 4
    assert b"0 of 2" in typist.seen
    last = typist.seen.replace(b"\r\n", b"\n").rsplit(b"0 of 2", 1)[1]
    answer = last.rsplit(b"\r", 1)[1]
    assert answer.startswith(str(world.folder / "out").encode())
