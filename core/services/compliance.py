"""How every clause stands: a join of clauses, the project's register, records, decisions, waivers and ledger entries.

Nothing here is stored, so the page, the CP, the CPS and the report cannot say different things.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from core.late import dataclass
from core.model.authorities import AuthorityState, Layer
from core.model.calendar import Due
from core.model.caps import CapRow, CapState
from core.model.clauses import Clause
from core.model.compliance import (
    ClauseRow,
    ClauseState,
    Compliance,
    Evidence,
    How,
    RegisterRow,
    StandardRow,
    Todo,
    Waiver,
)
from core.model.decisions import Decision
from core.model.records import RecordRow, RecordState
from core.model.workspace import Kind, Workspace
from core.policy import crls as crl_policy
from core.policy import records as record_policy
from core.policy import register
from core.policy import waivers as waiver_policy
from core.policy.clauses import clauses
from core.services import access, calendar, caps, crls, procedures, rules, settings
from core.services.desk import Desk
from core.store import audit, decisions, records, waivers

SHARED = "S-"  # the clauses of section 4, due where several organisations share the PKI as a service
_FREE = ("may", "info")
_PROCEDURE = "procedure"
_PEOPLE, _TRUSTED = "relying-organisation", "trust.compared"


@dataclass(frozen=True)
class Seen:
    """What the workspace shows, read once."""

    workspace: Workspace
    now: datetime
    today: date
    records: dict[str, tuple[RecordRow, ...]]
    tally: dict[str, tuple[int, int, str, str]]
    waivers: dict[str, Waiver]
    caps: tuple[CapRow, ...]
    decisions: tuple[Decision, ...]
    lists: tuple[crls.Row, ...]
    duties: tuple[Due, ...]
    review_late: date | None
    auditor: bool
    override: str
    crl_hours: int
    shared: bool
    differing: tuple[RecordRow, ...]


@dataclass(frozen=True)
class Live:
    """What a clause's own check found."""

    state: ClauseState
    todo: Todo
    about: str = ""
    due: date | None = None
    decision: Decision | None = None


def status(desk: Desk) -> Compliance:
    """Every clause of the register."""
    seen = _look(desk)
    known = clauses()
    rows = tuple(_row(seen, known[name], row) for name, row in register.rows().items())
    every = tuple(reversed(waivers.all_waivers(desk.file.read)))
    own = tuple(_standard(seen, each) for each in register.standards().values())
    noted = list(waivers.noted(desk.file.read).values())
    tables = tuple((each, noted.count(each.version)) for each in caps.versions(desk))
    return Compliance(rows, seen.shared, seen.today, every, seen.decisions, own, tables)


def clause(desk: Desk, name: str) -> ClauseRow:
    """One clause."""
    return _row(_look(desk), clauses()[name], register.rows()[name])


def overdue(desk: Desk) -> tuple[ClauseRow, ...]:
    """What is late, for the Overview."""
    return tuple(each for each in status(desk).rows if each.state is ClauseState.OVERDUE)


def _look(desk: Desk) -> Seen:
    connection, now = desk.file.read, desk.clock()
    today = now.date()
    by_kind: dict[str, list[RecordRow]] = {}
    for each in records.all_records(connection):
        if each.state is RecordState.IN_FORCE:
            by_kind.setdefault(each.kind, []).append(record_policy.row(each, today))
    table = access.table(desk)
    return Seen(
        workspace=desk.workspace,
        now=now,
        today=today,
        records={kind: tuple(found) for kind, found in by_kind.items()},
        tally=audit.tally(connection),
        waivers=waiver_policy.active(waivers.all_waivers(connection), today),
        caps=caps.rows(desk),
        decisions=decisions.all_decisions(connection),
        lists=crls.status(desk) if desk.workspace.kind in (Kind.ISSUING, Kind.ROOT) else (),
        duties=tuple(calendar.duties(desk)),
        review_late=table.due if table.overdue else None,
        auditor=table.auditor,
        override=_override(desk),
        crl_hours=int(settings.crl_validity(connection, Layer.SUB).total_seconds()) // 3600,
        shared=calendar.is_shared(desk),
        differing=procedures.differing(desk, by_kind.get(_PROCEDURE, ())),
    )


def _override(desk: Desk) -> str:
    """Why the root's ceremony was held with a network up, "" where it was not (M10's one exception)."""
    made = next(iter(audit.newest_of(desk.file.read, "root.intended")), None)
    return str(made.body["details"].get("network_up_because", "")) if made else ""


def _row(seen: Seen, known: Clause, row: RegisterRow) -> ClauseRow:
    found = _records(seen, row)
    live = _state(seen, known, row, found)
    late = [each for each in found if not each.meets]
    days = [each.due for each in late or found]
    return ClauseRow(
        clause=known,
        register=row,
        state=live.state,
        todo=live.todo,
        about=live.about,
        due=live.due or (min(days) if days else None),
        owner=next((each.record.owner for each in late or found), ""),
        records=found,
        evidence=tuple(_evidence(seen, each) for each in row.events if each in seen.tally),
        decision=live.decision,
        waiver=seen.waivers.get(row.clause),
    )


