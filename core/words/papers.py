"""Sentences about papers, and the words that every paper has."""

from core.errors import papers
from core.errors.base import Expected
from core.words.tongue import Template, told, tr

CONTENTS = tr("Contents")
PAGE = tr("Page {page} of {pages}")
SOURCE = tr("The same as JSON has the SHA-256 {sha256}.")
REHEARSAL = tr("REHEARSAL: made for practice, not for a real network.")
_ROWS = tr("Checkpoint: {size} entries, tree root {root}")

TEMPLATES: dict[type[Expected], Template] = {
    papers.FormatUnknown: Template(
        tr("Which format?"),
        tr("{name} does not say which format the paper is to have. Nothing was written."),
        tr("Give a name that ends in one of: {formats}."),
    ),
    papers.PdfNotHere: Template(
        tr("No PDF here"),
        tr("A PDF is drawn by Qt, which cannot be loaded on this machine. Nothing was written."),
        tr("Choose a name that ends in .html or .md, or install what packaging/run installs."),
    ),
}


def head(checkpoint: str) -> list[str]:
    """The one line of a checkpoint that people can compare, for the foot of every page; nothing where there is none."""
    if not checkpoint:
        return []
    _origin, size, root, *_ = checkpoint.splitlines()
    return [told(_ROWS, {"size": size, "root": root})]
