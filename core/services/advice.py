"""What to do now, the most urgent first; what can be done with one device or link; and how far pins carry."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from core.model.advice import Act, Advice, Offer, Step, Task
from core.model.compliance import ClauseRow, ClauseState, Todo
from core.model.documents import Standing as DocumentStanding
from core.model.keys import KeyState, Verdict
from core.model.links import LinkState, Standing
from core.model.proposals import Proposal
from core.model.records import RecordRow, RecordState
from core.model.workspace import Kind
from core.policy.advice import advise
from core.policy.duties import REPORTING, WORKING
from core.services.desk import Desk
from core.services.views import DeviceRow, Health, LinkRow, Picture

_ENDS_SOON = 30  # days before the end of a roll-over from which it is told
_WAITING = (ClauseState.OPEN, ClauseState.OVERDUE)
_ORDER = {task: place for place, task in enumerate(Task)}
_OPEN = {
    Health.LOOKALIKE: (Task.LOOKALIKE, Act.REJECT),
    Health.QUARANTINED: (Task.DIFFERENT, Act.REJECT),
    Health.RECEIVED: (Task.COMPARE, Act.COMPARE),
    Health.COMPARED: (Task.COMPARE_SECOND, Act.COMPARE),
    Health.OVERDUE: (Task.REVIEW, Act.COMPARE),
    Health.NO_KEY: (Task.RECEIVE, Act.RECEIVE),
    Health.TELEPHONE: (Task.TELEPHONE, Act.COMPARE),
}
# What may leave; more is asked of what counts as verified, see `verified`.
GOOD = (Health.VERIFIED, Health.ROLLING, Health.TELEPHONE, Health.OVERDUE)


def steps(seen: Picture) -> tuple[Step, ...]:
    """Everything that waits for people; empty when nothing does."""
    suspended = list(_links(seen))
    told = {each.about for each in suspended if each.task is Task.SUSPENDED}
    found = [*_beginning(seen), *(each for each in _devices(seen) if each.about not in told), *suspended]
    return ordered([*found, *_readbacks(seen)])


def ordered(found: Iterable[Step]) -> tuple[Step, ...]:
    """The most urgent first."""
    return tuple(sorted(found, key=lambda step: (_ORDER[step.task], step.day, step.about)))


def advice(seen: Picture) -> Advice:
    """How many pins this network needs, and whether it has outgrown them."""
    links = [
        (row.left.device.name, row.right.device.name, row.link.technology.value)
        for row in seen.links
        if row.link.state is not LinkState.RETIRED
    ]
    return advise(links, sum(1 for row in seen.devices if row.health is not Health.RETIRED))


def by_one_person(seen: Picture) -> tuple[str, ...]:
    """The devices whose approved key one person compared alone (a lone administrator begins so)."""
    return tuple(row.device.name for row in seen.devices if row.key is not None and row.key.by_one_person)


def _beginning(seen: Picture) -> Iterator[Step]:
    living = [row for row in seen.devices if row.health is not Health.RETIRED]
    if not living:
        yield Step(Task.FIRST_DEVICE, Act.DEVICE, "")
    elif len(living) == 1:
        yield Step(Task.SECOND_DEVICE, Act.DEVICE, "")
    elif not any(row.link.state is not LinkState.RETIRED for row in seen.links):
        yield Step(Task.FIRST_LINK, Act.LINK, "")


def _devices(seen: Picture) -> Iterator[Step]:
    for row in seen.devices:
        name = row.device.name
        if row.health is Health.CHANGED:
            once = row.waiting is not None and row.waiting.state is KeyState.COMPARED
            yield Step(Task.CHANGED_ONCE if once else Task.CHANGED, Act.CHANGED, name, _first(seen, row), _since(row))
        elif row.health in _OPEN:
            task, act = _OPEN[row.health]
            day = row.key.review_by if row.health is Health.OVERDUE and row.key else _since(row)
            yield Step(task, act, name, _first(seen, row), day)
        last = (seen.today + timedelta(days=_ENDS_SOON)).isoformat()
        if row.rolling_until and row.rolling_until <= last:
            yield Step(Task.ROLLING, Act.READBACK, name, _link_of(seen, name) or name, row.rolling_until)


def _since(row: DeviceRow) -> str:
    return f"{row.waiting.received:%Y-%m-%d}" if row.waiting else ""


def _first(seen: Picture, row: DeviceRow) -> str:
    """Who compared the waiting key once already."""
    if row.waiting is None:
        return ""
    said = seen.comparisons.get(row.waiting.id, ())
    return next((each.operator for each in said if each.verdict is Verdict.MATCH), "")


def _link_of(seen: Picture, device: str) -> str:
    living = (row for row in seen.links if row.link.state is LinkState.ACTIVE)
    return next((row.link.name for row in living if device in (row.left.device.name, row.right.device.name)), "")


def _links(seen: Picture) -> Iterator[Step]:
    for row in seen.links:
        if row.link.state is LinkState.SUSPENDED:
            alarmed = row.right if row.right.waiting or not row.left.waiting else row.left
            act = Act.REJECT if alarmed.waiting else Act.COMPARE
            yield Step(Task.SUSPENDED, act, alarmed.device.name, row.link.name)
        elif row.link.state is LinkState.ACTIVE and row.health in GOOD and not row.current:
            yield Step(Task.EXPORT, Act.EXPORT, row.link.name, day=row.exported)


def _readbacks(seen: Picture) -> Iterator[Step]:
    """Devices that hold pins nobody has seen there; a device whose peer's key is open waits for that first."""
    failed = {each.device: each for each in seen.readbacks if not each.passed}
    exported: dict[str, list[Standing]] = {}
    for pin in seen.pins:
        peer = seen.device(pin.peer)
        if pin.standing in (Standing.EXPORTED, Standing.STALE) and peer is not None and peer.health in GOOD:
            exported.setdefault(pin.holder, []).append(pin.standing)
    for holder, standings in exported.items():
        if holder in failed:
            day = f"{failed[holder].time:%Y-%m-%d}"
            yield Step(Task.READBACK_FAILED, Act.READBACK, holder, failed[holder].by, day)
        else:
            task = Task.READBACK_STALE if Standing.STALE in standings else Task.READBACK
            yield Step(task, Act.READBACK, holder)