def _standard(seen: Seen, row: RegisterRow) -> StandardRow:
    """An RFC's row: its rules are in place, or it is open."""
    missing = register.missing(row, rules.MODULES)
    here = ClauseState.ENFORCED if seen.workspace.kind in row.kinds else ClauseState.NOT_YET
    shown = tuple(_evidence(seen, each) for each in row.events if each in seen.tally)
    return StandardRow(row, ClauseState.OPEN if missing else here, missing, shown)


def _evidence(seen: Seen, action: str) -> Evidence:
    count, number, time, actor = seen.tally[action]
    return Evidence(action, count, number, datetime.fromisoformat(time), actor)


def _records(seen: Seen, row: RegisterRow) -> tuple[RecordRow, ...]:
    """The records in force of the kinds that a row names, "kind" or "kind:field=value"."""
    found: list[RecordRow] = []
    for each in row.records:
        kind, _, condition = each.partition(":")
        field, _, value = condition.partition("=")
        rows = seen.records.get(kind, ())
        found += [one for one in rows if not condition or one.record.facts.get(field) == value]
    return tuple(found)


def _state(seen: Seen, known: Clause, row: RegisterRow, found: tuple[RecordRow, ...]) -> Live:
    """Whether it applies, whether its rules are there, what its own check says, then records and waivers."""
    if seen.workspace.kind not in row.kinds or not _applies(seen, row):
        return Live(ClauseState.NOT_YET, Todo.LATER)
    missing = register.missing(row, rules.MODULES)
    if missing:
        return Live(ClauseState.OPEN, Todo.RULE, ", ".join(missing))
    if row.clause in seen.waivers:
        waiver = seen.waivers[row.clause]
        return Live(ClauseState.WAIVED, Todo.WAIVER, row.clause, waiver.review)
    check = _LIVE.get(row.clause)
    special = check(seen) if check else None
    if special is not None:
        return special
    if row.how is How.ENFORCED:
        return Live(ClauseState.ENFORCED, Todo.NOTHING)
    return _by_record(seen, known, row, found)


def _applies(seen: Seen, row: RegisterRow) -> bool:
    if row.when == "several":
        return len(_organisations(seen)) > 1
    if row.when == "cross":
        return _TRUSTED in seen.tally
    return row.when != "tested" or bool(seen.records.get("penetration-test"))


def _organisations(seen: Seen) -> set[str]:
    """Who relies on it: the own organisation and those on record."""
    named = {each.record.facts["name"].casefold() for each in seen.records.get(_PEOPLE, ())}
    return named | ({seen.workspace.organisation.casefold()} if seen.workspace.organisation else set())


def _by_record(seen: Seen, known: Clause, row: RegisterRow, found: tuple[RecordRow, ...]) -> Live:
    about = row.records[0].partition(":")[0]
    late = [each for each in found if not each.meets]
    if late:
        worst = min(late, key=lambda each: each.due)
        return Live(ClauseState.OVERDUE, Todo.RENEW, f"{worst.kind.name} --replaces {worst.record.id}", worst.due)
    if found and _complete(found):
        state = ClauseState.ATTESTED if row.how is How.ATTESTED else ClauseState.RECORDED
        return Live(state, Todo.NOTHING)
    free = known.strength in _FREE or (row.clause.startswith(SHARED) and row.clause != "S-1" and not seen.shared)
    return Live(ClauseState.OPTIONAL, Todo.FREE, about) if free else Live(ClauseState.OPEN, Todo.RECORD, about)


def _complete(found: Sequence[RecordRow]) -> bool:
    """Where a kind wants one record for each choice of a field, whether every choice has one."""
    kind = found[0].kind
    field = kind.field(kind.each) if kind.each else None
    return field is None or set(field.choices) <= {each.record.facts[field.name] for each in found}


# --- clauses with a check of their own ----------------------------------------------------------------------


def _cap(name: str, layer: Layer) -> Callable[[Seen], Live | None]:
    def check(seen: Seen) -> Live | None:
        row = next(each for each in seen.caps if each.layer is layer)
        newest = next((each for each in seen.decisions if each.clause == name), None)
        if row.state is CapState.REPLACED and newest is not None:
            return Live(ClauseState.REPLACED, Todo.DECISION, f"D-{newest.id}", newest.review, newest)
        if row.state is CapState.EXPIRED and newest is not None:
            return Live(ClauseState.OVERDUE, Todo.DECIDE, name, newest.review, newest)
        if row.state is CapState.EXPIRED:
            return Live(ClauseState.OPEN, Todo.DECIDE, name, row.until)
        return None

    return check


