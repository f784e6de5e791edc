"""Opening a workspace with 1,000 links beside an empty one: `python -m tests.bench.opening [RUNS]`.

Twice: as a person sees it, from the start of the program to its settled picture (processor time, see `start`, and the
clock), and what of it the core takes.
"""

import sys
import tempfile
import time
from pathlib import Path

from core.services import activity, views
from core.services.desk import open_desk
from tests.bench.large import large
from tests.bench.start import Taken, painted
from tests.bench.table import Line, told
from tests.screen import xvfb

LINKS = 1000


def measure(empty: Path, filled: Path, runs: int = 9) -> list[Line]:
    """The two workspaces take turns."""
    program = str(Path(sys.executable).with_name("anchorhold"))
    seen: dict[Path, list[Taken]] = {empty: [], filled: []}
    core: dict[Path, list[float]] = {empty: [], filled: []}
    with tempfile.TemporaryDirectory(prefix="home-") as home:
        for run in range(runs + 1):
            for path in (empty, filled):
                with xvfb() as screen:
                    taken = painted(screen, [program, str(path), "--read-only"], Path(home))
                alone = _core(path)
                if run:  # the first fills the disk cache
                    seen[path].append(taken)
                    core[path].append(alone)
    lines: list[Line] = []
    for kind, most in (("processor", 2), ("clock", 0)):
        nothing, all_links = f"start to picture, empty, {kind}", f"start to picture, {LINKS} links, {kind}"
        lines += [
            Line(nothing, [getattr(each, kind) for each in seen[empty]], "ms"),
            Line(all_links, [getattr(each, kind) for each in seen[filled]], "ms", nothing, most, "2 x" if most else ""),
        ]
    return [
        *lines,
        Line("core alone, empty, clock", core[empty], "ms"),
        Line(f"core alone, {LINKS} links, clock", core[filled], "ms", "core alone, empty, clock"),
    ]


def _core(path: Path) -> float:
    """Milliseconds to open the file and read what all pages show."""
    begun = time.perf_counter()
    desk = open_desk(path, read_only=True)
    views.picture(desk)
    activity.recent(desk, 500)
    taken = 1000 * (time.perf_counter() - begun)
    desk.close()
    return taken


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        rooms = {count: large(Path(tempfile.mkdtemp(dir=folder)), count) for count in (0, LINKS)}
        for room in rooms.values():
            room.desk.close()
        runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
        print(told(measure(rooms[0].path, rooms[LINKS].path, runs)))
