"""statement: papers for people to read, sign and keep. Each kind's facts are a service's, its words `core.words`'."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from core.cli.answers import Answer
from core.cli.base import Context, Entry, done, words
from core.errors.workspace import AlreadyThere
from core.late import dataclass
from core.media.files import write_new
from core.model.papers import Paper
from core.services import ceremony, papers
from core.services.desk import Desk
from core.words import script


@dataclass(frozen=True, kw_only=True)
class StatementWritten(Answer):
    """`marks` say what it is not: made in a rehearsal, not closed."""

    file: str
    kind: str
    title: str
    sha256: str
    marks: tuple[str, ...]

    def lines(self) -> list[str]:
        return [f"{self.title} is in {self.file}.", *self.marks, f"SHA-256 of the file: {self.sha256}"]


def statement(context: Context, make: Callable[[Desk], Paper]) -> tuple[Answer, int]:
    """Make a paper at the desk and write it where `--out` says; what cannot be written is refused before it is made."""
    out = Path(context.args.out)
    papers.fit(out)
    if out.exists():
        raise AlreadyThere(str(out))
    with context.signed_in("Statement") as desk:
        paper = make(desk)
    content = papers.written(paper, out, context.pdf)
    write_new(out, content)
    digest = hashlib.sha256(content).hexdigest()
    return done(StatementWritten(file=str(out), kind=paper.kind, title=paper.title, sha256=digest, marks=paper.marks))


def _ceremony(context: Context) -> tuple[Answer, int]:
    return statement(context, lambda desk: script.paper(ceremony.record(desk, vouched=True)))


OUT = {
    "required": True,
    "metavar": "FILE.pdf|.html|.md|.json",
    "help": "the paper to write; its ending says the format",
}

ENTRIES = (
    Entry(
        "statement",
        "ceremony",
        "the root key ceremony: its script, and its record once held",
        words("workspace", out=OUT),
        _ceremony,
        StatementWritten,
    ),
)
