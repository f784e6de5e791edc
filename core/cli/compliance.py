"""compliance, waive, caps, due: how the clauses stand, what two people leave or change, and what is due when."""

from pathlib import Path

from core.cli.answers import Answer
from core.cli.base import REASON, TICKET, Context, Entry, done, words
from core.cli.proposals import Waiting, waits
from core.late import dataclass
from core.media.files import write_new
from core.model.calendar import Matter
from core.model.caps import CapState, ChangeCaps
from core.model.compliance import ClauseRow, ClauseState, How, StandardRow, Waive
from core.policy import register
from core.services import calendar, caps, compliance, waivers
from core.words.calendar import MATTERS
from core.words.compliance import CAPS, STATES, command, what_to_do


@dataclass(frozen=True, kw_only=True)
class EvidenceTold:
    action: str
    count: int
    newest: int
    time: str
    actor: str


@dataclass(frozen=True, kw_only=True)
class ClauseTold:
    clause: str
    asks: str
    strength: str
    quote: str
    how: How
    standing: ClauseState
    said: str
    do: str
    due: str
    owner: str
    rules: tuple[str, ...]
    tests: tuple[str, ...]
    records: tuple[int, ...]
    evidence: tuple[EvidenceTold, ...]
    decision: str
    waived_until: str
    waivable: bool


@dataclass(frozen=True, kw_only=True)
class StandardTold:
    """What an RFC asks; `id` as findings name it ("RFC5280-4.2.1.6"), `section` as people do."""

    id: str
    section: str
    asks: str
    standing: ClauseState
    said: str
    rules: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ComplianceTold(Answer):
    """`green` is never true while a clause is open, overdue, waived or replaced by a decision."""

    shared_service: bool
    green: bool
    counts: dict[str, int]
    clauses: tuple[ClauseTold, ...]
    standards: tuple[StandardTold, ...]

    def lines(self) -> list[str]:
        counted = ", ".join(f"{count} {STATES[ClauseState(name)]}" for name, count in self.counts.items() if count)
        told = [f"{each.clause:7} {each.said}: {each.asks}. {each.do}" for each in self.clauses]
        beside = [f"{each.section}, {each.said}: {each.asks}." for each in self.standards]
        return [*told, f"{len(self.clauses)} clauses: {counted}.", *beside]


def told(row: ClauseRow) -> ClauseTold:
    """One clause for a reader."""
    return ClauseTold(
        clause=row.clause.id,
        asks=row.clause.asks,
        strength=row.clause.strength,
        quote=row.clause.quote,
        how=row.register.how,
        standing=row.state,
        said=STATES[row.state],
        do=" ".join(filter(None, (what_to_do(row), f"({command(row)})" if command(row) else ""))),
        due=row.due.isoformat() if row.due else "",
        owner=row.owner,
        rules=row.register.rules,
        tests=row.register.proofs,
        records=tuple(each.record.id for each in row.records),
        evidence=tuple(
            EvidenceTold(
                action=each.action,
                count=each.count,
                newest=each.number,
                time=f"{each.time:%Y-%m-%dT%H:%M:%SZ}",
                actor=each.actor,
            )
            for each in row.evidence
        ),
        decision=f"D-{row.decision.id}" if row.decision else "",
        waived_until=row.waiver.until.isoformat() if row.waiver else "",
        waivable=row.register.waivable,
    )


def _standard(row: StandardRow) -> StandardTold:
    return StandardTold(
        id=row.register.clause,
        section=register.section(row.register.clause),
        asks=row.register.asks,
        standing=row.state,
        said=STATES[row.state],
        rules=row.register.rules,
        tests=row.register.proofs,
    )


@dataclass(frozen=True, kw_only=True)
class CapTold:
    layer: str
    clause: str
    published: str
    until: str
    standing: CapState


@dataclass(frozen=True, kw_only=True)
class VersionTold:
    version: int
    sub: str
    root: str
    source: str
    dated: str
    checked: str
    made: str


@dataclass(frozen=True, kw_only=True)
class CapsListed(Answer):
    """`caps` are the dates in force; `versions` every table there was, the newest last."""

    caps: tuple[CapTold, ...]
    versions: tuple[VersionTold, ...]

    def lines(self) -> list[str]:
        told = [f"{each.layer}: {each.until} ({CAPS[each.standing]})" for each in self.caps]
        return [*told, *(f"Version {each.version}: {each.source}, {each.dated}" for each in self.versions)]


