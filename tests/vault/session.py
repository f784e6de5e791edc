"""A desktop session of its own for a test: a message bus, and the real gnome-keyring on it.

The keyring belongs to a session, so what runs in it are command lines under dbus-run-session. Its login collection is
fresh, below a HOME of its own, and unlocked with an empty passphrase.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT
from tests.real import need

SECRETS = '[passphrases]\nalice = "alice keeps nine copper kettles"\nbob = "bob keeps nine copper kettles"\n'


class Session:
    """A desktop session's environment with its own HOME; `run` runs commands of the program in it."""

    def __init__(self, home: Path, *, unlocked: bool = True) -> None:
        self.dbus, self.daemon = need("dbus-run-session", "gnome-keyring-daemon")
        self.home = home
        home.mkdir(exist_ok=True)
        self.secrets = home / "secrets.toml"
        self.secrets.write_text(SECRETS)
        self.secrets.chmod(0o600)
        self.unlocked = unlocked

    def run(self, *lines: str) -> list[str]:
        """What each command line wrote on stderr, one after the other in one session."""
        (self.home / "runtime").mkdir(mode=0o700, exist_ok=True)
        script = "set -u\n"
        if self.unlocked:
            script += f"printf '\\n' | {self.daemon} --unlock --components=secrets >/dev/null 2>&1\n"
        for place, line in enumerate(lines):
            script += f"{line} >>{self.home}/out 2>{self.home}/err.{place}\necho $? >>{self.home}/codes\n"
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS", "XDG"))}
        environment |= {
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home / "runtime"),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
            "QT_QPA_PLATFORM": "offscreen",
        }
        subprocess.run([self.dbus, "--", "bash", "-c", script], env=environment, check=True, timeout=120)
        return [(self.home / f"err.{place}").read_text() for place in range(len(lines))]

    def codes(self) -> list[int]:
        """The exit code of every command line so far."""
        return [int(each) for each in (self.home / "codes").read_text().split()]

    def device(self, path: Path, name: str) -> str:
        """A command line that changes the workspace: one row."""
        return f"{self.device_by_keyring(path, name)} --secrets {self.secrets}"

    def device_by_keyring(self, path: Path, name: str) -> str:
        """The same by the sign-in that the keyring keeps."""
        return (
            f"anchorhold device add {path} {name} --platform strongswan --identity {name}.example.net "
            f"--address 192.0.2.1 --as alice </dev/null"
        )
