"""record kinds, record add, record end, record list: what people vouch for."""

from argparse import ArgumentParser
from pathlib import Path

from core.cli.answers import Answer
from core.cli.base import REASON, Context, Entry, done, words
from core.cli.proposals import Waiting, waits
from core.errors.cli import WrongWords
from core.late import dataclass
from core.model.proposals import Proposal
from core.model.records import AddRecord, EndRecord, FieldType, RecordRow, RecordState, Timeliness
from core.policy import records as policy
from core.services import records
from core.services.perform import perform
from core.words.records import STATES, TIMES


@dataclass(frozen=True, kw_only=True)
class FieldTold:
    name: str
    asks: str
    type: FieldType
    needed: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class KindTold:
    kind: str
    title: str
    clauses: tuple[str, ...]
    review_days: int
    one_at_a_time: bool
    fields: tuple[FieldTold, ...]


@dataclass(frozen=True, kw_only=True)
class Kinds(Answer):
    kinds: tuple[KindTold, ...]

    def lines(self) -> list[str]:
        told = []
        for each in self.kinds:
            met = f" ({', '.join(each.clauses)})" if each.clauses else ""
            told.append(f"{each.kind}: {each.title}{met}")
            told += [_field(field) for field in each.fields]
        return told


def _field(field: FieldTold) -> str:
    takes = f" ({'|'.join(field.choices)})" if field.choices else f" ({_TAKES[field.type]})"
    return f"  {field.name}{'' if field.needed else ' (may be left out)'}: {field.asks}{takes}"


_TAKES = {
    FieldType.LINE: "one line",
    FieldType.TEXT: "text",
    FieldType.DATE: "YYYY-MM-DD",
    FieldType.CHOICE: "one of",
    FieldType.TICK: "yes",
    FieldType.SHA256: "64 hexadecimal digits",
    FieldType.SERIALS: "serials, with commas between them",
}


@dataclass(frozen=True, kw_only=True)
class RecordTold:
    number: int
    kind: str
    facts: dict[str, str]
    owner: str
    review: str
    due: str
    standing: Timeliness
    state: RecordState
    evidence: str
    sha256: str
    replaces: int
    made: str
    made_by: str

    def line(self) -> str:
        facts = "; ".join(f"{name}: {value.splitlines()[0]}" for name, value in self.facts.items())
        told = TIMES[self.standing] if self.state is RecordState.IN_FORCE else STATES[self.state]
        return f"{self.number}  {self.kind}  {told}, due {self.due}, {self.owner}  {facts}"


@dataclass(frozen=True, kw_only=True)
class RecordEnded(Answer):
    record: RecordTold

    def lines(self) -> list[str]:
        return [f"Record {self.record.number} ({self.record.kind}) is ended; what it met is open again."]


@dataclass(frozen=True, kw_only=True)
class RecordAdded(Waiting):
    """`proposal` is "" where the record is entered; else it waits for a second person and there is no record yet."""

    record: RecordTold | None

    def lines(self) -> list[str]:
        if self.record is None:
            return super().lines()
        return [f"Record {self.record.number} ({self.record.kind}) is entered; due {self.record.due}."]


@dataclass(frozen=True, kw_only=True)
class RecordsListed(Answer):
    records: tuple[RecordTold, ...]

    def lines(self) -> list[str]:
        return [each.line() for each in self.records] or ["No records yet: anchorhold record kinds says what there is."]


def _told(row: RecordRow) -> RecordTold:
    record = row.record
    return RecordTold(
        number=record.id,
        kind=record.kind,
        facts=record.facts,
        owner=record.owner,
        review=record.review.isoformat(),
        due=row.due.isoformat(),
        standing=row.timeliness,
        state=record.state,
        evidence=record.evidence,
        sha256=record.sha256,
        replaces=record.replaces,
        made=f"{record.made:%Y-%m-%dT%H:%M:%SZ}",
        made_by=record.made_by,
    )


def _kinds(_context: Context) -> tuple[Answer, int]:
    told = tuple(
        KindTold(
            kind=each.name,
            title=each.title,
            clauses=each.clauses,
            review_days=each.every,
            one_at_a_time=each.single,
            fields=tuple(
                FieldTold(name=one.name, asks=one.asks, type=one.type, needed=one.needed, choices=one.choices)
                for one in each.fields
            ),
        )
        for each in policy.kinds().values()
    )
    return done(Kinds(kinds=told))


def _facts(told: list[str]) -> dict[str, str]:
    facts = {}
    for each in told:
        name, equals, value = each.partition("=")
        if not equals or name in facts:
            raise WrongWords(f"--set takes FIELD=VALUE, each field once; {each[:60]} does not fit")
        facts[name] = value
    return facts


def _add(context: Context) -> tuple[Answer, int]:
    args = context.args
    command = AddRecord(
        args.kind,
        _facts(args.set),
        args.owner,
        args.review,
        Path(args.evidence) if args.evidence else None,
        args.replaces or 0,
        args.reason or "",
        args.ticket or "",
    )
    with context.signed_in("AddRecord") as desk:
        made = records.add(desk, command)
        if isinstance(made, Proposal):
            return RecordAdded(**vars(waits(desk, made)[0]), record=None), 0
        told = _told(policy.row(made, desk.clock().date()))
    return done(RecordAdded(state="done", proposal="", sentence="", needs=(), record=told))


def _end(context: Context) -> tuple[Answer, int]:
    with context.signed_in("EndRecord") as desk:
        ended = perform(desk, records.END, EndRecord(context.args.number, context.args.reason))
        return done(RecordEnded(record=_told(policy.row(ended, desk.clock().date()))))


def _list(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        rows = records.rows(desk, context.args.kind or "", all_of=context.args.all)
    return done(RecordsListed(records=tuple(_told(each) for each in rows)))


def _ending(parser: ArgumentParser) -> None:
    words("workspace", reason=REASON)(parser)
    parser.add_argument("number", type=int, metavar="NUMBER", help="the record's number")


_SET = {"action": "append", "default": [], "metavar": "FIELD=VALUE", "help": "one field; repeatable"}
_OWNER = {"required": True, "metavar": "NAME", "help": "who answers for it"}
_REVIEW = {"required": True, "metavar": "DATE", "help": "when it is looked at again"}
_EVIDENCE = {"metavar": "FILE", "help": "a file whose hash is kept; the file stays where it is"}
_REPLACES = {
    "type": int,
    "metavar": "NUMBER",
    "help": "the version that it takes the place of; what is not set is kept",
}
_WHY = {"metavar": "TEXT", "help": "why, where two people have to agree"}
_TICKET = {"metavar": "REF", "help": "the ticket this is done for"}
_KIND = {"metavar": "KIND", "help": "only this kind"}
_ALL = {"action": "store_true", "help": "also those that ended or were replaced"}
ENTRIES = (
    Entry("record", "kinds", "every kind of record, its fields and the clauses it meets", words(), _kinds, Kinds),
    Entry(
        "record", "add", "enter a record, or a newer version of one",
        words(
            "workspace", "kind", set=_SET, owner=_OWNER, review=_REVIEW, evidence=_EVIDENCE, replaces=_REPLACES,
            reason=_WHY, ticket=_TICKET,
        ),
        _add, RecordAdded,
    ),
    Entry("record", "end", "a record does not hold any more", _ending, _end, RecordEnded),
    Entry("record", "list", "the records in force and when each is due", words("workspace", kind=_KIND, all=_ALL), _list, RecordsListed),
)  # fmt: skip
