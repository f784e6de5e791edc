"""Exporting 1,000 links: `python -m tests.bench.export [RUNS]`.

Beside it the same bytes written to the same disk by a plain Python loop and one sync: what no program can beat.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from core.model.links import ExportLinks
from core.services import exports
from core.services.perform import perform
from tests.bench.large import large
from tests.bench.table import Line, told
from tests.desks import Room

LINKS = 1000


def measure(room: Room, folder: Path, runs: int = 3) -> list[Line]:
    """Export every link of `room`, both ends of each; then write the same files again."""
    ours: list[float] = []
    plain: list[float] = []
    for run in range(runs):
        to = folder / f"export-{run}"
        begun = time.perf_counter()
        done = perform(room.sit("alice"), exports.EXPORT, ExportLinks((), to))
        ours.append(time.perf_counter() - begun)
        assert len(done.exports) == 2 * LINKS
        files = [(path.relative_to(to), path.read_bytes()) for path in to.rglob("*") if path.is_file()]
        plain.append(_plainly(files, folder / f"plain-{run}"))
        shutil.rmtree(to)
    size = sum(len(content) for _, content in files)
    print(f"{len(files):,} files, {size / 1e6:.1f} MB")
    beside = "the same bytes, plainly"
    return [Line(beside, plain, "s"), Line(f"export of {LINKS} links", ours, "s", beside, 10, "10 s")]


def _plainly(files: list[tuple[Path, bytes]], to: Path) -> float:
    begun = time.perf_counter()
    for name, content in files:
        path = to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    os.sync()
    taken = time.perf_counter() - begun
    shutil.rmtree(to)
    return taken


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        room = large(Path(folder), LINKS)
        print(told(measure(room, Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 3)))
        room.desk.close()
