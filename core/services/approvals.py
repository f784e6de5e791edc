"""Approving: the passphrase is entered at that moment, the sentence that was shown is signed with it (C22)."""

from collections.abc import Callable, Mapping

from core.crypto.digest import canonical
from core.errors import proposals as errors
from core.errors.base import Expected, Refused, refuse
from core.late import dataclass
from core.model.custody import Copy
from core.model.people import Duty
from core.model.proposals import Approve, Proposal, State
from core.policy import proposals as policy
from core.policy import texts
from core.services import (
    accepting,
    agreements,
    caps,
    clock,
    custodians,
    decisions,
    documents,
    ending,
    enrolment,
    membership,
    records,
    registration,
    restored,
    revocation,
    roster,
    settings,
    statements,
    subordinates,
    switching,
    waivers,
)
from core.services.desk import Desk
from core.services.people import unlock
from core.services.perform import Verb, Work, allowed, perform, record_refusal
from core.services.proposals import Kind, current, find, load, note, settle, waiting
from core.store import proposals as store

KINDS: dict[str, Kind] = {
    kind.rule.kind: kind
    for kind in (
        *membership.KINDS,
        *clock.KINDS,
        *accepting.KINDS,
        *custodians.KINDS,
        *switching.KINDS,
        *decisions.KINDS,
        *records.KINDS,
        *agreements.KINDS,
        *documents.KINDS,
        *settings.KINDS,
        *waivers.KINDS,
        *caps.KINDS,
        *subordinates.KINDS,
        *ending.KINDS,
        *enrolment.KINDS,
        *registration.KINDS,
        *revocation.KINDS,
        *restored.KINDS,
    )
}
APPROVERS = frozenset[Duty]().union(*(each.rule.approvers for each in KINDS.values()))
PROPOSERS = frozenset[Duty]().union(*(each.rule.proposers for each in KINDS.values()))
LONGEST_SENTENCE = 4000


@dataclass(frozen=True)
class Outcome:
    """One proposal of a list that was approved; `refusal` is None where it went through; `copies` are backups to destroy."""

    digest: str
    proposal: Proposal | None
    refusal: Expected | None
    copies: tuple[Copy, ...] = ()


def kind_of(proposal: Proposal) -> Kind:
    """The row of the table a proposal belongs to."""
    return KINDS[proposal.kind]


def batch_digest(shown: Mapping[str, str]) -> str:
    """The digest of a list as it was shown: each proposal with its sentence, in order."""
    return statements.digest({"list": [[digest, sentence] for digest, sentence in shown.items()]})


def approve(desk: Desk, name: str, passphrase: str, shown: Mapping[str, str]) -> tuple[Outcome, ...]:
    """Approve what `shown` lists: full digests and, for each, the sentence its approver saw.

    The passphrase opens the approver's key for this one list; a session is not enough, nor a keyring. Each proposal
    is approved by itself: what stands against one leaves the others alone. A single one raises its refusal.
    """
    session = unlock(desk, name, passphrase)
    batch = batch_digest(shown) if len(shown) > 1 else ""
    outcomes: list[Outcome] = []
    for digest, sentence in shown.items():
        try:
            kind = kind_of(known(desk, digest, "Approve"))
            verb = Verb("proposal.approved", _approving(kind), kind.rule.approvers, kind.kinds)
            done = perform(desk, verb, Approve(digest, sentence, batch), by=session)
            copies = kind.after(desk, done) if kind.after else ()
        except Expected as refusal:
            if len(shown) == 1:
                raise
            outcomes.append(Outcome(digest, None, refusal))
        else:
            outcomes.append(Outcome(digest, done, None, copies))
    return tuple(outcomes)


def known(desk: Desk, typed: str, command: str, name: str = "", duties: frozenset[Duty] = APPROVERS) -> Proposal:
    """The proposal that begins with `typed`, for whom it may concern; a refusal has its row.

    Somebody without any of `duties` is refused before one is looked for; the duty of its kind is asked when it is known.
    """
    try:
        person = roster.read(desk.file.read, desk.workspace.id).people.get(name)
        if person is not None:
            allowed(name, person.duties, duties)
        return find(desk, typed)
    except Refused as refusal:
        record_refusal(desk, command, refusal)
        raise


def _approving(kind: Kind) -> Callable[[Work, Approve], Proposal]:
    def act(work: Work, command: Approve) -> Proposal:
        proposal = load(work, command.digest, State.WAITING)
        _judge(work, kind, proposal, command)
        members = {
            "proposal": proposal.digest,
            "kind": proposal.kind,
            "sentence": command.sentence,
            "tbs_sha256": proposal.tbs_sha256,
            "batch": command.batch,
        }
        given = statements.signed(work.session, work.desk.workspace.id, work.now, "approval", members)
        store.add_approval(work.unit, proposal.digest, canonical(given.body).decode(), given.signature)
        note(work, proposal, kind)
        proposal = load(work, proposal.digest, State.WAITING)
        if kind.act is None:
            store.move(work.unit, proposal.digest, State.APPROVED)
            return load(work, proposal.digest, State.APPROVED)
        settle(work, proposal, kind)
        kind.act(work, proposal)
        return load(work, proposal.digest, State.PERFORMED)

    return act


def _judge(work: Work, kind: Kind, proposal: Proposal, command: Approve) -> None:
    if not command.sentence.strip():
        raise errors.SentenceMissing
    refuse(texts.line("sentence", command.sentence, limit=LONGEST_SENTENCE))
    refuse(current(work, proposal.statement))
    refuse(policy.proposer_findings(kind.rule, proposal.statement, work.people, work.now))
    refuse(policy.approver_findings(kind.rule, proposal.statement, work.actor, work.people, work.now))
    refuse(kind.judge(work, proposal))


def listed(desk: Desk, batch: str, sentence: Callable[[Proposal], str]) -> dict[str, str]:
    """The list with this digest as it stands now, or the refusal that it is another one by now.

    Lists are: everything that waits for approval; of these all of one kind; of these all of one kind and ticket.
    """
    lists: dict[tuple[str, ...], dict[str, str]] = {}
    for each in waiting(desk):
        if each.state is State.WAITING:
            for key in ((), (each.kind,), (each.kind, each.ticket)):
                lists.setdefault(key, {})[each.digest] = sentence(each)
    typed = batch.strip().casefold()
    found = [shown for shown in lists.values() if len(typed) >= 6 and batch_digest(shown).startswith(typed)]
    if not found or any(shown != found[0] for shown in found):
        refusal = errors.ListChanged(batch)
        record_refusal(desk, "Approve", refusal)
        raise refusal
    return found[0]
