"""ceremony read-back, close: what stands between a root that was made and a record that is closed."""

from pathlib import Path

from core.cli.answers import Answer
from core.cli.base import Context, Entry, content, done, words
from core.late import dataclass
from core.model.ceremony import CloseCeremony, ReadBack
from core.services import ceremony


@dataclass(frozen=True, kw_only=True)
class TypedBack(Answer):
    by: str

    def lines(self) -> list[str]:
        return [f"The fingerprint of the root is as {self.by} typed it. Everybody keeps what they wrote down."]


@dataclass(frozen=True, kw_only=True)
class RecordClosed(Answer):
    seal: str
    next_planned: str
    copies: int

    def lines(self) -> list[str]:
        return [
            f"The record is closed: {self.copies} backups were read again, the seal is {self.seal}.",
            f"The next ceremony is planned for {self.next_planned}. Print the record: anchorhold statement ceremony.",
        ]


def _read_back(context: Context) -> tuple[Answer, int]:
    heard = content("-").decode("utf-8", "replace") if context.args.heard == "-" else context.args.heard
    by = context.args.by or ""
    context.perform(ceremony.READ_BACK, ReadBack(heard, by), own_hand=True)
    return done(TypedBack(by=by or context.args.acting or ""))


def _close(context: Context) -> tuple[Answer, int]:
    args = context.args
    copies = tuple(Path(each) for each in args.backup or ())
    command = CloseCeremony(args.powered_off, args.seal, args.place, args.next, copies, args.exceptions or "")
    context.perform(ceremony.CLOSE, command, own_hand=True)
    return done(RecordClosed(seal=command.seal, next_planned=command.next_planned, copies=len(copies)))


def _needed(metavar: str, about: str) -> dict[str, object]:
    return {"required": True, "metavar": metavar, "help": about}


_READ_BACK = words(
    "workspace",
    heard=_needed("TEXT", "the root's SHA-256 as it was read aloud; - reads stdin"),
    by={"metavar": "NAME", "help": "who typed it, where that is not who acts"},
)
_CLOSE = words(
    "workspace",
    powered_off=_needed("TIME", "when the machine is powered off"),
    seal=_needed("NUMBER", "the number of the seal"),
    place=_needed("TEXT", "where the sealed medium is kept"),
    next=_needed("DATE", "the next planned ceremony, 30 days before the root's CRL ends at the latest"),
    backup={"action": "append", "metavar": "FILE", "help": "a backup of this ceremony, read again now; repeatable"},
    exceptions={"metavar": "TEXT", "help": "what went another way than the script says"},
)

ENTRIES = (
    Entry("ceremony", "read-back", "a second person types the root's fingerprint", _READ_BACK, _read_back, TypedBack),
    Entry("ceremony", "close", "close the record: powered off, sealed, next planned", _CLOSE, _close, RecordClosed),
)
