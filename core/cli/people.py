"""people list, review, add, accept, duty, restore, leave, passphrase."""

import sys
from argparse import ArgumentParser
from dataclasses import replace

from core.cli.answers import Answer
from core.cli.base import REASON, Context, Entry, done, words
from core.cli.proposals import Waiting, waits
from core.cli.secrets import from_file
from core.errors.cli import WhoActs
from core.late import dataclass
from core.model.people import AddPerson, ChangeDuties, Duty, Leave, Operator
from core.policy.access import Cell, Row
from core.services import access, membership, people
from core.services.desk import Desk
from core.words.people import DUTIES, clash


@dataclass(frozen=True, kw_only=True)
class Person:
    """`until` is the last day of access, `left` the time they left; "" where there is none."""

    name: str
    full_name: str
    duties: tuple[Duty, ...]
    until: str
    left: str
    by_one_person: bool
    findings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PeopleListed(Answer):
    """`table` is the digest of the table shown; `signed_off` whether this command signed the review of it off."""

    people: tuple[Person, ...]
    gone: tuple[Person, ...]
    reviewed: str
    review_due: str
    overdue: bool
    auditor: bool
    table: str
    signed_off: bool = False

    def lines(self) -> list[str]:
        if self.signed_off:
            return [f"Signed off: {len(self.people)} people (table {self.table[:16]})."]
        return [
            *(line for each in self.people for line in _lines(each)),
            *(f"{each.name}  {each.full_name}  (left {each.left[:10]})" for each in self.gone),
            *([] if self.auditor else ["Nobody is auditor yet; an outsider with no other duty can be."]),
            f"The access review is {'overdue since' if self.overdue else 'due by'} {self.review_due}.",
        ]


@dataclass(frozen=True, kw_only=True)
class Accepted(Answer):
    name: str
    full_name: str
    duties: tuple[Duty, ...]
    witness: str

    def lines(self) -> list[str]:
        told = ", ".join(DUTIES[each] for each in self.duties)
        return [f"{self.full_name} works here as {self.name} ({told}); {self.witness} signed the new key in."]


@dataclass(frozen=True, kw_only=True)
class HasLeft(Answer):
    name: str
    left: str

    def lines(self) -> list[str]:
        return [
            f"{self.name} cannot sign in any more; what they signed can still be verified.",
            "Older copies of the file still open with their passphrase: destroy copies that you do not need.",
        ]


@dataclass(frozen=True, kw_only=True)
class PassphraseChanged(Answer):
    name: str

    def lines(self) -> list[str]:
        return [
            f"The passphrase of {self.name} is changed.",
            "Older copies of the file still open with the old one: destroy copies that you do not need.",
        ]


def _lines(person: Person) -> list[str]:
    until = f", until {person.until}" if person.until else ""
    alone = ["  taken in by one person alone"] if person.by_one_person else []
    told = f"{person.name}  {person.full_name}  ({', '.join(DUTIES[each] for each in person.duties)}{until})"
    return [told, *alone, *(f"  {each}" for each in person.findings)]


def _person(each: Operator, findings: tuple[str, ...] = ()) -> Person:
    return Person(
        name=each.name,
        full_name=each.full_name,
        duties=each.duties,
        until=each.until,
        left=each.left,
        by_one_person=each.by_one_person,
        findings=findings,
    )


def _findings(row: Row) -> tuple[str, ...]:
    pairs = dict.fromkeys(each.pair for each in row.places if each.cell is Cell.HELD and each.pair)
    return tuple(clash(pair) for pair in pairs)


def _table(desk: Desk) -> PeopleListed:
    seen = access.table(desk)
    return PeopleListed(
        people=tuple(_person(row.person, _findings(row)) for row in seen.rows),
        gone=tuple(_person(each) for each in seen.gone),
        reviewed=seen.reviewed,
        review_due=seen.due.isoformat(),
        overdue=seen.overdue,
        auditor=seen.auditor,
        table=seen.digest,
    )


