"""How long until the window stands with its first rows: `python -m tests.bench.start [RUNS]`.

Seen from outside, the same for every program: the X server's frame buffer is polled, and a window counts as painted
at the first moment when the screen shows what it still shows two seconds later (all but 0.5 % of the pixels, which
leaves out a clock or a cursor). At that moment the clock and the processor time of the program (all its threads) are
read. Processor time is what the target is held against: clock time swings with whatever else the machine does.
Programs take turns, so that a busy machine hits all of them, and keep their bytecode, as Python does of itself.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.table import Line, told
from tests.screen import Screen, xvfb

HERE = Path(__file__).parent
SETTLED = 2.0  # seconds
SAME = 0.995  # of the pixels looked at
FIRST = "anchorhold WS, first rows"
NO_CACHE = "GLIBC_TUNABLES=glibc.malloc.tcache_count=0"  # as `packaging/run` says, which saves a second start
EVERY = 8  # line of the screen: polling stays below a tenth of one processor


@dataclass(frozen=True)
class Taken:
    """Milliseconds by the clock and on the processor."""

    clock: float
    processor: float


def environment(screen: Screen, home: Path) -> dict[str, str]:
    """That of a person's session: what a test run says of bytecode does not count."""
    ours = {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home), "LC_ALL": "C.UTF-8"}
    return {name: value for name, value in {**os.environ, **ours}.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _processor(pid: int) -> float:
    """Milliseconds that all threads of a process spent, living or ended, by its own clock (see clock_getcpuclockid)."""
    return 1000 * time.clock_gettime(~pid << 3 | 2)


def painted(screen: Screen, command: list[str], home: Path) -> Taken:
    """From the start of `command` to its settled picture, on a screen that nothing was shown on yet."""
    env = environment(screen, home)
    seen: list[tuple[Taken, bytes]] = []
    last, settles = screen.pixels(EVERY), 0.0
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not settles or time.perf_counter() < settles:
            now = screen.pixels(EVERY)
            if now != last:
                spent = _processor(process.pid)
                seen.append((Taken(1000 * (time.perf_counter() - begun), spent), now))
                settles, last = settles or time.perf_counter() + SETTLED, now
            if process.poll() is not None or time.perf_counter() - begun > 30:
                raise RuntimeError(f"{command[0]} showed nothing")
            time.sleep(0.002)
        return next(when for when, picture in seen if alike(picture, last))
    finally:
        process.terminate()
        process.wait()


def alike(one: bytes, other: bytes) -> bool:
    """Whether two pictures agree in nearly every pixel."""
    pixels = list(zip(memoryview(one).cast("I"), memoryview(other).cast("I"), strict=True))
    return sum(a == b for a, b in pixels) >= SAME * len(pixels)


def measure(rows: Path, runs: int = 9) -> list[Line]:
    """`rows` is a workspace that shows rows at once (opened read only, so nobody has to sign in)."""
    program = str(Path(sys.executable).with_name("anchorhold"))
    bare = "bare PySide6 window, empty table"
    commands = {
        bare: [sys.executable, str(HERE / "bare.py")],
        FIRST: [program, str(rows), "--read-only"],
        "the same, started by packaging/run": ["env", NO_CACHE, program, str(rows), "--read-only"],
        "anchorhold WS, sign-in card": [program, str(rows)],
        "anchorhold, start page": [program],
    }
    for other, words in (("xca", "xca"), ("keepassxc", "keepassxc")):
        if path := shutil.which(other):
            commands[words] = [path]
        else:
            print(f"{words}: not installed")
    times: dict[str, list[Taken]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory(prefix="home-") as home:
        for run in range(runs + 1):
            for name, command in commands.items():
                with xvfb() as screen:
                    taken = painted(screen, command, Path(home))
                if run:  # the first fills the disk cache
                    times[name].append(taken)
    return [
        Line(f"{name}, {kind}", [getattr(each, kind) for each in times[name]], "ms", *_held(name, bare, kind))
        for kind in ("processor", "clock")
        for name in commands
    ]


def _held(name: str, bare: str, kind: str) -> tuple[str, float, str]:
    """What a line is divided by, its target, and that in words."""
    if name == bare:
        return "", 0, ""
    meant = kind == "processor" and name == FIRST
    return f"{bare}, {kind}", 1.5 if meant else 0, "1.5 x" if meant else ""


if __name__ == "__main__":
    from core.services.demo import make_demo

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        (sample,) = make_demo(Path(folder) / "demo")
        print(told(measure(sample, int(sys.argv[1]) if len(sys.argv) > 1 else 9)))
