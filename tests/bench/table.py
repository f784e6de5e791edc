"""How every bench speaks: one line a thing measured, each beside what it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Line:
    """`values` are all runs, in `unit`; `beside` is the line it is divided by, `most` the target (0: none)."""

    name: str
    values: Sequence[float]
    unit: str
    beside: str = ""
    most: float = 0.0
    target: str = ""

    @property
    def middle(self) -> float:
        """The median of the runs."""
        return median(self.values)


def told(lines: Sequence[Line]) -> str:
    """The table: median, spread, ratio, target and whether it is met."""
    by_name = {line.name: line for line in lines}
    rows = [("", "median", "least", "most", "ratio", "target", "")]
    for line in lines:
        ratio = line.middle / by_name[line.beside].middle if line.beside else 0.0
        judged = ratio if line.beside and not line.target.endswith(line.unit) else line.middle
        spread = (
            f"{each:.{1 if line.unit == 's' else 0}f} {line.unit}"
            for each in (line.middle, min(line.values), max(line.values))
        )
        verdict = ("met" if judged <= line.most else "MISSED") if line.most else ""
        rows.append((line.name, *spread, f"{ratio:.2f}" if ratio else "", line.target, verdict))
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lead = [row[0].ljust(widths[0]) for row in rows]
    rest = [[cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)] for row in rows]
    return "\n".join("  ".join([first, *others]).rstrip() for first, others in zip(lead, rest, strict=True))
