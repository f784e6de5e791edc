"""After lock and session, no secret is in the memory of any of our processes; the planted control is found.

Linux: /proc/PID/mem, read as root or as the parent of a process that may be dumped.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateNumbers

from core.crypto import custody as crypto
from core.crypto import issuance
from core.crypto.envelope import open_envelope
from core.crypto.wraps import unwrap
from core.model.workspace import PolicyName
from core.services import keeping, opening, people
from core.store import people as stored
from tests.cli.terminal import PROGRAM, secrets_of, write_private
from tests.custody.printers import on_paper, queue
from tests.custody.scan import Found, of_key, of_text, scan
from tests.custody.vaults import held, root_room, session
from tests.desks import Room, make_room, passphrase

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="platform: /proc is Linux's"),
    pytest.mark.skipif(hasattr(os, "getuid") and os.getuid() != 0, reason="platform: /proc/PID/mem is root's here"),
]


def coded(name: str) -> str:
    """A passphrase as the driver takes it."""
    return f"{name}={bytes(each ^ 0x2A for each in passphrase(name).encode()).hex()}"


@contextmanager
def window(room: Room, *names: str, plant: bool = False) -> Iterator[int]:
    """The window after sign-in, a session where there is a key, and lock: its process id."""
    driver = Path(__file__).with_name("window_driver.py")
    command = [sys.executable, str(driver), str(room.path), "yes" if plant else "no", *map(coded, names)]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "QT_QPA_PLATFORM": "offscreen"}
    for name in ("PYTHONMALLOC", "GLIBC_TUNABLES"):
        env.pop(name, None)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=env, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            line = process.stdout.readline()
            assert line == "ready\n", (process.wait(), process.stderr.read())
            yield process.pid
        finally:
            process.kill()


def _coded(text: str) -> str:
    return bytes(each ^ 0x2A for each in text.encode()).hex()


@contextmanager
def wizard(room: Room, what: str, tray: Path | None = None, *, plant: bool = False) -> Iterator[tuple[int, str]]:
    """The window after a wizard was gone through and closed, alice still signed in: its process id, and the words."""
    driver = Path(__file__).with_name("secret_driver.py")
    line = [sys.executable, str(driver), str(room.path), what, "yes" if plant else "no", coded("alice")]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "QT_QPA_PLATFORM": "offscreen"}
    for name in ("PYTHONMALLOC", "GLIBC_TUNABLES"):
        env.pop(name, None)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(line, env=env, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            said = process.stdout.readline().strip()
            assert said, process.stderr.read()
            if tray is not None:
                words = on_paper(tray)
                process.stdin.write(_coded(words) + "\n")
                process.stdin.flush()
            else:
                words = bytes(each ^ 0x2A for each in bytes.fromhex(said)).decode()
            ready = process.stdout.readline()
            assert ready == "ready\n", process.stderr.read()
            yield process.pid, words
        finally:
            process.kill()


def secrets(room: Room, *names: str) -> dict[str, bytes]:
    """Everything that must not be found, by name."""
    found: dict[str, bytes] = {}
    for name in names:
        found |= of_text(f"passphrase of {name}", passphrase(name))
        found |= of_text(f"wrong passphrase of {name}", passphrase(name)[::-1])
        sealed = stored.envelope(room.desk.file.read, name)
        key = open_envelope(sealed, passphrase(name), bind=people.bound(room.desk.workspace.id, name))
        found |= of_key(f"sign-in key of {name}", key)
    for each in opening.keys(room.desk):
        bound = opening.bound(room.desk, each)
        opened = crypto.custody_keys(each.sealed, {name: passphrase(name) for name in names}, bound)
        for name, key in opened.items():
            found |= of_key(f"custody key of {name}", key)
        found |= of_key("KEK", unwrap(each.sealed.wraps, opened, bound))
        secret = crypto.take_out(each.sealed, opened, bound)
        scalar = issuance.load_private(secret).private_numbers()
        assert isinstance(scalar, EllipticCurvePrivateNumbers)
        found |= of_key("CA key", scalar.private_value.to_bytes(48, "big")) | {"PKCS#8": secret}
    return found


@contextmanager
def command(*words: str | Path) -> Iterator[int]:
    """A command line that has done its work and was kept from ending: its process id."""
    driver = Path(__file__).with_name("command_driver.py")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    line = [sys.executable, str(driver), *map(str, words)]
    with subprocess.Popen(line, env=env, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            said = iter(process.stdout.readline, "")
            assert "ready\n" in said, process.stderr.read()
            yield process.pid
        finally:
            process.kill()


def told(found: list[Found]) -> set[str]:
    return {f"{each.what} in {each.where}" for each in found}


def test_links_mode_after_lock(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    with window(room, "alice") as pid:
        assert told(scan(pid, secrets(room, "alice"))) == set()
    room.desk.close()


def test_the_scan_finds_what_is_planted(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    with window(room, "alice", plant=True) as pid:
        names = {each.what for each in scan(pid, secrets(room, "alice"))}
    assert {
        "passphrase of alice, whole, utf-8",
        "passphrase of alice, whole, utf-16-le",
        "sign-in key of alice, raw",
    } <= names
    room.desk.close()


def test_a_root_after_its_session_and_lock(tmp_path: Path) -> None:
    room = root_room(tmp_path)
    held(room)
    with window(room, "alice", "bob") as pid:
        assert told(scan(pid, secrets(room, "alice", "bob"))) == set()
    room.desk.close()


def of_words(words: str) -> dict[str, bytes]:
    """The words whole and in halves, and as they stand in lines of four and five, in every coding."""
    spoken, found = words.split(), of_text("words", words)
    for size in (4, 5):
        for at in range(0, len(spoken) - size + 1, size):  # a word alone is in the list
            line = "  ".join(spoken[at : at + size])
            found |= {f"line {at // size} of {size}, {code}": line.encode(code) for code in ("utf-8", "utf-16-le")}
    return found


@pytest.mark.real
@pytest.mark.parametrize("plant", [False, True], ids=["closed", "planted"])
def test_a_recovery_sheet_is_gone_with_its_wizard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: bool) -> None:
    """Drawn, printed and typed back from paper: neither its words nor a passphrase stay; the control is found."""
    room = root_room(tmp_path)
    held(room)
    tray = queue(monkeypatch, tmp_path / "printer").tray
    with wizard(room, "sheet", tray, plant=plant) as (pid, words):
        assert len(words.split()) == 16
        found = told(scan(pid, of_words(words) | of_text("passphrase", passphrase("alice"))))
    assert (_planted(found), set() if plant else found) == (plant, set())
    room.desk.close()


@pytest.mark.parametrize("plant", [False, True], ids=["closed", "planted"])
def test_ten_words_are_gone_with_their_wizard(tmp_path: Path, plant: bool) -> None:
    """Made, shown once and typed: they are nowhere when the ceremony is left; the control is found."""
    room = root_room(tmp_path)
    with wizard(room, "words", plant=plant) as (pid, words):
        assert len(words.split()) == 10
        found = told(scan(pid, of_words(words) | of_text("passphrase", passphrase("alice"))))
    assert (_planted(found), set() if plant else found) == (plant, set())
    room.desk.close()


def _planted(found: set[str]) -> bool:
    return all(any(f"words, whole, {code} in" in each for each in found) for code in ("utf-8", "utf-16-le"))


def test_no_dump_and_no_ptrace() -> None:
    """What the kernel says before and after; /proc/PID/mem is root's from then on."""
    code = (
        "import ctypes, resource; from core.vault.memory import harden; "
        "dumpable = lambda: ctypes.CDLL(None).prctl(3, 0, 0, 0, 0); print(dumpable()); harden(); "
        "print(dumpable(), resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["1", "0 (0, 0)"]


def test_the_signing_process_and_the_window_write_no_core(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    child = keeping.start()
    with window(room, "alice") as pid:
        for each in (pid, child.pid):
            limits = Path(f"/proc/{each}/limits").read_text()
            assert re.search(r"Max core file size +0 +0 ", limits)
    child.close()
    room.desk.close()


def test_the_scan_finds_a_key_where_it_is(tmp_path: Path) -> None:
    """The control for keys: while the session lasts, its process holds the private scalar as OpenSSL keeps it."""
    room = root_room(tmp_path)
    held(room)
    needles = {name: value for name, value in secrets(room, "alice", "bob").items() if name.startswith("CA key")}
    open_ = session(room, crl=1)
    assert "CA key, swapped" in {each.what for each in scan(open_.pid, needles)}
    open_.end()
    room.desk.close()


def test_a_command_line_never_held_the_key(tmp_path: Path) -> None:
    """Kept from ending after a drill, when a child still had the key: no CA key, KEK or custody key was ever in it.

    Passphrases were, as they have to be typed somewhere; they go with the process, which a command ends.
    """
    room = root_room(tmp_path, PolicyName.REHEARSAL)
    held(room)
    file = write_private(tmp_path / "secrets.toml", secrets_of("alice", "bob"))
    who = ("--as", "alice", "--secrets", file, "--network-ok")
    keys = {
        name: value
        for name, value in secrets(room, "alice", "bob").items()
        if "passphrase" not in name and "sign-in" not in name
    }
    with command("custody", "drill", room.path, "root", "--custodian", "alice", "--custodian", "bob", *who) as pid:
        assert told(scan(pid, keys)) == set()
        assert told(scan(pid, of_text("passphrase", passphrase("bob")))) != set()
        assert _children(pid) == []
    room.desk.close()


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_a_command_leaves_no_process(tmp_path: Path) -> None:
    """What is typed and what is opened ends with the command: nothing of its session group is left."""
    room = root_room(tmp_path, PolicyName.REHEARSAL)
    held(room)
    file = write_private(tmp_path / "secrets.toml", secrets_of("alice", "bob"))
    words = ["custody", "drill", room.path, "root", "--custodian", "alice", "--custodian", "bob"]
    line = [PROGRAM, *words, "--as", "alice", "--secrets", file, "--network-ok"]
    with subprocess.Popen([*map(str, line)], start_new_session=True, stdout=subprocess.DEVNULL) as process:
        assert process.wait(timeout=60) == 0
    left = [each for each in Path("/proc").glob("[0-9]*/stat") if _session(each) == process.pid]
    assert left == []
    room.desk.close()


def _session(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[3])
    except (OSError, ValueError):
        return 0


_FREED = """
import ctypes
from core.vault import memory
memory.start_again()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
def of_c(size):
    at = libc.malloc(size)
    ctypes.memset(at, 65, size)
    libc.free(at)
    return ctypes.string_at(at, size).count(b"A")
def of_python(size):
    made = bytes([66]) * size
    at = id(made) + bytes.__basicsize__ - 1
    assert ctypes.string_at(at, size) == made
    del made
    return ctypes.string_at(at, size).count(b"B")
def left():
    return max(map(of_c, (40, 100, 400))), max(map(of_python, (100, 400)))
before = left()
grown = [bytes(1) * 100 for _ in range(1000)]
memory.overwrite()
print(before, left())
kept = [each + each for each in grown]
del grown  # of pymalloc's, freed by the other
print(len({*kept}), len(bytearray(50) * 10))
"""


def test_what_is_freed_is_overwritten_from_then_on() -> None:
    """Blocks of C's and of Python's; glibc leaves the last 8 bytes of each."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONMALLOC", "GLIBC_TUNABLES")}
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", _FREED], env={**env, "PYTHONPATH": root}, capture_output=True, text=True, check=True
    )
    (of_c, of_python), (c_after, python_after) = _pairs(done.stdout.splitlines()[0])
    assert (of_c > 300, of_python == 400) == (True, True), "the control: nothing is overwritten before"
    assert max(c_after, python_after) <= 8
    assert done.stdout.splitlines()[1] == "1 500"


def _pairs(line: str) -> tuple[tuple[int, int], tuple[int, int]]:
    one, two, three, four = map(int, re.findall(r"[0-9]+", line))
    return (one, two), (three, four)
