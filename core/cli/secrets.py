"""Where passphrases come from: the terminal, or a private file. Never arguments, never the environment."""

import getpass
import os
import stat
import sys
import tomllib
import warnings
from enum import Enum
from pathlib import Path

from core.errors.base import Cancelled
from core.errors.cli import FileNotReadable, NoTerminal, NotTheSame, SecretsNotHere, SecretsNotPrivate
from core.model.workspace import Kind

_LARGEST = 64 * 1024


class Whom(Enum):
    """For whom a secrets file may serve."""

    NOBODY = "nobody"
    ACTING = "acting"
    EVERYBODY = "everybody"


def from_file(kind: Kind, *, rehearsal: bool) -> Whom:
    """Everybody in a rehearsal; elsewhere only the person named by --as, and for a root nobody."""
    if rehearsal:
        return Whom.EVERYBODY
    return Whom.NOBODY if kind is Kind.ROOT else Whom.ACTING


def read_secrets(path: Path) -> dict[str, str]:
    """The passphrases of a regular file of this user with mode 0600; judged by what was opened, not by its name."""
    try:
        entries = tomllib.loads(_private(path).decode("utf-8"))["passphrases"]
        if not all(isinstance(value, str) for value in entries.values()):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SecretsNotPrivate(str(path), "toml") from None
    return dict(entries)


def _private(path: Path) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        file = os.fdopen(os.open(path, flags), "rb")
    except FileNotFoundError:
        raise SecretsNotPrivate(str(path), "missing") from None
    except IsADirectoryError:
        raise SecretsNotPrivate(str(path), "kind") from None
    except OSError:
        if path.is_symlink():
            raise SecretsNotPrivate(str(path), "kind") from None
        raise FileNotReadable(str(path)) from None
    with file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise SecretsNotPrivate(str(path), "kind")
        if hasattr(os, "getuid") and found.st_uid != os.getuid():
            raise SecretsNotPrivate(str(path), "owner")
        if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o177:
            raise SecretsNotPrivate(str(path), "mode")
        return file.read(_LARGEST)


def _has_terminal() -> bool:
    """Whether there is somebody to ask: getpass asks on /dev/tty, so stdin may carry a file meanwhile."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | getattr(os, "O_NOCTTY", 0)))
    except OSError:
        return sys.stdin is not None and sys.stdin.isatty()
    return True


def _asked(prompt: str, name: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)  # it would echo what is typed
        try:
            return getpass.getpass(prompt)
        except getpass.GetPassWarning:
            raise NoTerminal(name) from None
        except EOFError:
            raise Cancelled from None


class Secrets:
    """Asks for passphrases, or takes them from the file where the workspace lets it serve."""

    def __init__(self, path: Path | None, acting: str) -> None:
        self._known = read_secrets(path) if path else {}
        self._acting = acting

    def of(self, name: str, whom: Whom, *, new: bool = False) -> str:
        """The passphrase of a person; a new one is asked for twice."""
        if name in self._known:
            if whom is Whom.NOBODY or (whom is Whom.ACTING and name != self._acting):
                raise SecretsNotHere(name, whom.value)
            return self._known[name]
        if not _has_terminal():
            raise NoTerminal(name)
        first = _asked(f"Passphrase of {name}: ", name)
        if new and _asked("Once more: ", name) != first:
            raise NotTheSame
        return first

    def has(self, name: str) -> bool:
        """Whether the file has it."""
        return name in self._known

    def asked(self, name: str) -> str:
        """What is typed at this moment, whatever the file has (a sheet is typed back, not remembered)."""
        if not _has_terminal():
            raise NoTerminal(name)
        return _asked(f"Passphrase of {name}: ", name)
