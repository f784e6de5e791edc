"""Every day by which something has to be done, from duties, records, waivers, decisions, CRLs and certificates."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from core.crypto.certificates import read_certificate
from core.crypto.names import text
from core.exports import calendar as exported
from core.model.advice import Act, Offer, Step, Task
from core.model.authorities import AuthorityState
from core.model.calendar import CalendarDuty, Due, Matter
from core.model.certificates import CertificateState
from core.model.keys import KeyState
from core.model.records import RecordState
from core.policy import calendar as policy
from core.policy import enrolment as certificate_policy
from core.policy import records as record_policy
from core.policy import waivers as waiver_policy
from core.services import crls
from core.services.desk import Desk
from core.store import audit, authorities, certificates, decisions, devices, keys, records, revocation, waivers

_LIVE = (KeyState.APPROVED, KeyState.ROLLING)


def is_shared(desk: Desk) -> bool:
    """Whether several organisations share this PKI as a service, as two people's record has it (S-1)."""
    found = records.in_force(desk.file.read, "service-model")
    return bool(found) and found[-1].facts["shared"] == "yes"


def due(desk: Desk) -> tuple[Due, ...]:
    """Everything with a day, the soonest first."""
    found = [*duties(desk), *_records(desk), *_agreed(desk), *_lists(desk), *_certificates(desk), *_keys(desk)]
    return tuple(sorted(found, key=lambda each: (each.day, each.uid)))


def overdue(desk: Desk) -> tuple[Due, ...]:
    """What is late, for the Overview."""
    return tuple(each for each in due(desk) if each.overdue)


def duties(desk: Desk) -> Iterator[Due]:
    """The duties of the calendar with the day each is due next; what was never done counts from the beginning."""
    tally, today = audit.tally(desk.file.read), desk.clock().date()
    signed = _signed_off(desk)
    for duty in policy.for_workspace(desk.workspace.kind, shared=is_shared(desk)):
        day = policy.next_day(duty, _last(desk, duty, tally, signed))
        owner = desk.workspace.responsible
        yield Due(Matter.DUTY, f"duty-{duty.name}", day, duty.asks, owner, duty.clauses, today > day)


def _signed_off(desk: Desk) -> dict[str, date]:
    done = records.in_force(desk.file.read, "duty-done")
    return {each.facts["duty"]: each.made.date() for each in done}  # oldest first: the newest stays


def _last(desk: Desk, duty: CalendarDuty, tally: dict[str, tuple[int, int, str, str]], signed: dict[str, date]) -> date:
    days = [desk.workspace.created.date()]
    if duty.name in signed:
        days.append(signed[duty.name])
    if duty.done in tally:
        days.append(datetime.fromisoformat(tally[duty.done][2]).date())
    return max(days)


def _records(desk: Desk) -> Iterator[Due]:
    today = desk.clock().date()
    for record in records.all_records(desk.file.read):
        if record.state is not RecordState.IN_FORCE or record.kind == "duty-done":
            continue
        row = record_policy.row(record, today)
        about = f"{row.kind.title}: {record.facts.get(row.kind.fields[0].name, '')}"
        yield Due(Matter.RECORD, f"record-{record.id}", row.due, about, record.owner, row.kind.clauses, row.due < today)


def _agreed(desk: Desk) -> Iterator[Due]:
    """Waivers and decisions that count, and the day they are to be looked at again."""
    today, told = desk.clock().date(), set[str]()
    for each in waiver_policy.active(waivers.all_waivers(desk.file.read), today).values():  # a newer one was the look
        yield Due(Matter.WAIVER, f"waiver-{each.id}", each.review, each.reason, "", (each.clause,), each.review < today)
    for decided in decisions.all_decisions(desk.file.read):
        if decided.clause not in told:
            told.add(decided.clause)
            late = decided.review < today
            yield Due(
                Matter.DECISION, f"decision-{decided.id}", decided.review, decided.reason, "", (decided.clause,), late
            )


def _lists(desk: Desk) -> Iterator[Due]:
    today = desk.clock().date()
    for each in crls.status(desk):
        if each.authority.key and each.authority.state is not AuthorityState.DESTROYED:
            day = each.due.date() if each.due else today
            yield Due(Matter.CRL, f"crl-{each.authority.name}", day, each.authority.name, "", ("C5",), each.late)


