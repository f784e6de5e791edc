"""ticket pattern, widen, list; request exception."""

from core.cli.answers import Answer
from core.cli.base import REASON, TICKET, Context, Entry, done, words
from core.cli.proposals import Waiting, waits
from core.late import dataclass
from core.model.agreements import Agreement, Allowing, ExceptKey, SetPattern, WidenTicket
from core.services import agreements


@dataclass(frozen=True, kw_only=True)
class AgreementTold:
    """`about` is the ticket or device; `value` the pattern, the devices ("" is every one), or how the key is made."""

    allowing: Allowing
    about: str
    value: str
    reason: str
    ticket: str
    made: str
    proposal: str


@dataclass(frozen=True, kw_only=True)
class AgreementsListed(Answer):
    """`pattern` is the one in force; "" takes any ticket."""

    pattern: str
    agreements: tuple[AgreementTold, ...]

    def lines(self) -> list[str]:
        first = f"Tickets look like {self.pattern}." if self.pattern else "Any ticket is taken."
        return [first, *(_line(each) for each in self.agreements if each.allowing is not Allowing.PATTERN)]


def _line(each: AgreementTold) -> str:
    if each.allowing is Allowing.TICKET:
        return f"Since {each.made} the ticket {each.about} counts for {each.value or 'every device'}."
    return f"Since {each.made} the key of {each.about} is made another way: {each.value}."


def _told(each: Agreement) -> AgreementTold:
    return AgreementTold(
        allowing=each.allowing,
        about=each.about,
        value=each.value,
        reason=each.reason,
        ticket=each.ticket,
        made=f"{each.made:%Y-%m-%d}",
        proposal=each.proposal[:16],
    )


def _pattern(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("SetPattern") as desk:
        return waits(desk, agreements.set_pattern(desk, SetPattern(args.pattern, args.reason, args.ticket or "")))


def _widen(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("WidenTicket") as desk:
        return waits(desk, agreements.widen(desk, WidenTicket(args.ticket, tuple(args.device), args.reason)))


def _list(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        told = tuple(_told(each) for each in agreements.all_of(desk))
        return done(AgreementsListed(pattern=agreements.pattern(desk.file.read), agreements=told))


def _except(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("ExceptKey") as desk:
        return waits(desk, agreements.except_key(desk, ExceptKey(args.device, args.how, args.reason, args.ticket)))


_DEVICES = {"action": "append", "default": [], "metavar": "NAME", "help": "a device; repeatable; none means every one"}
_HOW = {"required": True, "metavar": "TEXT", "help": "where and how its key is made"}
_REF = {"metavar": "REF", "help": "the ticket this is done for"}
ENTRIES = (
    Entry(
        "ticket", "pattern", "ask for another pattern of tickets, such as CHG#######",
        words("workspace", "pattern", reason=REASON, ticket=_REF), _pattern, Waiting,
    ),
    Entry(
        "ticket", "widen", "ask that a ticket counts for further devices",
        words("workspace", "ticket", device=_DEVICES, reason=REASON), _widen, Waiting,
    ),
    Entry("ticket", "list", "the pattern, wider tickets and recorded exceptions", words("workspace"), _list, AgreementsListed),
    Entry(
        "request", "exception", "ask for the exception of a device whose key is made another way",
        words("workspace", "device", how=_HOW, reason=REASON, ticket=TICKET), _except, Waiting,
    ),
)  # fmt: skip
