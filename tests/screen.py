"""A real X screen of one's own: a free display, and its pixels read straight from the server's frame buffer."""

import mmap
import os
import select
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.real import need


@dataclass(frozen=True)
class Screen:
    """`display` is like ":7"; `pixels()` is the picture now, 4 bytes a pixel (blue, green, red, unused)."""

    display: str
    width: int
    height: int
    _map: mmap.mmap
    _start: int

    def pixels(self, every: int = 1) -> bytes:
        """The whole picture, or every n-th line of it, which is quicker to poll."""
        line = self.width * 4
        rows = range(self._start, self._start + line * self.height, line * every)
        return b"".join(self._map[at : at + line] for at in rows)


@contextmanager
def xvfb(width: int = 1280, height: int = 800) -> Iterator[Screen]:
    """A screen that nothing else uses; the server picks a free number itself and ends with the block."""
    (server,) = need("Xvfb")
    with tempfile.TemporaryDirectory(prefix="screen-") as folder:
        told, tell = os.pipe()
        command = [
            server, "-displayfd", str(tell), "-screen", "0", f"{width}x{height}x24", "-fbdir", folder,
            "-nolisten", "tcp", "-noreset",
        ]  # fmt: skip
        process = subprocess.Popen(command, pass_fds=[tell], stderr=subprocess.DEVNULL)
        os.close(tell)
        try:
            yield Screen(f":{_line(told)}", width, height, *_frame(Path(folder) / "Xvfb_screen0"))
        finally:
            os.close(told)
            process.terminate()
            process.wait()


def _line(pipe: int) -> str:
    ready, _, _ = select.select([pipe], [], [], 20)
    if not ready:
        raise TimeoutError("Xvfb did not say its display within 20 s")
    return os.read(pipe, 20).decode().strip()


def _frame(path: Path) -> tuple[mmap.mmap, int]:
    """The frame buffer file (XWD, big-endian header): its map and where the pixels begin."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    header, colours = struct.unpack(">I", mapped[0:4])[0], struct.unpack(">I", mapped[76:80])[0]
    return mapped, header + colours * 12
