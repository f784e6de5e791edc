"""carry send, carry take: requests between a registration desk and the workspace that issues."""

from argparse import ArgumentParser
from pathlib import Path

from core.cli.answers import Answer
from core.cli.authorities import FileWritten, place
from core.cli.base import Context, Entry, content, done, words
from core.cli.proposals import short
from core.late import dataclass
from core.media.files import write_new
from core.model.registration import SendRequests
from core.services import registration
from core.services.carry import LIMIT
from core.words.say import sentence


@dataclass(frozen=True, kw_only=True)
class TakenTold:
    """`proposal` is "" where the request was refused; then `refused` says why."""

    device: str
    proposal: str
    refused: str


@dataclass(frozen=True, kw_only=True)
class RequestsTaken(Answer):
    rows: tuple[TakenTold, ...]

    def lines(self) -> list[str]:
        return [
            f"{each.device}: proposal {each.proposal} waits for approval."
            if each.proposal
            else f"{each.device}: {each.refused}"
            for each in self.rows
        ]


def _send(context: Context) -> tuple[Answer, int]:
    args = context.args
    place(args.out)
    with context.signed_in("SendRequests") as desk:
        made = registration.send(desk, SendRequests(tuple(args.proposal)))
    write_new(Path(args.out), made)
    return done(FileWritten(file=args.out, fingerprint="", words=""))


def _take(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("TakeRequests") as desk:
        rows = tuple(
            TakenTold(
                device=each.device,
                proposal=short(each.proposal) if each.proposal else "",
                refused=sentence(each.refusal) if each.refusal else "",
            )
            for each in registration.take(desk, content(args.file, LIMIT), args.ca or "")
        )
    return RequestsTaken(rows=rows), 4 if any(each.refused for each in rows) else 0


def _sending(parser: ArgumentParser) -> None:
    parser.add_argument("workspace", metavar="WS", help="the workspace, a path NAME.anchorhold")
    parser.add_argument("proposal", nargs="+", metavar="ID", help="the approved requests")
    parser.add_argument("--out", required=True, metavar="FILE", help="the carried file to write")


_CA = {"metavar": "NAME", "help": "the authority, where there are several"}
ENTRIES = (
    Entry("carry", "send", "write approved requests to a carried file", _sending, _send, FileWritten),
    Entry("carry", "take", "take a registration desk's requests in", words("workspace", "file", ca=_CA), _take, RequestsTaken),
)  # fmt: skip
