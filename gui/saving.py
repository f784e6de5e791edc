"""Papers written to files: the format is told by the name."""

from collections.abc import Callable
from pathlib import Path

from core.media.files import write_over
from core.model.papers import Paper
from core.services.papers import fit, written

PAPERS = "PDF, HTML, Markdown, JSON (*.pdf *.html *.md *.json)"


def save_paper(path: Path, make: Callable[[], Paper]) -> None:
    """Make the paper and write it; a name that tells no format is refused before anything is signed."""
    from gui.papers import pdf  # 30 ms that only this needs

    fit(path)
    write_over(path, written(make(), path, pdf))
