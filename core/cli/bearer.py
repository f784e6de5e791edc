"""Showing a bearer secret: on the terminal itself or a printer, never on stdout, which might be a file."""

import os
import shutil
import subprocess

from core.errors.custody import SheetNeedsPrinter, SheetNeedsTerminal
from core.media.qr import terminal

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"  # the screen and what scrolled off it
_DEVICE = "CON" if os.name == "nt" else "/dev/tty"


def need_terminal() -> None:
    """Raises `SheetNeedsTerminal` where there is none, before anything is made."""
    _tell("")


def need_printer() -> str:
    """The program that prints. Raises `SheetNeedsPrinter`."""
    found = shutil.which("lp")
    if found is None:
        raise SheetNeedsPrinter
    return found


def show(lines: list[str], code: str = "") -> None:
    """Lines and a QR code on the terminal."""
    _tell("\n".join([*lines, *([terminal(code)] if code else []), ""]))


def wipe() -> None:
    """Take it off the screen again."""
    _tell(_CLEAR)


def print_out(lines: list[str]) -> None:
    """To the printer, over a pipe."""
    text = "\n".join([*lines, ""]).encode()
    if subprocess.run(
        [need_printer(), "-t", "Anchorhold", "-"], input=text, check=False, capture_output=True
    ).returncode:
        raise SheetNeedsPrinter


def _tell(text: str) -> None:
    try:
        with open(_DEVICE, "w", encoding="utf-8") as screen:  # noqa: PTH123 - a device
            screen.write(text)
    except OSError:
        raise SheetNeedsTerminal from None
