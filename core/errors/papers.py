"""What keeps a paper from being written."""

from core.errors.base import Refused, Usage
from core.late import dataclass


@dataclass(eq=False)
class FormatUnknown(Usage):
    name: str
    formats: tuple[str, ...]
    code = "PAP-01"


@dataclass(eq=False)
class PdfNotHere(Refused):
    """Qt or a library it needs is not on this machine."""

    code = "PAP-02"