def _certificates(desk: Desk) -> Iterator[Due]:
    connection, now = desk.file.read, desk.clock()
    revoked = {each.certificate_id for each in revocation.all_revocations(connection)}
    for each in certificates.listed(connection):
        state = certificate_policy.state(each, now, revoked=each.id in revoked)
        if each.device_id and state in (CertificateState.VALID, CertificateState.EXPIRING):
            yield Due(Matter.CERTIFICATE, f"certificate-{each.serial}", each.not_after.date(), text(each.subject))
    for authority in authorities.all_authorities(connection):
        if authority.certificate and authority.state is not AuthorityState.DESTROYED:
            end = read_certificate(authority.certificate).not_after
            yield Due(Matter.AUTHORITY, f"authority-{authority.name}", end.date(), authority.name, overdue=end < now)


def _keys(desk: Desk) -> Iterator[Due]:
    """Approved keys of devices that have to be compared again."""
    connection, today = desk.file.read, desk.clock().date()
    names = {each.id: each.name for each in devices.all_devices(connection)}
    for each in keys.all_keys(connection):
        if each.state in _LIVE and each.review_by:
            day = date.fromisoformat(each.review_by)
            yield Due(Matter.DEVICE_KEY, f"key-{each.id}", day, names[each.device_id], "", ("SL2",), day < today)


# --- what leads to what has to be done -------------------------------------------------------------------


_DONE_BY = {
    "audit.reviewed": Act.LEDGER_REVIEW,
    "people.reviewed": Act.PEOPLE,
    "audit.verified": Act.VERIFY_LOG,
    "backup.made": Act.BACKUP,
}
_BY_MATTER = {
    Matter.RECORD: Act.RECORD_VERSION,
    Matter.CRL: Act.PUBLISH,
    Matter.CERTIFICATE: Act.RENEW,
    Matter.DEVICE_KEY: Act.COMPARE,
}
_AGREED = {Matter.WAIVER: (Task.WAIVER, Act.WAIVE), Matter.DECISION: (Task.DECISION, Act.DECIDE)}
_TASKS = {Matter.DUTY: Task.DUTY, Matter.RECORD: Task.RECORD}
_TOLD = (Act.LEDGER_REVIEW, Act.PEOPLE)  # whose steps stand on the Overview already


def offers(each: Due) -> tuple[Offer, ...]:
    """The buttons beside a day: what does it, the first one waited for where it is late."""
    name = each.uid.partition("-")[2]
    if each.matter is Matter.DUTY:
        duty = policy.duties()[name]
        does = (Offer(_DONE_BY[duty.done], "", due=each.overdue),) if duty.done in _DONE_BY else ()
        return *does, Offer(Act.SIGN_OFF, name, due=each.overdue and not does)
    if each.matter in _AGREED:
        return (Offer(_AGREED[each.matter][1], each.clauses[0], due=each.overdue),)
    about = each.about if each.matter is Matter.DEVICE_KEY else name
    return (Offer(_BY_MATTER[each.matter], about, due=each.overdue),) if each.matter in _BY_MATTER else ()


def steps(desk: Desk) -> tuple[Step, ...]:
    """Duties, records, waivers and decisions that are late, for the Overview; keys, CRLs and reviews are told there already."""
    found = []
    for each in (*duties(desk), *_records(desk)):
        first = offers(each)[0]
        if each.overdue and first.act not in _TOLD:
            found.append(Step(_TASKS[each.matter], first.act, first.about, each.about, each.day.isoformat()))
    for each in _agreed(desk):
        if each.overdue:
            task, act = _AGREED[each.matter]
            found.append(Step(task, act, each.clauses[0], each.clauses[0], each.day.isoformat()))
    return tuple(found)


def as_ics(desk: Desk, found: Sequence[Due], words: Sequence[str]) -> bytes:
    """The same as a calendar file; `words` are the matters as people call them."""
    workspace = desk.workspace
    return exported.calendar(workspace.name, workspace.id, desk.clock(), found, words)
