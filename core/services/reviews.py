"""The monthly review of the ledger: acts drawn at random, looked up by a person, and signed off."""

import random
from datetime import date

from core.errors.audit import NoSuchSample
from core.errors.base import refuse
from core.late import dataclass
from core.model.advice import Act, Step, Task
from core.model.audit import DrawSample, Row, SignOff
from core.policy import audit as policy
from core.policy import texts
from core.policy.duties import REVIEWERS
from core.services import activity
from core.services.desk import Desk
from core.services.ledger import PROGRAM
from core.services.perform import Verb, Work, perform
from core.store import audit as store
from core.store.unit import Connection

_SAMPLED, _REVIEWED = "audit.sampled", "audit.reviewed"
# What says nothing about anybody's work: looking, signing in and out.
_IDLE = ("sign-in.done", "sign-in.ended", "audit.read", "audit.verified", _SAMPLED, _REVIEWED)


@dataclass(frozen=True)
class Sample:
    """Row `number` drew these entries out of rows `first` to `last`; `counts` has how often each act was done there."""

    number: int
    first: int
    last: int
    entries: tuple[activity.Entry, ...]
    counts: dict[str, int]


def due(desk: Desk) -> date:
    """The day by which the ledger has to be reviewed next."""
    newest = _newest(desk.file.read, _REVIEWED)
    last = newest.time if newest else desk.workspace.created
    return policy.next_review(last.date())


def steps(desk: Desk) -> tuple[Step, ...]:
    """The review in the list of what to do now, from the day after it was due."""
    day = due(desk)
    late = desk.clock().date() > day
    return (Step(Task.LEDGER_REVIEW, Act.LEDGER_REVIEW, "", day=day.isoformat()),) if late else ()


def draw(desk: Desk, command: DrawSample) -> Sample:
    """Acts since the last review, drawn at random; acts of others where there are any (nobody reviews themselves)."""
    number = perform(desk, DRAW, command)
    row = next(store.newest_of(desk.file.read, _SAMPLED))
    told = row.body["details"]
    entries = tuple(activity.entry(store.row(desk.file.read, each)) for each in told["rows"])
    return Sample(number, told["first"], told["last"], entries, told["counts"])


def sign_off(desk: Desk, command: SignOff) -> date:
    """The reviewer has looked the sample's acts up and says what they found; the day of the next review."""
    perform(desk, SIGN_OFF, command)
    return due(desk)


def _newest(connection: Connection, action: str) -> Row | None:
    return next(store.newest_of(connection, action), None)


def _draw(work: Work, command: DrawSample) -> int:
    connection = work.unit.connection
    reviewed = _newest(connection, _REVIEWED)
    first = int(reviewed.body["details"]["last"]) + 1 if reviewed else 1
    last = store.newest(connection)[0]
    acts = [each for each in store.acts(connection, first) if each[2] not in _IDLE and each[1] != PROGRAM]
    others = [each for each in acts if each[1] != work.actor.name]
    count = max(1, min(command.count or policy.SAMPLE, policy.MOST))
    pool = others or acts
    drawn = sorted(number for number, _, _ in random.SystemRandom().sample(pool, min(count, len(pool))))
    counts: dict[str, int] = {}
    for _, _, action in store.acts(connection, first):
        counts[action] = counts.get(action, 0) + 1
    work.details.update(rows=drawn, first=first, last=last, counts=counts)
    return last + 1


def _sign_off(work: Work, command: SignOff) -> None:
    refuse(texts.line("note", command.note, needed=True, limit=500))
    sample = _newest(work.unit.connection, _SAMPLED)
    reviewed = _newest(work.unit.connection, _REVIEWED)
    signed = reviewed is not None and reviewed.body["details"]["sample"] == command.sample
    if sample is None or sample.number != command.sample or sample.actor != work.actor.name or signed:
        raise NoSuchSample(command.sample, work.actor.name)
    told = sample.body["details"]
    work.details.update(sample=sample.number, first=told["first"], last=told["last"], note=command.note)


DRAW = Verb(_SAMPLED, _draw, REVIEWERS)
SIGN_OFF = Verb(_REVIEWED, _sign_off, REVIEWERS)
