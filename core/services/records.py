"""Records: entered, replaced by newer versions, ended; nothing of one is ever changed or deleted."""

from dataclasses import replace
from datetime import date

from core.crypto.names import text
from core.errors import records as errors
from core.errors.base import Refused, refuse
from core.media.files import sha256_of
from core.model.proposals import Proposal, Propose
from core.model.records import AddRecord, EndRecord, KindRow, Record, RecordRow, Records, RecordState
from core.policy import gates, texts
from core.policy import procedures as procedure_policy
from core.policy import records as policy
from core.policy.duties import RECORDING
from core.policy.proposals import RULES
from core.services import procedures, proposals
from core.services.desk import Desk
from core.services.opening import refusals
from core.services.perform import Verb, Work, perform
from core.services.proposals import Kind
from core.store import certificates, revocation
from core.store import records as store
from core.store.unit import Connection

ORGANISATION = "relying-organisation"
_OFFERED = 200  # revoked certificates to choose from; others are named by their serials
_ASKED = ("name", "community", "contact")


def add(desk: Desk, command: AddRecord) -> Record | Proposal:
    """Enter a record; a relying organisation of another community is a proposal first (A6)."""
    with refusals(desk, ADD, command):
        command = replace(command, sha256=_evidence(command))
    if _foreign(desk, command):
        facts = {name: command.facts.get(name, "") for name in _ASKED}
        told = {**facts, "owner": command.owner, "review": command.review, "sha256": command.sha256}
        return proposals.propose(desk, ADMIT, Propose(told, command.reason, command.ticket))
    return perform(desk, ADD, command)


def end(desk: Desk, command: EndRecord) -> Record:
    """Take a record out of force: what it met is open again."""
    return perform(desk, END, command)


def rows(desk: Desk, kind: str = "", *, all_of: bool = False) -> tuple[RecordRow, ...]:
    """The records in force (with `all_of` also those that are over), oldest first."""
    today = desk.clock().date()
    if kind:
        policy.find(kind)
    found = store.all_records(desk.file.read)
    wanted = [each for each in found if (all_of or each.state is RecordState.IN_FORCE) and kind in ("", each.kind)]
    return tuple(policy.row(each, today) for each in wanted)


def overview(desk: Desk) -> Records:
    """Every kind with what is on record of it, and all that ever was."""
    every = tuple(reversed(rows(desk, all_of=True)))
    holding: dict[str, list[RecordRow]] = {}
    for each in sorted(every, key=lambda each: each.due):
        if each.record.state is RecordState.IN_FORCE:
            holding.setdefault(each.kind.name, []).append(each)
    return Records(tuple(KindRow(each, tuple(holding.get(each.name, ()))) for each in policy.kinds().values()), every)


