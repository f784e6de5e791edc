"""Showing a bearer secret: on the terminal itself or a printer, never on stdout, which might be a file."""

import os

from core.errors.custody import SheetNeedsTerminal
from core.media.printer import printers, send
from core.media.qr import terminal

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"  # the screen and what scrolled off it
_DEVICE = "CON" if os.name == "nt" else "/dev/tty"


def need_terminal() -> None:
    """Raises `SheetNeedsTerminal` where there is none, before anything is made."""
    _tell("")


def need_printer() -> None:
    """Raises `SheetNeedsPrinter` where there is none, before anything is made."""
    printers()


def show(lines: list[str], code: str = "") -> None:
    """Lines and a QR code on the terminal."""
    _tell("\n".join([*lines, *([terminal(code)] if code else []), ""]))


def wipe() -> None:
    """Take it off the screen again."""
    _tell(_CLEAR)


def print_out(lines: list[str]) -> None:
    """To the default printer, over a pipe."""
    send("\n".join([*lines, ""]).encode())


def _tell(text: str) -> None:
    try:
        with open(_DEVICE, "w", encoding="utf-8") as screen:  # noqa: PTH123 - a device
            screen.write(text)
    except OSError:
        raise SheetNeedsTerminal from None
