"""audit verify, audit read."""

from dataclasses import dataclass

from core.cli.answers import Answer
from core.cli.base import Context, Entry, done, words
from core.services import activity, audit
from core.words.verdicts import fault


@dataclass(frozen=True, kw_only=True)
class FaultTold:
    row: int
    what: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Verified(Answer):
    ok: bool
    rows: int
    head: str
    unsigned: int
    vouched: int
    faults: tuple[FaultTold, ...]

    def lines(self) -> list[str]:
        if not self.ok:
            return [
                *(each.sentence for each in self.faults),
                "Stop work, keep a copy of the file and tell the responsible person.",
            ]
        return [
            f"The ledger of {self.rows} entries fits together, and every record is what its entry says.",
            f"Its head is {self.head}; nothing outside this file vouches for it yet.",
        ]


@dataclass(frozen=True, kw_only=True)
class RowTold:
    number: int
    time: str
    actor: str
    action: str
    ticket: str
    about: str


@dataclass(frozen=True, kw_only=True)
class RowsRead(Answer):
    rows: tuple[RowTold, ...]

    def lines(self) -> list[str]:
        return [
            f"{each.number}  {each.time}  {each.actor}  {each.action}  {each.about}  {each.ticket}".rstrip()
            for each in self.rows
        ]


def _verify(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        report = audit.inspect(desk, context.progress())
    faults = tuple(FaultTold(row=each.row, what=each.what, sentence=fault(each)) for each in report.faults)
    answer = Verified(
        ok=not faults,
        rows=report.rows,
        head=report.head,
        unsigned=report.unsigned,
        vouched=report.vouched,
        faults=faults,
    )
    return answer, 3 if faults else 0


def _read(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        rows = tuple(
            RowTold(
                number=each.number,
                time=each.time,
                actor=each.actor,
                action=each.action,
                ticket=each.ticket,
                about=each.about,
            )
            for each in activity.recent(desk, 1000)
        )
    return done(RowsRead(rows=rows))


ENTRIES = (
    Entry(
        "audit", "verify", "prove that nobody rewrote the ledger or the tables", words("workspace"), _verify, Verified
    ),
    Entry("audit", "read", "the newest 1,000 entries", words("workspace"), _read, RowsRead),
)