def revoked(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Serial and name of the certificates revoked last, the newest first: what an incident is linked to."""
    connection = desk.file.read
    found = [certificates.get(connection, each.certificate_id) for each in revocation.newest(connection, _OFFERED)]
    return tuple((each.serial, text(each.subject)) for each in found)


def in_force(desk: Desk, kind: str) -> tuple[Record, ...]:
    """The records of a kind that hold now, oldest first."""
    return store.in_force(desk.file.read, policy.find(kind).name)


def community(desk: Desk) -> str:
    """The one community of this workspace: as recorded, or as declared when it was made."""
    found = store.in_force(desk.file.read, "community")
    return found[-1].facts["community"] if found else desk.workspace.community


def responsible(desk: Desk) -> str:
    """Who answers for it: as recorded, or as named when it was made; "" where nobody is."""
    found = store.in_force(desk.file.read, "responsible-person")
    return found[-1].facts["person"] if found else desk.workspace.responsible


def _foreign(desk: Desk, command: AddRecord) -> bool:
    if command.kind != ORGANISATION or command.replaces:
        return False
    theirs = command.facts.get("community", "")
    return bool(theirs.strip()) and bool(gates.community(command.facts.get("name", ""), theirs, community(desk)))


def _evidence(command: AddRecord) -> str:
    if command.evidence is None:
        return ""
    try:
        return sha256_of(command.evidence, policy.EVIDENCE_MIB << 20)
    except OSError:
        raise errors.EvidenceNotRead(str(command.evidence), policy.EVIDENCE_MIB) from None


def _added(work: Work, command: AddRecord) -> Record:
    kind = policy.find(command.kind)
    before = _before(work, command)
    facts = {**(before.facts if before else {}), **command.facts}
    if kind.name == procedure_policy.KIND:
        facts = procedures.filled(work.unit.connection, work.desk.workspace, work.now.date(), facts)
    refuse(policy.findings(command, facts, work.now.date(), _serials(work.unit.connection)))
    if before is not None and before.kind == ORGANISATION and before.facts["community"] != facts["community"]:
        raise errors.RecordNotFit(kind.name, "community", "community")
    kept = (before.evidence, before.sha256) if before and command.evidence is None else ("", "")
    evidence = (command.evidence.name, command.sha256) if command.evidence else kept
    made = _record(work, kind.name, facts, command, evidence)
    return enter(work, replace(made, replaces=before.id if before else 0), command.ticket)


def _before(work: Work, command: AddRecord) -> Record | None:
    """The version that is replaced: the one named, or the one in force of a kind that has one at a time."""
    here = store.in_force(work.unit.connection, command.kind)
    if command.replaces:
        found = next((each for each in here if each.id == command.replaces), None)
        if found is None:
            raise errors.NoSuchRecord(command.replaces)
        return found
    return here[-1] if here and policy.find(command.kind).single else None


def _serials(connection: Connection) -> frozenset[str]:
    return frozenset(each.serial for each in certificates.listed(connection))


def _record(work: Work, kind: str, facts: dict[str, str], command: AddRecord, evidence: tuple[str, str]) -> Record:
    return Record(
        id=0,
        kind=kind,
        facts={name: value.strip() for name, value in facts.items() if value.strip()},
        owner=command.owner,
        review=date.fromisoformat(command.review),
        evidence=evidence[0],
        sha256=evidence[1],
        replaces=0,
        proposal="",
        made=work.now,
        made_by=work.actor.name,
    )


def enter(work: Work, record: Record, ticket: str = "") -> Record:
    """Put a record on file inside a command's transaction, in the place of the one that it replaces."""
    if record.replaces:
        store.end(work.unit, record.replaces, RecordState.REPLACED, work.now, work.actor.name, "")
    made = store.add(work.unit, record)
    work.ticket = ticket or work.ticket
    work.details.update(
        record=made.id, kind=made.kind, owner=made.owner, review=made.review.isoformat(), sha256=made.sha256,
        replaces=made.replaces,
    )  # fmt: skip
    return made


def _ended(work: Work, command: EndRecord) -> Record:
    found = store.find(work.unit.connection, command.number)
    if found is None or found.state is not RecordState.IN_FORCE:
        raise errors.NoSuchRecord(command.number)
    refuse(texts.line("reason", command.reason, needed=True))
    store.end(work.unit, found.id, RecordState.ENDED, work.now, work.actor.name, command.reason)
    work.details.update(record=found.id, kind=found.kind, reason=command.reason)
    return replace(found, state=RecordState.ENDED, ended=work.now.isoformat(), ended_by=work.actor.name)


def _typed(proposal: Proposal) -> AddRecord:
    facts = {name: proposal.facts[name] for name in _ASKED}
    return AddRecord(ORGANISATION, facts, proposal.facts["owner"], proposal.facts["review"])


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    typed = _typed(proposal)
    found = texts.line("reason", proposal.reason, needed=True)
    return found + policy.findings(typed, typed.facts, work.now.date())


def _admitted(work: Work, proposal: Proposal) -> None:
    typed = _typed(proposal)
    made = _record(work, ORGANISATION, typed.facts, typed, ("", proposal.facts["sha256"]))
    enter(work, replace(made, proposal=proposal.digest), proposal.ticket)
    work.details["kind"] = proposal.kind


ADD = Verb("record.added", _added, RECORDING)
END = Verb("record.ended", _ended, RECORDING)
ADMIT = Kind(RULES["organisation.admit"], _judge, _admitted)
KINDS = (ADMIT,)
