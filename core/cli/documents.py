"""statement cp, cps, assurance, status, propose, publish; crl validity: policy documents and the setting that they state."""

from argparse import ArgumentParser

from core.cli.answers import Answer
from core.cli.base import REASON, Context, Entry, done, words
from core.cli.papers import OUT, StatementWritten, statement
from core.cli.proposals import Waiting, waits
from core.late import dataclass
from core.model.documents import Document, ProposeDocument, PublishDocument, Standing, Version
from core.model.papers import Paper
from core.model.settings import SetCrlValidity
from core.services import checkpoints, compliance, documents, settings
from core.services.desk import Desk
from core.words import assurance
from core.words import documents as told


@dataclass(frozen=True, kw_only=True)
class VersionTold:
    """`published` is "" until it was made available."""

    version: int
    sha256: str
    approved: str
    proposer: str
    approver: str
    published: str
    distribution: str


@dataclass(frozen=True, kw_only=True)
class DriftTold:
    """`was` and `now` are the lines of the section."""

    section: str
    title: str
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GapTold:
    """`wants` are kinds of records; `empty` where the section has no text without one."""

    section: str
    title: str
    wants: tuple[str, ...]
    empty: bool


@dataclass(frozen=True, kw_only=True)
class DocumentTold:
    """`newest` is the version in force, `published` the newest that was made available; null where there is none."""

    document: Document
    title: str
    newest: VersionTold | None
    published: VersionTold | None
    sections: int
    written: int
    sha256: str
    drift: tuple[DriftTold, ...]
    gaps: tuple[GapTold, ...]


@dataclass(frozen=True, kw_only=True)
class StatementStatus(Answer):
    documents: tuple[DocumentTold, ...]

    def lines(self) -> list[str]:
        found: list[str] = []
        for each in self.documents:
            found.append(f"{each.title}: {each.written} of {each.sections} headings have a text; {_in_force(each)}.")
            found += [f"  {one.section} {one.title} differs from what was approved" for one in each.drift]
            found += [
                f"  {one.section} {one.title} wants a record of the kind {' or '.join(one.wants)}" for one in each.gaps
            ]
        return found


def _in_force(each: DocumentTold) -> str:
    if each.newest is None:
        return "no version is approved"
    made = f"version {each.newest.version} is in force"
    return f"{made}, made available" if each.newest.published else f"{made}, not made available"


@dataclass(frozen=True, kw_only=True)
class DocumentPublished(Answer):
    document: Document
    version: VersionTold

    def lines(self) -> list[str]:
        return [
            f"Version {self.version.version} of the {self.document} was made available: {self.version.distribution}"
        ]


def _version(version: Version | None) -> VersionTold | None:
    return _told(version) if version else None


def _told(version: Version) -> VersionTold:
    return VersionTold(
        version=version.number,
        sha256=version.sha256,
        approved=version.made.isoformat(),
        proposer=version.proposer,
        approver=version.approver,
        published=version.published,
        distribution=version.distribution,
    )


def _document(standing: Standing) -> DocumentTold:
    return DocumentTold(
        document=standing.document,
        title=standing.title,
        newest=_version(standing.newest),
        published=_version(standing.published),
        sections=len(standing.sections),
        written=standing.written,
        sha256=standing.sha256,
        drift=tuple(DriftTold(section=one.number, title=one.title, was=one.was, now=one.now) for one in standing.drift),
        gaps=tuple(
            GapTold(section=one.number, title=one.title, wants=one.wants, empty=one.empty) for one in standing.gaps
        ),
    )


def _write(document: Document, context: Context) -> tuple[Answer, int]:
    def make(desk: Desk) -> Paper:
        look = documents.approved if context.args.approved else documents.standing
        standing = look(desk, document)
        return told.paper(standing, desk.workspace, checkpoints.make(desk))

    return statement(context, make)


def _cp(context: Context) -> tuple[Answer, int]:
    return _write(Document.CP, context)


def _cps(context: Context) -> tuple[Answer, int]:
    return _write(Document.CPS, context)


def _assurance(context: Context) -> tuple[Answer, int]:
    def make(desk: Desk) -> Paper:
        return assurance.paper(compliance.status(desk), desk.workspace, checkpoints.make(desk))

    return statement(context, make)


def _status(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        return done(StatementStatus(documents=tuple(_document(documents.standing(desk, each)) for each in Document)))


def _propose(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("ProposeDocument") as desk:
        return waits(
            desk, documents.propose(desk, ProposeDocument(Document(args.document), args.reason, args.ticket or ""))
        )


def _publish(context: Context) -> tuple[Answer, int]:
    args = context.args
    command = PublishDocument(Document(args.document), args.distribution, args.ticket or "")
    with context.signed_in("PublishDocument") as desk:
        made = documents.publish(desk, command)
    return done(DocumentPublished(document=command.document, version=_told(made)))


def _validity(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("SetCrlValidity") as desk:
        return waits(desk, settings.set_crl_validity(desk, SetCrlValidity(args.hours, args.reason, args.ticket or "")))


def _one(parser: ArgumentParser) -> None:
    words("workspace")(parser)
    parser.add_argument("document", metavar="DOCUMENT", choices=[each.value for each in Document], help="cp or cps")


def _proposing(parser: ArgumentParser) -> None:
    _one(parser)
    words(reason=REASON, ticket=_TICKET)(parser)


def _publishing(parser: ArgumentParser) -> None:
    _one(parser)
    to = {"required": True, "metavar": "TEXT", "help": "to whom and where it was made available"}
    words(distribution=to, ticket=_TICKET)(parser)


_TICKET = {"metavar": "REF", "help": "the ticket this is done for"}
_APPROVED = {
    "action": "store_true",
    "help": "the version that two people approved, marked where something differs since",
}
_HOURS = {"required": True, "metavar": "N", "help": "whole hours from the issue of a CRL to its end"}
ENTRIES = (
    Entry("statement", "cp", "write the certificate policy", words("workspace", out=OUT, approved=_APPROVED), _cp, StatementWritten),
    Entry(
        "statement", "cps", "write the certification practice statement", words("workspace", out=OUT, approved=_APPROVED), _cps,
        StatementWritten,
    ),
    Entry(
        "statement", "assurance", "every clause: its state, the rule and its test, records, entries, decisions",
        words("workspace", out=OUT), _assurance, StatementWritten,
    ),
    Entry(
        "statement", "status", "versions of CP and CPS, what differs from them, what is missing", words("workspace"),
        _status, StatementStatus,
    ),
    Entry("statement", "propose", "ask for the text of now as the next version", _proposing, _propose, Waiting),
    Entry(
        "statement", "publish", "record that the newest version was made available", _publishing, _publish,
        DocumentPublished,
    ),
    Entry(
        "crl", "validity", "ask that CRLs count for another time",
        words("workspace", hours=_HOURS, reason=REASON, ticket=_TICKET), _validity, Waiting,
    ),
)  # fmt: skip
