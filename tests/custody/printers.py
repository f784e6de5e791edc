"""A print queue for tests: `lp` and `lpstat` as programs on the path, what was printed in the test's memory only."""

import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.real import need

_LPSTAT = """#!/bin/sh
case "$1" in
  -e) printf 'paper\\npdf-writer\\n';;
  -d) echo 'system default destination: paper';;
  -v) if [ "$2" = paper ]; then echo 'device for paper: usb://Example/Laser'; else echo "device for $2: cups-pdf:/"; fi;;
esac
"""
_LP = """#!/bin/sh
echo "$@" > {folder}/words
exec cat > {folder}/tray
"""


@dataclass(frozen=True)
class Queue:
    """`tray` is where the paper comes out, `words` how lp was called; both are absent until something is printed."""

    tray: Path
    words: Path


def queue(monkeypatch: pytest.MonkeyPatch, folder: Path, *, there: bool = True) -> Queue:
    """A machine with a printer called "paper" and a "pdf-writer"; with neither where not `there`."""
    bin_ = folder / "bin"
    bin_.mkdir(parents=True)
    if there:
        for name, text in (("lpstat", _LPSTAT), ("lp", _LP.format(folder=folder))):
            (bin_ / name).write_text(text)
            (bin_ / name).chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{bin_}:/usr/bin:/bin")
    return Queue(folder / "tray", folder / "words")


def on_paper(tray: Path) -> str:
    """The sixteen words as another program reads them off what came out of the printer."""
    need("pdftotext")
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=tray.read_bytes(), capture_output=True)
    lines = [line.split() for line in read.stdout.decode().splitlines()]
    return " ".join(word for line in lines if len(line) == 5 and line[0] in "1234" for word in line[1:])
