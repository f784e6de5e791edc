"""Clauses: what the guidance demands, and the words it says it in."""

from core.late import dataclass


@dataclass(frozen=True)
class Clause:
    """`asks` is our paraphrase, `quote` the guidance word for word, `strength` its own verb (must, should, may ...)."""

    id: str
    asks: str
    strength: str
    quote: str
