"""How long the compliance page's rows and the judging of one request take: python -m tests.bench.compliance (both under 20 ms)."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from core.services import compliance, enrolment
from core.services.perform import reading
from tests.pki.worlds import decide, make_sub, make_world, submit


def best(act: Callable[[], object], times: int = 20) -> float:
    """Milliseconds of the quickest of several runs."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        took.append(time.perf_counter() - begun)
    return min(took) * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(Path(folder))
        decide(world)
        make_sub(world)
        asked = submit(world, "gw1", "CHG1")
        desk = world.issuing.sit("dave")
        print(f"compliance: {best(lambda: compliance.status(desk)):.1f} ms")
        with reading(desk) as work:
            print(f"judging one request: {best(lambda: enrolment.ISSUE.judge(work, asked)):.1f} ms")
        for room in (world.root, world.issuing):
            room.desk.close()


if __name__ == "__main__":
    main()
