"""Refusals about policy documents."""

from core.errors.base import Refused
from core.late import dataclass


@dataclass(eq=False)
class NothingApproved(Refused):
    """No version of a document was approved yet."""

    document: str
    code = "DOC-01"
    clause = "P1"


@dataclass(eq=False)
class DocumentDrifted(Refused):
    """The text of `sections` is another by now than in that version."""

    document: str
    version: int
    sections: tuple[str, ...]
    code = "DOC-02"
    clause = "P3"


@dataclass(eq=False)
class DocumentNotWhole(Refused):
    """A heading of RFC 3647 section 6 is missing, stands elsewhere, is worded otherwise or has nothing below it."""

    document: str
    section: str
    code = "DOC-05"
    clause = "RFC3647-6"


@dataclass(eq=False)
class DocumentChanged(Refused):
    """The text that was proposed is not the one that would be written now."""

    document: str
    version: int
    code = "DOC-03"
    clause = "P3"


@dataclass(eq=False)
class DocumentUnchanged(Refused):
    """The text is the one that was approved already."""

    document: str
    version: int
    code = "DOC-04"
    clause = "P3"
