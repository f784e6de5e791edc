"""The one gate: every command goes through `perform`.

It opens the transaction, asks who may, runs the verb, writes the ledger row and commits; a refusal rolls everything
back and leaves one row of its own. There is no other way to change a workspace.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field
from datetime import datetime
from typing import Any, Generic, TypeVar

from core.errors.base import Damaged, Expected, Refused
from core.errors.people import NOT_IN_FORCE, AccessEnded, DutyMissing, HasLeft, KeyReplaced
from core.errors.workspace import ClockBehind, WorkspaceBusy, WrongKind
from core.late import dataclass
from core.model.people import Duty, Operator
from core.model.workspace import Kind
from core.policy.duties import EVERYBODY
from core.policy.rules import gate
from core.services import components, roster
from core.services.desk import Desk, Progress, Session
from core.services.ledger import refusal_details, write_row
from core.services.roster import Roster
from core.services.soundness import check
from core.store import audit
from core.store.outside import Outside
from core.store.unit import Unit

C = TypeVar("C")
R = TypeVar("R")
LINK_KINDS = (Kind.LINKS, Kind.ISSUING)
WITH_DEVICES = (*LINK_KINDS, Kind.REGISTRATION)


@dataclass()
class Work:
    """What a verb works with. `ticket`, `details` and `approvals` go into its ledger row, `action` replaces the verb's
    name. `stamp` is the row's time where it is not now."""

    desk: Desk
    unit: Unit
    now: datetime
    session: Session
    progress: Progress
    action: str
    roster: Roster
    ticket: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    approvals: list[dict[str, Any]] = field(default_factory=list)
    stamp: datetime | None = None
    corrects_clock: bool = False
    undo: list[Callable[[], None]] = field(default_factory=list)
    outside: Outside | None = None  # what `core.services.making` tells; a batch makes nothing outside

    @property
    def people(self) -> Mapping[str, Operator]:
        """Everybody, as the signed rows have them."""
        return self.roster.people

    @property
    def actor(self) -> Operator:
        """Who acts, with the duties they hold now."""
        return self.people[self.session.operator.name]


@dataclass(frozen=True)
class Verb(Generic[C, R]):
    """One command's row in the table of verbs: its ledger name, its function, who may, and the kinds that know it.

    Who is not named may not (C23): a verb without duties cannot be written down.
    """

    action: str
    act: Callable[[Work, C], R]
    duties: frozenset[Duty]
    kinds: tuple[Kind, ...] = tuple(Kind)


@gate("S-c-2")
def in_force(people: Mapping[str, Operator], session: Session, now: datetime) -> Operator:
    """The person of a session, as the signed rows have them: still here, access not ended, same key."""
    name = session.operator.name
    person = people.get(name)
    if person is None or (person.public_key != session.operator.public_key and not person.left):
        raise KeyReplaced(name)
    if person.left:
        raise HasLeft(name, person.left)
    if not person.in_force(now):
        raise AccessEnded(name, person.until)
    return person


def guard(work: Work, verb: Verb[Any, Any]) -> Duty | None:
    held = in_force(work.people, work.session, work.now).duties
    fitting(work.desk.workspace.kind, verb.kinds)
    return allowed(work.actor.name, held, verb.duties)


@gate("S-c-1")
def fitting(kind: Kind, kinds: tuple[Kind, ...]) -> None:
    """A workspace does its own work and no other's."""
    if kind not in kinds:
        raise WrongKind(kind.value, tuple(each.value for each in kinds))


@gate("C23")
def allowed(name: str, held: Iterable[Duty], duties: frozenset[Duty]) -> Duty | None:
    """The duty that somebody acts under; who holds none that is named may not."""
    duty = next((duty for duty in Duty if duty in held and duty in duties), None)
    if duty is None and duties != EVERYBODY:
        raise DutyMissing(name, tuple(duty.value for duty in Duty if duty in duties))
    return duty


def perform(
    desk: Desk, verb: Verb[C, R], command: C, progress: Progress | None = None, *, by: Session | None = None
) -> R:
    """Do `command`, or raise the refusal after recording it. `by` acts instead of who sits at the desk."""
    undo: list[Callable[[], None]] = []
    outside = Outside(desk.file.path)
    try:
        with desk.file.writing() as unit:
            check(desk, unit.connection)
            people = roster.read(unit.connection, desk.workspace.id)
            session = by or desk.acting
            work = Work(
                desk,
                unit,
                desk.clock(),
                session,
                progress or Progress(),
                verb.action,
                people,
                undo=undo,
                outside=outside,
            )
            return _one(work, verb, command)
    except BaseException as error:
        for each in reversed(undo):
            each()
        if isinstance(error, Expected):
            record_refusal(desk, type(command).__name__, error, by=by)
        raise
    finally:
        outside.done()


def _one(work: Work, verb: Verb[C, R], command: C) -> R:
    """Ask who may, run the verb, write its row."""
    duty = guard(work, verb)
    result = verb.act(work, command)
    components.note(work.unit, work.now, work.session.operator.name)
    work.progress.committing()
    write_row(
        work.unit,
        work.desk.workspace.id,
        work.stamp or work.now,
        work.action,
        session=work.session,
        duty=duty,
        ticket=work.ticket,
        details=work.details,
        approvals=work.approvals,
        corrects_clock=work.corrects_clock,
    )
    return result


def perform_each(desk: Desk, verb: Verb[C, R], commands: Sequence[C]) -> list[R | Refused]:
    """Several commands of one verb in one transaction, each with its own row; a refused one leaves the others alone.

    For a verb that changes no person and nothing outside the file: the roster is read once. A disk is waited for twice a
    command otherwise. Anything but a refusal undoes all of them.
    """
    done: list[R | Refused] = []
    with desk.file.writing() as unit:
        check(desk, unit.connection)
        people = roster.read(unit.connection, desk.workspace.id)
        for command in commands:
            try:
                with unit.part() as part:
                    work = Work(desk, part, desk.clock(), desk.acting, Progress(), verb.action, people)
                    done.append(_one(work, verb, command))
            except Refused as refusal:
                done.append(refusal)
                with unit.part() as part:
                    _refusal_row(desk, part, type(command).__name__, refusal, desk.session)
    return done


@contextmanager
def reading(desk: Desk) -> Iterator[Work]:
    """Work that looks ahead, for previews: its connection can only read, so nothing it does can stay."""
    connection = desk.file.reader()
    try:
        people = roster.read(connection, desk.workspace.id)
        yield Work(desk, Unit(connection), desk.clock(), desk.acting, Progress(), "", people)
    finally:
        connection.close()


def record_refusal(desk: Desk, command: str, refusal: Expected, *, by: Session | None = None) -> None:
    """Leave the refusal's own row; where even that cannot be written, the refusal itself still reaches the person."""
    if isinstance(refusal, Damaged | WorkspaceBusy) or not isinstance(refusal, Refused):
        return  # where somebody else writes, nobody waits for their lock a second time
    with suppress(Expected), desk.file.writing() as unit:
        _refusal_row(desk, unit, command, refusal, by or desk.session)


def _refusal_row(desk: Desk, unit: Unit, command: str, refusal: Expected, session: Session | None) -> None:
    now = desk.clock()
    if isinstance(refusal, ClockBehind):
        now = datetime.fromisoformat(audit.newest(unit.connection)[2])
    signer = None if isinstance(refusal, NOT_IN_FORCE) else session
    write_row(unit, desk.workspace.id, now, "refused", session=signer, details=refusal_details(command, refusal))
