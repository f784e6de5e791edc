"""Papers: what is written for people to read, sign and keep (`statement`), as plain parts that every format renders."""

from core.late import dataclass


@dataclass(frozen=True)
class Heading:
    """`level` 1 is a chapter, 3 the deepest."""

    level: int
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Items:
    """A list, numbered where the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """`head` names the columns, empty where the first column names the rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Lines:
    """Lines as they are, in a fixed font: a checkpoint, a fingerprint."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """A QR code of `text`; formats without pictures show the text."""

    text: str
    caption: str


@dataclass(frozen=True)
class Blanks:
    """Lines to fill in by hand, `columns` to a row: ("Name", "Signature", "Date") for each of `rows` people or facts."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]


Part = Heading | Text | Items | Table | Lines | Code | Blanks


@dataclass(frozen=True)
class Paper:
    """`marks` stand on every page (a rehearsal, a draft), `foot` at the bottom of each (whose it is, the checkpoint).

    `contents` is the heading of the table of contents, "" for none. `page` is the words "Page {page} of {pages}", and
    `source` those of the line that names the SHA-256 of this paper's JSON, {sha256}.
    """

    kind: str
    title: str
    subtitle: str
    marks: tuple[str, ...]
    foot: tuple[str, ...]
    parts: tuple[Part, ...]
    contents: str = ""
    page: str = "{page} / {pages}"
    source: str = "JSON: SHA-256 {sha256}"
