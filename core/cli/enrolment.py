"""request commands, submit, list, show, batch; cert issue, list, export, revoke, review."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from core.cli.answers import Answer
from core.cli.base import TICKET, Context, Entry, content, done, words
from core.cli.holders import CUSTODIAN, MODULE, hands
from core.cli.proposals import ProposalShown, ProposalsListed, Waiting, listed, short, show, waits
from core.late import dataclass
from core.model.certificates import CertificateState, IssueCertificates, SubmitRequest
from core.model.revocation import Reason, Review, Revoke
from core.services import agreements, batches, caps, endpoints, enrolment, requesting, restored, revocation
from core.services.endpoints import ExportEndpoint
from core.services.perform import perform
from core.words.hierarchy import STATES
from core.words.say import sentence


@dataclass(frozen=True, kw_only=True)
class Commands(Answer):
    """`key_made` is how the key is made where two people agreed on an exception, "" where it is made on the device.

    `renews`: the lines are for a renewal; `vouches` is false where the device cannot sign with the key that it has.
    """

    device: str
    commands: tuple[str, ...]
    key_made: str
    renews: bool
    vouches: bool

    def lines(self) -> list[str]:
        made = f"By a recorded exception the key of {self.device} is made another way: {self.key_made}. Else type:"
        first = made if self.key_made else f"Type on {self.device}, where its key stays:"
        told = [first, *(f"  {each}" for each in self.commands)]
        if not self.renews:
            return told
        if self.vouches:
            return [*told, "Carry both files here: request submit --renews SERIAL --proof FILE."]
        return [*told, "It cannot sign with the key it has: two people compare the new one (key receive, key compare)."]


@dataclass(frozen=True, kw_only=True)
class BatchRow:
    """`proposal` is "" where the request was refused; then `refused` says why."""

    file: str
    device: str
    proposal: str
    refused: str


@dataclass(frozen=True, kw_only=True)
class Batch(Answer):
    rows: tuple[BatchRow, ...]

    def lines(self) -> list[str]:
        return [
            f"{each.device}: proposal {each.proposal} waits for approval."
            if each.proposal
            else f"{each.file}: {each.refused}"
            for each in self.rows
        ]


@dataclass(frozen=True, kw_only=True)
class IssuedTold:
    proposal: str
    serial: str
    folder: str
    refused: str


@dataclass(frozen=True, kw_only=True)
class CertificatesIssued(Answer):
    certificates: tuple[IssuedTold, ...]

    def lines(self) -> list[str]:
        return [
            f"Proposal {each.proposal} is issued: serial {each.serial}. {each.folder}".rstrip()
            if each.serial
            else f"Proposal {each.proposal} was not issued: {each.refused}"
            for each in self.certificates
        ]


@dataclass(frozen=True, kw_only=True)
class CertificateTold:
    serial: str
    authority: str
    device: str
    profile: str
    subject: str
    standing: CertificateState
    not_before: str
    not_after: str
    ticket: str
    caps_version: int  # of the table of key lifetimes that it was issued under, 0 where that is not on file


@dataclass(frozen=True, kw_only=True)
class UnknownTold:
    """A serial that only a published CRL revokes; `here` where the certificate is on file, unrevoked."""

    serial: str
    authority: str
    since: str
    reason: str
    here: bool

    def line(self) -> str:
        told = "revoked on the published CRL and not here: revoke it here too" if self.here else "not in this file"
        return f"{self.serial}  unknown  {self.authority}  {self.reason} since {self.since}: {told}"


@dataclass(frozen=True, kw_only=True)
class CertificatesListed(Answer):
    """`unknown` is what a CRL that was taken home after a restore lists and this file does not know."""

    certificates: tuple[CertificateTold, ...]
    unknown: tuple[UnknownTold, ...]

    def lines(self) -> list[str]:
        told = [
            f"{each.serial}  {STATES[each.standing]}  {each.device or each.subject}  {each.authority}  until {each.not_after}"
            + (f"  table of key lifetimes {each.caps_version}" if each.caps_version else "")
            for each in self.certificates
        ]
        return [*told, *(each.line() for each in self.unknown)] or ["There is no such certificate."]


@dataclass(frozen=True, kw_only=True)
class FolderWritten(Answer):
    folder: str

    def lines(self) -> list[str]:
        return [f"Written and read back: {self.folder}"]


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Waiting):
    """`proposal` is "" where the revocation stands at once; `cuts` are links that stop, `same_key` more serials.

    `together`: those are revoked in the same step.
    """

    serial: str
    cuts: tuple[str, ...]
    same_key: tuple[str, ...]
    together: bool

    def lines(self) -> list[str]:
        told = super().lines() if self.proposal else [f"The certificate {self.serial} is revoked. It is final."]
        told += [f"It cuts: {', '.join(self.cuts)}."] if self.cuts else []
        if self.same_key:
            said = "With it, over the same key" if self.together else "Further certificates over the same key"
            told.append(f"{said}: {', '.join(self.same_key)}.")
        return told if self.proposal else [*told, "Devices trust it until they read a new CRL: anchorhold crl sign."]


@dataclass(frozen=True, kw_only=True)
class Reviewed(Answer):
    serial: str

    def lines(self) -> list[str]:
        return [f"The revocation of {self.serial} is reviewed."]


def _commands(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        name, renews = context.args.device, context.args.renews
        lines = requesting.commands(desk, name, renews=renews)
        key_made, vouches = agreements.key_made(desk.file.read, name), requesting.vouches(desk, name)
    return done(Commands(device=name, commands=lines, key_made=key_made, renews=renews, vouches=vouches))


def _submit(context: Context) -> tuple[Answer, int]:
    args = context.args
    command = SubmitRequest(
        args.device,
        content(args.file),
        args.ticket,
        args.profile or "",
        args.ca or "",
        args.subject or "",
        tuple(args.san),
        args.until or "",
        args.renews or "",
        content(args.proof) if args.proof else b"",
        args.same_key,
    )
    with context.signed_in("SubmitRequest") as desk:
        return waits(desk, batches.submit(desk, command))


def _batch(context: Context) -> tuple[Answer, int]:
    """One request file per device, named after it; a row for each, none silently skipped."""
    args = context.args
    with context.signed_in("SubmitRequest") as desk:
        paths = tuple(Path(each) for each in args.path if each != "-")
        pasted = content("-") if "-" in args.path else b""
        command = batches.SubmitMany(paths, args.ticket, args.ca or "", pasted)
        rows = tuple(
            BatchRow(
                file=each.file,
                device=each.device,
                proposal=short(each.proposal) if each.proposal else "",
                refused=sentence(each.refusal) if each.refusal else "",
            )
            for each in batches.submit_many(desk, command, context.progress())
        )
    return Batch(rows=rows), 4 if any(each.refused for each in rows) else 0


def _requests(context: Context) -> tuple[Answer, int]:
    return listed(context, ("certificate.issue", "request.register"), everything=context.args.all)


def _issue(context: Context) -> tuple[Answer, int]:
    args, told = context.args, []
    with context.signed_in("IssueCertificates", own_hand=True) as desk:
        command = IssueCertificates(tuple(args.proposal), tuple(args.custodian))
        for each in enrolment.issue(desk, command, hands(context, desk)):
            folder, serial = "", each.issued.serial if each.issued else ""
            if serial and args.to:
                folder = str(perform(desk, endpoints.EXPORTED, ExportEndpoint(serial, Path(args.to))))
            refused = sentence(each.refusal) if each.refusal else ""
            told.append(IssuedTold(proposal=each.proposal[:16], serial=serial, folder=folder, refused=refused))
    return CertificatesIssued(certificates=tuple(told)), 4 if any(each.refused for each in told) else 0


def _list(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.desk(read_only=True) as desk:
        rows, elsewhere, tables = enrolment.rows(desk), restored.elsewhere(desk), caps.issued_under(desk)
    unknown = tuple(
        UnknownTold(
            serial=each.serial,
            authority=each.authority,
            since=each.entry.at.isoformat(),
            reason=each.entry.reason.value,
            here=each.here,
        )
        for each in elsewhere
        if args.state in (None, CertificateState.REVOKED.value)
    )
    told = [
        CertificateTold(
            serial=row.issued.serial,
            authority=row.authority,
            device=row.device,
            profile=row.issued.profile,
            subject=enrolment.subject_text(row.issued),
            standing=row.state,
            not_before=row.issued.not_before.isoformat(),
            not_after=row.issued.not_after.isoformat(),
            ticket=row.issued.ticket,
            caps_version=tables[row.issued.id].version if row.issued.id in tables else 0,
        )
        for row in rows
        if args.state in (None, row.state.value)
    ]
    needle = (args.find or "").casefold()
    found = [each for each in told if needle in _whole(each)]
    return done(
        CertificatesListed(certificates=tuple(found), unknown=tuple(each for each in unknown if needle in _whole(each)))
    )


def _whole(each: CertificateTold | UnknownTold) -> str:
    return " ".join(str(value) for value in vars(each).values()).casefold()


def _export(context: Context) -> tuple[Answer, int]:
    args = context.args
    made = context.perform(endpoints.EXPORTED, ExportEndpoint(args.serial, Path(args.to), args.ca or ""))
    return done(FolderWritten(folder=str(made)))


def _revoke(context: Context) -> tuple[Answer, int]:
    args = context.args
    command = Revoke(
        args.serial, args.reason, args.ticket, args.ca or "", args.suspected, args.compromised_at or "", args.same_key
    )
    with context.signed_in("Revoke") as desk:
        made = revocation.revoke(desk, command)
        facts: dict[str, Any] = {
            "serial": made.issued.serial,
            "cuts": made.cuts,
            "same_key": made.same_key,
            "together": made.together,
        }
        if made.waiting is None:
            return done(CertificateRevoked(state="done", proposal="", sentence="", needs=(), **facts))
        waiting, _ = waits(desk, made.waiting)
        return done(
            CertificateRevoked(proposal=waiting.proposal, sentence=waiting.sentence, needs=waiting.needs, **facts)
        )


def _review(context: Context) -> tuple[Answer, int]:
    args = context.args
    issued = context.perform(revocation.REVIEWED, Review(args.serial, args.ca or ""), own_hand=True)
    return done(Reviewed(serial=issued.serial))


_CA: dict[str, Any] = {"metavar": "NAME", "help": "the authority, where there are several"}
_TO = {"required": True, "metavar": "DIR", "help": "where the folder goes"}
_SUBMIT = words(
    "workspace", "file",
    device={"required": True, "metavar": "NAME", "help": "the device it was made on"}, ticket=TICKET,
    profile={"metavar": "NAME", "help": "the profile, where another than the first is meant"}, ca=_CA,
    subject={"metavar": "DN", "help": "the subject, where another than the device's identity is meant"},
    san={"action": "append", "default": [], "metavar": "TYPE:VALUE", "help": "dns:, ip: or email:; repeatable"},
    until={"metavar": "DATE", "help": "an earlier end than a year or the device's life"},
    renews={"metavar": "SERIAL", "help": "the certificate that this one follows, its names and profile unless named"},
    proof={"metavar": "FILE", "help": "what the current key signed over the new request (request commands --renews)"},
    same_key={"action": "store_true", "help": "renew over the key that the device has, instead of a new one"},
)  # fmt: skip
_ISSUE_TO: dict[str, Any] = {"metavar": "DIR", "help": "write each device's folder here as well"}


def _issuing(parser: ArgumentParser) -> None:
    parser.add_argument("workspace", metavar="WS", help="the workspace, a path NAME.anchorhold")
    parser.add_argument("proposal", nargs="+", metavar="ID", help="the approved proposals")
    parser.add_argument("--custodian", **CUSTODIAN)
    parser.add_argument("--module", **MODULE)
    parser.add_argument("--to", **_ISSUE_TO)


def _batching(parser: ArgumentParser) -> None:
    told = "folders and files of requests, each file named after its device; - reads several from stdin"
    parser.add_argument("workspace", metavar="WS", help="the workspace, a path NAME.anchorhold")
    parser.add_argument("path", nargs="+", metavar="DIR|FILE", help=told)
    parser.add_argument("--ticket", **TICKET)
    parser.add_argument("--ca", **_CA)


_REVOKE = words(
    "workspace", "serial", reason={"required": True, "metavar": "|".join(Reason), "help": "why it is revoked"},
    ticket=TICKET, ca=_CA, suspected={"action": "store_true", "help": "compromise is suspected: it stands at once"},
    compromised_at={"metavar": "TIME", "help": "since when the key may be in wrong hands"},
    same_key={"action": "store_true", "help": "with it every other certificate over its key"},
)  # fmt: skip
_ALL = {"action": "store_true", "help": "also those that are over"}
_RENEWS = {"action": "store_true", "help": "for a renewal: a new key beside the current one, which signs for it"}
_LIST = words(
    "workspace", state={"metavar": "|".join(CertificateState), "help": "only those"},
    find={"metavar": "TEXT", "help": "only those that hold this text"},
)  # fmt: skip
ENTRIES = (
    Entry(
        "request",
        "commands",
        "what to type on the device to make a request",
        words("workspace", "device", renews=_RENEWS),
        _commands,
        Commands,
    ),
    Entry("request", "submit", "ask for a device's certificate", _SUBMIT, _submit, Waiting),
    Entry(
        "request",
        "batch",
        "ask for many, one request file per device",
        _batching,
        _batch,
        Batch,
    ),
    Entry("request", "list", "requests that wait", words("workspace", all=_ALL), _requests, ProposalsListed),
    Entry("request", "show", "one request, whole", words("workspace", "proposal"), show, ProposalShown),
    Entry("cert", "issue", "issue what was approved, with the custodians", _issuing, _issue, CertificatesIssued),
    Entry("cert", "list", "certificates and how they stand", _LIST, _list, CertificatesListed),
    Entry(
        "cert",
        "export",
        "write a certified device's folder",
        words("workspace", "serial", to=_TO, ca=_CA),
        _export,
        FolderWritten,
    ),
    Entry("cert", "revoke", "revoke a certificate for ever", _REVOKE, _revoke, CertificateRevoked),
    Entry(
        "cert",
        "review",
        "look at an urgent revocation as the second person",
        words("workspace", "serial", ca=_CA),
        _review,
        Reviewed,
    ),
)
