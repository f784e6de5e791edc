"""Policy documents: written from what is in force, approved by two, compared with it ever after, made available."""

from dataclasses import replace

from core.errors import documents as errors
from core.errors.base import Refused, refuse
from core.errors.workspace import WrongKind
from core.model.documents import Document, ProposeDocument, PublishDocument, Section, Standing, Version
from core.model.proposals import Proposal, Propose
from core.model.records import Record
from core.model.workspace import Kind as WorkspaceKind
from core.policy import documents as policy
from core.policy import texts
from core.policy.duties import RECORDING
from core.policy.proposals import RULES
from core.policy.records import find, latest_review
from core.services import particulars, proposals, records, statements
from core.services.desk import Desk
from core.services.perform import Verb, Work, perform, reading
from core.services.proposals import Kind
from core.store import documents as store
from core.store import records as records_on_file

KINDS_HERE = (WorkspaceKind.ISSUING, WorkspaceKind.ROOT)
LONGEST = 400


def fit(desk: Desk) -> None:
    """Refuse a workspace that no CP or CPS is about."""
    kind = desk.workspace.kind
    if kind not in KINDS_HERE:
        raise WrongKind(kind.value, tuple(each.value for each in KINDS_HERE))


def published(desk: Desk, document: Document) -> Version | None:
    """The newest version that was made available; the gates of issuing ask for it (P1)."""
    return next((each for each in store.versions(desk.file.read, document) if each.published), None)


def standing(desk: Desk, document: Document) -> Standing:
    """How a document stands: as approved, as it would be written now, and what is missing."""
    fit(desk)
    connection = desk.file.read
    versions = store.versions(connection, document)
    newest = versions[0] if versions else None
    number = newest.number if newest else 1
    facts = particulars.facts(connection, desk.workspace, desk.clock(), document, number)
    sections = policy.composed(document, facts)
    return Standing(
        document=document,
        title=facts["long"],
        newest=newest,
        published=next((each for each in versions if each.published), None),
        sections=sections,
        drift=policy.drift(newest, sections) if newest else (),
        gaps=policy.gaps(document, sections, facts),
        sha256=_digest(document, number, sections),
        versions=versions,
    )


def approved(desk: Desk, document: Document) -> Standing:
    """The same with the text that two people approved, however much differs since. Raises `NothingApproved`."""
    now = standing(desk, document)
    if now.newest is None:
        raise errors.NothingApproved(document.short)
    refuse(policy.outlined(document, now.newest.text))
    return replace(now, sections=policy.recalled(now.newest), approved=True)


def _digest(document: Document, number: int, sections: tuple[Section, ...]) -> str:
    return statements.digest(policy.source(document, number, sections))


# --- approved by two --------------------------------------------------------------------------------------


def propose(desk: Desk, command: ProposeDocument) -> Proposal:
    """Ask for the text of now to become the next version; what is agreed to is its SHA-256."""
    with reading(desk) as work:
        number, sections = _next(work, command.document)
    facts = {
        "document": command.document.value,
        "title": policy.Label("title")(command.document.value),
        "version": str(number),
        "sections": str(len(sections)),
        "written": str(sum(1 for each in sections if each.written)),
        "sha256": _digest(command.document, number, sections),
    }
    return proposals.propose(desk, APPROVE, Propose(facts, command.reason, command.ticket))


def _next(work: Work, document: Document) -> tuple[int, tuple[Section, ...]]:
    """The number and text that the next version has now."""
    connection = work.unit.connection
    number = max((each.number for each in store.versions(connection, document)), default=0) + 1
    facts = particulars.facts(connection, work.desk.workspace, work.now, document, number)
    return number, policy.composed(document, facts)


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    document = Document(proposal.facts["document"])
    number, sections = _next(work, document)
    found = texts.line("reason", proposal.reason, needed=True)
    found += policy.outlined(document, ((each.number, each.title, each.lines) for each in sections))
    if _digest(document, number, sections) != proposal.facts["sha256"]:
        found.append(errors.DocumentChanged(document.short, int(proposal.facts["version"])))
    newest = next(iter(store.versions(work.unit.connection, document)), None)
    if newest and number == newest.number + 1:
        facts = particulars.facts(work.unit.connection, work.desk.workspace, work.now, document, newest.number)
        if not policy.drift(newest, policy.composed(document, facts)):
            found.append(errors.DocumentUnchanged(document.short, newest.number))
    return found


def _act(work: Work, proposal: Proposal) -> None:
    document = Document(proposal.facts["document"])
    number, sections = _next(work, document)
    made = Version(
        id=0,
        document=document,
        number=number,
        sha256=_digest(document, number, sections),
        text=tuple((each.number, each.title, each.lines) for each in sections),
        proposer=proposal.proposer,
        approver=work.actor.name,
        reason=proposal.reason,
        proposal=proposal.digest,
        made=work.now,
    )
    store.add(work.unit, made)
    work.details.update(document=document.value, version=number, sha256=made.sha256)


# --- made available ---------------------------------------------------------------------------------------


def publish(desk: Desk, command: PublishDocument) -> Version:
    """Record that the newest version was made available; refused while its text is not true any more."""
    return perform(desk, PUBLISH, command)


def _publish(work: Work, command: PublishDocument) -> Version:
    connection, document = work.unit.connection, command.document
    newest = next(iter(store.versions(connection, document)), None)
    refuse(texts.line("distribution", command.distribution, limit=LONGEST, needed=True))
    refuse(texts.line("ticket", command.ticket))
    number = newest.number if newest else 1
    facts = particulars.facts(connection, work.desk.workspace, work.now, document, number)
    changed = policy.drift(newest, policy.composed(document, facts)) if newest else ()
    refuse(policy.publishable(document, newest, changed))
    assert newest is not None  # noqa: S101 - `publishable` refuses where there is none
    refuse(policy.outlined(document, newest.text))
    store.publish(work.unit, newest.id, work.now, work.actor.name, command.distribution)
    work.ticket = command.ticket
    _record(work, newest, command.distribution)
    work.details.update(document=document.value, version=newest.number, sha256=newest.sha256)
    return store.versions(connection, document)[0]


def _record(work: Work, version: Version, distribution: str) -> None:
    """What the gates of issuing and the compliance page read: the record of the document that is available."""
    document, today = version.document, work.now.date()
    before = [
        each for each in records_on_file.in_force(work.unit.connection, _KIND) if each.facts["document"] == document
    ]
    told = {
        "document": document.value,
        "title": policy.Label("title")(document.value),
        "version": str(version.number),
        "hash": version.sha256,
        "approver": version.approver,
        "published": today.isoformat(),
        "distribution": distribution,
    }
    review, replaces = latest_review(find(_KIND), today), before[-1].id if before else 0
    name = work.actor.name
    made = Record(0, _KIND, told, name, review, "", "", replaces, version.proposal, work.now, name)
    records.enter(work, made)


_KIND = "policy-document"
PUBLISH = Verb("document.published", _publish, RECORDING, KINDS_HERE)
APPROVE = Kind(RULES["document.approve"], _judge, _act, KINDS_HERE)
KINDS = (APPROVE,)
