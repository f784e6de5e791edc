"""The activity log as pages and lists show it."""

from core.errors.base import Refused
from core.late import dataclass
from core.model.audit import Row
from core.policy.audit import readable
from core.services.desk import Desk
from core.store import audit, people


@dataclass(frozen=True)
class Entry:
    """One ledger row for people; `about` names the records or the refusal, never a key's value."""

    number: int
    time: str
    actor: str
    action: str
    ticket: str
    about: str


def readers(desk: Desk) -> tuple[str, ...]:
    """Who may read the entries: the security officers and auditors."""
    return tuple(each.name for each in people.all_operators(desk.file.read) if not readable(each))


def unreadable(desk: Desk) -> list[Refused]:
    """What stands against the entries being read by the person at the desk, whose duties are those on file now."""
    own = desk.acting.operator
    on_file = people.all_operators(desk.file.read)
    return readable(next((each for each in on_file if each.name == own.name), own))


def may_read(desk: Desk) -> bool:
    """Whether nothing does; nobody at the desk reads nothing."""
    return desk.session is not None and not unreadable(desk)


def recent(desk: Desk, limit: int) -> tuple[Entry, ...]:
    """The newest rows, newest first; none for who may not read them (`core.services.logs.read` records it)."""
    if not may_read(desk):
        return ()
    return tuple(entry(row) for row in audit.recent(desk.file.read, limit))


def entry(row: Row) -> Entry:
    """A row as people read it."""
    return Entry(row.number, f"{row.time:%Y-%m-%d %H:%M:%S}", row.actor, row.action, row.ticket, _about(row.body))


def _about(body: dict[str, object]) -> str:
    details = body["details"]
    if not isinstance(details, dict):
        return ""
    if "findings" in details:
        return ", ".join(f"{each['rule']} ({each['code']})" for each in details["findings"])
    subjects = body["subjects"]
    names = [each["name"] for each in subjects if each["name"]] if isinstance(subjects, list) else []
    told = [str(details[name]) for name in ("device", "name", "verdict", "because") if name in details]
    return ", ".join(dict.fromkeys([*names, *told]))


@dataclass(frozen=True)
class Choices:
    """Who and what stands in the ledger, to be looked for."""

    people: tuple[str, ...]
    actions: tuple[str, ...]


def choices(desk: Desk) -> Choices:
    """None for who may not read the entries."""
    if not may_read(desk):
        return Choices((), ())
    connection = desk.file.read
    return Choices(audit.actors(connection), tuple(sorted(audit.tally(connection))))
