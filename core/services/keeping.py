"""Starting the signing process and the linter's, from either side of the fork."""

import signal
import sys
from typing import NoReturn

from core.crypto import linter
from core.crypto.keeper import serve
from core.crypto.remote import SigningProcess
from core.vault.memory import harden

WORD = "--signing-process"  # the program's own; `gui.start` knows both
LINTER = "--linter"


def start() -> SigningProcess:
    """A fresh signing process. Isolated (-I): no PYTHON* variable, no folder it is started in, changes what it runs."""
    return SigningProcess(_command(WORD))


def start_linter() -> linter.Linter:
    """A process that judges certificates; it holds no secret and changes nothing."""
    return linter.Linter(_command(LINTER))


def _command(word: str) -> list[str]:
    frozen = getattr(sys, "frozen", False)  # a bundle is its own interpreter
    return [sys.executable, word] if frozen else [sys.executable, "-I", "-m", "gui.start", word]


def main() -> NoReturn:
    """The child: no dump, no ptrace, deaf to Ctrl+C (the program hears it and ends the session)."""
    harden()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.stdin.buffer, sys.stdout.buffer)


def lint() -> NoReturn:
    """The linter's child, deaf to Ctrl+C as well: it ends with the program's pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    linter.serve(sys.stdin.buffer, sys.stdout.buffer)
