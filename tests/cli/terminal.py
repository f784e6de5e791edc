"""The command line as tests use it: in this process at little cost, or as a person's own process."""

import io
import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from core.cli.main import main
from core.crypto.envelope import Cost
from core.crypto.sample import sample_key
from tests.desks import CHEAP, passphrase
from tests.house.sources import ROOT
from tests.real import need

PROGRAM = ROOT / ".venv" / "bin" / "anchorhold"
PEOPLE = """\
[workspace]
organisation = "Example Networks"
community = "Data centre links"
technologies = ["ipsec"]
responsible = "alice"
deputy = "bob"

[[operator]]
name = "alice"
full_name = "Alice Ng"
duties = ["security-officer", "registration-officer"]

[[operator]]
name = "bob"
full_name = "Bob Ruiz"
duties = ["system-administrator", "registration-officer"]
"""


@dataclass(frozen=True)
class Run:
    """How one command ended."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        """The one JSON object on stdout; anything beside it fails here."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


def run(*words: str | Path, stdin: bytes = b"", cost: Cost = CHEAP) -> Run:
    """One command in this process."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    source = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", source):
        try:
            code = main([str(word) for word in words], cost=cost)
        except SystemExit as ended:  # --help and --version
            code = int(ended.code or 0)
    return Run(code, *(_text(stream) for stream in (out, err)))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.detach()
    raw.seek(0)
    return raw.read().decode()


def process(*words: str | Path, stdin: bytes = b"", **settings: Any) -> Run:
    """One command as a process of its own, without a terminal to ask on."""
    environment = {**os.environ, **settings.pop("env", {})}
    done = subprocess.run(
        [str(PROGRAM), *(str(word) for word in words)],
        input=stdin,
        capture_output=True,
        env=environment,
        start_new_session=True,
        check=False,
        timeout=60,
        **settings,
    )
    return Run(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


class Typist:
    """A person at a terminal of their own, which the program can ask on."""

    def __init__(self, *words: str | Path, program: str = "") -> None:
        (setsid,) = need("setsid")
        self.terminal, other = os.openpty()
        command = [program, "-c"] if program else [str(PROGRAM)]
        self._process = subprocess.Popen(
            [setsid, "--ctty", "--wait", *command, *map(str, words)], stdin=other, stdout=other, stderr=other
        )
        os.close(other)
        self.seen = b""

    def until(self, text: bytes) -> None:
        while text not in self.seen:
            self.seen += os.read(self.terminal, 1000)

    def types(self, text: str) -> None:
        os.write(self.terminal, text.encode())

    def ends(self) -> int:
        """The exit code; what was still to be read is in `seen`."""
        with suppress(OSError):  # EIO: the other side of the terminal is closed
            while chunk := os.read(self.terminal, 1000):
                self.seen += chunk
        os.close(self.terminal)
        return self._process.wait(timeout=30)


def write_private(path: Path, text: str) -> Path:
    """A file of mode 0600."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def secrets_of(*names: str) -> str:
    return "[passphrases]\n" + "".join(f'{name} = "{passphrase(name)}"\n' for name in names)


@dataclass
class World:
    """A workspace in a folder, its people's passphrases in a file, and the devices' keys."""

    folder: Path
    keys: dict[str, bytes] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.folder / "dc.anchorhold"

    def who(self, name: str) -> tuple[str | Path, ...]:
        return ("--as", name, "--secrets", self.folder / "secrets.toml")

    def do(self, noun: str, verb: str, *words: str | Path, who: str = "alice", stdin: bytes = b"") -> Run:
        """A command that has to succeed."""
        done = run(noun, verb, self.path, *words, *self.who(who), stdin=stdin)
        assert done.code == 0, done.err
        return done

    def key(self, device: str) -> Path:
        """A fresh key in a file."""
        self.keys[device] = sample_key()
        path = self.folder / f"{device}.pem"
        path.write_bytes(self.keys[device])
        return path

    def heard(self, device: str) -> str:
        """What the far end reads from its own machine."""
        lines = self.keys[device].decode().splitlines()
        return sha256(b64decode("".join(lines[1:-1]))).hexdigest()

    def device(self, name: str, number: int) -> None:
        self.do(
            "device", "add", name, "--platform", "strongswan", "--identity", f"{name}.example.net",
            "--address", f"192.0.2.{number}", "--network", f"10.77.{number}.0/24", "--phone", "+44 161 496 0000",
            "--phone-from", "contract",
        )  # fmt: skip

    def approve(self, name: str) -> None:
        """Receive a fresh key and compare it twice."""
        self.do("key", "receive", name, self.key(name), "--channel", "email")
        for who, channel in (("alice", "call-back"), ("bob", "sheet")):
            words = ("--heard", self.heard(name), "--channel", channel, "--reader", f"Carol {who}", "--ticket", "CHG1")
            self.do("key", "compare", name, *words, who=who)

    def copy(self, folder: Path) -> "World":
        """The same in another folder, to be changed there."""
        for path in self.folder.iterdir():
            if path.is_file():
                shutil.copy2(path, folder / path.name)
        return World(folder, dict(self.keys))


def make_world(folder: Path, *, policy: str = "rehearsal", fill: Callable[[World], None] | None = None) -> World:
    """A new workspace of two people; `fill` works in it."""
    world = World(folder)
    (folder / "people.toml").write_text(PEOPLE, encoding="utf-8")
    write_private(folder / "secrets.toml", secrets_of("alice", "bob"))
    words = ("--name", "Data centre links", "--people", folder / "people.toml", "--policy", policy)
    done = run("new", "links", world.path, *words, *world.who("alice"))
    assert done.code == 0, done.err
    if fill is not None:
        fill(world)
    return world


def filled(world: World) -> None:
    """lon and man approved and linked; par without a key and linked; lee received; cor alone."""
    for number, name in enumerate(("lon", "man", "par", "lee", "cor"), start=1):
        world.device(name, number)
    for name in ("lon", "man"):
        world.approve(name)
    world.do("key", "receive", "lee", world.key("lee"), "--channel", "usb")
    for other in ("man", "par"):
        world.do("link", "add", f"lon-{other}", "lon", other, "--technology", "ipsec", "--ticket", "CHG1")