def _list(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        return done(_table(desk))


def _review(context: Context) -> tuple[Answer, int]:
    if not context.args.sign_off:
        return _list(context)
    with context.signed_in("Review") as desk:
        membership.review(desk, access.table(desk).digest)
        return done(replace(_table(desk), signed_off=True))


def _duties(names: list[str]) -> tuple[Duty, ...]:
    return tuple(Duty(each) for each in names)


def _add(context: Context) -> tuple[Answer, int]:
    args = context.args
    asked = AddPerson(args.name, args.full_name, _duties(args.duty), args.until)
    with context.signed_in("Propose") as desk:
        return waits(desk, membership.add(desk, asked, args.reason, args.ticket))


def _duty(context: Context) -> tuple[Answer, int]:
    args = context.args
    asked = ChangeDuties(args.name, _duties(args.add), _duties(args.remove), args.until)
    with context.signed_in("Propose") as desk:
        return waits(desk, membership.change(desk, asked, args.reason, args.ticket))


def _restore(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("Propose") as desk:
        return waits(desk, membership.restore(desk, args.name, args.reason, args.ticket))


def _accept(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.desk() as desk:
        if not args.acting:
            raise WhoActs(tuple(each.name for each in people.operators(desk)))
        expected = membership.expected(desk, args.acting)
        fit = membership.witnesses(desk, expected)
        witness = args.witness or (fit[0] if fit else "")
        whom = from_file(desk.workspace.kind, rehearsal=desk.workspace.rehearsal)
        secrets = context.secrets
        if sys.stderr.isatty():
            sys.stderr.write(f"{args.acting} sets an own passphrase; {witness}, who sees them, signs their key in.\n")
        passphrase = secrets.of(args.acting, whom, new=True)
        person = membership.accept(desk, args.acting, passphrase, witness, secrets.of(witness, whom))
    return done(Accepted(name=person.name, full_name=person.full_name, duties=person.duties, witness=witness))


def _leave(context: Context) -> tuple[Answer, int]:
    gone = context.perform(membership.LEAVE, Leave(context.args.name, context.args.reason))
    return done(HasLeft(name=gone.name, left=gone.left))


def _passphrase(context: Context) -> tuple[Answer, int]:
    with context.desk() as desk:
        name = context.acting(desk)
        old = context.passphrase(desk, name)
        people.authenticate(desk, name, old)  # a wrong one is told before a new one is thought of
        whom = from_file(desk.workspace.kind, rehearsal=desk.workspace.rehearsal)
        new = context.secrets.of(f"{name} (new)", whom, new=True)
        people.change_passphrase(desk, old, new)
        return done(PassphraseChanged(name=name))


_WHY = {"metavar": "TEXT", "default": "", "help": "why, for the one who approves"}
_REF = {"metavar": "REF", "default": "", "help": "the ticket this is done for"}
_CHOICES = [duty.value for duty in Duty]


def _named(parser: ArgumentParser) -> None:
    words("workspace", "name", reason=_WHY, ticket=_REF)(parser)


def _adding(parser: ArgumentParser) -> None:
    _named(parser)
    parser.add_argument("--full-name", metavar="TEXT", required=True, help="the person's name")
    parser.add_argument(
        "--duty", metavar="DUTY", action="append", choices=_CHOICES, required=True, help="may be repeated"
    )
    parser.add_argument("--until", metavar="DATE", default="", help="the last day of access")


def _changing(parser: ArgumentParser) -> None:
    _named(parser)
    for name, about in (("add", "a duty to give; may be repeated"), ("remove", "a duty to take away")):
        parser.add_argument(f"--{name}", metavar="DUTY", action="append", choices=_CHOICES, default=[], help=about)
    parser.add_argument("--until", metavar="DATE", default="", help="a new last day of access, or never")


_WITNESS = {
    "metavar": "NAME",
    "default": "",
    "help": "who sees the newcomer and signs their key in; an approver unless named",
}
_SIGN = {"action": "store_true", "help": "record that the table was looked at"}
ENTRIES = (
    Entry("people", "list", "who works in a workspace", words("workspace"), _list, PeopleListed),
    Entry("people", "review", "the access review, every three months", words("workspace", sign_off=_SIGN), _review, PeopleListed),
    Entry("people", "add", "propose a person", _adding, _add, Waiting),
    Entry("people", "accept", "take up work: set your own passphrase", words("workspace", witness=_WITNESS), _accept, Accepted),
    Entry("people", "duty", "propose other duties for a person", _changing, _duty, Waiting),
    Entry("people", "restore", "propose a new key for a lost passphrase", _named, _restore, Waiting),
    Entry("people", "leave", "end a person's access at once", words("workspace", "name", reason=REASON), _leave, HasLeft),
    Entry("people", "passphrase", "change your own passphrase", words("workspace"), _passphrase, PassphraseChanged),
)  # fmt: skip
