"""What an idle window with 1,000 links keeps in memory: `python -m tests.bench.memory [RUNS]`."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.large import large
from tests.bench.start import HERE, environment
from tests.bench.table import Line, told
from tests.screen import xvfb

LINKS = 1000
IDLE = 4.0  # seconds after the start; every page was filled by then


def resident(command: list[str], home: Path) -> float:
    """MB resident (VmRSS) once the window idles."""
    with xvfb() as screen:
        env = environment(screen, home)
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(IDLE)
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        finally:
            process.terminate()
            process.wait()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def measure(filled: Path, runs: int = 3) -> list[Line]:
    """The bare window and ours take turns."""
    program = str(Path(sys.executable).with_name("anchorhold"))
    bare = "bare PySide6 window, empty table"
    commands = {
        bare: [sys.executable, str(HERE / "bare.py")],
        f"anchorhold, {LINKS} links": [program, str(filled), "--read-only"],
    }
    with tempfile.TemporaryDirectory(prefix="home-") as home:
        found = {name: [resident(command, Path(home)) for _ in range(runs)] for name, command in commands.items()}
    return [
        Line(bare, found[bare], "MB"),
        Line(f"anchorhold, {LINKS} links", found[f"anchorhold, {LINKS} links"], "MB", bare, 130, "130 MB"),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        room = large(Path(folder), LINKS)
        room.desk.close()
        print(told(measure(room.path, int(sys.argv[1]) if len(sys.argv) > 1 else 3)))
