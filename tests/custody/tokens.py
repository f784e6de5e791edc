"""A real PKCS#11 token for tests: SoftHSM in a folder of its own, and what other programs see on it."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.terminal import run, secrets_of, write_private
from tests.desks import Room
from tests.pki.worlds import HOLDERS
from tests.real import need

SO_PIN, PIN = "12345678", "1234"
LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/usr/lib/pkcs11/libsofthsm2.so")


@dataclass
class Token:
    """One initialised token with the set-up's PINs."""

    folder: Path
    label: str
    library: str

    def tool(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """pkcs11-tool on this token."""
        (tool,) = need("pkcs11-tool")
        command = [tool, "--module", self.library, "--token-label", self.label, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    @property
    def serial(self) -> str:
        """The serial number as pkcs11-tool prints it."""
        slots = self.tool("--list-slots").stdout
        found = re.search(rf"token label\s*: {self.label}\n(?:.*\n)*?\s*serial num\s*: (\w+)", slots)
        assert found, slots
        return found.group(1)


def softhsm(monkeypatch: pytest.MonkeyPatch, folder: Path, label: str = "ROOT-A") -> Token:
    """A new token; further ones in the same folder lie beside it."""
    (util,) = need("softhsm2-util")
    library = next((each for each in LIBRARIES if Path(each).is_file()), "")
    assert library, "softhsm2 is installed, its library is not where Debian, Fedora or Arch put it"
    (folder / "tokens").mkdir(parents=True, exist_ok=True)
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
    command = [util, "--init-token", "--free", "--label", label, "--so-pin", SO_PIN, "--pin", PIN]
    subprocess.run(command, check=True, capture_output=True, env=dict(os.environ))
    return Token(folder, label, library)


def request_on(room: Room, token: Token, uri: str, folder: Path) -> None:
    """bob asks for a sub CA `ipsec-g1` whose key is made on the token of that URI, on the command line."""
    secrets = write_private(folder / "secrets.toml", secrets_of(*HOLDERS) + f'"SO-PIN" = "{SO_PIN}"\n')
    three = [word for name in HOLDERS for word in ("--custodian", name)]
    facts = ("--technology", "ipsec", "--subject", "CN=REHEARSAL IPsec CA", "--crl-url", "http://crl.example.net/i.crl")
    where = ("--token", uri, "--module", token.library, "--out", folder / "asked.carry")
    who = ("--as", "bob", "--secrets", secrets, "--json")
    made = run("ca", "request", room.path, "ipsec-g1", *facts, *where, *three, "--quorum", "2", *who)
    assert made.code == 0, made.err