@dataclass(frozen=True, kw_only=True)
class DueTold:
    matter: Matter
    uid: str
    day: str
    about: str
    owner: str
    clauses: tuple[str, ...]
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class DueListed(Answer):
    """`file` is the calendar file that was written, "" where none was."""

    file: str
    due: tuple[DueTold, ...]

    def lines(self) -> list[str]:
        told = [
            f"{each.day}  {'LATE  ' if each.overdue else ''}{MATTERS[each.matter]}: {each.about}" for each in self.due
        ]
        return [*(told or ["Nothing is due."]), *([f"Written: {self.file}"] if self.file else [])]


def _compliance(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        found = compliance.status(desk)
    counts = {state.value: count for state, count in found.counts.items()}
    rows = tuple(told(row) for row in found.rows)
    beside = tuple(_standard(row) for row in found.standards)
    return done(
        ComplianceTold(shared_service=found.shared, green=found.green, counts=counts, clauses=rows, standards=beside)
    )


def _waive(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("Waive") as desk:
        command = Waive(args.clause, args.reason, args.until, args.review, args.ticket)
        return waits(desk, waivers.waive(desk, command))


def _caps(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        rows, versions = caps.rows(desk), caps.versions(desk)
    dates = tuple(
        CapTold(
            layer=each.layer.value,
            clause=each.clause,
            published=each.published.isoformat(),
            until=each.until.isoformat(),
            standing=each.state,
        )
        for each in rows
    )
    return done(
        CapsListed(
            caps=dates,
            versions=tuple(
                VersionTold(
                    version=each.version,
                    sub=each.sub.isoformat(),
                    root=each.root.isoformat(),
                    source=each.source,
                    dated=each.dated.isoformat(),
                    checked=each.checked.isoformat(),
                    made=f"{each.made:%Y-%m-%dT%H:%M:%SZ}" if each.made else "",
                )
                for each in versions
            ),
        )
    )


def _change(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("ChangeCaps") as desk:
        command = ChangeCaps(args.sub, args.root, args.source, args.dated, args.reason, args.ticket)
        return waits(desk, caps.change(desk, command))


def _due(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        found = calendar.due(desk)
        if context.args.ics:
            write_new(Path(context.args.ics), calendar.as_ics(desk, found, [MATTERS[each.matter] for each in found]))
    listed = tuple(
        DueTold(
            matter=each.matter,
            uid=each.uid,
            day=each.day.isoformat(),
            about=each.about,
            owner=each.owner,
            clauses=each.clauses,
            overdue=each.overdue,
        )
        for each in found
    )
    return done(DueListed(file=context.args.ics or "", due=listed))


_UNTIL = {"required": True, "metavar": "DATE", "help": "its last day, within twelve months"}
_REVIEW = {"required": True, "metavar": "DATE", "help": "when it is looked at again"}
_DAY = {"required": True, "metavar": "DATE"}
_WAIVE = words("workspace", "clause", reason=REASON, until=_UNTIL, review=_REVIEW, ticket=TICKET)
_CHANGE = words(
    "workspace",
    sub={**_DAY, "help": "the last day of sub CAs' keys"},
    root={**_DAY, "help": "the last day of root keys"},
    source={"required": True, "metavar": "TEXT", "help": "the publisher's page, by its title"},
    dated={**_DAY, "help": "the date that page bears"},
    reason=REASON,
    ticket=TICKET,
)
_ICS = {"metavar": "FILE", "help": "write a calendar file (RFC 5545) for other programs"}
ENTRIES = (
    Entry("compliance", "", "how every clause stands, with its evidence", words("workspace"), _compliance, ComplianceTold),
    Entry("waive", "", "leave a clause for a while, agreed by two people", _WAIVE, _waive, Waiting),
    Entry("caps", "list", "the dates for keys in force, and every version of the table", words("workspace"), _caps, CapsListed),
    Entry("caps", "change", "propose a new version of the table of key lifetimes", _CHANGE, _change, Waiting),
    Entry("due", "", "everything with a day by which it has to be done", words("workspace", ics=_ICS), _due, DueListed),
)  # fmt: skip
