"""How long until the window stands with its first rows: `python -m tests.bench.start [RUNS]`.

Seen from outside, the same for every program: the X server's frame buffer is polled, and a window counts as painted
at the first moment when the screen shows what it still shows two seconds later (all but 0.5 % of the pixels, which
leaves out a clock or a cursor). Programs take turns, so that a busy machine hits all of them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.table import Line, told
from tests.screen import Screen, xvfb

HERE = Path(__file__).parent
SETTLED = 2.0  # seconds
SAME = 0.995  # of the pixels looked at
EVERY = 8  # line of the screen: polling stays below a tenth of one processor


def painted(screen: Screen, command: list[str], home: Path) -> float:
    """Milliseconds from the start of `command` to its settled picture, on a screen that nothing was shown on yet."""
    env = {**os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home), "LC_ALL": "C.UTF-8"}
    seen: list[tuple[float, bytes]] = []
    last, settles = screen.pixels(EVERY), 0.0
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not settles or time.perf_counter() < settles:
            now = screen.pixels(EVERY)
            if now != last:
                seen.append((time.perf_counter() - begun, now))
                settles, last = settles or time.perf_counter() + SETTLED, now
            if process.poll() is not None or time.perf_counter() - begun > 30:
                raise RuntimeError(f"{command[0]} showed nothing")
            time.sleep(0.002)
        return 1000 * next(when for when, picture in seen if alike(picture, last))
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
        "anchorhold WS, first rows": [program, str(rows), "--read-only"],
        "anchorhold WS, sign-in card": [program, str(rows)],
        "anchorhold, start page": [program],
    }
    for other, words in (("xca", "xca"), ("keepassxc", "keepassxc")):
        if path := shutil.which(other):
            commands[words] = [path]
        else:
            print(f"{words}: not installed")
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory(prefix="home-") as home:
        for run in range(runs + 1):
            for name, command in commands.items():
                with xvfb() as screen:
                    taken = painted(screen, command, Path(home))
                if run:  # the first fills the disk cache
                    times[name].append(taken)
    most = {"anchorhold WS, first rows": 1.5}
    return [
        Line(name, times[name], "ms", "" if name == bare else bare, most.get(name, 0), "1.5 x" if name in most else "")
        for name in commands
    ]


if __name__ == "__main__":
    from core.services.demo import make_demo

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        (sample,) = make_demo(Path(folder) / "demo")
        print(told(measure(sample, int(sys.argv[1]) if len(sys.argv) > 1 else 9)))
