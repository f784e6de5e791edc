"""audit verify, read, checkpoint, prove, export, review."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from core.cli.answers import Answer
from core.cli.base import Context, Entry, content, done, words
from core.late import dataclass
from core.media import qr
from core.media.files import signature_of, write_new
from core.model.audit import DrawSample, ExportLog, LogFormat, Report, SignOff, Witness
from core.services import activity, audit, checkpoints, logs, reviews
from core.words.audit import event, fault, reach, witness


@dataclass(frozen=True, kw_only=True)
class FaultTold:
    row: int
    what: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class CheckpointTold:
    file: str
    standing: Witness
    size: int
    signer: str
    time: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Verified(Answer):
    ok: bool
    rows: int
    head: str
    root: str
    first: str
    unsigned: int
    vouched: int
    reach: str
    faults: tuple[FaultTold, ...]
    checkpoints: tuple[CheckpointTold, ...]

    def lines(self) -> list[str]:
        told = [each.sentence for each in self.checkpoints]
        if not self.ok:
            alarm = "Stop work, keep a copy of the file and tell the responsible person."
            return [*(each.sentence for each in self.faults), *told, alarm]
        return [
            f"The ledger of {self.rows} entries fits together, and every record is what its entry says.",
            *told,
            self.reach,
            f"Its head is {self.head}.",
        ]


@dataclass(frozen=True, kw_only=True)
class RowTold:
    number: int
    time: str
    actor: str
    action: str
    ticket: str
    about: str
    sentence: str

    @property
    def line(self) -> str:
        told = f"{self.number}  {self.time}  {self.actor} {self.sentence}  {self.about}  {self.ticket}"
        return told.rstrip()


@dataclass(frozen=True, kw_only=True)
class RowsRead(Answer):
    rows: tuple[RowTold, ...]

    def lines(self) -> list[str]:
        return [each.line for each in self.rows]


@dataclass(frozen=True, kw_only=True)
class Reviewed(Answer):
    sample: int
    signed_off: bool
    first: int
    last: int
    rows: tuple[RowTold, ...]
    counts: dict[str, int]
    due: str

    def lines(self) -> list[str]:
        if self.signed_off:
            return [f"The review of sample {self.sample} is signed off. The next is due by {self.due}."]
        told = [f"{count} times: {event(action)}" for action, count in sorted(self.counts.items())]
        return [
            f"Entries {self.first} to {self.last} hold:",
            *told,
            "Look these acts up: is there a ticket, and does it say the same?",
            *(each.line for each in self.rows),
            f"Then: anchorhold audit review WS --sign-off {self.sample} --note TEXT",
        ]


@dataclass(frozen=True, kw_only=True)
class Written(Answer):
    file: str
    rows: int
    qr: str = ""

    def lines(self) -> list[str]:
        told = f"{self.file} holds the checkpoint of entries 1 to {self.rows}: keep it where this file is not."
        return [told, *([self.qr] if self.qr else [])]


@dataclass(frozen=True, kw_only=True)
class Proved(Answer):
    file: str
    number: int

    def lines(self) -> list[str]:
        return [f"{self.file} holds entry {self.number} and the proof that it stands in the ledger (C2SP tlog-proof)."]


@dataclass(frozen=True, kw_only=True)
class Exported(Answer):
    file: str
    signature: str
    checkpoint: str
    first: int
    last: int
    rows: int
    sha256: str

    def lines(self) -> list[str]:
        rest = self.rows - self.last
        more = f" {rest} more are left for the next file." if rest else ""
        return [
            f"{self.file} holds entries {self.first} to {self.last}.{more}",
            f"Its signature is {self.signature}, the ledger's checkpoint {self.checkpoint}.",
        ]


def _verify(context: Context) -> tuple[Answer, int]:
    outside = {name: content(name) for name in context.args.checkpoint}
    if context.args.acting:
        with context.signed_in("Verify") as desk:
            report = audit.verify(desk, context.progress(), outside)
    else:
        with context.desk(read_only=True) as desk:
            report = audit.inspect(desk, context.progress(), outside)
    return _told(report), 3 if not report.sound else 0 if report.passed else 4


def _told(report: Report) -> Verified:
    return Verified(
        ok=report.sound,
        rows=report.rows,
        head=report.head,
        root=report.root,
        first=report.first,
        unsigned=report.unsigned,
        vouched=report.vouched,
        reach=reach(report),
        faults=tuple(FaultTold(row=each.row, what=each.what, sentence=fault(each)) for each in report.faults),
        checkpoints=tuple(
            CheckpointTold(
                file=each.name,
                standing=each.standing,
                size=each.size,
                signer=each.signer,
                time=each.time,
                sentence=witness(each, report.rows),
            )
            for each in report.judged
        ),
    )


def _read(context: Context) -> tuple[Answer, int]:
    with context.signed_in("ReadLog") as desk:
        entries = logs.read(desk, 1000)
    return done(RowsRead(rows=tuple(_entry(each) for each in entries)))


def _entry(entry: activity.Entry) -> RowTold:
    return RowTold(
        number=entry.number,
        time=entry.time,
        actor=entry.actor,
        action=entry.action,
        ticket=entry.ticket,
        about=entry.about,
        sentence=event(entry.action),
    )


def _export(context: Context) -> tuple[Answer, int]:
    args = context.args
    made = context.perform(logs.EXPORT, ExportLog(LogFormat(args.format), Path(args.to), args.first))
    told = Exported(
        file=args.to,
        signature=str(signature_of(made.to)),
        checkpoint=str(logs.checkpoint_of(made.to)),
        first=made.first,
        last=made.last,
        rows=made.rows,
        sha256=made.sha256,
    )
    return done(told)


def _checkpoint(context: Context) -> tuple[Answer, int]:
    with context.signed_in("MakeCheckpoint") as desk:
        note = checkpoints.make(desk)
    write_new(Path(context.args.out), note.encode())
    shown = qr.terminal(note) if context.args.qr else ""
    return done(Written(file=context.args.out, rows=int(note.split("\n")[1]), qr=shown))


def _prove(context: Context) -> tuple[Answer, int]:
    with context.signed_in("Prove") as desk:
        proof = checkpoints.prove(desk, context.args.number)
    write_new(Path(context.args.out), proof.encode())
    return done(Proved(file=context.args.out, number=context.args.number))


def _verify_words(parser: ArgumentParser) -> None:
    words("workspace")(parser)
    told = "a checkpoint that was kept outside; may be given several times"
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE", help=told)


def _prove_words(parser: ArgumentParser) -> None:
    words("workspace")(parser)
    parser.add_argument("number", type=int, metavar="NUMBER", help="the entry's number")
    parser.add_argument("--out", **_OUT)


def _review(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("SignOff" if args.sign_off else "DrawSample") as desk:
        if args.sign_off:
            due = reviews.sign_off(desk, SignOff(args.sign_off, args.note))
            return done(
                Reviewed(sample=args.sign_off, signed_off=True, first=0, last=0, rows=(), counts={}, due=str(due))
            )
        drawn = reviews.draw(desk, DrawSample(args.sample))
        answer = Reviewed(
            sample=drawn.number,
            signed_off=False,
            first=drawn.first,
            last=drawn.last,
            rows=tuple(_entry(each) for each in drawn.entries),
            counts=drawn.counts,
            due=str(reviews.due(desk)),
        )
        return done(answer)


def _review_words(parser: ArgumentParser) -> None:
    words("workspace")(parser)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="how many acts to draw (20)")
    parser.add_argument("--sign-off", type=int, default=0, metavar="NUMBER", help="the sample that was looked up")
    parser.add_argument("--note", default="", metavar="TEXT", help="with --sign-off: what was found")


def _export_words(parser: ArgumentParser) -> None:
    words("workspace", to=_OUT)(parser)
    parser.add_argument(
        "--format", required=True, help="how the lines are written", choices=[each.value for each in LogFormat]
    )
    told = "the first entry; without it, the one behind the last export in that format"
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="NUMBER", help=told)


_OUT: dict[str, Any] = {"required": True, "metavar": "FILE", "help": "a new file"}
_CHECKPOINT = words("workspace", out=_OUT, qr={"action": "store_true", "help": "show it as a QR code as well"})
ENTRIES = (
    Entry("audit", "verify", "prove that nobody rewrote the ledger or the tables", _verify_words, _verify, Verified),
    Entry("audit", "read", "the newest 1,000 entries", words("workspace"), _read, RowsRead),
    Entry("audit", "checkpoint", "sign the ledger's head, to be kept elsewhere", _CHECKPOINT, _checkpoint, Written),
    Entry("audit", "review", "draw acts for the monthly review, or sign it off", _review_words, _review, Reviewed),
    Entry("audit", "export", "take entries out for another system", _export_words, _export, Exported),
    Entry("audit", "prove", "take out one entry with its proof", _prove_words, _prove, Proved),
)
