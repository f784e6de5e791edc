"""proposal list, proposal show, approve, refuse, withdraw, clock correct."""

import sys
from argparse import ArgumentParser
from typing import Literal

from core.cli.answers import Answer
from core.cli.base import REASON, Context, Entry, done, words
from core.cli.secrets import from_file
from core.errors.cli import WhoActs, WrongWords
from core.late import dataclass
from core.model.proposals import Proposal, State, Step
from core.services import approvals, clock, differences, people, proposals
from core.services.desk import Desk
from core.words.differences import difference
from core.words.proposals import STATES, need, sentence
from core.words.say import sentence as said


@dataclass(frozen=True, kw_only=True)
class NeedTold:
    step: Step
    people: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Waiting(Answer):
    """`proposal` is what the proposal goes by; `needs` are the steps left, in order."""

    state: Literal["done", "waiting"] = "waiting"
    proposal: str
    sentence: str
    needs: tuple[NeedTold, ...]

    def lines(self) -> list[str]:
        told = [f"Proposal {self.proposal} waits. {self.sentence}", *_needed(self.needs)]
        approves = any(each.step is Step.APPROVAL and each.people for each in self.needs)
        return [*told, *([f"Whoever approves it types: anchorhold approve WS {self.proposal}"] if approves else [])]


@dataclass(frozen=True, kw_only=True)
class ApprovalTold:
    by: str
    time: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ProposalTold:
    proposal: str
    kind: str
    standing: State
    sentence: str
    proposer: str
    time: str
    ticket: str
    needs: tuple[NeedTold, ...]


@dataclass(frozen=True, kw_only=True)
class ProposalsListed(Answer):
    """`batch` names the list of those that wait for approval, as shown, for `approve --batch`."""

    batch: str
    proposals: tuple[ProposalTold, ...]

    def lines(self) -> list[str]:
        told = [f"{each.proposal}  {STATES[each.standing]}  {each.sentence}" for each in self.proposals]
        if not told:
            return ["No proposal waits."]
        return [*told, *([f"Approve the whole list: anchorhold approve WS --batch {self.batch}"] if self.batch else [])]


@dataclass(frozen=True, kw_only=True)
class ProposalShown(Answer):
    proposal: str
    digest: str
    kind: str
    standing: State
    sentence: str
    proposer: str
    time: str
    reason: str
    ticket: str
    facts: dict[str, str]
    tbs_sha256: str
    differences: tuple[str, ...]
    approvals: tuple[ApprovalTold, ...]
    needs: tuple[NeedTold, ...]
    closed: str
    closed_by: str
    because: str

    def lines(self) -> list[str]:
        return [
            self.sentence,
            *self.differences,
            f"It is {STATES[self.standing]}. Digest: {self.digest}",
            *(f"Approved by {each.by} at {each.time}." for each in self.approvals),
            *_needed(self.needs),
        ]


@dataclass(frozen=True, kw_only=True)
class CopyTold:
    time: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class OutcomeTold:
    """`destroy` are the backups that still open a key which was destroyed."""

    proposal: str
    standing: State
    sentence: str
    needs: tuple[NeedTold, ...]
    refused: str
    destroy: tuple[CopyTold, ...]


@dataclass(frozen=True, kw_only=True)
class Approved(Answer):
    """`state` is "waiting" while anything of it waits for somebody else."""

    approver: str
    proposals: tuple[OutcomeTold, ...]

    def lines(self) -> list[str]:
        return [line for each in self.proposals for line in _outcome(each)]


@dataclass(frozen=True, kw_only=True)
class Closed(Answer):
    proposal: str
    standing: State

    def lines(self) -> list[str]:
        return [f"Proposal {self.proposal} is {STATES[self.standing]}."]


def _needed(needs: tuple[NeedTold, ...]) -> list[str]:
    return [f"Needs {each.sentence}." for each in needs]


def _outcome(each: OutcomeTold) -> list[str]:
    if each.refused:
        return [f"{each.proposal} was not approved: {each.refused}"]
    copies = [f"Destroy the backup of {copy.time} (SHA-256 {copy.sha256})." for copy in each.destroy]
    return [f"{each.proposal} is {STATES[each.standing]}. {each.sentence}", *_needed(each.needs), *copies]


def short(proposal: Proposal) -> str:
    """What a proposal goes by on the command line."""
    return proposal.digest[: proposals.SHOWN]


def _needs(desk: Desk, proposal: Proposal) -> tuple[NeedTold, ...]:
    return tuple(
        NeedTold(step=each.step, people=each.people, sentence=need(each)) for each in proposals.needs(desk, proposal)
    )


def waits(desk: Desk, proposal: Proposal) -> tuple[Waiting, int]:
    """The answer of every command that proposes."""
    return Waiting(proposal=short(proposal), sentence=sentence(proposal), needs=_needs(desk, proposal)), 0


def _told(desk: Desk, proposal: Proposal) -> ProposalTold:
    return ProposalTold(
        proposal=short(proposal),
        kind=proposal.kind,
        standing=proposals.standing(proposal, desk.clock()),
        sentence=sentence(proposal),
        proposer=proposal.proposer,
        time=str(proposal.statement.body["time"]),
        ticket=proposal.ticket,
        needs=_needs(desk, proposal),
    )


def _list(context: Context) -> tuple[Answer, int]:
    kind = context.args.kind
    return listed(context, (kind,) if kind else (), everything=context.args.all)


