"""Paper for a bearer secret: from memory over a pipe to a printer that makes no file. Qt's own way would spool one.

`lp` and `lpstat` are of CUPS (Linux, macOS). A queue whose device is a file, or a PDF in somebody's folder, is no printer.
"""

import shutil
import subprocess

from core.errors.custody import PrinterMakesFiles, SheetNeedsPrinter

_FILES = ("file", "cups-pdf", "pdf", "tee4cups", "")  # schemes of device URIs that end on a disk
_LANGUAGE = {"LC_ALL": "C", "PATH": "/usr/bin:/bin:/usr/local/bin:/usr/sbin"}


def printers() -> tuple[str, ...]:
    """The queues there are, the default one first. Raises `SheetNeedsPrinter` where there is none."""
    names = _told("-e").split()
    default = _told("-d").rpartition(": ")[2].strip()
    if not names:
        raise SheetNeedsPrinter
    return tuple(sorted(names, key=lambda name: (name != default, name)))


def send(content: bytes, printer: str = "") -> None:
    """Print; the default printer where none is named. Raises `PrinterMakesFiles`, `SheetNeedsPrinter`."""
    name = printer or printers()[0]
    device = _told("-v", name).partition(": ")[2].strip()
    if device.partition(":")[0].casefold() in _FILES:
        raise PrinterMakesFiles(name)
    done = subprocess.run(
        [_program("lp"), "-d", name, "-t", "Anchorhold", "-"], input=content, check=False, capture_output=True
    )
    if done.returncode:
        raise SheetNeedsPrinter


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise SheetNeedsPrinter
    return found


def _told(*words: str) -> str:
    """What lpstat says, "" where it has nothing to say."""
    done = subprocess.run(
        [_program("lpstat"), *words], check=False, capture_output=True, text=True, errors="replace", env=_LANGUAGE
    )
    return done.stdout if not done.returncode else ""
