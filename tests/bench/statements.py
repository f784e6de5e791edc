"""A CPS as PDF: `python -m tests.bench.statements [RUNS]`, from the registers to the bytes."""

import os
import sys
import tempfile
import time
from pathlib import Path

from core.model.documents import Document
from core.services import documents
from core.words.documents import paper
from gui.papers import pdf
from tests.bench.table import Line, told
from tests.pki.worlds import World, make_network


def measure(world: World, runs: int = 5) -> list[Line]:
    """Read, compose and draw it each time."""
    desk, written, drawn = world.issuing.sit("alice"), [], []
    for _ in range(runs):
        begun = time.perf_counter()
        made = paper(documents.standing(desk, Document.CPS), desk.workspace)
        written.append(time.perf_counter() - begun)
        pdf(made)
        drawn.append(time.perf_counter() - begun)
    return [Line("the text alone", written, "s"), Line("a CPS as PDF", drawn, "s", "the text alone", 2, "2 s")]


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        here = make_network(Path(folder))
        print(told(measure(here, int(sys.argv[1]) if len(sys.argv) > 1 else 5)))
        here.root.desk.close()
        here.issuing.desk.close()