def offers_for_device(seen: Picture, row: DeviceRow) -> tuple[Offer, ...]:
    """The buttons of a device, the next step first; each says why where it cannot be done now."""
    name, waiting = row.device.name, row.waiting
    retired = "retired" if row.health is Health.RETIRED else ""
    quarantined = waiting is not None and waiting.state is KeyState.QUARANTINED
    nothing = "no-key" if waiting is None and row.key is None else ""
    holds = [pin.standing for pin in seen.pins if pin.holder == name and pin.standing is not Standing.MISSING]
    unread = any(each in (Standing.EXPORTED, Standing.STALE) for each in holds)
    compare = Offer(Act.COMPARE, name, retired or nothing or ("quarantined" if quarantined else ""))
    receive, reject = Offer(Act.RECEIVE, name, retired), Offer(Act.REJECT, name, retired or nothing)
    back = Offer(Act.READBACK, name, retired or ("" if holds else "nothing-pinned"))
    changed, end = Offer(Act.CHANGED, name, retired), Offer(Act.RETIRE_DEVICE, name, retired)
    card = Offer(Act.CARD, name, retired or ("" if row.key is not None and waiting is None else "key-not-approved"))
    if quarantined:
        first = _due(reject), receive, compare, back
    elif row.health is Health.CHANGED:
        first = _due(changed), compare, reject, back
    elif nothing:
        first = _due(receive), compare, reject, back
    elif waiting is not None:
        first = _due(compare), reject, receive, back
    elif row.health in (Health.OVERDUE, Health.TELEPHONE):
        first = _due(compare), back, receive, reject
    else:
        first = (_due(back) if unread else back), compare, receive, reject
    return (*first, card, end)


def _due(offer: Offer) -> Offer:
    return replace(offer, due=not offer.why_not)


def offers_for_link(seen: Picture, row: LinkRow) -> tuple[Offer, ...]:
    """The buttons of a link: what its worse end needs, then export and read-back."""
    name = row.link.name
    if row.link.state is LinkState.RETIRED:
        return (Offer(Act.EXPORT, name, "link-retired"),)
    ends = sorted((row.left, row.right), key=lambda end: list(Health).index(end.health))
    blocked = "suspended" if row.link.state is LinkState.SUSPENDED else "" if row.health in GOOD else "not-approved"
    unread = [
        pin.holder for pin in seen.pins if pin.link == name and pin.standing in (Standing.EXPORTED, Standing.STALE)
    ]
    export, end = Offer(Act.EXPORT, name, blocked), Offer(Act.RETIRE_LINK, name)
    back = Offer(Act.READBACK, unread[0] if unread else row.left.device.name, "" if row.exported else "nothing-pinned")
    if row.health not in GOOD:
        return offers_for_device(seen, ends[0])[0], export, back, end
    if not row.current:
        return _due(export), back, end
    return (_due(back) if unread else back), export, end


