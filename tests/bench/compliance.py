"""How long the compliance page's rows, the judging of one request and a CPS as PDF take: python -m tests.bench.compliance.

The targets: 20 ms, 20 ms, 2 s. The first judging of a process imports pkilint, which has its own line.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from core.model.documents import Document
from core.model.proposals import Proposal
from core.services import compliance, documents, enrolment, issuing
from core.services.perform import Work, reading
from core.words.documents import paper
from gui.papers import pdf
from tests.pki.worlds import make_network, submit

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def best(act: Callable[[], object], times: int = 20) -> float:
    """Milliseconds of processor time of the quickest of several runs: the clock swings with other work."""
    took = []
    for _ in range(times):
        begun = time.process_time()
        act()
        took.append(time.process_time() - begun)
    return min(took) * 1000


def anew(work: Work, asked: Proposal) -> None:
    """The rehearsal and the linter's verdict are not those of before."""
    issuing.rehearsed.cache_clear()
    enrolment.ISSUE.judge(work, asked)


def cold() -> float:
    """Milliseconds that a new process takes to load the linter, beside one that loads everything else."""
    took = []
    for more in ("", "from core.crypto import lint; lint.load()"):
        code = f"import core.services.enrolment, time; begun = time.process_time(); {more}\nprint(time.process_time() - begun)"
        took.append(min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(3)))
    return (took[1] - took[0]) * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = make_network(Path(folder))
        asked = submit(world, "gw1", "CHG1")
        desk = world.issuing.sit("dave")
        print(f"compliance: {best(lambda: compliance.status(desk)):.1f} ms")
        with reading(desk) as work:
            print(f"judging one request, its bytes known: {best(lambda: enrolment.ISSUE.judge(work, asked)):.1f} ms")
            print(f"judging one request, built and linted: {best(lambda: anew(work, asked)):.1f} ms")
        print(f"importing pkilint, once a process: {cold():.1f} ms")
        app = QGuiApplication(["bench"])
        print(
            f"CPS as PDF: {best(lambda: pdf(paper(documents.standing(desk, Document.CPS), desk.workspace)), 3):.0f} ms"
        )
        app.quit()
        for room in (world.root, world.issuing):
            room.desk.close()


if __name__ == "__main__":
    main()
