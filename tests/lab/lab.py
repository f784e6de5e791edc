"""Two gateways on one machine: network namespaces joined by a veth pair, with real programs in them.

Every exported file lies unchanged where its platform looks for it: the folder stands in for /etc/PLATFORM in the mount
namespace that `ip netns exec` makes. Processes are ended by their own number, on failures too.
"""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 30.0  # seconds for anything to come up


def run(*command: str, given: bytes = b"", timeout: float = 30) -> str:
    done = subprocess.run(command, input=given, capture_output=True, timeout=timeout)
    assert done.returncode == 0, f"{command}: {done.stdout.decode()}{done.stderr.decode()}"
    return done.stdout.decode()


def until(what: str, ask: object, patience: float = PATIENCE) -> None:
    """Wait until `ask()` is true."""
    assert callable(ask)
    end = time.monotonic() + patience
    while not ask():
        assert time.monotonic() < end, f"waited {patience} s for: {what}"
        time.sleep(0.02)


@dataclass
class Gateway:
    """A namespace with an address on the wire, an address inside, and a folder that stands in for /etc."""

    namespace: str
    root: Path
    address: str
    inside: str
    stack: ExitStack
    logs: list[Path] = field(default_factory=list)

    def install(self, files: dict[str, bytes]) -> None:
        """Write `install/…` of an exported folder, byte for byte, under the gateway's own etc."""
        for path, content in files.items():
            if path.startswith("install/"):
                self.put(path.removeprefix("install/"), content)

    def put(self, path: str, content: bytes, mode: int = 0o600) -> Path:
        target = self.root / "etc" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        target.chmod(mode)
        return target

    def command(self, *command: str) -> list[str]:
        """The command in the namespace, its configuration folders in the place of the machine's."""
        folders = [f"etc/{each.name}" for each in (self.root / "etc").iterdir() if each.is_dir()]
        folders += [f"run/{each.name}" for each in (self.root / "run").iterdir()]
        binds = [f"mkdir -p /{name} && mount --bind {self.root}/{name} /{name} && " for name in folders]
        return ["ip", "netns", "exec", self.namespace, "sh", "-c", f'{"".join(binds)}exec "$@"', "sh", *command]

    def has(self, *addresses: str) -> None:
        """Give the gateway addresses inside its protected networks."""
        for address in addresses:
            run("ip", "-n", self.namespace, "address", "add", address, "dev", "lo")

    def run(self, *command: str, given: bytes = b"", timeout: float = 30) -> str:
        return run(*self.command(*command), given=given, timeout=timeout)

    def attempt(self, *command: str, timeout: float = 30) -> tuple[int, str]:
        """Exit code and everything printed."""
        done = subprocess.run(self.command(*command), capture_output=True, timeout=timeout)
        return done.returncode, (done.stdout + done.stderr).decode()

    def start(self, *command: str, environment: dict[str, str] | None = None) -> "Running":
        """Start a program in the foreground; it ends with the lab."""
        log = self.root / f"log-{len(self.logs)}"
        self.logs.append(log)
        with log.open("wb") as out:
            process = subprocess.Popen(
                self.command(*command),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
            )
        running = Running(process, log)
        self.stack.callback(running.end)
        return running

    def pings(self, target: str) -> bool:
        return self.attempt("ping", "-c1", "-W1", "-I", self.inside, target)[0] == 0


@dataclass
class Running:
    """One started program and what it has said."""

    process: "subprocess.Popen[bytes]"
    log: Path

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def says(self, *texts: str) -> None:
        """Wait until every text stands in the log."""
        try:
            until(f"the log line {texts}", lambda: all(text in self.said() for text in texts))
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.said()[-4000:]}") from None

    def end(self) -> None:
        """End the program and the children of its own session."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=3)
                return


_made = 0


@contextlib.contextmanager
def lab() -> Iterator[tuple[Gateway, Gateway]]:
    """Left is 192.0.2.1 with 10.77.1.1 inside, right is 192.0.2.2 with 10.77.2.1 inside."""
    global _made  # names must differ between the labs of one process
    _made += 1
    names = [f"ah{os.getpid()}-{_made}{side}" for side in "lr"]
    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="ah-lab-", ignore_cleanup_errors=True) as folder:
        for name in names:
            run("ip", "netns", "add", name)
            stack.callback(run, "ip", "netns", "del", name)
        wire = ["ip", "link", "add", "wire", "netns", names[0], "type", "veth", "peer", "name", "wire"]
        run(*wire, "netns", names[1])
        gateways = []
        for number, name in enumerate(names, start=1):
            root = Path(folder) / "lr"[number - 1]
            (root / "etc").mkdir(parents=True)
            (root / "run/wireguard").mkdir(parents=True)  # its sockets are named by interface alone
            gateway = Gateway(name, root, f"192.0.2.{number}", f"10.77.{number}.1", stack)
            for line in (
                f"address add {gateway.address}/24 dev wire",
                "link set wire up",
                "link set lo up",
                f"address add {gateway.inside}/32 dev lo",
            ):
                run("ip", "-n", name, *line.split())
            gateways.append(gateway)
        yield gateways[0], gateways[1]
        stack.close()  # programs end before their folder goes