def listed(context: Context, kinds: tuple[str, ...], *, everything: bool) -> tuple[Answer, int]:
    """The proposals of these kinds (none: of every kind), those that wait or all there were."""
    with context.desk(read_only=True) as desk:
        found = proposals.all_of(desk) if everything else proposals.waiting(desk)
        found = tuple(each for each in found if not kinds or each.kind in kinds)
        open_ = {
            each.digest: sentence(each) for each in found if proposals.standing(each, desk.clock()) is State.WAITING
        }
        batch = approvals.batch_digest(open_)[: proposals.SHOWN] if open_ else ""
        return done(ProposalsListed(batch=batch, proposals=tuple(_told(desk, each) for each in found)))


def show(context: Context) -> tuple[Answer, int]:
    """One proposal, whole."""
    with context.desk(read_only=True) as desk:
        found = proposals.find(desk, context.args.proposal)
        told = _told(desk, found)
        return done(
            ProposalShown(
                proposal=told.proposal,
                digest=found.digest,
                kind=told.kind,
                standing=told.standing,
                sentence=told.sentence,
                proposer=told.proposer,
                time=told.time,
                reason=found.reason,
                ticket=found.ticket,
                facts={name: _text(value) for name, value in found.facts.items()},
                tbs_sha256=found.tbs_sha256,
                differences=_differences(desk, found),
                approvals=tuple(
                    ApprovalTold(by=each.by, time=str(each.body["time"]), sentence=str(each.body["sentence"]))
                    for each in found.approvals
                ),
                needs=told.needs,
                closed=found.closed,
                closed_by=found.closed_by,
                because=found.because,
            )
        )


def _differences(desk: Desk, found: Proposal) -> tuple[str, ...]:
    """Of one that still waits: what is done is no difference any more."""
    if found.state not in (State.WAITING, State.APPROVED):
        return ()
    return tuple(difference(each) for each in differences.differences(desk, found))


def _text(value: object) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _approve(context: Context) -> tuple[Answer, int]:
    args = context.args
    if bool(args.proposal) == bool(args.batch):
        raise WrongWords("Name the proposals, or give --batch ID", "anchorhold approve --help")
    with context.desk() as desk:
        if not args.acting:
            raise WhoActs(tuple(each.name for each in people.operators(desk)))
        shown = _shown(desk, context)
        if sys.stderr.isatty():
            sys.stderr.write("".join(f"{text}\n" for text in shown.values()))
            sys.stderr.flush()
        whom = from_file(desk.workspace.kind, rehearsal=desk.workspace.rehearsal)
        passphrase = context.secrets.of(args.acting, whom)
        outcomes = approvals.approve(desk, args.acting, passphrase, shown)
        told = tuple(_one(desk, each, shown[each.digest]) for each in outcomes)
    waiting = any(each.needs for each in told)
    refused = any(each.refused for each in told)
    return Approved(state="waiting" if waiting else "done", approver=args.acting, proposals=told), 4 if refused else 0


def _shown(desk: Desk, context: Context) -> dict[str, str]:
    if context.args.batch:
        return approvals.listed(desk, context.args.batch, sentence)
    found = [approvals.known(desk, each, "Approve", context.args.acting) for each in context.args.proposal]
    return {each.digest: sentence(each) for each in found}


def _one(desk: Desk, outcome: approvals.Outcome, shown: str) -> OutcomeTold:
    found = outcome.proposal or proposals.find(desk, outcome.digest)
    return OutcomeTold(
        proposal=short(found),
        standing=proposals.standing(found, desk.clock()),
        sentence=shown,
        needs=_needs(desk, found),
        refused=said(outcome.refusal) if outcome.refusal else "",
        destroy=tuple(CopyTold(time=each.time, sha256=each.sha256) for each in outcome.copies),
    )


def _refuse(context: Context) -> tuple[Answer, int]:
    with context.signed_in("CloseProposal") as desk:
        found = approvals.known(desk, context.args.proposal, "CloseProposal", desk.acting.operator.name)
        closed = proposals.turn_down(desk, approvals.kind_of(found), found.digest, context.args.reason)
        return done(Closed(proposal=short(closed), standing=closed.state))


def _withdraw(context: Context) -> tuple[Answer, int]:
    with context.signed_in("CloseProposal") as desk:
        own = desk.acting.operator.name
        found = approvals.known(desk, context.args.proposal, "CloseProposal", own, approvals.PROPOSERS)
        closed = proposals.withdraw(desk, approvals.kind_of(found), found.digest, context.args.reason)
        return done(Closed(proposal=short(closed), standing=closed.state))


def _correct(context: Context) -> tuple[Answer, int]:
    with context.signed_in("Propose") as desk:
        return waits(desk, clock.correct(desk, context.args.reason))


def _approving(parser: ArgumentParser) -> None:
    words("workspace")(parser)
    parser.add_argument("proposal", metavar="ID", nargs="*", help="the proposals, as proposal list names them")
    parser.add_argument("--batch", metavar="ID", default="", help="the whole list that proposal list named so")


_WHY = {"metavar": "TEXT", "default": "", "help": "why, for the ledger"}
_ALL = {"action": "store_true", "help": "also those that are over"}
_KIND = {"metavar": "KIND", "help": "only this kind, such as people.add", "choices": sorted(approvals.KINDS)}
ENTRIES = (
    Entry("proposal", "list", "what waits for a second person", words("workspace", all=_ALL, kind=_KIND), _list, ProposalsListed),
    Entry("proposal", "show", "one proposal, whole", words("workspace", "proposal"), show, ProposalShown),
    Entry("approve", "", "agree to proposals of somebody else", _approving, _approve, Approved),
    Entry("refuse", "", "refuse a proposal", words("workspace", "proposal", reason=REASON), _refuse, Closed),
    Entry("withdraw", "", "take your own proposal back", words("workspace", "proposal", reason=_WHY), _withdraw, Closed),
    Entry("clock", "correct", "propose to go on although entries are newer than the clock", words("workspace", reason=REASON), _correct, Waiting),
)  # fmt: skip
