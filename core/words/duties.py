"""One cell of the table person by duty, in words."""

from core.policy.access import Cell, Place
from core.words.people import DUTIES, clash
from core.words.tongue import told, tr

WORDS = {
    Cell.HELD: tr("held"),
    Cell.FREE: "",
    Cell.FORBIDDEN: tr("not with these"),
    Cell.ADVISED_AGAINST: tr("better not"),
}
_HELD = tr("{name} holds {duty}.")
_FREE = tr("{name} could be given {duty}.")
_FORBIDDEN = tr("{name} cannot be given {duty}. {why}")
_ADVISED = tr("{name} should not be given {duty}. {why}")
_HELD_AGAINST = tr("{name} holds {duty}, against advice. {why}")


def place(name: str, cell: Place) -> str:
    """The whole sentence: who, which duty, and why not."""
    facts = {"name": name, "duty": told(DUTIES[cell.duty], {}), "why": clash(cell.pair) if cell.pair else ""}
    if cell.cell is Cell.HELD:
        return told(_HELD_AGAINST if cell.pair else _HELD, facts)
    return told({Cell.FREE: _FREE, Cell.FORBIDDEN: _FORBIDDEN, Cell.ADVISED_AGAINST: _ADVISED}[cell.cell], facts)
