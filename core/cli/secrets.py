"""Where passphrases come from: the terminal, or a private file. Never arguments, never the environment."""

import getpass
import os
import stat
import sys
import tomllib
from pathlib import Path

from core.errors.cli import NoTerminal, NotTheSame, SecretsNotHere, SecretsNotPrivate

_LARGEST = 64 * 1024


def read_secrets(path: Path) -> dict[str, str]:
    """The passphrases of a regular file of this user with mode 0600."""
    try:
        found = path.stat(follow_symlinks=False)
    except OSError:
        raise SecretsNotPrivate(str(path), "kind") from None
    if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
        raise SecretsNotPrivate(str(path), "kind")
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        raise SecretsNotPrivate(str(path), "owner")
    if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o177:
        raise SecretsNotPrivate(str(path), "mode")
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["passphrases"]
        return {str(name): str(value) for name, value in entries.items()}
    except (ValueError, KeyError, AttributeError):
        raise SecretsNotPrivate(str(path), "toml") from None


class Secrets:
    """Asks for passphrases. `everybody` is true in a rehearsal, where one file may serve for all people."""

    def __init__(self, path: Path | None, acting: str) -> None:
        self._known = read_secrets(path) if path else {}
        self._acting = acting

    def of(self, name: str, *, everybody: bool, new: bool = False) -> str:
        """The passphrase of a person; a new one is asked for twice."""
        if name in self._known:
            if not everybody and name != self._acting:
                raise SecretsNotHere(name)
            return self._known[name]
        if not sys.stdin.isatty():
            raise NoTerminal(name)
        first = getpass.getpass(f"Passphrase of {name}: ")
        if new and getpass.getpass("Once more: ") != first:
            raise NotTheSame
        return first
