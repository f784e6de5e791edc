"""Starting the signing process, from either side of the fork."""

import signal
import sys
from typing import NoReturn

from core.crypto.keeper import serve
from core.crypto.remote import SigningProcess
from core.vault.memory import harden

WORD = "--signing-process"  # the program's own; `gui.start` knows it


def start() -> SigningProcess:
    """A fresh signing process. Isolated (-I): no PYTHON* variable, no folder it is started in, changes what it runs."""
    frozen = getattr(sys, "frozen", False)  # a bundle is its own interpreter
    return SigningProcess([sys.executable, WORD] if frozen else [sys.executable, "-I", "-m", "gui.start", WORD])


def main() -> NoReturn:
    """The child: no dump, no ptrace, deaf to Ctrl+C (the program hears it and ends the session)."""
    harden()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.stdin.buffer, sys.stdout.buffer)
