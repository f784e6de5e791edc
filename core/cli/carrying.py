"""carry send, carry take: requests between a registration desk and the workspace that issues."""

from argparse import ArgumentParser
from pathlib import Path

from core.cli.answers import Answer
from core.cli.authorities import FileWritten, place
from core.cli.base import Context, Entry, content, done, words
from core.cli.proposals import short
from core.late import dataclass
from core.media.files import write_new
from core.model.registration import Home, SendRequests, TakeCertificates, Taken
from core.model.workspace import Kind
from core.services import registration, returning
from core.services.carry import LIMIT
from core.words.say import sentence


@dataclass(frozen=True, kw_only=True)
class TakenTold:
    """`refused` says why where one was not taken, then `proposal`, `serial` and `folder` are "".

    A request has a `proposal`; a certificate that came home to its desk has a `serial` and its device's `folder`.
    """

    device: str
    proposal: str
    refused: str
    serial: str = ""
    folder: str = ""

    def line(self) -> str:
        if self.serial:
            return f"{self.device}: certificate {self.serial}. {self.folder}"
        if self.proposal:
            return f"{self.device}: proposal {self.proposal} waits for approval."
        return f"{self.device}: {self.refused}"


@dataclass(frozen=True, kw_only=True)
class RequestsTaken(Answer):
    rows: tuple[TakenTold, ...]

    def lines(self) -> list[str]:
        return [each.line() for each in self.rows]


def _send(context: Context) -> tuple[Answer, int]:
    args = context.args
    place(args.out)
    with context.signed_in("SendRequests") as desk:
        sends = registration.send if desk.workspace.kind is Kind.REGISTRATION else returning.send
        made = sends(desk, SendRequests(tuple(args.proposal)))
    write_new(Path(args.out), made)
    return done(FileWritten(file=args.out, fingerprint="", words=""))


def _take(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("TakeRequests") as desk:
        untrusted = content(args.file, LIMIT)
        if desk.workspace.kind is Kind.REGISTRATION:
            rows = tuple(_home(each) for each in returning.take(desk, TakeCertificates(untrusted, args.to or "")))
        else:
            rows = tuple(_request(each) for each in registration.take(desk, untrusted, args.ca or ""))
    return RequestsTaken(rows=rows), 4 if any(each.refused for each in rows) else 0


def _request(each: Taken) -> TakenTold:
    proposal, refused = each.proposal, each.refusal
    return TakenTold(
        device=each.device,
        proposal=short(proposal) if proposal else "",
        refused=sentence(refused) if refused else "",
    )


def _home(each: Home) -> TakenTold:
    folder, refused = str(each.folder or ""), sentence(each.refusal) if each.refusal else ""
    return TakenTold(device=each.device, proposal="", refused=refused, serial=each.serial, folder=folder)


def _sending(parser: ArgumentParser) -> None:
    parser.add_argument("workspace", metavar="WS", help="the workspace, a path NAME.anchorhold")
    parser.add_argument("proposal", nargs="+", metavar="ID", help="the approved requests, or those that were issued")
    parser.add_argument("--out", required=True, metavar="FILE", help="the carried file to write")


_TO = {"metavar": "DIR", "help": "at the desk: where the folders of the devices go"}
_CA = {"metavar": "NAME", "help": "the authority, where there are several"}
ENTRIES = (
    Entry("carry", "send", "write approved requests, or the certificates they became, to a carried file", _sending, _send, FileWritten),
    Entry("carry", "take", "take a registration desk's requests in, or at the desk the certificates home", words("workspace", "file", ca=_CA, to=_TO), _take, RequestsTaken),
)  # fmt: skip
