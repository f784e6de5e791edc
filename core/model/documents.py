"""Policy documents: the CP says what is required, the CPS how it is done, both under the headings of RFC 3647 section 6."""

from datetime import datetime
from enum import StrEnum

from core.late import dataclass
from core.model.papers import Part


class Document(StrEnum):
    """What `statement` writes of the two."""

    CP = "cp"
    CPS = "cps"

    @property
    def short(self) -> str:
        """As people call it."""
        return self.value.upper()


@dataclass(frozen=True)
class Provision:
    """A paragraph, list or table of a section, with facts in braces.

    `when` is a fact that has to be there ("!fact": must not); `each` names facts that come several at a time, one line
    or (with `head`) one row for each.
    """

    text: str = ""
    when: str = ""
    each: str = ""
    head: tuple[str, ...] = ()
    row: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outlined:
    """A heading and where its text comes from: `sources` are kinds of sources, none where there is nothing to say."""

    number: str
    title: str
    sources: tuple[str, ...]
    clauses: tuple[str, ...]
    provisions: dict[Document, tuple[Provision, ...]]

    @property
    def records(self) -> tuple[str, ...]:
        """The kinds of records that it tells of."""
        return tuple(each.removeprefix("record:") for each in self.sources if each.startswith("record:"))


@dataclass(frozen=True)
class Section:
    """A heading with its text. `written` is off for "No stipulation" and for a pointer to the sections below."""

    number: str
    title: str
    parts: tuple[Part, ...]
    lines: tuple[str, ...]
    written: bool


@dataclass(frozen=True)
class Gap:
    """A section that tells of kinds of records, none of which is in force; `empty` where it says nothing else."""

    number: str
    title: str
    wants: tuple[str, ...]
    empty: bool


@dataclass(frozen=True)
class Drift:
    """A section whose text is another than the one approved."""

    number: str
    title: str
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    """A text that two people approved. `sha256` is of its text; `published` is "" until it was made available."""

    id: int
    document: Document
    number: int
    sha256: str
    text: tuple[tuple[str, str, tuple[str, ...]], ...]  # (number, title, lines) of each section
    proposer: str
    approver: str
    reason: str
    proposal: str
    made: datetime
    published: str = ""
    published_by: str = ""
    distribution: str = ""


@dataclass(frozen=True)
class Standing:
    """How a document stands now: the newest approved version, what is different from it, and what is missing."""

    document: Document
    title: str
    newest: Version | None
    published: Version | None
    sections: tuple[Section, ...]
    drift: tuple[Drift, ...]
    gaps: tuple[Gap, ...]
    sha256: str  # of the text as it would be approved now
    versions: tuple[Version, ...] = ()  # all that were approved, the newest first
    approved: bool = False  # whether `sections` are the newest version's and not those of now

    @property
    def written(self) -> int:
        """How many headings have a text of their own."""
        return sum(1 for each in self.sections if each.written)


@dataclass(frozen=True)
class ProposeDocument:
    """Ask for the text of now to become the next version."""

    document: Document
    reason: str
    ticket: str = ""


@dataclass(frozen=True)
class PublishDocument:
    """The newest version was made available: `distribution` says to whom and where."""

    document: Document
    distribution: str
    ticket: str = ""