def offers_for_record(row: RecordRow) -> tuple[Offer, ...]:
    """A newer version, waited for where it does not meet its clauses any more; or its end."""
    about = str(row.record.id)
    over = "" if row.record.state is RecordState.IN_FORCE else "record-over"
    version = Offer(Act.RECORD_VERSION, about, over, due=not over and not row.meets)
    return version, Offer(Act.RECORD_END, about, over)


def offers_for_clause(row: ClauseRow) -> tuple[Offer, ...]:
    """The buttons of a clause: what does what is to do next, its newest record, and a waiver where one may be."""
    wanted = row.register.records[0] if row.register.records else ""
    late = min((each for each in row.records if not each.meets), key=lambda each: each.due, default=None)
    does = {
        Todo.RECORD: (Act.RECORD, wanted),
        Todo.FREE: (Act.RECORD, wanted),
        Todo.RENEW: (Act.RECORD_VERSION, str(late.record.id) if late else ""),
        Todo.DECIDE: (Act.DECIDE, row.about),
        Todo.DECISION: (Act.DECIDE, row.decision.clause if row.decision else ""),
        Todo.WAIVER: (Act.WAIVE, row.about),
        Todo.CRL: (Act.PUBLISH, row.about),
        Todo.REVIEW: (Act.PEOPLE, ""),
        Todo.AUDITOR: (Act.PEOPLE, ""),
        Todo.PUBLISH: (Act.PUBLISH_STATEMENT, row.about.partition(" ")[0].lower()),
        Todo.PERSON: (Act.RECORD, "responsible-person"),
        Todo.DUTY: (Act.DUTIES, ""),
        Todo.VALIDITY: (Act.CRL_VALIDITY, ""),
        Todo.SHARED: (Act.RECORD, "service-model"),
    }
    first = does.get(row.todo)
    found = [Offer(*first, due=row.state in _WAITING)] if first else []
    if row.records:
        newest = offers_for_record(row.records[-1])
        found += [each for each in newest if each.act not in [one.act for one in found]]
    if row.register.waivable and row.state in _WAITING:
        found.append(Offer(Act.WAIVE, row.clause.id))
    return tuple(found)


def offers_for_document(found: DocumentStanding, asked: Proposal | None, who: str) -> tuple[Offer, ...]:
    """The buttons of a policy document: the approval that waits, the next version, that it was made available."""
    about, newest = found.document.value, found.newest
    true = newest is not None and not found.drift
    approve = (
        (Offer(Act.APPROVE, asked.digest, "own-proposal" if asked.proposer == who else "", due=True),) if asked else ()
    )
    unsaid = "" if true else "differs" if newest else "no-version"
    return (
        *approve,
        Offer(Act.STATEMENT, about, "as-approved" if true else "", due=not true and not asked),
        Offer(Act.PUBLISH_STATEMENT, about, unsaid, due=newest is not None and true and not newest.published),
    )


def hinders(hindrance: str, act: str) -> str:
    """What of it stands against one act: a new workspace needs nobody; a few are for whoever works here."""
    logs = (Act.LEDGER_REVIEW, Act.LOG_EXPORT, Act.LOG_PROVE, Act.LOG_CHECKPOINT)
    for_all = (*logs, Act.KEEP_SIGN_IN, Act.DRILL, Act.OWN_SHEET, Act.ACCEPT_HEAD)
    free = act in (Act.FIRST_RUN, Act.PUT_BACK) or (act in for_all and hindrance == "duty")
    return "" if free else hindrance


def hindrance(desk: Desk) -> str:
    """Why nothing can be changed now, a key of `core.words.advice.WHY_NOT`; "" where it can."""
    if desk.file.read_only:
        return "read-only"
    if desk.session is None:
        return "signed-out"
    able = REPORTING if desk.workspace.kind is Kind.LINKS else WORKING  # a CA operator has nothing to do on links
    return "" if able & set(desk.session.operator.duties) else "duty"


def verified(row: LinkRow) -> bool:
    """Whether both ends count as verified: a pin that only a telephone vouches for stays an open weak point."""
    ends = (row.left, row.right)
    return row.health in GOOD and not any(end.key is not None and end.key.telephone_only for end in ends)