def _key_life(seen: Seen) -> Live | None:
    """Neither is L1 met as published while one of its dates is not."""
    for name, layer in (("L2", Layer.SUB), ("L3", Layer.ROOT)):
        found = _cap(name, layer)(seen)
        if found is not None:
            return found
    return None


def _late_list(layer: Layer) -> Callable[[Seen], Live | None]:
    """C5 of sub CAs, C7 of the root: by the very rules that say when a list is late."""

    def check(seen: Seen) -> Live | None:
        for each in seen.lists:
            name, at_work = each.authority.name, each.authority.state is not AuthorityState.DESTROYED
            if each.authority.layer is not layer or not at_work or each.published is None or each.until is None:
                continue
            if layer is Layer.ROOT and crl_policy.yearly(name, each.until, seen.now):
                return Live(ClauseState.OVERDUE, Todo.CRL, name, each.until.date())
            if layer is Layer.SUB and crl_policy.overdue(name, each.published, seen.now):
                return Live(ClauseState.OVERDUE, Todo.CRL, name, each.published.date())
        return None

    return check


def _review(seen: Seen) -> Live | None:
    if seen.review_late is None:
        return None
    return Live(ClauseState.OVERDUE, Todo.REVIEW, "", seen.review_late)


def _validity(seen: Seen) -> Live | None:
    """Two people set another time than the recommended one: that is a decision, and not green."""
    recommended = int(crl_policy.VALID.total_seconds()) // 3600
    if seen.crl_hours == recommended:
        return None
    return Live(ClauseState.REPLACED, Todo.VALIDITY, str(seen.crl_hours))


def _separation(seen: Seen) -> Live | None:
    """Nobody judges the work of others from outside until there is an auditor."""
    return None if seen.auditor or seen.workspace.kind is Kind.LINKS else Live(ClauseState.OPEN, Todo.AUDITOR)


def _trust(seen: Seen) -> Live | None:
    """CAs of others that two people compared stand in a list for relying parties (anchorhold trust list)."""
    there = _TRUSTED in seen.tally
    return Live(ClauseState.RECORDED, Todo.NOTHING) if there else Live(ClauseState.OPTIONAL, Todo.LATER)


def _responsible(seen: Seen) -> Live | None:
    """The person named at the set-up counts until a record takes over."""
    if seen.records.get("responsible-person"):
        return None
    named = seen.workspace.responsible
    return Live(ClauseState.RECORDED, Todo.NOTHING) if named else Live(ClauseState.OPEN, Todo.PERSON)


def _community(seen: Seen) -> Live | None:
    if seen.records.get("community"):
        return None
    return Live(ClauseState.RECORDED, Todo.NOTHING) if seen.workspace.community else None


def _offline(seen: Seen) -> Live | None:
    return Live(ClauseState.WAIVED, Todo.OVERRIDE, seen.override) if seen.override else None


def _duties(seen: Seen) -> Live | None:
    late = [each for each in seen.duties if each.overdue]
    if late:
        return Live(ClauseState.OVERDUE, Todo.DUTY, late[0].about, min(each.day for each in late))
    return Live(ClauseState.RECORDED, Todo.NOTHING)


def _several(seen: Seen) -> Live | None:
    """The CP and the CPS are published: named, approved, with a day."""
    told = seen.records.get("policy-document", ())
    there = {each.record.facts["document"] for each in told if each.record.facts.get("published") and each.meets}
    missing = [each.upper() for each in ("cp", "cps") if each not in there]
    return Live(ClauseState.OPEN, Todo.PUBLISH, " and ".join(missing)) if missing else None


def _procedures(seen: Seen) -> Live | None:
    """A text that the program wrote from settings that are others by now is due to be entered anew."""
    if not seen.differing:
        return None
    return Live(ClauseState.OVERDUE, Todo.RENEW, f"{_PROCEDURE} --replaces {seen.differing[0].record.id}", seen.today)


def _model(seen: Seen) -> Live | None:
    """Where nobody said it: the question of section 4 is answered by a record (S-1)."""
    return None if seen.records.get("service-model") else Live(ClauseState.OPEN, Todo.SHARED)


_LIVE: dict[str, Callable[[Seen], Live | None]] = {
    "L1": _key_life,
    "L2": _cap("L2", Layer.SUB),
    "L3": _cap("L3", Layer.ROOT),
    "C5": _late_list(Layer.SUB),
    "C6": _validity,
    "C7": _late_list(Layer.ROOT),
    "C21": _separation,
    "C23": _review,
    "C24": _responsible,
    "A4": _trust,
    "C17": _trust,
    "A6": _community,
    "M8": _procedures,
    "M10": _offline,
    "P1": _several,
    "S-1": _model,
    "S-e-0": _duties,
}
