"""crl sign, export, take, status."""

from datetime import datetime
from pathlib import Path

from core.cli.answers import Answer
from core.cli.base import REASON, TICKET, Context, Entry, content, words
from core.cli.checks import FindingTold
from core.cli.holders import CUSTODIAN, MODULE, OFFLINE, hands, network_up
from core.cli.proposals import Waiting, waits
from core.crypto.crls import LIMIT
from core.late import dataclass
from core.media.files import write_all
from core.model.checks import Found
from core.model.revocation import Published, RecordNone
from core.services import crls, restored
from core.services.desk import Desk
from core.services.revocation import unpublished
from core.words.checks import found


@dataclass(frozen=True, kw_only=True)
class RevocationTold:
    """`minutes` from its report to the CRL that first tells of it."""

    serial: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class CrlDone(Answer):
    """`revoked` are the revocations that no CRL told before; `findings` speak against a copy that was taken."""

    authority: str
    number: int
    entries: int
    this_update: str
    next_update: str
    files: tuple[str, ...]
    revoked: tuple[RevocationTold, ...]
    findings: tuple[FindingTold, ...]

    def lines(self) -> list[str]:
        told = [
            f"CRL {self.number} of {self.authority}: {self.entries} entries, valid until {minute(self.next_update)}."
        ]
        told += [
            f"It is the first to tell of {each.serial}, {each.minutes} minutes after the report."
            for each in self.revoked
        ]
        told += [each.sentence for each in self.findings]
        return [*told, *(f"Written: {each}" for each in self.files)]


@dataclass(frozen=True, kw_only=True)
class CrlStanding:
    authority: str
    number: int
    published: str
    due: str
    until: str
    entries: int
    late: bool
    stale: bool


@dataclass(frozen=True, kw_only=True)
class CrlStatus(Answer):
    """`unpublished` names authorities with a revocation that no CRL tells yet."""

    crls: tuple[CrlStanding, ...]
    unpublished: tuple[str, ...]

    def lines(self) -> list[str]:
        told = [_line(each) for each in self.crls] or ["There are no authorities yet."]
        return [*told, *(f"{each} has revocations that no CRL tells yet: sign one now." for each in self.unpublished)]


def _line(each: CrlStanding) -> str:
    if not each.number:
        return f"{each.authority} has not published a CRL. Devices will refuse its certificates."
    state = "OUT OF DATE" if each.stale else "overdue" if each.late else "in time"
    return f"{each.authority}: CRL {each.number}, {each.entries} entries, next due {minute(each.due)}, valid until {minute(each.until)}: {state}"


def minute(stored: str) -> str:
    """A stored UTC time as people read it, as everywhere else."""
    return f"{datetime.fromisoformat(stored):%Y-%m-%d %H:%M} UTC" if stored else ""


def _time(when: datetime | None) -> str:
    return when.isoformat() if when else ""


def _sign(context: Context) -> tuple[Answer, int]:
    args = context.args
    to = Path(args.to) if args.to else None
    with context.signed_in("SignCrl", own_hand=True) as desk:
        network = network_up(context, desk)
        made = crls.sign(desk, args.ca or "", tuple(args.custodian), hands(context, desk), network, to)
        name = crls.name_of(desk, made)
        files = write_all(to, crls.files(desk, name, made.number), over=True) if to else ()
        return _done(desk, made, files)


def _done(
    desk: Desk, crl: Published, files: tuple[str, ...] = (), against: tuple[Found, ...] = ()
) -> tuple[Answer, int]:
    first = tuple(RevocationTold(serial=each.serial, minutes=each.minutes) for each in crls.first_told(desk, crl))
    answer = CrlDone(
        authority=crls.name_of(desk, crl),
        number=crl.number,
        entries=crl.entries,
        this_update=crl.this_update.isoformat(),
        next_update=crl.next_update.isoformat(),
        files=files,
        revoked=first,
        findings=tuple(FindingTold(finding=each.trouble.value, sentence=found(each)) for each in against),
    )
    return answer, 4 if against else 0


def _export(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("ExportCrl") as desk:
        authority = crls.find(desk, args.ca or "")
        crl = crls.newest(desk, authority, args.number or 0)
        return _done(desk, crl, write_all(Path(args.to), crls.files(desk, authority.name, crl.number), over=True))


def _take(context: Context) -> tuple[Answer, int]:
    with context.signed_in("TakeCrl") as desk:
        taken = crls.take(desk, content(context.args.file, LIMIT))
        return _done(desk, taken.crl, against=taken.found)


def _none(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("RecordNone") as desk:
        return waits(desk, restored.record_none(desk, RecordNone(args.ca, args.reason, args.ticket or "")))


def _status(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        rows, late = crls.status(desk), unpublished(desk)
    told = tuple(
        CrlStanding(
            authority=row.authority.name,
            number=row.number,
            published=_time(row.published),
            due=_time(row.due),
            until=_time(row.until),
            entries=row.entries,
            late=row.late,
            stale=row.stale,
        )
        for row in rows
    )
    bad = late or any(each.late or each.stale for each in told)
    return CrlStatus(crls=told, unpublished=late), 4 if bad else 0


_CA = {"metavar": "NAME", "help": "the authority, where there are several"}
_NUMBER = {"type": int, "metavar": "N", "help": "an older one than the newest"}
_TO = {"metavar": "DIR", "help": "where the files go"}
ENTRIES = (
    Entry(
        "crl",
        "sign",
        "sign an authority's next CRL",
        words("workspace", ca=_CA, custodian=CUSTODIAN, module=MODULE, to=_TO, **OFFLINE),
        _sign,
        CrlDone,
    ),
    Entry(
        "crl",
        "export",
        "write a signed CRL for publishing",
        words("workspace", ca=_CA, number=_NUMBER, to={**_TO, "required": True}),
        _export,
        CrlDone,
    ),
    Entry(
        "crl", "take", "take a CRL home: the root's, or a published copy", words("workspace", "file"), _take, CrlDone
    ),
    Entry(
        "crl", "none", "propose to record that none is published, after a restore",
        words("workspace", ca={**_CA, "required": True}, reason=REASON, ticket={**TICKET, "required": False}), _none, Waiting,
    ),
    Entry("crl", "status", "which CRLs are in time", words("workspace"), _status, CrlStatus),
)  # fmt: skip
